"""The sources compared: who reports the same happening, who leaves it out, whose own voice judges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from communique.store.questions.filters import first_day, last_day
from communique.store.questions.telling import coverage
from communique.store.questions.voices import heard, shares
from communique.web.cache import cached
from communique.web.pages.chart_parts import chart_page, fields, quad_of
from communique.web.pages.common import asked_of, page_number

__all__ = ["router"]

router = APIRouter()

_COLUMNS = 12  # publishers in the matrix
_PUBLISHERS = 100
_ENOUGH = 500  # words of the own voice, below which a share says nothing
_SURE = 2000  # below which it is too unsure for the headline


@dataclass(frozen=True)
class Row:
    """A happening: its row, for each publisher of the matrix 'first', 'told', 'out' or '', and others."""

    row: dict[str, Any]
    quad: int
    cells: tuple[str, ...]
    others: int


@router.get("/sources")
def sources(request: Request) -> Response:
    """The page of the sources."""
    asked = asked_of(request, ("since", "until"))
    limit, offset = page_number(asked, default=20)
    window = {"since": asked.one("since") or None, "until": asked.one("until") or None}
    told_by, shared = cached(request, heard), cached(request, shares, **window)
    since, until = first_day(window["since"], "since"), last_day(window["until"], "until")
    rows = gathered(told_by.within(since, until), shared.rows)
    more = max(0, len(rows) - _PUBLISHERS)
    rows = rows[:_PUBLISHERS]
    told = cached(request, coverage, **window, limit=limit, offset=offset)
    columns = [row["publisher"] for row in rows[:_COLUMNS]]
    # Columns that this page of the matrix needs come first.
    here = {p for row in told.rows for p in row["publishers"]}
    ordered = sorted(
        (row["publisher"] for row in rows),
        key=lambda p: (p not in here, columns.index(p) if p in columns else len(columns)),
    )[:_COLUMNS]
    return chart_page(
        request,
        "sources.html",
        asked=asked,
        fields=fields("since", "until"),
        voices=replace(shared, sql=f"{told_by.sql};\n\n{shared.sql}"),
        rows=rows,
        more=more,
        title=_title(rows),
        most=max((row["loaded_per_1000"] or 0 for row in rows), default=0) or 1,
        enough=_ENOUGH,
        told=told,
        columns=ordered,
        matrix=[_row(row, ordered) for row in told.rows],
        matrix_title=_matrix_title(told.total or 0),
        limit=limit,
        offset=offset,
    )


def gathered(rows: Sequence[dict[str, Any]], shared: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows of ``publishers`` for a window of days: so the articles are counted once for all windows.

    Args:
        rows: of ``Heard.within`` for the window.
        shared: rows of ``shares`` for it.
    """
    out = {row["publisher"]: dict(row) for row in rows}
    parts = {row["publisher"]: row for row in shared}
    nothing = {"happenings": 0, "first": 0, "left_out": 0}
    for name, row in out.items():
        words = row["words"] = round(row["words"])
        row["anonymous"] = row["anonymous"] / row["claims"] if row["claims"] else None
        for kind in ("loaded", "hedges"):
            row[f"{kind}_per_1000"] = 1000 * row[kind] / words if words else None
        row.update({k: parts.get(name, nothing)[k] for k in nothing})
    return sorted(out.values(), key=lambda row: (-row["articles"], row["publisher"]))


def _row(row: dict[str, Any], columns: list[str]) -> Row:
    days = dict(zip(row["publishers"], row["days"], strict=True))
    earliest = min((d for d in row["days"] if d), default=None)
    cells = []
    for name in columns:
        if name in days:
            cells.append("first" if days[name] == earliest and earliest else "told")
        else:
            cells.append("out" if name in row["left_out"] else "")
    return Row(row, quad_of(row["type"]), tuple(cells), len(set(row["publishers"]) - set(columns)))


def _title(rows: list[dict[str, Any]]) -> str:
    """What one sees in the table of publishers."""
    known = [row for row in rows if (row["words"] or 0) >= _SURE and row["loaded"]]
    if not known:
        return "How publishers tell"
    most = max(known, key=lambda row: (row["loaded_per_1000"], row["publisher"]))
    share = most["loaded_per_1000"]
    return f"{most['publisher']} has most loaded words in its own voice: {share:.2f} in 1,000"


def _matrix_title(total: int) -> str:
    if not total:
        return "No happening is told by several publishers"
    return f"{total:,} happening{'s are' if total > 1 else ' is'} told by more than one publisher"
