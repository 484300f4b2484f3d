"""Days, weeks, months and years: which of them a chart has, and what they are called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

__all__ = ["AXIS", "MOST", "Window", "after", "during", "fitting", "label", "period_of", "periods", "window"]

AXIS = ("day", "week", "month", "year")
MOST = 370  # columns of a chart: a year of days
_DAYS = {"day": 1, "week": 7, "month": 30.44, "year": 365.25}
_WISHED = 60  # columns of a chart whose unit nobody chose
# What may lie outside the window at either end, as a share of all and as a number, and what share of the axis
# it must take up for being cut off.
_EDGES = ((0.02, 0, 0.25), (0.0, 1, 0.8))
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class Window:
    """The days that a chart shows, how many happenings lie before and after them, and the first and last day
    of all."""

    first: date
    last: date
    before: int = 0
    behind: int = 0
    earliest: date | None = None
    latest: date | None = None


def period_of(day: date, by: str) -> date:
    """The first day of the period in which a day lies."""
    if by == "week":
        return day - timedelta(days=day.weekday())
    if by == "month":
        return day.replace(day=1)
    return day.replace(month=1, day=1) if by == "year" else day


def after(day: date, by: str) -> date:
    """The first day of the next period; ``day`` is the first of one. After the last there is the last day
    that a calendar has."""
    try:
        if by in ("day", "week"):
            return day + timedelta(days=1 if by == "day" else 7)
        if by == "month":
            return date(day.year + day.month // 12, day.month % 12 + 1, 1)
        return date(day.year + 1, 1, 1)
    except (OverflowError, ValueError):
        return date.max


def periods(first: date, last: date, by: str) -> list[date]:
    """The first days of all periods from that of one day to that of another."""
    out, day = [], period_of(first, by)
    while day <= last:
        out.append(day)
        following = after(day, by)
        if following <= day or following == date.max:
            break
        day = following
    return out


def fitting(first: date, last: date) -> str:
    """The finest unit of which a chart from one day to another has few enough columns."""
    days = (last - first).days + 1
    return next((by for by in AXIS if days / _DAYS[by] <= _WISHED), "year")


def allowed(first: date, last: date, by: str) -> bool:
    """Whether a chart from one day to another may have columns of that unit."""
    return ((last - first).days + 1) / _DAYS[by] <= MOST


def window(counts: Mapping[date, int], since: date | None, until: date | None) -> Window | None:
    """The days that a chart shows: those that were asked for, else all, but for a few that lie far off and
    would press the others together.

    Args:
        counts: happenings by day, or by the first day of a period.
        since, until: as they were asked for.

    Returns:
        None if there are no days at all.
    """
    if not counts:
        return None
    days = sorted(counts)
    # Days that were asked for and have nothing are shown, but no centuries of them.
    room = timedelta(days=max(366, (days[-1] - days[0]).days))
    first, last = since or days[0], until or days[-1]
    first = max(first, days[0] - room) if days[0] - date.min > room else first
    last = min(last, days[-1] + room) if date.max - days[-1] > room else last
    whole = sum(counts.values())
    # What lies far off at one end makes the other seem near: so each is looked at twice.
    for share, number, far in _EDGES * 2:
        length = far * max(1, (last - first).days)
        start = _edge(days, counts, max(whole * share, number)) if since is None else None
        if start is not None and (start - first).days > length:
            first = start
        end = _edge(days[::-1], counts, max(whole * share, number)) if until is None else None
        if end is not None and (last - end).days > length:
            last = end
    first, last = min(first, last), max(first, last)
    before = sum(n for d, n in counts.items() if d < first)
    behind = sum(n for d, n in counts.items() if d > last)
    return Window(first, last, before, behind, days[0], days[-1])


def _edge(days: list[date], counts: Mapping[date, int], least: float) -> date | None:
    """The first day at which more than ``least`` are reached."""
    seen = 0
    for day in days:
        seen += counts[day]
        if seen > least:
            return day
    return None


def during(day: date, by: str) -> str:
    """The same in a sentence: 'on 9 Feb 2024', 'in the week of 5 Feb 2024', 'in Feb 2024'."""
    before = {"day": "on", "week": "in the"}.get(by, "in")
    return f"{before} {label(day, by)}"


def label(day: date, by: str, short: bool = False) -> str:
    """What a period is called: '9 Feb 2024', 'week of 5 Feb 2024', 'Feb 2024', '2024'."""
    if by == "year":
        return str(day.year)
    month = _MONTHS[day.month - 1]
    if by == "month":
        return month if short else f"{month} {day.year}"
    return f"{day.day} {month}" if short else f"{'week of ' * (by == 'week')}{day.day} {month} {day.year}"
