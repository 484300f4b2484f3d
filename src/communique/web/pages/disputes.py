"""Disputes side by side: what cannot both be true, and who stands on which side."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from communique.store import questions
from communique.store.questions.standing import opponents
from communique.web.cache import cached
from communique.web.pages.common import asked_of, page, page_number
from communique.web.pages.mended import mended_disputes

__all__ = ["gathered", "router"]

router = APIRouter()

_KINDS = {
    "number": "different numbers",
    "denial": "one denies it",
    "status": "whether it happened",
    "attribution": "who did it or said it",
}
_FIELDS: list[dict[str, Any]] = [
    {"name": "about", "label": "Words in it", "kind": "text"},
    {"name": "kind", "label": "Kind", "kind": "choice", "choices": list(_KINDS.items())},
    {"name": "since", "label": "From", "kind": "day"},
    {"name": "until", "label": "Until", "kind": "day"},
]


@router.get("/disputes")
def disputes(request: Request) -> Response:
    """The disputes, the latest first."""
    asked = asked_of(request, ("about", "since", "until"), ("kind",))
    limit, offset = page_number(asked, default=40)
    answer = cached(
        request,
        questions.disputes,
        about=asked.one("about") or None,
        kind=asked.many("kind"),
        since=asked.one("since") or None,
        until=asked.one("until") or None,
        limit=limit,
        offset=offset,
    )
    return page(
        request,
        "disputes.html",
        asked=asked,
        answer=answer,
        rows=mended_disputes(request, gathered(answer.rows)),
        limit=limit,
        offset=offset,
        fields=_FIELDS,
        opponents=cached(request, opponents, limit=10) if not asked and not offset else None,
    )


def gathered(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The disputes, each once: what another version of an article tells in the same words is with it.

    Args:
        rows: of ``questions.disputes``.

    Returns:
        The rows, the first of those that read the same; ``again`` has the others.
    """
    first: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row in rows:
        sides = (_letters(row[name]) for name in ("words_a", "words_b", "about"))
        key = (row["kind"], *row["said_by_a"], "≠", *row["said_by_b"], *sides)
        if key in first:
            first[key]["again"].append(row)
        else:
            first[key] = {**row, "again": []}
    return list(first.values())


def _letters(text: str | None) -> str:
    """The text as it is compared: without its capitals, white space and signs."""
    return "".join(c for c in (text or "").casefold() if c.isalnum())
