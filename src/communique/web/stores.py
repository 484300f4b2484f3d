"""The store behind the pages: open while it is asked, and let go of soon after.

DuckDB lets any number of programs read a file, or one write it. So that ``communique ingest`` can write while
the server runs, the file is closed when nobody has asked for a while. What is asked runs on a cursor of its
own, in the thread of the request, for a few seconds at most.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from communique.errors import StoreError
from communique.store import Store, open_store
from communique.store.failing import told
from communique.store.held import Held, held

__all__ = ["Stores", "TooSlow"]

_TICK = 0.1  # seconds between two looks at what takes too long


class TooSlow(StoreError):
    """A question took longer than it may."""


@dataclass(slots=True)
class _Use:
    """A store in use, and until when."""

    store: Store
    until: float
    late: bool = False


class Stores:
    """Read-only access to one store from many threads.

    Args:
        path: of the file.
        idle: seconds after which it is closed when nobody asks.
        seconds: the longest a question may take.
    """

    def __init__(self, path: Path, idle: float = 2.0, seconds: float = 5.0) -> None:
        self.path = path
        self._idle = idle
        self._seconds = seconds
        self._lock = threading.Lock()
        self._released = threading.Condition(self._lock)
        self._wake = threading.Event()
        self._base: Store | None = None
        self._opened = ""  # mark of the file when it was opened
        self._free: list[Store] = []
        self._running: dict[int, _Use] = {}
        self._held: Held | None = None
        self._held_of = ""  # mark of the file whose columns these are
        self._last = 0.0
        self._ended = False
        self._watch: threading.Thread | None = None

    @property
    def mark(self) -> str:
        """Changes when the file does: the key of whatever was found in it; '' where there is no file."""
        parts = []
        for path in (self.path, self.path.with_name(f"{self.path.name}.wal")):
            try:
                known = path.stat()
            except OSError:
                continue
            parts.append(f"{known.st_ino:x}-{known.st_size:x}-{known.st_mtime_ns:x}")
        return "+".join(parts)

    @property
    def opened(self) -> str:
        """The mark that the file had when it was opened last."""
        return self._opened

    @contextmanager
    def reading(self, seconds: float | None = None) -> Iterator[Store]:
        """A store for this thread, open for reading only.

        Args:
            seconds: the longest that all questions within may take; None for the default.

        Raises:
            TooSlow: if they take longer.
            StoreError: if the store is missing, in use, or newer than this program.
        """
        import duckdb

        use = self._take(seconds or self._seconds)
        key = id(use)
        kept = False
        try:
            yield use.store
            kept = True
        except StoreError as error:
            if use.late or isinstance(error.__cause__, duckdb.InterruptException):
                raise self._too_slow(seconds) from None
            raise
        except duckdb.InterruptException:
            raise self._too_slow(seconds) from None
        finally:
            with self._lock:
                del self._running[key]
                self._last = time.monotonic()
                # After an error the cursor may be in a state of its own.
                if kept and not use.late and self._base is not None and not self._ended:
                    self._free.append(use.store)
                else:
                    use.store.close()

    def hold(self, seconds: float = 60.0) -> None:
        """Take the columns of the store into memory, where whoever reads it has them from now on, until the
        file changes; also after it was let go of.

        Args:
            seconds: the longest that it may take.

        Raises:
            StoreError: as ``reading`` does.
        """
        with self.reading(seconds) as store:
            mark, found = self._opened, held(store)
        with self._lock:
            self._held, self._held_of = found, mark

    def release(self) -> None:
        """Let go of the file at once, unless somebody reads."""
        with self._lock:
            if not self._running:
                self._close()

    def wait_released(self, seconds: float) -> bool:
        """Wait until the file is let go of.

        Returns:
            Whether it was, within these seconds.
        """
        with self._lock:
            return self._released.wait_for(lambda: self._base is None, seconds)

    def close(self) -> None:
        """Let go of the file for good; questions that run are broken off."""
        with self._lock:
            self._ended = True
            for use in self._running.values():
                use.store.connection.interrupt()
            self._close()
            watch = self._watch
            self._wake.set()
        if watch is not None and watch is not threading.current_thread():
            watch.join(timeout=2)

    def _too_slow(self, seconds: float | None) -> TooSlow:
        return TooSlow(
            f"the question took longer than {seconds or self._seconds:g} seconds; "
            "ask for less, such as a shorter time or one party"
        )

    def _take(self, seconds: float) -> _Use:
        with self._lock:
            if self._ended:
                raise StoreError(f"{self.path}: the server is ending")
            mark = self.mark
            if self._base is not None and mark != self._opened and not self._running:
                # Another file stands in its place, as when a store was copied there.
                self._close()
            if self._base is None:
                self._base = _opened(self.path)
                self._opened = mark
                if mark != self._held_of:
                    self._held = None
            self._last = time.monotonic()
            if self._watch is None:
                self._watch = threading.Thread(target=self._look, name="communique-stores", daemon=True)
                self._watch.start()
            if self._free:
                store = self._free.pop()
            else:
                with told(str(self.path)):
                    cursor = self._base.connection.cursor()
                    cursor.execute("USE store")
                    store = Store(cursor, str(self.path), read_only=True)
            store.held = self._held if self._held_of == self._opened else None
            use = _Use(store, time.monotonic() + seconds)
            self._running[id(use)] = use
            self._wake.set()
            return use

    def _close(self) -> None:
        for store in self._free:
            store.close()
        self._free.clear()
        if self._base is not None:
            self._base.close()
            self._base = None
            self._released.notify_all()

    def _look(self) -> None:
        """Breaks off what takes too long, and closes what nobody uses."""
        while True:
            self._wake.clear()
            with self._lock:
                if self._ended:
                    return
                now = time.monotonic()
                for use in self._running.values():
                    if now >= use.until:
                        # Again and again: between two questions there is nothing to be broken off.
                        use.late = True
                        use.store.connection.interrupt()
                if self._base is None:
                    wait: float | None = None
                elif self._running:
                    wait = min((u.until for u in self._running.values()), default=now) - now
                    wait = max(_TICK, min(wait, self._seconds))
                elif now - self._last >= self._idle:
                    self._close()
                    wait = None
                else:
                    wait = self._idle - (now - self._last)
            self._wake.wait(wait)


def _opened(path: Path) -> Store:
    store = open_store(path, create=False, read_only=True)
    try:
        with told(str(path)):
            # What is asked comes from strangers: no other file can be reached from here.
            store.connection.execute("SET enable_external_access = false")
            # Half of the cores a question: several people ask at once.
            store.connection.execute(f"SET threads = {max(1, (os.cpu_count() or 1) // 2)}")
    except BaseException:
        store.close()
        raise
    return store
