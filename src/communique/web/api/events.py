"""Events, the timeline, and how much happened when."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from communique.store.correcting.showing import event_rows
from communique.store.questions import events, timeline
from communique.store.questions.density import density, kinds
from communique.web.api import models
from communique.web.api.asking import EventFilters, Flag, Paging, Period, listing, reply, sliced
from communique.web.api.corrected import Corrected, as_corrected
from communique.web.cache import cached

__all__ = ["router"]

router = APIRouter(tags=["events"])
By = Annotated[Period, Query(description="Length of a period; a week begins on Monday.")]
Once = Annotated[Flag, Query(description="A row a happening, however many articles tell it.")]


@router.get("/events", summary="Events, the latest first", responses=listing(models.Event))
def many(
    request: Request,
    asked: Paging,
    filters: EventFilters,
    happenings: Once = "false",
    corrected: Corrected = "false",
) -> Response:
    """Who did what to whom, with the words that tell of it."""
    once = happenings == "true"
    found = cached(request, events, filters=filters, happenings=once, **asked.page)
    if corrected == "true":
        return reply(request, asked, *as_corrected(request, found, event_rows))
    return reply(request, asked, found)


@router.get("/timeline", summary="What happened, the oldest first", responses=listing(models.TimelineEvent))
def by_day(
    request: Request, asked: Paging, filters: EventFilters, by: By = "day", happenings: Once = "true"
) -> Response:
    """Without a status, what occurred or goes on."""
    once = happenings == "true"
    found = cached(request, timeline, filters=filters, by=by, happenings=once, **asked.page)
    return reply(request, asked, found)


@router.get("/density", summary="How much happened, period by period", responses=listing(models.Period))
def by_period(request: Request, asked: Paging, filters: EventFilters, by: By = "month") -> Response:
    """Happenings by quad code; without a status, what occurred or goes on."""
    return reply(request, asked, sliced(cached(request, density, filters=filters, by=by), asked))


@router.get("/kinds", summary="What kinds of things happened", responses=listing(models.Kind))
def by_kind(request: Request, asked: Paging, filters: EventFilters) -> Response:
    """Types of events, the commonest first."""
    return reply(request, asked, sliced(cached(request, kinds, filters=filters), asked))
