"""What is new, as it comes: server-sent events."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import AsyncIterator
from typing import Annotated, Any

import anyio
from fastapi import APIRouter, Header, HTTPException, Query, Request
from fastapi.responses import StreamingResponse
from starlette.concurrency import run_in_threadpool

from communique.errors import StoreError
from communique.store import Store
from communique.store.questions.articles import listed
from communique.web.api.asking import of_row
from communique.web.cache import cached

__all__ = ["router"]

router = APIRouter(tags=["new"])
_LOOK = 1.0  # seconds between two looks at the file
_HEARTBEAT = 15.0  # seconds after which something is sent, so that nobody takes the line for dead
_AT_ONCE = 50  # articles
_RETRY = 3000  # milliseconds after which a browser asks again
_ANSWER: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "A stream: “article” with a row of /articles as data and the article's number as id, "
        "and every 15 seconds a comment.",
        "content": {
            "text/event-stream": {
                "schema": {
                    "type": "object",
                    "properties": {name: {"type": "string"} for name in ("event", "id", "data")},
                }
            }
        },
    }
}


class Streams:
    """How many listen.

    Args:
        most: that may.
    """

    def __init__(self, most: int) -> None:
        self._places = threading.Semaphore(most)
        self.ending = threading.Event()  # the server is

    def enter(self) -> bool:
        return self._places.acquire(blocking=False)

    def leave(self) -> None:
        self._places.release()


class _Events(StreamingResponse):
    media_type = "text/event-stream"


@router.get("/new", summary="Articles as they come in", responses=_ANSWER, response_class=_Events)
async def new(
    request: Request,
    since: Annotated[
        int | None, Query(ge=0, le=2**31 - 1, description="The last article that is known; else the latest.")
    ] = None,
    last_event_id: Annotated[
        str | None, Header(max_length=20, description="As browsers send it when they ask again.")
    ] = None,
) -> StreamingResponse:
    """The store is looked at once a second; an article that comes in is told once."""
    streams: Streams = request.app.state.streams
    if since is None and last_event_id and last_event_id.isascii() and last_event_id.isdigit():
        since = min(int(last_event_id), 2**31 - 1)
    if since is None:
        since = await run_in_threadpool(cached, request, _latest)
    if not streams.enter():
        raise HTTPException(
            503, "as many listen as may; ask /articles?order=added, or wait a while", {"retry-after": "30"}
        )
    return _Events(_told(request, since), headers={"cache-control": "no-store", "x-accel-buffering": "no"})


async def _told(request: Request, last: int) -> AsyncIterator[str]:
    streams: Streams = request.app.state.streams
    end = time.monotonic() + request.app.state.settings.stream_seconds
    try:
        yield f"retry: {_RETRY}\n\n"
        seen, said = "", time.monotonic()
        while time.monotonic() < end and not streams.ending.is_set():
            mark = request.app.state.stores.mark
            if mark and mark != seen:
                try:
                    rows = await run_in_threadpool(cached, request, _after, number=last)
                except StoreError:
                    # It is being written; what was written is told afterwards.
                    rows = None
                for row in rows or ():
                    last = row["article"]
                    said = time.monotonic()
                    yield f"event: article\nid: {last}\ndata: {json.dumps(row, ensure_ascii=False)}\n\n"
                if rows is not None and len(rows) < _AT_ONCE:
                    seen = mark
                elif rows:
                    continue
            if time.monotonic() - said >= _HEARTBEAT:
                said = time.monotonic()
                yield ": still here\n\n"
            await anyio.sleep(min(_LOOK, max(0.0, end - time.monotonic())))
    finally:
        streams.leave()


def _latest(store: Store) -> int:
    return int(store.connection.execute("SELECT coalesce(max(article), 0) FROM articles").fetchall()[0][0])


def _after(store: Store, number: int) -> list[dict[str, Any]]:
    sql = "SELECT article FROM articles WHERE article > ? ORDER BY article LIMIT ?"
    numbers = [n for (n,) in store.connection.execute(sql, [number, _AT_ONCE]).fetchall()]
    return [of_row(row) for row in listed(store, numbers).rows]
