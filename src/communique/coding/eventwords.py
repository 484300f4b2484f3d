"""The words that may tell of an event, by PLOVER type, from ``data/events.yaml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from communique.coding.lexicons import DATA, load_yaml

__all__ = ["EventWords", "event_words"]


@dataclass(frozen=True, slots=True)
class EventWords:
    """Lemmas that propose an event.

    Attributes:
        strong: verb to the type it nearly always tells.
        weak: verb to the types it may tell, with the network's agreement.
        nouns: noun to the types it may tell.
        light: verbs that leave the telling to their object.
        containers: nouns that leave the telling to the noun behind them.
        direct: verbs whose object must itself be the other party.
        misleading: words that, before a noun of these, make it tell of something else.
        joins: verbs whose subject takes part in what stands after their "in" or "for".
    """

    strong: dict[str, str]
    weak: dict[str, tuple[str, ...]]
    nouns: dict[str, tuple[str, ...]]
    light: frozenset[str]
    containers: frozenset[str]
    direct: frozenset[str]
    joins: frozenset[str]
    misleading: frozenset[str]

    def surely(self, lemma: str, upos: str) -> str | None:
        """The one type that a word nearly always tells, if there is one."""
        if upos == "VERB":
            return self.strong.get(lemma)
        types = self.nouns.get(lemma, ()) if upos == "NOUN" else ()
        return types[0] if len(types) == 1 else None

    def types_of(self, lemma: str, upos: str) -> tuple[str, ...]:
        """The types that a word may tell, likeliest first; empty where it tells of none."""
        if upos == "VERB":
            strong = (self.strong[lemma],) if lemma in self.strong else ()
            return strong + tuple(t for t in self.weak.get(lemma, ()) if t not in strong)
        return self.nouns.get(lemma, ()) if upos == "NOUN" else ()


@cache
def event_words() -> EventWords:
    """The lexicon, loaded when first used."""
    raw = load_yaml(DATA / "events.yaml")
    light, containers, direct, joins, misleading = (
        frozenset(raw.pop(name)) for name in ("light", "containers", "direct", "joins", "misleading")
    )
    strong = {lemma: kind for kind, groups in raw.items() for lemma in groups["strong"]}
    tables: list[dict[str, tuple[str, ...]]] = []
    for group in ("weak", "nouns"):
        table: dict[str, tuple[str, ...]] = {}
        for kind, groups in raw.items():
            for lemma in groups[group]:
                table[lemma] = (*table.get(lemma, ()), kind)
        tables.append(table)
    return EventWords(strong, tables[0], tables[1], light, containers, direct, joins, misleading)
