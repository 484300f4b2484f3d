"""The list of actors."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from communique.store.questions.actors import ENTITY_KINDS
from communique.store.questions.actors import actors as found
from communique.web.cache import cached
from communique.web.pages.chart_parts import chart_page
from communique.web.pages.common import asked_of, page_number

__all__ = ["router"]

router = APIRouter()

_FIELDS = [
    {"name": "name", "label": "Name or office", "kind": "text", "hint": "part of a name"},
    {"name": "kind", "label": "Kind", "kind": "choice", "choices": [(k, k) for k in ENTITY_KINDS]},
    {"name": "country", "label": "Country", "kind": "text", "hint": "name or code"},
]


@router.get("/actors")
def actors(request: Request) -> Response:
    """Everybody whom the articles name, those first who take part in most events."""
    asked = asked_of(request, ("name",), ("kind", "country"))
    limit, offset = page_number(asked)
    answer = cached(
        request,
        found,
        name=asked.one("name") or None,
        kind=asked.many("kind"),
        country=asked.many("country"),
        limit=limit,
        offset=offset,
    )
    return chart_page(
        request,
        "actors.html",
        asked=asked,
        fields=_FIELDS,
        answer=answer,
        most=max((row["events"] for row in answer.rows), default=1),
        limit=limit,
        offset=offset,
    )
