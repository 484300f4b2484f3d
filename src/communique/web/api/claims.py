"""Claims and disputes: what was said, and what cannot both be true."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response

from communique.store.correcting.showing import claim_rows
from communique.store.questions import disputes, said
from communique.web.api import models
from communique.web.api.asking import Day, Paging, Word, listing, reply
from communique.web.api.corrected import Corrected, as_corrected
from communique.web.cache import cached

__all__ = ["router"]

router = APIRouter(tags=["claims"])
Act = Literal["assert", "deny", "doubt", "ask", "demand", "promise", "threaten", "believe", "intend", "other"]
Kind = Literal["number", "denial", "status", "attribution"]
Since = Annotated[Day | None, Query(description="First day: 2024, 2024-01 or 2024-01-15.")]
Until = Annotated[Day | None, Query(description="Last day; of a year or month its last.")]


@router.get("/claims", summary="What was said, the latest first", responses=listing(models.Claim))
def claims(
    request: Request,
    asked: Paging,
    who: Annotated[
        Word | None, Query(description="The source: a part of its name, its key, or a country for all of it.")
    ] = None,
    about: Annotated[Word | None, Query(description="Words that stand in what was said.")] = None,
    act: Annotated[tuple[Act, ...], Query(max_length=20, description="What saying it does.")] = (),
    since: Since = None,
    until: Until = None,
    corrected: Corrected = "false",
) -> Response:
    """Who said, wrote, denies or demands what, and who passes it on."""
    given = {"who": who, "about": about, "act": tuple(act), "since": since, "until": until}
    found = cached(request, said, **given, **asked.page)
    if corrected == "true":
        return reply(request, asked, *as_corrected(request, found, claim_rows))
    return reply(request, asked, found)


@router.get("/disputes", summary="What cannot both be true", responses=listing(models.Dispute))
def conflicting(
    request: Request,
    asked: Paging,
    about: Annotated[Word | None, Query(description="Words in its subject, or of a side.")] = None,
    kind: Annotated[tuple[Kind, ...], Query(max_length=20)] = (),
    since: Since = None,
    until: Until = None,
) -> Response:
    """Within an article, and between articles that tell the same happening."""
    given = {"about": about, "kind": tuple(kind), "since": since, "until": until}
    return reply(request, asked, cached(request, disputes, **given, **asked.page))
