"""What everybody asks first, found ahead: when the store changes, its columns are taken into memory and the
pages that filter nothing are made once, so that nobody waits for them."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING

from starlette.requests import Request

from communique.errors import CommuniqueError
from communique.web import pages

if TYPE_CHECKING:
    from fastapi import FastAPI

    from communique.web.stores import Stores

__all__ = ["Warming", "warm"]

# Those that take longest first.
_PAGES = ("/", "/sources", "/map", "/network", "/pairs", "/actors", "/timeline", "/claims", "/disputes")
_LOOK = 1.0  # seconds between two looks at the file
_REST = 10.0  # seconds between two times: while articles come in, the file changes again and again
_LOG = logging.getLogger("communique.web")


class Warming:
    """Follows a store, and finds ahead what is asked first.

    Args:
        app: the application whose pages are made.
    """

    def __init__(self, app: FastAPI) -> None:
        self._app = app
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin to follow the store, if that was not done before."""
        if self._thread is None and not self._ended.is_set():
            self._thread = threading.Thread(target=self._follow, name="communique-warming", daemon=True)
            self._thread.start()

    def close(self) -> None:
        """Stop following."""
        self._ended.set()
        if self._thread is not None:
            self._thread.join(timeout=5)

    def _follow(self) -> None:
        stores: Stores = self._app.state.stores
        done = ""
        # The program starts first.
        self._ended.wait(_LOOK)
        while not self._ended.is_set():
            mark = stores.mark
            if mark == done or not mark:
                self._ended.wait(_LOOK)
                continue
            try:
                warm(self._app, self._ended)
                done = mark
            except CommuniqueError as error:
                # In use, or being copied: it will be there again.
                _LOG.debug("nothing is found ahead: %s", error)
            except Exception:
                # A page that cannot be made says so to whoever asks for it.
                _LOG.debug("a page could not be made ahead", exc_info=True)
                done = mark
            self._ended.wait(_REST)


def warm(app: FastAPI, ended: threading.Event | None = None) -> None:
    """Take the columns of the store into memory, and make the pages that filter nothing.

    Args:
        app: the application.
        ended: if set, no further page is made.

    Raises:
        StoreError: if the store cannot be read.
    """
    app.state.stores.hold()
    made = {
        route.path: route.endpoint
        for router in pages.routers()
        for route in router.routes
        if hasattr(route, "path") and hasattr(route, "endpoint")
    }
    for path in _PAGES:
        if ended is not None and ended.is_set():
            return
        made[path](Request(_scope(app, path)))


def _scope(app: FastAPI, path: str) -> dict[str, object]:
    """What a request for a page looks like to it."""
    return {
        "type": "http",
        "method": "GET",
        "scheme": "http",
        "server": ("127.0.0.1", 80),
        "path": path,
        "raw_path": path.encode("ascii"),
        "query_string": b"",
        "headers": [],
        "app": app,
    }
