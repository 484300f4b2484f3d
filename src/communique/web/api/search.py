"""Searching the words of all articles."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response

from communique.web.api import models
from communique.web.api.asking import Day, Paging, Statuses, Word, Words, listing, reply, statuses
from communique.web.searching import found

__all__ = ["router"]

router = APIRouter(tags=["search"])


@router.get("/search", summary="Articles with some words", responses=listing(models.Found))
def many(
    request: Request,
    asked: Paging,
    q: Annotated[
        Word,
        Query(description='Words that must be there; "in this order", -not, begin* and this OR that.'),
    ],
    publisher: Words = (),
    actor: Annotated[tuple[Word, ...], Query(max_length=20, description="Whom the article names.")] = (),
    type: Annotated[tuple[Word, ...], Query(max_length=20, description="Of an event of the article.")] = (),
    status: Statuses = (),
    since: Annotated[Day | None, Query(description="First day of publication.")] = None,
    until: Annotated[Day | None, Query(description="Last day of publication.")] = None,
    order: Annotated[Literal["best", "published"], Query(description="What stands first.")] = "best",
) -> Response:
    """Those first that fit best, with the sentences that show it."""
    given = {"publisher": publisher, "actor": actor, "type": type, "status": statuses(status)}
    return reply(
        request, asked, found(request, q, **given, since=since, until=until, order=order, **asked.page)
    )
