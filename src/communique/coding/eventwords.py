"""Words that nearly always tell of an event of one PLOVER type, from ``data/events.yaml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from communique.coding.lexicons import DATA, load_yaml

__all__ = ["EventWords", "event_words"]


@dataclass(frozen=True, slots=True)
class EventWords:
    """Lemmas that tell of events.

    Attributes:
        strong: verb to the type it nearly always tells.
        nouns: noun to the types it may tell.
        light: verbs that leave the telling to their object.
        nature: what is nobody, though it may be a verb's subject.
        sport: nouns of sport, which tell of none.
        figures: nouns that are a figure of speech behind certain words, with these.
        fame: nouns for those who are known, but hold no office.
        outsiders: adjectives for those who act from abroad.
        opposing: words whose subject or owner stands against what their object tells.
    """

    strong: dict[str, str]
    nouns: dict[str, tuple[str, ...]]
    light: frozenset[str]
    nature: frozenset[str]
    sport: frozenset[str]
    figures: dict[str, tuple[str, ...]]
    fame: frozenset[str]
    opposing: frozenset[str]
    outsiders: frozenset[str]


@cache
def event_words() -> EventWords:
    """The lexicon, loaded when first used."""
    raw = load_yaml(DATA / "events.yaml")
    apart = ("light", "nature", "sport", "fame", "opposing", "outsiders")
    light, nature, sport, fame, opposing, outsiders = (frozenset(raw.pop(name)) for name in apart)
    figures = {noun: tuple(words) for noun, words in raw.pop("figures").items()}
    nouns: dict[str, tuple[str, ...]] = {}
    for kind, groups in raw.items():
        for lemma in groups["nouns"]:
            nouns[lemma] = (*nouns.get(lemma, ()), kind)
    strong = {lemma: kind for kind, groups in raw.items() for lemma in groups["strong"]}
    return EventWords(strong, nouns, light, nature, sport, figures, fame, opposing, outsiders)
