"""Who denies what: the two sides of a dispute, from the shipped network."""

from __future__ import annotations

import pytest

import communique

DENIED = [
    # text, words of the side that asserts, words of the denial
    (
        "Rights groups accused the navy of sinking a fishing boat near Puntland, which it denies.",
        "of sinking a fishing boat",
        "denies",
    ),
    (
        "Prosecutors accused the mayor of taking bribes from a builder, a charge he has always rejected.",
        "of taking bribes",
        "rejected",
    ),
    (
        "The union said forty strikers had been beaten by guards. Police deny that.",
        "forty strikers had been beaten",
        "that",
    ),
    (
        "Kyiv accuses Russian officers of starving captives. Moscow denies mistreating prisoners.",
        "of starving captives",
        "mistreating prisoners",
    ),
    (
        "The opposition accused the president of rigging the vote. A spokesman for the president dismissed "
        'the accusation as "a bedtime story".',
        "of rigging the vote",
        "the accusation",
    ),
    (
        "Two ministers were accused of selling visas to traffickers. The ministers said the allegations "
        "were baseless.",
        "accused of selling visas",
        "baseless",
    ),
    (
        "Senator Bob Menendez is suspected of laundering money through a charity. Menendez denied "
        "any wrongdoing.",
        "laundering money",
        "any wrongdoing",
    ),
]

NONE = [
    # a refusal is no denial
    "The president offered talks on the border. The rebels rejected the offer.",
    "The senator denied any wrongdoing.",
    "The minister did not deny that the talks had failed.",
    "The court rejected the appeal of the two men.",
    "Spain was denied a seat on the council.",
    "Ministers praised the harvest. The union rejected criticism of its leader.",
    "The king neither confirmed nor denied the report.",
]


@pytest.mark.parametrize(("text", "asserted", "denial"), DENIED)
def test_both_sides_of_a_denial(text: str, asserted: str, denial: str) -> None:
    reading = communique.read(text)
    assert [d.kind for d in reading.disputes] == ["denial"]
    first, second = (reading.evidence(s) for s in reading.disputes[0].spans)
    assert asserted in first and denial in second
    assert denial not in first


@pytest.mark.parametrize("text", NONE)
def test_no_dispute_without_another_side(text: str) -> None:
    assert communique.read(text).disputes == []
