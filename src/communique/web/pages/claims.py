"""The ledger of claims: who says what, who passes it on, and who says otherwise."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from communique.store import questions
from communique.store.questions.overview import overview
from communique.store.questions.standing import contested, voices
from communique.web.cache import cached
from communique.web.pages.common import asked_of, page, page_number
from communique.web.pages.mended import mended_claims
from communique.web.pages.start import seen_from

if TYPE_CHECKING:
    from communique.store.questions import Answer

__all__ = ["router"]

router = APIRouter()

_FIELDS: list[dict[str, Any]] = [
    {"name": "who", "label": "Who says it", "kind": "text", "hint": "Japan, JPN or a name"},
    {"name": "about", "label": "Words in what is said", "kind": "text"},
    {"name": "act", "label": "How", "kind": "choice", "choices": [(a, a) for a in questions.ACTS]},
    {"name": "since", "label": "From", "kind": "day"},
    {"name": "until", "label": "Until", "kind": "day"},
]


@router.get("/claims")
def claims(request: Request) -> Response:
    """The ledger of claims, the latest first."""
    asked = asked_of(request, ("who", "about", "since", "until"), ("act",))
    limit, offset = page_number(asked, default=40)
    today, _ = seen_from(cached(request, overview))
    until = asked.one("until") or today.isoformat()
    answer = cached(
        request,
        questions.said,
        who=asked.one("who") or None,
        about=asked.one("about") or None,
        act=asked.many("act"),
        since=asked.one("since") or None,
        until=until,
        limit=limit,
        offset=offset,
    )
    return page(
        request,
        "claims.html",
        asked=asked,
        answer=answer,
        limit=limit,
        offset=offset,
        fields=_FIELDS,
        today=None if asked.one("until") else today,
        days=by_day(mended_claims(request, answer)),
        contested=cached(request, contested),
        voices=cached(request, voices, limit=12) if not asked and not offset else None,
    )


def by_day(answer: Answer) -> list[tuple[Any, list[dict[str, Any]]]]:
    """The rows of an answer that are of one day together, in their order."""
    return [(day, list(rows)) for day, rows in groupby(answer.rows, key=lambda row: row["day"])]
