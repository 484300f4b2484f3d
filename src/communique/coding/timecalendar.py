"""Calendar arithmetic on TIMEX3 values. Years 1000 to 2199; weeks are ISO weeks."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

__all__ = [
    "FIRST_YEAR",
    "LAST_YEAR",
    "add_months",
    "day_of",
    "easter",
    "holiday",
    "shifted",
    "span_of",
    "value_of",
]

FIRST_YEAR, LAST_YEAR = 1000, 2199
# meteorological seasons of the north; a winter spans two years, so its days are left open
_SEASONS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11)}
_VALUE = re.compile(
    r"(?P<year>\d{4})(?:-(?:(?P<month>\d\d)(?:-(?P<day>\d\d)(?:T.*)?)?|W(?P<week>\d\d)(?P<end>-WE)?"
    r"|Q(?P<quarter>[1-4])|H(?P<half>[12])|(?P<season>SP|SU|FA|WI)))?"
)


def day_of(year: int, month: int, day: int) -> date | None:
    """The date, or None if there is no such day or the year is out of range."""
    if not FIRST_YEAR <= year <= LAST_YEAR or not 1 <= month <= 12:
        return None
    if not 1 <= day <= calendar.monthrange(year, month)[1]:
        return None
    return date(year, month, day)


def _months(year: int, first: int, last: int) -> tuple[date, date]:
    return date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])


def span_of(value: str | None) -> tuple[date, date] | None:
    """First and last day (inclusive) of a TIMEX3 value; None if it names no definite days."""
    if not value:
        return None
    if "/" in value:
        first, last = (span_of(part) for part in value.split("/", 1))
        return (first[0], last[1]) if first and last and first[0] <= last[1] else None
    if value.isdigit() and len(value) in (2, 3):
        width = 10 ** (4 - len(value))
        year = int(value) * width
        if year >= FIRST_YEAR and year + width - 1 <= LAST_YEAR:
            return date(year, 1, 1), date(year + width - 1, 12, 31)
        return None
    match = _VALUE.fullmatch(value)
    if match is None or not FIRST_YEAR <= int(match["year"]) <= LAST_YEAR:
        return None
    year = int(match["year"])
    if match["day"]:
        day = day_of(year, int(match["month"]), int(match["day"]))
        return (day, day) if day else None
    if match["month"]:
        month = int(match["month"])
        return _months(year, month, month) if 1 <= month <= 12 else None
    if match["week"]:
        try:
            monday = date.fromisocalendar(year, int(match["week"]), 1)
        except ValueError:
            return None
        return monday + timedelta(5 if match["end"] else 0), monday + timedelta(6)
    if match["quarter"]:
        third = 3 * int(match["quarter"])
        return _months(year, third - 2, third)
    if match["half"]:
        return _months(year, 1, 6) if match["half"] == "1" else _months(year, 7, 12)
    if match["season"]:
        months = _SEASONS.get(match["season"])
        return _months(year, *months) if months else None
    return _months(year, 1, 12)


def value_of(day: date, grain: str) -> str:
    """The TIMEX3 value of the unit around a day.

    Args:
        day: any day of the unit.
        grain: 'D' day, 'W' week, 'M' month, 'Q' quarter, 'Y' year, 'E' decade or 'C' century.
    """
    if grain == "D":
        return day.isoformat()
    if grain == "W":
        year, week, _ = day.isocalendar()
        return f"{year:04d}-W{week:02d}"
    if grain == "M":
        return f"{day.year:04d}-{day.month:02d}"
    if grain == "Q":
        return f"{day.year:04d}-Q{(day.month + 2) // 3}"
    return str(day.year // {"Y": 1, "E": 10, "C": 100}[grain])


def add_months(day: date, months: int) -> date | None:
    """The same day so many months on, or the last of a shorter month; None if out of range."""
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not FIRST_YEAR <= years <= LAST_YEAR:
        return None
    return date(years, month + 1, min(day.day, calendar.monthrange(years, month + 1)[1]))


def shifted(day: date, number: int, unit: str) -> date | None:
    """A day so many units on ('D', 'W', 'M', 'Q', 'Y', 'E' or 'C'); None if out of range."""
    if unit in "DW":
        days = number * (7 if unit == "W" else 1)
        if abs(days) > 400_000:
            return None
        try:
            moved = day + timedelta(days)
        except OverflowError:
            return None
        return moved if FIRST_YEAR <= moved.year <= LAST_YEAR else None
    return add_months(day, number * {"M": 1, "Q": 3, "Y": 12, "E": 120, "C": 1200}[unit])


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (the computus of Meeus, Jones and Butcher)."""
    a, (b, c) = year % 19, divmod(year, 100)
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    month, day = divmod(h + k - 7 * m + 114, 31)
    return date(year, month, day + 1)


def holiday(rule: str, year: int) -> date | None:
    """The day a holiday falls on.

    Args:
        rule: '12-25'; '11-4.4', the fourth Thursday of November ('-1.1' its last Monday);
            'easter-2', two days before Easter Sunday.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    if rule.startswith("easter"):
        return easter(year) + timedelta(int(rule[6:]))
    month, _, rest = rule.partition("-")
    if "." not in rest:
        return day_of(year, int(month), int(rest))
    nth, weekday = (int(part) for part in rest.split("."))
    days = [d for d in range(1, 32) if (x := day_of(year, int(month), d)) and x.isoweekday() == weekday]
    return day_of(year, int(month), days[nth - 1 if nth > 0 else nth])
