"""The actors that stand before the package's tables while an article is read: a user's own."""

from __future__ import annotations

from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from communique.knowledge.own import Actors

__all__ = ["ACTIVE"]

ACTIVE: ContextVar[Actors | None] = ContextVar("actors", default=None)
