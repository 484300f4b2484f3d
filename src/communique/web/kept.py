"""Pages that were made already, kept as they were sent for as long as nothing changes of which they tell.

A page is what its address, the store, the corrections beside it and the day make of it; who asks makes no
difference once the door has let him in. Where pages have forms (``--edit``) none is kept.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from starlette.datastructures import Headers

from communique.store.corrections import Corrections

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["Kept"]

_LARGEST = 500_000  # bytes of a page, compressed as it is sent
_ELSEWHERE = ("/api/", "/static/")


@dataclass(frozen=True, slots=True)
class _Page:
    """What was answered."""

    status: int
    headers: list[tuple[bytes, bytes]]
    body: bytes


class Kept:
    """The layer that answers with a page that was made before, and keeps those that are made.

    Args:
        app: what is within.
        of: the application whose store is told of.
        most: bytes that are kept together; the least used are forgotten first.
    """

    def __init__(self, app: ASGIApp, of: FastAPI, most: int) -> None:
        self._app = app
        self._of = of
        self._most = most
        self._lock = threading.Lock()
        self._pages: OrderedDict[Hashable, _Page] = OrderedDict()
        self._size = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        key = self._key(scope)
        if key is None:
            await self._app(scope, receive, send)
            return
        with self._lock:
            page = self._pages.get(key)
            if page is not None:
                self._pages.move_to_end(key)
        if page is not None:
            await send({"type": "http.response.start", "status": page.status, "headers": list(page.headers)})
            await send({"type": "http.response.body", "body": page.body})
            return
        start: Message | None = None
        parts: list[bytes] = []

        async def out(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                # The layers without add headers of their own to what they pass on.
                start = {**message, "headers": list(message["headers"])}
            elif message["type"] == "http.response.body":
                parts.append(message.get("body", b""))
            await send(message)

        await self._app(scope, receive, out)
        if start is not None and self._lasts(start) and self._key(scope) == key:
            self._keep(key, _Page(start["status"], start["headers"], b"".join(parts)))

    def _key(self, scope: Scope) -> Hashable | None:
        """What the page is made of; None for what is no page, or is none that lasts."""
        state = self._of.state
        if scope["type"] != "http" or scope["method"] != "GET" or state.settings.edit:
            return None
        path: str = scope["path"]
        if path.startswith(_ELSEWHERE) or (path == "/search" and not state.searching.ready):
            return None
        mark = state.stores.mark
        if not mark:
            return None
        headers = Headers(scope=scope)
        asked = (path, scope["query_string"], headers.get("accept"), headers.get("accept-encoding"))
        place = (scope.get("scheme"), headers.get("host"))
        # The calendar begins with today.
        return mark, Corrections.beside(state.settings.store).mark, datetime.now(UTC).date(), asked, place

    @staticmethod
    def _lasts(start: Message) -> bool:
        headers = Headers(raw=start["headers"])
        return start["status"] == 200 and "set-cookie" not in headers

    def _keep(self, key: Hashable, page: _Page) -> None:
        size = len(page.body)
        if size > min(_LARGEST, self._most):
            return
        with self._lock:
            if key in self._pages:
                return
            self._pages[key] = page
            self._size += size
            while self._size > self._most:
                _, gone = self._pages.popitem(last=False)
                self._size -= len(gone.body)
