"""The scorer of events: what counts as right."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.events import calibration_error, score
from benchmarks.relation import agreement

GOLD: dict[str, Any] = {
    "sentences": [[0, 30], [31, 60]],
    "events": [
        {
            "sentence": 1,
            "type": "ACCUSE",
            "status": "occurred",
            "same": False,
            "trigger": [6, 13],
            "actors": [[0, 5]],
            "recipients": [[14, 20]],
        },
        {
            "sentence": 2,
            "type": "CONSULT",
            "status": "planned",
            "same": False,
            "trigger": [40, 45],
            "actors": [[31, 36]],
            "recipients": [[50, 55]],
        },
    ],
}


def event(kind: str, start: int, actors: list[str], recipients: list[str], **more: Any) -> dict[str, Any]:
    row = {"type": kind, "start": start, "actors": actors, "recipients": recipients}
    return row | {"status": "occurred", "confidence": 0.9} | more


def reading(*events: dict[str, Any]) -> dict[str, Any]:
    spans = {"n1": (0, 5), "n2": (14, 20), "n3": (31, 36), "n4": (50, 55)}
    mentions = [{"id": i, "mentions": [{"start": a, "end": b}]} for i, (a, b) in spans.items()]
    return {"entities": mentions, "events": list(events)}


def test_all_right() -> None:
    found = score([(GOLD, reading(event("ACCUSE", 6, ["n1"], ["n2"]), event("CONSULT", 40, ["n4"], ["n3"])))])
    assert found["f1"] == pytest.approx(1)
    assert found["status"] == 0.5  # the second is planned


@pytest.mark.parametrize(
    "wrong",
    [
        event("REJECT", 6, ["n1"], ["n2"]),
        event("ACCUSE", 6, ["n2"], ["n1"]),
        event("ACCUSE", 40, ["n1"], ["n2"]),
        event("ACCUSE", 6, ["n1"], []),
    ],
)
def test_type_parties_and_sentence_must_fit(wrong: dict[str, Any]) -> None:
    assert score([(GOLD, reading(wrong))])["precision"] == 0


def test_one_gold_event_counts_once() -> None:
    twice = event("ACCUSE", 6, ["n1"], ["n2"])
    found = score([(GOLD, reading(twice, twice))])
    assert (found["precision"], found["recall"]) == (0.5, 0.5)


def test_calibration_error() -> None:
    assert calibration_error([(0.95, True), (0.95, False)]) == pytest.approx(0.45)
    assert calibration_error([(1.0, True)]) == 0


def test_macro_f1_is_over_the_types_of_the_gold() -> None:
    found = agreement([("AID", "AID"), ("AID", "AGREE"), ("PROTEST", "PROTEST")])
    assert found["accuracy"] == pytest.approx(2 / 3)
    assert found["macro_f1"] == pytest.approx((2 / 3 + 1) / 2)
