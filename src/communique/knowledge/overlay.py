"""The actors that stand before the package's tables while an article is read: a user's own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from communique.knowledge.own import Actors

__all__ = ["ACTIVE", "using"]

ACTIVE: ContextVar[Actors | None] = ContextVar("actors", default=None)


@contextmanager
def using(actors: Actors | None) -> Iterator[None]:
    """Let these actors stand before the tables."""
    token = ACTIVE.set(actors)
    try:
        yield
    finally:
        ACTIVE.reset(token)
