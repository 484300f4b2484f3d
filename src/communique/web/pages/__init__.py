"""The pages: one file a page, each with a ``router``; ``common.py`` has what all of them share.

A handler parses the filters in the address (``filters_of``), asks the store (``cached``), makes what the
template shows, and gives it to ``page``. Templates stand in ``templates/``, and extend ``base.html``.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fastapi import APIRouter

__all__ = ["routers"]

# In the order in which addresses are tried.
_PAGES = (
    "start",
    "listing",
    "article",
    "correcting",
    "claims",
    "disputes",
    "ahead",
    "search",
    "happening",
    "about",
    "api_guide",
    "timeline",
    "actors",
    "actor",
    "pairs",
    "pair",
    "map",
    "network",
    "sources",
)


def routers() -> list[APIRouter]:
    """The routers of all pages, for the application to include."""
    return [import_module(f"{__name__}.{name}").router for name in _PAGES]
