"""Reading a text that is sent in."""

from __future__ import annotations

import math
from datetime import date
from functools import partial
from typing import Annotated

import anyio.to_thread
from fastapi import APIRouter, Depends, HTTPException, Request, Response
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from communique.web.api.asking import whole_day
from communique.web.api.reading_model import Reading
from communique.web.reading import Readers
from communique.web.security import Rate

__all__ = ["Text", "router"]

router = APIRouter(tags=["read"])
_Day = Annotated[str, AfterValidator(whole_day), Field(json_schema_extra={"format": "date"})]
_Line = Annotated[str, StringConstraints(max_length=1000)]


class Text(BaseModel):
    """A text to be read."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"text": "The minister met the envoy on Monday.", "published": "2024-02-15"}]
        },
    )

    text: str = Field(min_length=1, max_length=200_000, description="The article, of any layout.")
    published: _Day | None = Field(None, description="The day that “last month” is resolved against.")
    title: _Line | None = None
    publisher: _Line | None = None
    url: _Line | None = None


def _counted(request: Request) -> None:
    """One of so many a minute that an address may send."""
    rate: Rate = request.app.state.reads
    if wait := rate.wait(request.client.host if request.client else ""):
        seconds = math.ceil(wait)
        detail = f"too many texts in a minute; send the next in {seconds} seconds"
        raise HTTPException(429, detail, {"retry-after": str(seconds)})


@router.post(
    "/read", summary="Read a text", responses={200: {"model": Reading}}, dependencies=[Depends(_counted)]
)
async def read(request: Request, given: Text) -> Response:
    """Who did what to whom in it, who says so, and what comes next. Nothing of it is kept."""
    readers: Readers = request.app.state.readers
    day = date.fromisoformat(given.published) if given.published else None
    known = {"title": given.title, "publisher": given.publisher, "url": given.url}
    # It waits for another process, and must keep no page waiting.
    text = await anyio.to_thread.run_sync(
        partial(readers.read, given.text, day, **known), limiter=request.app.state.read_threads
    )
    return Response(text.encode(), media_type="application/json")
