"""An article with what was read in it, for tests of corrections, and people who correct it in turn."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from communique.reading import Mention, Reading
from communique.store.corrections import Correction, correction
from tests.store.asked import FIRST, at, first

_MORNING = datetime(2024, 2, 15, 9, tzinfo=UTC)


def article() -> Reading:
    """Ada Holm met Ivo Brandt (e1); they will sign (e2); the Daily Wire (c1) says that she denied (c2)."""
    reading = first()
    reading.entities[2].mentions = [Mention(*at("the Daily Wire", FIRST), "name")]
    return reading


def say(
    minute: int, who: str, kind: str, verdict: str, reading: Reading | None = None, **more: Any
) -> Correction:
    """What somebody says, so many minutes after nine."""
    when = _MORNING + timedelta(minutes=minute)
    return correction(reading or article(), kind, verdict, who=who, when=when, **more)


def event(reading: Reading, id_: str) -> Any:
    """The event of an id, or None."""
    return next((e for e in reading.events if e.id == id_), None)
