"""Happenings, and how they are told."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Request, Response

from communique.store import Store
from communique.store.questions import Answer
from communique.store.questions.happenings import happenings
from communique.store.questions.telling import coverage, telling
from communique.store.questions.voices import publishers
from communique.web.api import models
from communique.web.api.asking import (
    Countries,
    Day,
    Flag,
    Paging,
    Statuses,
    Word,
    Words,
    listing,
    of_json,
    of_row,
    reply,
    sliced,
    statuses,
)
from communique.web.cache import cached
from communique.web.problems import NotFound

__all__ = ["router"]

router = APIRouter(tags=["happenings"])
Number = Annotated[int, Path(ge=1, le=2**31 - 1, description="The happening's number.")]
Since = Annotated[Day | None, Query(description="First day: 2024, 2024-01 or 2024-01-15.")]
Until = Annotated[Day | None, Query(description="Last day; of a year or month its last.")]


@router.get("/happenings", summary="What happened, however many tell it", responses=listing(models.Happening))
def many(
    request: Request,
    asked: Paging,
    actor: Annotated[tuple[Word, ...], Query(max_length=20, description="Who took part.")] = (),
    type: Words = (),
    status: Statuses = (),
    country: Countries = (),
    since: Since = None,
    until: Until = None,
    disputed: Annotated[Flag, Query(description="Only what its tellings do not agree on.")] = "false",
    order: Annotated[
        Literal["tellings", "day"], Query(description="Those first that most articles tell, or the latest.")
    ] = "tellings",
) -> Response:
    """Happenings that several articles tell, and those that a single one does where it was looked at."""
    given = {
        "actor": tuple(actor),
        "type": tuple(type),
        "status": statuses(status),
        "country": tuple(country),
        "since": since,
        "until": until,
    }
    found = cached(request, happenings, **given, disputed=disputed == "true", order=order, **asked.page)
    return reply(request, asked, found)


@router.get(
    "/happenings/{happening}",
    summary="A happening with its tellings",
    responses={200: {"model": models.HappeningTold}},
)
def one(request: Request, happening: Number) -> Response:
    """What each article says of it, the earliest first."""
    found = cached(request, _one, number=happening).rows
    if not found:
        raise NotFound(f"the store has no happening {happening}")
    told = cached(request, telling, happening=happening)
    return of_json({**of_row(found[0]), "told": [of_row(row) for row in told.rows]})


@router.get("/publishers", summary="How much publishers tell", responses=listing(models.Publisher))
def by_publisher(request: Request, asked: Paging, since: Since = None, until: Until = None) -> Response:
    """And how often their own voice judges, those first with most articles."""
    found = cached(request, publishers, since=since, until=until, limit=0)
    return reply(request, asked, sliced(found, asked))


@router.get("/coverage", summary="Who tells the same happening", responses=listing(models.Covered))
def by_happening(request: Request, asked: Paging, since: Since = None, until: Until = None) -> Response:
    """Happenings that several publishers tell: who was first, and who left them out."""
    return reply(request, asked, cached(request, coverage, since=since, until=until, **asked.page))


def _one(store: Store, number: int) -> Answer:
    return happenings(store, number=number)
