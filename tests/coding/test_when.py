"""Which time of its sentence an event has."""

from __future__ import annotations

import pytest

import communique


@pytest.mark.parametrize(
    ("text", "trigger", "day"),
    [
        ("Police arrested the mayor of Osaka on Tuesday.", "arrested", "2024-02-13"),
        ("Rebels stormed the base on Tuesday and killed nine soldiers.", "killed", "2024-02-13"),
        (
            "Egypt on Monday condemned Israel, two days after Israeli jets bombed a school in Gaza.",
            "bombed",
            "2024-02-10",
        ),
        ("Serbia jailed the editor in 2008, nine years after NATO bombed Belgrade.", "bombed", "1999-01-01"),
        (
            "Turkey condemned Israel on Monday after Israeli troops shelled a clinic.",
            "condemned",
            "2024-02-12",
        ),
    ],
)
def test_the_day_of_an_event(text: str, trigger: str, day: str) -> None:
    reading = communique.read(text, published="2024-02-15", min_confidence=0.0)
    event = next(e for e in reading.events if reading.evidence(e) == trigger)
    time = next(t for t in reading.times if t.id == event.time)
    assert time.start_day == day


def test_another_events_time_is_not_taken() -> None:
    text = "Kenya, which expelled the envoy in 2019, condemned the coup."
    reading = communique.read(text, published="2024-02-15", min_confidence=0.0)
    event = next(e for e in reading.events if reading.evidence(e) == "condemned")
    assert event.time is None
