"""What comes next."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response

from communique.store.questions import upcoming
from communique.web.api import models
from communique.web.api.asking import Day, Paging, Word, listing, reply
from communique.web.cache import cached

__all__ = ["router"]

router = APIRouter(tags=["ahead"])
Expectation = Literal["scheduled", "expected", "deadline"]


@router.get("/upcoming", summary="What will come, day by day", responses=listing(models.Upcoming))
def coming(
    request: Request,
    asked: Paging,
    since: Annotated[Day | None, Query(description="First day; today, in UTC, if not given.")] = None,
    until: Annotated[Day | None, Query(description="Last day on which something begins.")] = None,
    actor: Annotated[tuple[Word, ...], Query(max_length=20, description="Who takes part, or is named.")] = (),
    status: Annotated[tuple[Expectation, ...], Query(max_length=20)] = (),
) -> Response:
    """What several articles announce is one row. The same as a calendar: /ahead.ics."""
    start: date | str = since if since is not None else datetime.now(UTC).date()
    given = {"start": start, "until": until, "actor": tuple(actor), "status": tuple(status)}
    return reply(request, asked, cached(request, upcoming, **given, **asked.page))
