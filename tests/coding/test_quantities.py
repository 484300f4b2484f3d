"""How many and how much: figures, words, ranges, money, percent; what is no quantity."""

from __future__ import annotations

import pytest

import communique
from communique.coding.numbers import value_of
from communique.reading import Quantity


def found(text: str) -> list[Quantity]:
    return communique.read(text).quantities


@pytest.mark.parametrize(
    ("words", "value"),
    [
        (["12"], 12),
        (["1,234,567"], 1234567),
        (["1.5", "million"], 1500000),
        (["two", "hundred", "and", "five"], 205),
        (["forty", "-", "two", "thousand"], 42000),
        (["twenty-one"], 21),
        (["a", "dozen"], 12),
        (["three", "million", "two", "hundred", "thousand"], 3200000),
        (["3bn"], 3000000000),
        (["half", "a", "million"], 500000),
        (["many"], None),
        ([], None),
    ],
)
def test_values(words: list[str], value: float | None) -> None:
    assert value_of(words) == value


@pytest.mark.parametrize(
    ("text", "evidence", "value", "unit", "rough"),
    [
        ("Police arrested 17 protesters.", "17 protesters", 17, "protesters", False),
        ("At least two hundred people were killed.", "two hundred people", 200, "people", True),
        ("Dozens of villagers fled.", "Dozens of villagers", 24, "villagers", True),
        ("Tens of thousands of people marched.", "Tens of thousands of people", 20000, "people", True),
        ("The bank lent $1.5 billion to Kyiv.", "$1.5 billion", 1500000000, "USD", False),
        ("The fund gave €20 million in aid.", "€20 million", 20000000, "EUR", False),
        ("Turnout was about 48 percent.", "48 percent", 48, "percent", True),
        ("The town lies 30 km from the border.", "30 km", 30, "kilometres", False),
    ],
)
def test_one_quantity(text: str, evidence: str, value: float, unit: str, rough: bool) -> None:
    reading = communique.read(text)
    (one,) = reading.quantities
    assert (reading.evidence(one), one.value, one.unit, one.approximate) == (evidence, value, unit, rough)


def test_a_range_has_two_values() -> None:
    assert [(q.value, q.unit) for q in found("He heard between 30 and 40 shots.")] == [
        (30, "shots"),
        (40, "shots"),
    ]


def test_what_a_share_is_of() -> None:
    assert found("The party won 12 percent of the vote.")[0].of == "vote"


def test_whose_claim_it_is() -> None:
    reading = communique.read("The ministry said 12 soldiers were killed.")
    assert reading.quantities[0].claim == reading.claims[0].id


@pytest.mark.parametrize(
    "text",
    [
        "The talks began on 12 May 2019.",
        "She ruled for three years.",
        "The 47-year-old minister resigned.",
        "She was 46 when she resigned.",
        "Ministers of the Group of Seven met.",
        "They want a two-state solution.",
        "At one point the talks failed.",
        "Caption 3 of 25.",
        "The Eagles won 34-6.",
    ],
)
def test_no_quantity(text: str) -> None:
    assert found(text) == []
