"""The events lexicon: words and constructions that may tell of an event, by PLOVER type."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from communique.ontology.tables import damaged, load, split

__all__ = ["Entry", "lexicon"]

PARTS = {"verbs": "VERB", "nouns": "NOUN", "adjectives": "ADJ"}
STRENGTHS = ("strong", "weak")


class Entry(NamedTuple):
    """One reading of a lexicon word.

    Attributes:
        type: PLOVER event type.
        pos: 'VERB', 'NOUN', 'ADJ', or 'LIGHT' for a verb with the noun that tells the event.
        strength: 'strong' (almost always this type) or 'weak' (depends on who, whom and what).
    """

    type: str
    pos: str
    strength: str


@cache
def lexicon() -> dict[str, list[Entry]]:
    """Lemma to its readings, the strong ones first, from ``lexicon.yaml`` and ``constructions.yaml``.

    A key is a lemma ('condemn', 'summit'), a verb with its particle or preposition ('rule out', 'call for'),
    a noun of several words ('drone strike'), or, with pos 'LIGHT', a verb and its noun ('hold talk',
    'take into custody').

    Raises:
        InstallationError: if a file is damaged.
    """
    out: dict[str, list[Entry]] = {}
    for kind, parts in load("lexicon").items():
        for part, strengths in parts.items():
            if part not in PARTS:
                raise damaged("lexicon", f"{kind}: no part {part!r}; choices: {', '.join(PARTS)}")
            for strength, lemmas in strengths.items():
                if strength not in STRENGTHS:
                    raise damaged(
                        "lexicon", f"{kind} {part}: no strength {strength!r}; choices: {', '.join(STRENGTHS)}"
                    )
                for lemma in split(lemmas):
                    out.setdefault(lemma, []).append(Entry(kind, PARTS[part], strength))
    for kind, verbs in load("constructions").items():
        for verb, nouns in verbs.items():
            for noun in split(nouns):
                out.setdefault(f"{verb} {noun}", []).append(Entry(kind, "LIGHT", "strong"))
    for entries in out.values():
        entries.sort(key=lambda entry: entry.strength != "strong")
    return out
