"""Ahead: what articles say will come, as months and as a list, and as a calendar that programs open."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from communique.store import questions
from communique.store.questions.answer import Answer
from communique.store.questions.filters import first_day
from communique.store.questions.overview import overview
from communique.web.cache import cached
from communique.web.pages.common import Asked, asked_of, page
from communique.web.pages.start import MOST_AHEAD, seen_from

if TYPE_CHECKING:
    from communique.exports.calendar import Entry

__all__ = ["Month", "calendar_of", "marked", "months_of", "router"]

router = APIRouter()

_MONTHS = 6  # that are drawn at most
_VAGUE = 62  # days from which on a time is no date, as 'this fall' and 'in the decade'
_LONG = 10  # days from which on what goes on is told in the list and not on each of its days
_FIELDS: list[dict[str, Any]] = [
    {"name": "from", "label": "From", "kind": "day"},
    {"name": "until", "label": "Until", "kind": "day"},
    {"name": "actor", "label": "With whom", "kind": "text", "hint": "Japan, JPN or a name"},
    {
        "name": "status",
        "label": "How sure",
        "kind": "choice",
        "choices": [(s, s) for s in questions.EXPECTATIONS],
    },
]


@dataclass(frozen=True)
class Month:
    """A month as a calendar draws it: weeks of seven days, each a day of the month (None: of another) and the
    number of what comes on it."""

    first: date
    weeks: list[list[tuple[date | None, int]]]


@router.get("/ahead")
def ahead(request: Request) -> Response:
    """What is ahead."""
    asked, start, looked_back, answer = _asked(request)
    return page(
        request,
        "ahead.html",
        asked=asked,
        answer=answer,
        near=marked([r for r in answer.rows if _days(r) < _VAGUE], start),
        vague=[r for r in answer.rows if _days(r) >= _VAGUE],
        start=start,
        looked_back=looked_back,
        fields=_FIELDS,
        months=months_of(answer.rows, start),
        most=MOST_AHEAD,
    )


@router.get("/ahead.ics")
def ics(request: Request) -> Response:
    """The same as a calendar (RFC 5545)."""
    from communique.exports.calendar import entry_of_row

    _, _, _, answer = _asked(request)
    return Response(
        calendar_of([entry_of_row(row) for row in answer.rows]),
        media_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="ahead.ics"'},
    )


def calendar_of(entries: Sequence[Entry]) -> str:
    """What ``as_calendar`` makes of some entries; each is made once and kept, for calendars of different
    filters have many in common."""
    head, end = _around()
    ordered = sorted(entries, key=lambda one: (one.first, one.last, one.uid))
    return head + "".join(map(_made, ordered)) + end


@lru_cache(10_000)
def _made(entry: Entry) -> str:
    from communique.exports.calendar import as_calendar

    head, end = _around()
    return as_calendar([entry]).removeprefix(head).removesuffix(end)


@cache
def _around() -> tuple[str, str]:
    """What stands before and after the entries of a calendar."""
    from communique.exports.calendar import as_calendar

    head, begin, end = as_calendar([]).rpartition("END:")
    return head, begin + end


def _asked(request: Request) -> tuple[Asked, date, bool, Answer]:
    asked = asked_of(request, ("from", "until"), ("actor", "status"))
    begin = first_day(asked.one("from") or None, "from")
    looked_back = False
    if begin is None:
        begin, looked_back = seen_from(cached(request, overview))
    until = asked.one("until") or None
    answer = cached(
        request,
        questions.upcoming,
        start=begin.isoformat(),
        until=until,
        actor=asked.many("actor"),
        status=asked.many("status"),
        limit=MOST_AHEAD,
    )
    return asked, begin, looked_back, answer


def marked(rows: list[dict[str, Any]], start: date) -> list[dict[str, Any]]:
    """The rows, each with ``marks``: the days of the months drawn that lead to it, as none before it does.

    Args:
        rows: of ``questions.upcoming``.
        start: first day that counts.
    """
    known: set[date] = set()
    out = []
    for row in rows:
        days = _drawn(row, start)
        out.append({**row, "marks": [d for d in days if d not in known]})
        known.update(days)
    return out


def _drawn(row: dict[str, Any], start: date) -> list[date]:
    """The days of a month drawn on which a row is; none where it goes on for long."""
    if _days(row) >= _LONG or row["to_day"].year - start.year > 50:
        return []
    first = max(row["day"], start)
    return [first + timedelta(days=i) for i in range((row["to_day"] - first).days + 1)]


def _days(row: dict[str, Any]) -> int:
    return int((row["to_day"] - row["day"]).days)


def months_of(rows: list[dict[str, Any]], start: date) -> list[Month]:
    """The months in which something comes on a day, from that of ``start`` on, six at most.

    Args:
        rows: of ``questions.upcoming``. What goes on for ten days or longer ('in April') is on no day.
        start: first day that counts.
    """
    days: dict[date, int] = {}
    for row in rows:
        for one in _drawn(row, start):
            days[one] = days.get(one, 0) + 1
    firsts = sorted({d.replace(day=1) for d in days})[:_MONTHS]
    return [
        Month(
            first,
            [
                [(d if d.month == first.month else None, days.get(d, 0)) for d in week]
                for week in Calendar().monthdatescalendar(first.year, first.month)
            ],
        )
        for first in firsts
        if first < date(9999, 1, 1)
    ]
