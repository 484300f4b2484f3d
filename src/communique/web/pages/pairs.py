"""The pairs between whom most happened."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from communique.store.questions.density import happened
from communique.store.questions.filters import chosen
from communique.store.questions.network import TIES
from communique.store.questions.pairs import pairs as found
from communique.web.cache import cached
from communique.web.pages.chart_parts import chart_page, fields, pair_path, whole_name
from communique.web.pages.common import filters_of, page_number

__all__ = ["router"]

router = APIRouter()


@router.get("/pairs")
def pairs(request: Request) -> Response:
    """Who deals with whom most, as countries or as actors."""
    asked = filters_of(request, also=("of",))
    limit, offset = page_number(asked)
    of = chosen(asked.one("of", "countries"), TIES, "kind of pair")
    filters = happened(asked.filters)
    answer = cached(request, found, filters=filters, of=of, limit=limit, offset=offset)
    named = whole_name if of == "countries" else str
    rows = [
        {
            **row,
            "a_name": named(row["a_name"]),
            "b_name": named(row["b_name"]),
            "path": pair_path(row["a"], row["b"]),
        }
        for row in answer.rows
    ]
    sides = [
        (r["verbal_cooperation"] + r["material_cooperation"], r["verbal_conflict"] + r["material_conflict"])
        for r in rows
    ]
    return chart_page(
        request,
        "pairs.html",
        asked=asked,
        fields=fields("actor", "recipient", "since", "until", "type", "quad", "country"),
        answer=answer,
        rows=rows,
        of=of,
        most=max((max(side) for side in sides), default=1),
        limit=limit,
        offset=offset,
    )
