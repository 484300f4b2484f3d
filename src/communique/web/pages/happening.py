"""A happening: its tellings side by side, fact by fact."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from communique.store.correcting.showing import event_rows, is_rejected
from communique.store.questions.telling import differing, silent, telling
from communique.web.cache import cached
from communique.web.pages.chart_parts import chart_page
from communique.web.pages.common import asked_of
from communique.web.pages.frame import span, type_label
from communique.web.pages.mended import mended_rows
from communique.web.problems import NotFound

__all__ = ["router"]

router = APIRouter()

_MOST = 12  # tellings side by side
# What is compared: the name of the fact, and how a telling has it; '' where it says nothing.
_FACTS: tuple[tuple[str, Callable[[dict[str, Any]], str]], ...] = (
    ("Day", lambda row: span(row["from_day"], row["to_day"]) if row["from_day"] else ""),
    ("Who", lambda row: "; ".join(row["actors"])),
    ("To whom", lambda row: "; ".join(row["recipients"])),
    ("What", lambda row: type_label(row["type"]) + (f" ({row['mode']})" if row["mode"] else "")),
    ("Did it happen", lambda row: row["status"]),
    ("Where", lambda row: row["place"] or ""),
    ("Numbers", lambda row: "; ".join(row["numbers"])),
    ("Whose word", lambda row: row["said_by"] or "the article itself"),
    ("Loaded words", lambda row: "; ".join(row["loaded"])),
)
_ALONE = ("Loaded words", "Whose word")  # in which to differ is no contradiction


@dataclass(frozen=True)
class Cell:
    """What a telling says of a fact, and whether most others say something else."""

    text: str
    differs: bool


@router.get("/happenings/{number}")
def happening(request: Request, number: int) -> Response:
    """The page of a happening."""
    asked = asked_of(request, ())
    told = cached(request, telling, happening=number) if 0 < number < 2**31 else None
    if told is None or not told.rows:
        raise NotFound(f"there is no happening {number} in this store; Sources lists those that several tell")
    rows = mended_rows(request, told.rows[:_MOST], event_rows)
    away = cached(request, silent, happening=number)
    different = cached(request, differing, happening=number)
    return chart_page(
        request,
        "happening.html",
        asked=asked,
        number=number,
        told=told,
        rows=rows,
        left_out=len(told.rows) - len(rows),
        facts=[(name, _cells(name, value, rows)) for name, value in _FACTS],
        first=next((row for row in rows if not is_rejected(row)), rows[0]),
        publishers=len({row["publisher"] for row in told.rows if row["publisher"]}),
        articles=len({row["article"] for row in told.rows}),
        silent=away,
        differing=different,
        when=_when(told.rows),
    )


def _cells(name: str, value: Any, rows: list[dict[str, Any]]) -> list[Cell]:
    texts = [value(row) for row in rows]
    said = Counter(text for text in texts if text)
    usual = said.most_common(1)[0][0] if said else ""
    alone = name in _ALONE or len(said) < 2
    return [Cell(text, bool(text) and text != usual and not alone) for text in texts]


def _when(rows: list[dict[str, Any]]) -> str:
    days: list[tuple[date, date]] = [(r["from_day"], r["to_day"]) for r in rows if r["from_day"]]
    if days:
        return span(*Counter(days).most_common(1)[0][0])
    return ""
