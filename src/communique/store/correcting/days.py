"""The days that a TIMEX3 value names."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

__all__ = ["days_of"]

_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T[\d:.Z+-]+)?)?)?", re.ASCII)
_WEEK = re.compile(r"(\d{4})-W(\d\d)", re.ASCII)


def days_of(value: str) -> tuple[str, str] | None:
    """First and last day, inclusive, as ISO dates; None of a value that names no days.

    Args:
        value: ``2024``, ``2024-02``, ``2024-02-09``, ``2024-02-09T15:30``, ``2024-W06``, or two of them as
            ``1977/1983``.
    """
    ends = value.split("/")
    if len(ends) > 2:
        return None
    try:
        first, last = _days(ends[0]), _days(ends[-1])
    except ValueError:
        return None
    if first is None or last is None or first[0] > last[1]:
        return None
    return first[0].isoformat(), last[1].isoformat()


def _days(value: str) -> tuple[date, date] | None:
    if week := _WEEK.fullmatch(value):
        monday = date.fromisocalendar(int(week[1]), int(week[2]), 1)
        return monday, monday + timedelta(days=6)
    parts = _DAY.fullmatch(value)
    if parts is None:
        return None
    year, month, day = int(parts[1]), parts[2], parts[3]
    if day:
        one = date(year, int(month), int(day))
        return one, one
    low, high = (int(month), int(month)) if month else (1, 12)
    return date(year, low, 1), date(year, high, monthrange(year, high)[1])
