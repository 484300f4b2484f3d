"""The events lexicon."""

from __future__ import annotations

import pytest

from communique import ontology
from communique.ontology import Entry

PARTICLES = {
    "to",
    "on",
    "for",
    "with",
    "from",
    "in",
    "out",
    "of",
    "up",
    "down",
    "off",
    "back",
    "over",
    "at",
} | {
    *("against", "upon", "into", "through", "around", "behind", "by", "away", "under", "together", "dead"),
    *("toward", "towards", "aside", "about", "apart", "ahead"),
}


def test_every_type_has_verbs_nouns_and_constructions() -> None:
    counts: dict[tuple[str, str], int] = {}
    for entries in ontology.lexicon().values():
        for entry in entries:
            counts[entry.type, entry.pos] = counts.get((entry.type, entry.pos), 0) + 1
    for name in ontology.event_types():
        assert counts[name, "VERB"] >= 40, name
        assert counts[name, "NOUN"] >= 20, name
        assert counts[name, "LIGHT"] >= 20, name
    assert {name for name, _ in counts} == set(ontology.event_types())


def test_entries_are_lemmas() -> None:
    for word, entries in ontology.lexicon().items():
        assert word == word.lower() == " ".join(word.split())
        if any(entry.pos == "VERB" for entry in entries):
            assert set(word.split()[1:]) <= PARTICLES, word


def test_no_word_has_the_same_reading_twice() -> None:
    for word, entries in ontology.lexicon().items():
        readings = [(entry.type, entry.pos) for entry in entries]
        assert len(readings) == len(set(readings)), word


@pytest.mark.parametrize(
    ("word", "kind", "pos", "strength"),
    [
        ("condemn", "ACCUSE", "VERB", "strong"),
        ("back", "SUPPORT", "VERB", "weak"),
        ("hit", "ASSAULT", "VERB", "weak"),
        ("call for", "REQUEST", "VERB", "strong"),
        ("rule out", "REJECT", "VERB", "strong"),
        ("summit", "CONSULT", "NOUN", "strong"),
        ("ceasefire", "RETREAT", "NOUN", "strong"),
        ("hold talk", "CONSULT", "LIGHT", "strong"),
        ("impose sanction", "COERCE", "LIGHT", "strong"),
        ("launch attack", "ASSAULT", "LIGHT", "strong"),
        ("take into custody", "COERCE", "LIGHT", "strong"),
    ],
)
def test_known_words(word: str, kind: str, pos: str, strength: str) -> None:
    assert Entry(kind, pos, strength) in ontology.lexicon()[word]


def test_strong_readings_come_first() -> None:
    assert [entry.strength for entry in ontology.lexicon()["withdraw"]][:1] == ["strong"]
    for word, entries in ontology.lexicon().items():
        strengths = [entry.strength for entry in entries]
        assert strengths == sorted(strengths), word


def test_an_election_is_no_event_type() -> None:
    assert "election" not in ontology.lexicon()


def test_strong_verbs_are_strong_for_few_types() -> None:
    for word, entries in ontology.lexicon().items():
        strong = {entry.type for entry in entries if entry.strength == "strong" and entry.pos == "VERB"}
        assert len(strong) <= 1, (word, strong)
