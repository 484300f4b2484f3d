"""The web: pages to look at and an API to ask, both over one store that is open for reading only.

    from communique.web import create_app
    from communique.web.settings import Settings

    app = create_app(Settings(Path("news.duckdb")))

FastAPI is imported when ``create_app`` is asked for, so that no other command waits for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from communique.web.app import create_app

__all__ = ["create_app"]


def __getattr__(name: str) -> Any:
    if name != "create_app":
        raise AttributeError(f"module 'communique.web' has no attribute {name!r}")
    from communique.web.app import create_app

    return create_app
