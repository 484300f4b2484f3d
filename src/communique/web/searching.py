"""The index for searching, kept up to date beside the pages.

A thread looks whether the store has changed, and takes in what is new in small parts: so the store is never
held for long, and what is in the index already can be searched meanwhile.
"""

from __future__ import annotations

import logging
import threading
import time
from typing import TYPE_CHECKING, Any

from communique.errors import StoreError
from communique.store.questions.searching import search
from communique.store.textindex import TextIndex
from communique.web.cache import cached

if TYPE_CHECKING:
    from fastapi import Request

    from communique.store import Store
    from communique.store.questions import Answer
    from communique.web.stores import Stores

__all__ = ["Searching", "found"]

_AT_ONCE = 200  # articles that are taken in while the store is held
_SECONDS = 60.0  # that taking them in may last
_LOOK = 1.0  # seconds between two looks at the file
_AGAIN = 5.0  # seconds after a fault
_PATIENCE = 2.0  # seconds that a search waits for an index that is being made
_LOG = logging.getLogger("communique.web")


class Searching:
    """Follows a store with its index.

    Args:
        stores: the store.
    """

    def __init__(self, stores: Stores) -> None:
        self._stores = stores
        self._lock = threading.Condition()
        self._thread: threading.Thread | None = None
        self._done: str | None = None  # the mark up to which the index has everything
        self._fault: StoreError | None = None
        self._ended = threading.Event()
        self.version = 0  # changes when the index does

    def start(self) -> None:
        """Begin to follow the store, if that was not done before."""
        with self._lock:
            if self._thread is None and not self._ended.is_set():
                self._thread = threading.Thread(target=self._follow, name="communique-search", daemon=True)
                self._thread.start()

    def wait(self, seconds: float = _PATIENCE) -> bool:
        """Wait until the index has everything, but not for ever.

        Returns:
            Whether it has.

        Raises:
            StoreError: if it cannot be made.
        """
        self.start()
        mark = self._stores.mark
        with self._lock:
            self._lock.wait_for(lambda: self._done == mark or self._fault is not None, seconds)
            if self._fault is not None and self.version == 0:
                raise self._fault
            return self._done == mark

    @property
    def ready(self) -> bool:
        """Whether the index has everything that the store has."""
        return self._done == self._stores.mark

    def close(self) -> None:
        """Stop following."""
        self._ended.set()
        if self._thread is not None:
            self._thread.join(timeout=5)

    def _follow(self) -> None:
        while not self._ended.is_set():
            mark = self._stores.mark
            if mark == self._done or not mark:
                self._ended.wait(_LOOK)
                continue
            try:
                self._take_in(mark)
            except StoreError as error:
                # In use, or being copied: it will be there again.
                _LOG.debug("the index for searching waits: %s", error)
                with self._lock:
                    self._fault = error
                    self._lock.notify_all()
                self._ended.wait(_AGAIN)

    def _take_in(self, mark: str) -> None:
        left = 1
        while left and not self._ended.is_set():
            with self._stores.reading(_SECONDS) as store:
                left = TextIndex(store.path).update(store, _AT_ONCE)
            with self._lock:
                self._fault = None
                self.version += 1
            # Those who ask for pages come first.
            time.sleep(0.01)
        with self._lock:
            self._done = mark
            self._lock.notify_all()


def found(request: Request, words: str, **given: Any) -> Answer:
    """Articles with some words; see ``communique.store.questions.searching.search``.

    Args:
        request: of whose application the store is searched.
        words: that are looked for.
        given: what else ``search`` takes.
    """
    searching: Searching = request.app.state.searching
    searching.wait()
    return cached(request, _found, words=words, version=searching.version, **given)


def _found(store: Store, words: str, version: int, **given: Any) -> Answer:
    return search(store, words, index=TextIndex(store.path), **given)
