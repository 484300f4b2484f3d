"""The store behind the tools: open while a tool asks it, and let go of at once.

DuckDB lets any number of programs read a file, or one write it; so between two calls ``communique ingest``
can write. Within this process a file can be open once only, so calls wait for each other.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from communique.errors import BadQuestion, StoreError
from communique.store import Store, open_store

__all__ = ["Opening"]


class Opening:
    """Read-only access to a store, a call at a time.

    Args:
        path: of the store.
        seconds: the longest that a call may ask it.
    """

    def __init__(self, path: Path, seconds: float = 20.0) -> None:
        self.path = path
        self.seconds = seconds
        self._lock = threading.Lock()

    @contextmanager
    def __call__(self) -> Iterator[Store]:
        """The store, open for reading only, which reaches no other file.

        Raises:
            BadQuestion: if the question takes too long.
            StoreError: if the store is missing, in use, or newer than this program.
        """
        import duckdb

        with self._lock, open_store(self.path, create=False, read_only=True) as store:
            # What is asked comes from a language model that may have read a hostile article.
            store.connection.execute("SET enable_external_access = false")
            late = threading.Event()

            def end() -> None:
                late.set()
                store.connection.interrupt()

            watch = threading.Timer(self.seconds, end)
            watch.daemon = True
            watch.start()
            try:
                yield store
            except (StoreError, duckdb.InterruptException):
                if not late.is_set():
                    raise
                raise BadQuestion(
                    f"the question took longer than {self.seconds:g} seconds; ask for less, such as a "
                    "shorter time or one party"
                ) from None
            finally:
                watch.cancel()
                watch.join()
