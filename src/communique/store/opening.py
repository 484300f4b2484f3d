"""Opening a store: a new one is made, an older one brought up to date, and what is none refused."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from communique import __version__
from communique.errors import NotAStore, StoreError, StoreMissing
from communique.store import migrations
from communique.store.failing import told
from communique.store.store import Store

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

__all__ = ["open_store"]

_MAGIC = b"DUCK"  # at the ninth byte of every DuckDB file
# Small groups of rows: what is written anew now and then is the last group, and what is passed over when one
# article is looked for are whole groups. DuckDB wants to be told at every opening.
_EACH_TIME = "ROW_GROUP_SIZE 8192"
# Small blocks: a store has some 150 columns, and in DuckDB's own 256 KiB ten articles would take megabytes.
# The version is the oldest DuckDB that is to read the file.
_WHEN_MADE = "BLOCK_SIZE 16384, STORAGE_VERSION 'v1.4.0'"


def open_store(path: str | os.PathLike[str], create: bool = True, read_only: bool = False) -> Store:
    """Open a store.

    Several programs may read a store at once; while one writes, it alone may have it open.

    Args:
        path: the file.
        create: make a new store where there is no file.
        read_only: nothing is changed; a missing store is not made.

    Returns:
        The store, to be closed or used as a context.

    Raises:
        StoreMissing: if there is no file, and none is to be made.
        NotAStore: if the file is something else.
        StoreNewer: if a newer version made it.
        StoreInUse: if another program has it open.
        DiskFull: if there is no room to make it.
        StoreError: if it cannot be opened for another reason.
    """
    import duckdb

    place = Path(path)
    name = str(place)
    _look(place, create and not read_only)
    with told(name):
        # Not connected directly: the size of groups can be chosen for an attached file only.
        connection = duckdb.connect()
        try:
            _attach(connection, place, read_only)
            _prepare(connection, name, read_only)
        except BaseException:
            connection.close()
            raise
    return Store(connection, name, read_only)


def _attach(connection: DuckDBPyConnection, place: Path, read_only: bool) -> None:
    settings = [_EACH_TIME]
    if read_only:
        settings.append("READ_ONLY")
    if not place.exists():
        settings.append(_WHEN_MADE)
    quoted = str(place).replace("'", "''")
    connection.execute(f"ATTACH '{quoted}' AS store ({', '.join(settings)})")
    connection.execute("USE store")


def _look(place: Path, create: bool) -> None:
    """Refuse a place where no store is, nor is to be made."""
    try:
        if place.is_dir():
            raise NotAStore(f"{place} is no store but a folder; a store is one file")
        if not place.exists():
            if not create:
                raise StoreMissing(f"{place}: there is no such store")
            if not place.parent.is_dir():
                raise StoreMissing(f"{place} cannot be made: there is no folder {place.parent}")
            return
        with place.open("rb") as stream:
            head = stream.read(12)
    except OSError as error:
        raise StoreError(f"{place} cannot be opened: {error.strerror or error}") from None
    if not head and create:
        # Made ahead, as for a temporary file; DuckDB wants to make it itself.
        place.unlink()
        return
    if head[8:] != _MAGIC:
        raise NotAStore(f"{place} is no store: it is not a DuckDB file")


def _prepare(connection: DuckDBPyConnection, name: str, read_only: bool) -> None:
    # One made while a power cut came has the file's head and nothing in it.
    empty = not connection.execute(
        "SELECT count(*) FROM duckdb_tables() WHERE database_name = 'store'"
    ).fetchall()[0][0]
    if empty and not read_only:
        _create(connection)
        return
    found = migrations.schema_of(connection)
    if found is None:
        raise NotAStore(f"{name} is a DuckDB database, but no store of communique")
    migrations.migrate(connection, found, name, read_only)


def _create(connection: DuckDBPyConnection) -> None:
    schema = files("communique.store").joinpath("schema.sql").read_text(encoding="utf-8")
    now = datetime.now(UTC).replace(tzinfo=None).isoformat(sep=" ", timespec="seconds")
    connection.begin()
    connection.execute(schema)
    connection.executemany(
        "INSERT INTO meta VALUES (?, ?)",
        [["schema", str(migrations.SCHEMA)], ["created", now], ["created_by", __version__]],
    )
    connection.commit()
