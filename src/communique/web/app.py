"""The application: the door, the pages, the API, and what stands still."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from pathlib import Path

import anyio.to_thread
from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response
from starlette.types import Scope

from communique import __version__
from communique.web import api, pages, problems
from communique.web.api.new import Streams
from communique.web.cache import Cache
from communique.web.kept import Kept
from communique.web.openapi import describe
from communique.web.reading import Readers
from communique.web.searching import Searching
from communique.web.security import Door, Rate
from communique.web.settings import Settings
from communique.web.stores import Stores
from communique.web.warming import Warming

__all__ = ["close", "create_app"]

_HERE = Path(__file__).parent


class _Static(StaticFiles):
    """Files of the package; where the address names a version, it stays the same for ever."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        answer = await super().get_response(path, scope)
        if scope["query_string"].startswith(b"v=") and answer.status_code == 200:
            answer.headers["cache-control"] = "public, max-age=31536000, immutable"
        return answer


def create_app(settings: Settings) -> FastAPI:
    """The application that serves one store.

    Args:
        settings: see there. The store need not be there yet: until it is, every page says so.

    Returns:
        The application. Its ``state`` has ``settings``, ``stores``, ``cache``, ``searching``, ``warming``,
        ``readers``, ``read_threads``, ``reads`` and ``streams``; what is open in them is closed when the
        application ends.
    """
    stores = Stores(settings.store, settings.idle, settings.query_seconds)

    @asynccontextmanager
    async def life(app: FastAPI) -> AsyncIterator[None]:
        # First come, first served, as many at once as there are cores: light pages wait a little longer. Were
        # all begun at once, a page that takes long would take as many times longer as there are others.
        anyio.to_thread.current_default_thread_limiter().total_tokens = os.cpu_count() or 1
        app.state.searching.start()
        app.state.warming.start()
        try:
            yield
        finally:
            close(app)

    app = FastAPI(
        title="communique",
        version=__version__,
        description="Who did what to whom in political news, who says so, and what comes next.",
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/v1/openapi.json",
        lifespan=life,
        # Nothing is told to anybody, whatever the environment says.
        telemetry={"tracing": False, "metrics": False, "logs": False, "auto_configure": False},
        # Of an address with a slash too many there is none.
        redirect_slashes=False,
    )
    app.state.settings = settings
    app.state.stores = stores
    app.state.cache = Cache(stores, settings.cached_rows)
    app.state.searching = Searching(stores)
    app.state.warming = Warming(app)
    app.state.readers = Readers(settings.read_seconds, settings.read_waiting)
    app.state.read_threads = anyio.CapacityLimiter(1000)  # the readers send away whom they have no place for
    app.state.reads = Rate(settings.reads_a_minute)
    app.state.streams = Streams(settings.streams)
    problems.install(app)
    describe(app)
    for name in api.ROUTERS:
        app.include_router(import_module(f"communique.web.api.{name}").router, prefix="/api/v1")
    for router in pages.routers():
        app.include_router(router, include_in_schema=False)
    app.mount("/static", _Static(directory=_HERE / "static"), name="static")
    # The last that is added is the first that is met.
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=3)
    if settings.kept_bytes:
        app.add_middleware(Kept, of=app, most=settings.kept_bytes)
    app.add_middleware(Door, settings=settings)
    return app


def close(app: FastAPI) -> None:
    """End what an application has begun: its streams, its processes, the store."""
    app.state.streams.ending.set()
    app.state.warming.close()
    app.state.searching.close()
    app.state.readers.close()
    app.state.stores.close()
