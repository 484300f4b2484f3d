"""Pairs: who deals with whom, and how over time."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Request, Response

from communique.store.questions import dyad
from communique.store.questions.network import network
from communique.store.questions.pairs import pairs
from communique.store.questions.parties import wanted
from communique.web.api import models
from communique.web.api.asking import EventFilters, Paging, Period, listing, reply, sliced
from communique.web.cache import cached
from communique.web.problems import NotFound

__all__ = ["router"]

router = APIRouter(tags=["pairs"])
Of = Literal["countries", "actors"]
Party = Annotated[
    str, Path(min_length=1, max_length=300, description="A country's code or name, or an actor's key.")
]


@router.get("/pairs", summary="The pairs between whom most happened", responses=listing(models.Pair))
def many(
    request: Request,
    asked: Paging,
    filters: EventFilters,
    of: Annotated[Of, Query(description="Countries with all that is of them, or actors.")] = "countries",
) -> Response:
    """Both directions together; without a status, what occurred or goes on."""
    return reply(request, asked, cached(request, pairs, filters=filters, of=of, **asked.page))


@router.get("/network", summary="Who deals with whom", responses=listing(models.Tie))
def ties(
    request: Request,
    asked: Paging,
    filters: EventFilters,
    of: Annotated[Of, Query(description="Countries with all that is of them, or actors.")] = "actors",
) -> Response:
    """A row for each direction, the strongest ties first."""
    return reply(request, asked, cached(request, network, filters=filters, of=of, **asked.page))


@router.get("/pairs/{a}/{b}", summary="Two parties over time", responses=listing(models.PairPeriod))
def series(
    request: Request,
    asked: Paging,
    filters: EventFilters,
    a: Party,
    b: Party,
    by: Annotated[Period, Query(description="Length of a period; a week begins on Monday.")] = "month",
) -> Response:
    """For each period a row for each direction, also where nothing happened."""
    if not a.strip() or not b.strip() or wanted(a) == wanted(b):
        raise NotFound("a pair is of two parties; these are the same, or one has no name")
    found = cached(request, dyad, first=a, second=b, filters=filters, by=by)
    return reply(request, asked, sliced(found, asked))
