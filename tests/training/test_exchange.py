"""Annotated articles with other names: what happens stays, and every span still names its words."""

from __future__ import annotations

import random
from typing import Any

import pytest

pytest.importorskip("torch")

from training.exchange import Shelf, exchanged, shelf_of

TEXT = "Peru expelled Ana Ruiz. Peruvian police had held Ruiz in Lima, the Ombudsman said."
NAMES = ("Peru", "Ana Ruiz", "Peruvian", "Ruiz", "Lima")


def span(words: str, after: int = 0) -> list[int]:
    start = TEXT.index(words, after)
    return [start, start + len(words)]


def row() -> dict[str, Any]:
    first, second = [0, 23], [24, len(TEXT)]
    return {
        "id": "x",
        "text": TEXT,
        "sentences": [first, second],
        "events": [
            {"trigger": span("expelled"), "actors": [span("Peru")], "recipients": [span("Ana Ruiz")]},
            {"trigger": span("held"), "actors": [span("Peruvian police")], "recipients": [span("Ruiz", 24)]},
        ],
    }


def places() -> list[tuple[int, int, str]]:
    labels = ("Location", "Person", "NORP", "Person", "Location")
    out, at = [], 0
    for words, label in zip(NAMES, labels, strict=True):
        start, end = span(words, at)
        out.append((start, end, label))
        at = end
    return out


def shelf() -> Shelf:
    other = {"id": "y", "text": "Ivo Brandt", "sentences": [[0, 10]], "events": []}
    found = shelf_of([(other, [(0, 10, "Person")])])
    found.states = [s for s in found.states if s["name"] == "Finland"]
    return found


def words(made: dict[str, Any], event: int, side: str) -> str:
    start, end = made["events"][event][side][0]
    return made["text"][start:end]


def test_all_names_change_alike_and_spans_follow() -> None:
    made = exchanged(row(), places(), shelf(), random.Random(1), share=1.0)
    assert made["text"] == (
        "Finland expelled Ivo Brandt. Finnish police had held Brandt in Helsinki, the Ombudsman said."
    )
    assert made["text"][slice(*made["sentences"][0])] == "Finland expelled Ivo Brandt."
    assert (words(made, 0, "actors"), words(made, 0, "recipients")) == ("Finland", "Ivo Brandt")
    assert (words(made, 1, "actors"), words(made, 1, "recipients")) == ("Finnish police", "Brandt")
    assert [made["text"][slice(*e["trigger"])] for e in made["events"]] == ["expelled", "held"]


def test_a_name_that_tells_what_happens_stays() -> None:
    given = row()
    given["events"][0]["trigger"] = span("Peru")
    made = exchanged(given, places(), shelf(), random.Random(1), share=1.0)
    assert made["text"].startswith("Peru expelled Ivo Brandt. Finnish")


def test_nothing_changes_where_no_name_is_drawn() -> None:
    assert exchanged(row(), places(), shelf(), random.Random(1), share=0.0) == row()
