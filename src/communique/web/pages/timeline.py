"""The timeline of a filter: how much happened when, and what."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from communique.store.questions import timeline as listed
from communique.store.questions.density import density, happened
from communique.web.cache import cached
from communique.web.charts.periods import during, label
from communique.web.pages.chart_parts import (
    PERIOD_COLUMNS,
    axis_of,
    by_period,
    chart_page,
    coarser,
    coop_and_conflict,
    drawn,
    fields,
)
from communique.web.pages.common import filters_of, page_number
from communique.web.pages.mended import mended_events

__all__ = ["router"]

router = APIRouter()

_FIELDS = (
    *("actor", "recipient", "since", "until", "type", "quad", "status", "country", "text"),
    "min-confidence",
)


@router.get("/timeline")
def timeline(request: Request) -> Response:
    """The timeline page."""
    asked = filters_of(request, also=("at",))
    limit, offset = page_number(asked, default=30)
    filters = happened(asked.filters)
    days = cached(request, density, filters=filters, by="day")
    axis = axis_of(asked, days.rows)
    form = fields(*_FIELDS)
    if axis is None:
        return chart_page(request, "timeline.html", asked=asked, axis=None, fields=form)
    counted = coarser(days, axis)
    shown = axis.behind(filters)
    behind = cached(request, listed, filters=shown, by=axis.by, limit=limit, offset=offset)
    wide, narrow = drawn(axis, [("", by_period(counted.rows))], asked, height=190)
    return chart_page(
        request,
        "timeline.html",
        asked=asked,
        axis=axis,
        fields=form,
        title=_title(counted.rows, axis.by),
        lead=_lead(counted.rows),
        wide=wide,
        narrow=narrow,
        counted=counted,
        columns=PERIOD_COLUMNS,
        behind=behind,
        shown=shown,
        groups=_groups(mended_events(request, behind).rows, axis.by),
        limit=limit,
        offset=offset,
    )


def _title(rows: list[dict[str, Any]], by: str) -> str:
    """What one sees in the chart."""
    if not rows:
        return "Nothing happened in these days"
    whole = sum(row["happenings"] for row in rows)
    most = max(rows, key=lambda row: row["happenings"])
    day = most["period"]
    if len(rows) == 1:
        return f"{whole:,} happenings {during(day, by)}"
    return f"Most happened {during(day, by)}: {most['happenings']:,} of {whole:,}"


def _lead(rows: list[dict[str, Any]]) -> str:
    good, bad = coop_and_conflict(rows)
    return f"{good:,} of cooperation above the line, {bad:,} of conflict below it."


def _groups(rows: list[dict[str, Any]], by: str) -> list[tuple[str, list[dict[str, Any]]]]:
    out: list[tuple[str, list[dict[str, Any]]]] = []
    for row in rows:
        name = label(row["period"], by) if row["period"] else "no day known"
        if not out or out[-1][0] != name:
            out.append((name, []))
        out[-1][1].append(row)
    return out
