"""Start: where sources disagree, what is new, what came in, what is ahead; all at a glance."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from communique.store import questions
from communique.store.correcting.showing import event_rows
from communique.store.questions.articles import articles
from communique.store.questions.density import density, happened
from communique.store.questions.filters import Filters
from communique.store.questions.happenings import happenings
from communique.store.questions.overview import Overview, overview
from communique.web.cache import cached
from communique.web.charts.periods import periods
from communique.web.pages.chart_parts import axis_of, by_period, coarser, coop_and_conflict
from communique.web.pages.common import Asked, filters_of, page
from communique.web.pages.disputes import gathered
from communique.web.pages.mended import any_corrections, mended_disputes, mended_rows
from communique.web.pages.strip import bars

__all__ = ["MOST_AHEAD", "router", "seen_from"]

router = APIRouter()

_DISPUTES, _TOLD, _NEW, _CAME, _AHEAD = 3, 5, 6, 8, 8  # rows of each part
_LOOKED_AT = 100  # rows among which those are that are shown
_OF_ONE = 2  # events of one article that are shown as new
_HAPPENED = ("occurred", "ongoing")
MOST_AHEAD = 200  # entries ahead, here and on their own page
_LONG = 62  # days from which on a time is none to wait for


@router.get("/")
def start(request: Request) -> Response:
    """The start page."""
    known = cached(request, overview)
    if not known.articles:
        return page(request, "empty.html", known=known)
    today, looked_back = seen_from(known)
    coming = cached(request, questions.upcoming, start=today.isoformat(), limit=MOST_AHEAD)
    return page(
        request,
        "start.html",
        asked=filters_of(request),
        known=known,
        today=today,
        looked_back=looked_back,
        disputes=_disputes(request),
        told=_most_told(request),
        new=_new(request, today),
        came=cached(request, articles, order="added", limit=_CAME),
        ahead=_ahead(coming.rows, today),
        coming=coming,
        strip=_strip(request),
        machine_counts=any_corrections(request),
    )


def seen_from(known: Overview) -> tuple[date, bool]:
    """The day from which a store is looked at: today, or, where its articles are older, the last day on which
    one was published; and whether it is the latter."""
    today = datetime.now(UTC).date()
    if known.last is None or known.last >= today:
        return today, False
    return known.last, True


def _disputes(request: Request) -> list[dict[str, Any]]:
    """The latest disputes, those about numbers first: they are the plainest."""
    numbers = cached(request, questions.disputes, kind=("number",), limit=2).rows
    latest = cached(request, questions.disputes, limit=2 * _DISPUTES).rows
    shown = gathered([*numbers, *(row for row in latest if row not in numbers)])[:_DISPUTES]
    return mended_disputes(request, shown)


def _most_told(request: Request) -> list[dict[str, Any]]:
    """What most articles tell; happenings that read the same stand once."""
    rows = cached(request, happenings, order="tellings", status=_HAPPENED, limit=4 * _TOLD).rows
    alike: dict[tuple[str, ...], dict[str, Any]] = {}
    for r in rows:
        if r["tellings"] > 1:
            alike.setdefault((r["type"], *r["actors"], "→", *r["recipients"]), r)
    return list(alike.values())[:_TOLD]


def _new(request: Request, today: date) -> list[dict[str, Any]]:
    """The latest events, not all of one article."""
    found = cached(
        request,
        questions.events,
        happenings=True,
        status=_HAPPENED,
        historical=False,
        until=today.isoformat(),
        min_confidence=0.5,
        limit=_LOOKED_AT,
    )
    out: list[dict[str, Any]] = []
    of: Counter[int] = Counter()
    for row in found.rows:
        of[row["article"]] += 1
        if of[row["article"]] <= _OF_ONE:
            out.append(row)
    return mended_rows(request, out[:_NEW], event_rows)


def _ahead(rows: list[dict[str, Any]], today: date) -> list[dict[str, Any]]:
    """What begins on a day, week or month to come; what is under way, or 'in this decade', is no date."""
    return [r for r in rows if r["day"] >= today and (r["to_day"] - r["day"]).days < _LONG][:_AHEAD]


def _strip(request: Request) -> dict[str, Any] | None:
    """Cooperation and conflict over time, as bars: what the timeline counts, on its axis. None where that is
    one period or nothing."""
    days = cached(request, density, filters=happened(Filters()), by="day")
    axis = axis_of(Asked(Filters()), days.rows)
    if axis is None:
        return None
    known = by_period(coarser(days, axis).rows)
    rows = []
    for period in periods(axis.first, axis.last, axis.by):
        good, bad = coop_and_conflict([known[period]] if period in known else [])
        rows.append({"period": period, "cooperation": good, "conflict": bad})
    return {**drawn, "days": axis.window} if len(rows) > 1 and (drawn := bars(rows)) else None
