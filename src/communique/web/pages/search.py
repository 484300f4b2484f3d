"""Search: over the words of all articles, with those whom the words may name, and the events of a filter."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from communique.errors import BadQuestion
from communique.ontology import event_types
from communique.store.questions import STATUSES
from communique.store.questions.actors import actors
from communique.store.questions.filters import chosen
from communique.store.questions.searching import SEARCH_ORDERS
from communique.web.cache import cached
from communique.web.pages.common import Asked, asked_of, page, page_number
from communique.web.searching import found

__all__ = ["pieces", "router"]

router = APIRouter()

_NAMES = 8  # actors that are shown


@router.get("/search")
def search(request: Request) -> Response:
    """The page of a search; without words, the form alone."""
    asked = asked_of(request, ("q", "since", "until", "order"), ("type", "status", "publisher", "actor"))
    limit, offset = page_number(asked, default=20)
    words = asked.one("q")
    context: dict[str, Any] = {"answer": None, "names": [], "problem": None}
    if words:
        try:
            context = _found(request, asked, words, limit, offset)
        except BadQuestion as error:
            # What is wrong with the words is told above them, so that they can be mended.
            context["problem"] = str(error)
    return page(
        request,
        "search.html",
        status=422 if context["problem"] else 200,
        asked=asked,
        words=words,
        limit=limit,
        offset=offset,
        fields=_fields(),
        order=asked.one("order", "best"),
        pieces=pieces,
        **context,
    )


def _found(request: Request, asked: Asked, words: str, limit: int, offset: int) -> dict[str, Any]:
    answer = found(
        request,
        words,
        publisher=asked.many("publisher"),
        actor=asked.many("actor"),
        type=asked.many("type"),
        status=asked.many("status"),
        since=asked.one("since") or None,
        until=asked.one("until") or None,
        order=chosen(asked.one("order", "best"), SEARCH_ORDERS, "order"),
        limit=limit,
        offset=offset,
    )
    plain = words.replace('"', " ").strip()
    names = [] if offset or not plain else cached(request, actors, name=plain, limit=_NAMES).rows
    return {"answer": answer, "names": names, "problem": None}


def pieces(words: str, marks: list[int]) -> list[tuple[str, bool]]:
    """The words of a passage in pieces, each with whether it is one that was looked for.

    Args:
        words: of the passage.
        marks: flat spans within them, in order.
    """
    edges = sorted({0, len(words), *(m for m in marks if 0 <= m <= len(words))})
    inside = set(zip(marks[::2], marks[1::2], strict=False))
    return [(words[a:b], any(s <= a and b <= e for s, e in inside)) for a, b in pairwise(edges)]


def _fields() -> list[dict[str, Any]]:
    return [
        {"name": "actor", "label": "Names", "kind": "text", "hint": "Japan, JPN or a name"},
        {
            "name": "type",
            "label": "Tells of",
            "kind": "choice",
            "choices": [(t.name, t.label) for t in event_types().values()],
        },
        {"name": "status", "label": "That is", "kind": "choice", "choices": [(s, s) for s in STATUSES]},
        {"name": "publisher", "label": "Publisher", "kind": "text"},
        {"name": "since", "label": "From", "kind": "day"},
        {"name": "until", "label": "Until", "kind": "day"},
    ]
