"""The API under ``/api/v1``: one router a file, in the order of the description."""

from __future__ import annotations

__all__ = ["ROUTERS"]

# Modules of this package that have a ``router``.
ROUTERS = (
    "about",
    "articles",
    "events",
    "claims",
    "actors",
    "pairs",
    "ahead",
    "happenings",
    "places",
    "search",
    "read",
    "new",
)
