"""The list of articles."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from communique.store.questions.articles import ORDERS, articles
from communique.store.questions.filters import chosen
from communique.web.cache import cached
from communique.web.pages.common import asked_of, page, page_number

__all__ = ["router"]

router = APIRouter()

_FIELDS = [
    {"name": "text", "label": "Words in it", "kind": "text"},
    {"name": "publisher", "label": "Publisher", "kind": "text"},
    {"name": "actor", "label": "Names", "kind": "text", "hint": "Japan, JPN or a name"},
    {"name": "since", "label": "From", "kind": "day"},
    {"name": "until", "label": "Until", "kind": "day"},
]


@router.get("/articles")
def listing(request: Request) -> Response:
    """The articles, the latest first."""
    asked = asked_of(request, ("text", "since", "until", "order"), ("publisher", "actor"))
    limit, offset = page_number(asked, default=30)
    order = chosen(asked.one("order", "published"), ORDERS, "order")
    answer = cached(
        request,
        articles,
        text=asked.one("text") or None,
        publisher=asked.many("publisher"),
        actor=asked.many("actor"),
        since=asked.one("since") or None,
        until=asked.one("until") or None,
        order=order,
        limit=limit,
        offset=offset,
    )
    return page(
        request,
        "listing.html",
        asked=asked,
        answer=answer,
        limit=limit,
        offset=offset,
        order=order,
        fields=_FIELDS,
    )
