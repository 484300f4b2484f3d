"""Actors: who is named, and what is told of one."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Request, Response

from communique.store.questions.actors import actors
from communique.store.questions.profile import acts, partners, profile, roles
from communique.web.api import models
from communique.web.api.asking import (
    Countries,
    EventFilters,
    Paging,
    Word,
    listing,
    of_json,
    of_row,
    reply,
    sliced,
)
from communique.web.cache import cached
from communique.web.problems import NotFound

__all__ = ["router"]

router = APIRouter(tags=["actors"])
Key = Annotated[
    str,
    Path(
        min_length=1,
        max_length=300,
        description="An id of the tables of who is who, a country's code, or the name after a tilde.",
        examples=["person:jpn-fumio-kishida", "JPN", "~fishing union"],
    ),
]
Kind = Literal["person", "state", "organization", "group", "media", "place", "other"]


@router.get("/actors", summary="Who is named, those first who do most", responses=listing(models.Actor))
def many(
    request: Request,
    asked: Paging,
    name: Annotated[Word | None, Query(description="A part of the name or office, or a country.")] = None,
    kind: Annotated[tuple[Kind, ...], Query(max_length=20)] = (),
    country: Countries = (),
) -> Response:
    """A row for everybody whom articles name."""
    found = cached(request, actors, name=name, kind=tuple(kind), country=country, **asked.page)
    return reply(request, asked, found)


# The longer addresses first: a name may have a slash in it.
@router.get("/actors/{key}/roles", summary="Offices of an actor", responses=listing(models.Role))
def in_roles(request: Request, asked: Paging, key: Key) -> Response:
    """In which roles articles name it, the earliest first."""
    return reply(request, asked, sliced(cached(request, roles, key=key, limit=0), asked))


@router.get("/actors/{key}/partners", summary="With whom an actor deals", responses=listing(models.Partner))
def with_whom(request: Request, asked: Paging, key: Key, filters: EventFilters) -> Response:
    """Those first with whom most happened."""
    found = cached(request, partners, key=key, filters=filters, limit=asked.offset + asked.limit)
    whole = found.total
    page = sliced(found, asked)
    return reply(request, asked, type(page)(page.columns, page.rows, page.sql, page.parameters, whole))


@router.get("/actors/{key}/acts", summary="How an actor speaks", responses=listing(models.Acts))
def in_words(request: Request, asked: Paging, key: Key) -> Response:
    """Its claims by what they do, the commonest first."""
    return reply(request, asked, sliced(cached(request, acts, key=key), asked))


@router.get("/actors/{key}", summary="An actor", responses={200: {"model": models.ActorSummary}})
def one(request: Request, key: Key) -> Response:
    """Who it is, as the articles have it."""
    rows = cached(request, profile, key=key).rows
    if not rows:
        raise NotFound(f"no article names an actor {key[:60]!r}; /api/v1/actors?name=… finds keys")
    return of_json(of_row(rows[0]))
