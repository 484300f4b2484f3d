"""Where things happened."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from communique.store.questions.mapping import by_country, by_place
from communique.web.api import models
from communique.web.api.asking import EventFilters, Paging, listing, reply, sliced
from communique.web.cache import cached

__all__ = ["router"]

router = APIRouter(tags=["places"])


@router.get("/countries", summary="In which countries things happened", responses=listing(models.Country))
def countries(request: Request, asked: Paging, filters: EventFilters) -> Response:
    """Those first where most happened."""
    return reply(request, asked, sliced(cached(request, by_country, filters=filters), asked))


@router.get("/places", summary="At which places things happened", responses=listing(models.Place))
def places(request: Request, asked: Paging, filters: EventFilters) -> Response:
    """With their coordinates, in degrees (WGS 84)."""
    return reply(request, asked, sliced(cached(request, by_place, filters=filters, limit=0), asked))
