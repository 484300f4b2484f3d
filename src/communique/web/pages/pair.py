"""A pair: cooperation and conflict between two parties over time, and the tellings behind every point."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import unquote

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from communique.store.questions import events
from communique.store.questions.dealings import dealings
from communique.store.questions.density import happened
from communique.store.questions.parties import folded, is_key, wanted
from communique.web.cache import cached
from communique.web.pages.chart_parts import (
    axis_of,
    by_period,
    chart_page,
    coop_and_conflict,
    days_of,
    drawn,
    fields,
    gathered,
    kinds_of,
    name_of,
    pair_path,
)
from communique.web.pages.common import filters_of, page_number
from communique.web.pages.mended import mended_events
from communique.web.problems import NotFound

__all__ = ["router"]

router = APIRouter()

_COLUMNS = (
    ("period", "Begins"),
    ("who", "Who"),
    ("whom", "To whom"),
    ("verbal_cooperation", "Cooperation in words"),
    ("material_cooperation", "Cooperation in deeds"),
    ("verbal_conflict", "Conflict in words"),
    ("material_conflict", "Conflict in deeds"),
    ("happenings", "All"),
    ("score", "Mean score"),
)


@router.get("/pairs/{rest:path}")
def pair(request: Request, rest: str) -> Response:
    """The page of two parties."""
    one, two = _keys(request, rest)
    # The path as it came has names decoded; those of a link must not be.
    asked = replace(filters_of(request, also=("at",)), path=pair_path(one, two))
    limit, offset = page_number(asked, default=20)
    given = replace(asked.filters, actor=(), recipient=(), between=(one, two))
    filters = happened(given)
    dealt = cached(request, dealings, one=one, two=two, filters=replace(filters, between=()))
    days = (days_of(dealt, "there"), days_of(dealt, "back"))
    axis = axis_of(asked, *days)
    names = (name_of(request, one), name_of(request, two))
    form = fields("since", "until", "type", "quad", "status", "text", "min-confidence")
    known = {"asked": asked, "keys": (one, two), "names": names, "fields": form, "axis": axis}
    if axis is None:
        return chart_page(request, "pair.html", **known)
    there, back = (gathered(rows, axis) for rows in days)
    panels = [
        (f"{names[0]} → {names[1]}", by_period(there)),
        (f"{names[1]} → {names[0]}", by_period(back)),
    ]
    wide, narrow = drawn(axis, panels, asked, height=130, scores=True)
    shown = axis.behind(filters)
    behind = cached(request, events, filters=shown, happenings=True, limit=limit, offset=offset)
    return chart_page(
        request,
        "pair.html",
        **known,
        title=_title(there, back, names),
        wide=wide,
        narrow=narrow,
        dealt=dealt,
        rows=_named(there, back, names),
        columns=_COLUMNS,
        types=_types(kinds_of(dealt, "there"), kinds_of(dealt, "back")),
        behind=mended_events(request, behind),
        shown=shown,
        api=f"pairs/{pair_path(one, two).removeprefix('/pairs/')}",
        limit=limit,
        offset=offset,
    )


def _keys(request: Request, rest: str) -> tuple[str, str]:
    """The two parties in the address; a name may have a slash in it, as %2F."""
    raw = request.scope.get("raw_path")
    path = raw.decode("ascii", "replace").partition("?")[0] if raw else f"/pairs/{rest}"
    parts = [unquote(p).strip() for p in path.removeprefix("/pairs/").split("/")]
    if len(parts) != 2 or not all(parts) or any(len(p) > 300 for p in parts):
        raise NotFound("the page of a pair has two parties in its address, such as /pairs/JPN/PRK")
    if wanted(parts[0]) == wanted(parts[1]):
        raise NotFound("a pair is of two parties, and these two are the same")
    one, two = (f"~{folded(p[1:])}" if p.startswith("~") and is_key(p) else p for p in parts)
    return one, two


def _named(
    there: list[dict[str, Any]], back: list[dict[str, Any]], names: tuple[str, str]
) -> list[dict[str, Any]]:
    """The rows of the table, with who did it to whom."""
    rows = [{**row, "who": names[0], "whom": names[1]} for row in there]
    rows += [{**row, "who": names[1], "whom": names[0]} for row in back]
    return sorted(rows, key=lambda row: row["period"])


def _types(there: list[dict[str, Any]], back: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A row a type, with what each did to the other."""
    out: dict[str, dict[str, Any]] = {}
    for side, rows in (("there", there), ("back", back)):
        for row in rows:
            new = {"type": row["type"], "quad": row["quad_code"], "there": 0, "back": 0}
            out.setdefault(row["type"], new)[side] = row["happenings"]
    return sorted(out.values(), key=lambda row: (-(row["there"] + row["back"]), row["type"]))


def _title(there: list[dict[str, Any]], back: list[dict[str, Any]], names: tuple[str, str]) -> str:
    """What one sees in the chart."""
    good, bad = coop_and_conflict([*there, *back])
    more = "more cooperation than conflict" if good > bad else "more conflict than cooperation"
    if good == bad:
        more = "as much cooperation as conflict"
    did = [sum(row["happenings"] for row in rows) for rows in (there, back)]
    more = f"{more[0].upper()}{more[1:]}, {max(good, bad)} to {min(good, bad)}"
    return f"{more}: {names[0]} did {did[0]}, {names[1]} {did[1]}"
