"""What DuckDB complains of, in words for the user: one sentence that says what to do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from communique.errors import DiskFull, NotAStore, StoreError, StoreInUse, StoreNewer

__all__ = ["named", "told"]

_HOLDER = re.compile(r"held in (?P<program>.+?) \(PID (?P<process>\d+)\)")


@contextmanager
def told(path: str) -> Iterator[None]:
    """Whatever DuckDB raises within becomes a ``StoreError`` that names the store.

    Args:
        path: of the store.

    Raises:
        StoreError: or the subclass that fits.
    """
    import duckdb

    try:
        yield
    except duckdb.Error as error:
        raise named(error, path) from error


def named(error: Exception, path: str) -> StoreError:
    """The error of this package that says what DuckDB's error means."""
    # The first line is the complaint; DuckDB adds the statement and hints below it.
    message = str(error)
    first = message.strip().splitlines()[0] if message.strip() else type(error).__name__
    if "No space left on device" in message or "Disk quota exceeded" in message:
        return DiskFull(
            f"{path}: the disk is full; make room and run the same again, nothing is half written"
        )
    if "Could not set lock on file" in message or "being used by another process" in message:
        return StoreInUse(f"{path} is in use by {_holder(message)}; wait until it has ended")
    if "Unique file handle conflict" in message:
        return StoreInUse(
            f"{path} is open in this program already in another way; close it there first", here=True
        )
    if "database file with version number" in message:
        return StoreNewer(f"{path} was written by another version of DuckDB ({first}); upgrade duckdb")
    if "not a valid DuckDB database file" in message:
        return NotAStore(f"{path} is no store: it is not a DuckDB file")
    if "has been invalidated" in message:
        return StoreError(f"{path}: DuckDB gave up after an earlier error; open the store again ({first})")
    return StoreError(f"{path}: {first}")


def _holder(message: str) -> str:
    found = _HOLDER.search(message)
    return f"{found['program']}, process {found['process']}" if found else "another program"
