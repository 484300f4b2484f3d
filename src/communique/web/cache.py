"""Answers that were found already, kept as long as the store does not change."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar

from communique.web.stores import TooSlow

if TYPE_CHECKING:
    from fastapi import FastAPI, Request

    from communique.web.stores import Stores

__all__ = ["Cache", "cached"]

T = TypeVar("T")

_LEAST = 20  # what an answer counts at least, in rows


class _Turn:
    """One question that somebody asks just now, and what came of it if it took too long."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.fault: TooSlow | None = None


class Cache:
    """Answers by question, the least used forgotten first.

    Args:
        stores: that are asked.
        most: rows that are kept together.
    """

    def __init__(self, stores: Stores, most: int) -> None:
        self._stores = stores
        self._most = most
        self._lock = threading.Lock()
        self._known: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self._rows = 0
        self._asked: dict[Hashable, _Turn] = {}

    def answer(self, function: Callable[..., T], arguments: dict[str, Any]) -> T:
        """What a function of a store gives for some arguments; it is asked once for as long as the store is
        the same, and once for all who ask at the same time.

        What comes back is shared: it must not be changed.

        Args:
            function: takes a store and the arguments.
            arguments: of values that can be told apart: text, numbers, days, lists of these, filters.

        Raises:
            CommuniqueError: as the function does.
        """
        # Some questions begin with today.
        today = datetime.now(UTC).date()
        mark = self._stores.mark
        key = (mark, today, function.__module__, function.__qualname__, _frozen(arguments))
        found, value = self._look(key)
        if found:
            return value  # type: ignore[no-any-return]
        with self._lock:
            turn = self._asked.setdefault(key, _Turn())
        try:
            with turn.lock:
                found, value = self._look(key)
                if found:
                    return value  # type: ignore[no-any-return]
                if turn.fault is not None:
                    raise turn.fault
                try:
                    with self._stores.reading() as store:
                        answer = function(store, **arguments)
                except TooSlow as fault:
                    # Those who wait would only find out the same, one after the other.
                    turn.fault = fault
                    raise
                if self._stores.mark == self._stores.opened == mark:
                    self._keep(key, answer)
                return answer
        finally:
            with self._lock:
                self._asked.pop(key, None)

    def _look(self, key: Hashable) -> tuple[bool, Any]:
        with self._lock:
            if key not in self._known:
                return False, None
            self._known.move_to_end(key)
            return True, self._known[key][0]

    def _keep(self, key: Hashable, answer: Any) -> None:
        rows = max(_LEAST, len(answer) if hasattr(answer, "__len__") else 0)
        if rows > self._most // 4:
            return
        with self._lock:
            if key in self._known:
                return
            self._known[key] = (answer, rows)
            self._rows += rows
            while self._rows > self._most:
                _, (_, gone) = self._known.popitem(last=False)
                self._rows -= gone


def cached(of: Request | FastAPI, function: Callable[..., T], /, **arguments: Any) -> T:
    """Ask the store of an application, or what was found before.

        found = cached(request, questions.events, actor=("JPN",), limit=50)

    Args:
        of: a request, or the application.
        function: see ``Cache.answer``.
        arguments: likewise.
    """
    app = getattr(of, "app", of)
    cache: Cache = app.state.cache
    return cache.answer(function, arguments)


def _frozen(value: Any) -> Hashable:
    if isinstance(value, dict):
        return tuple(sorted((k, _frozen(v)) for k, v in value.items()))
    if isinstance(value, (list, tuple)):
        return tuple(_frozen(v) for v in value)
    if isinstance(value, (set, frozenset)):
        return frozenset(_frozen(v) for v in value)
    hash(value)
    # 1, 1.0 and True are equal, and not the same question.
    return (type(value).__name__, value)
