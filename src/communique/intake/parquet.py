"""Parquet: one row, one article, read by duckdb, a few rows at a time."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any, BinaryIO

from communique.article import Article
from communique.errors import EmptyInput, InputError
from communique.intake.columns import article_in, fields_of
from communique.intake.files import read_all

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

__all__ = ["MAX_PACKED", "count", "read"]

MAX_PACKED = 256 * 1024 * 1024  # bytes of a file that must be held, as it does not lie on disk by itself
_AT_ONCE = 64  # rows
_MEMORY = "1GB"  # that duckdb may take; a file that needs more holds cells that are no articles
_GLOB = frozenset("*?[")


def read(stream: BinaryIO, where: str, published: date | None = None) -> Iterator[Article | InputError]:
    """The articles of a Parquet file; a row that is none is yielded as its fault.

    Raises:
        InputError: if the file as a whole cannot be read, or has no column of text.
    """
    with _opened(stream, where) as (connection, path):
        try:
            columns = _columns(connection, path)
            fields = fields_of(columns, where)
            # Only the columns that are known are read: a table may have pictures in others.
            wanted = [number for numbers in fields.values() for number in numbers]
            named = ", ".join('"' + columns[n].replace('"', '""') + '"' for n in wanted)
            fields = {field: [wanted.index(n) for n in numbers] for field, numbers in fields.items()}
            rows = 0
            found = connection.execute(f"select {named} from read_parquet($1)", [path])
            while chunk := found.fetchmany(_AT_ONCE):
                for row in chunk:
                    rows += 1
                    cells = [_plain(cell) for cell in row]
                    try:
                        yield article_in(cells, fields, f"{where}, row {rows}", published)
                    except InputError as fault:
                        yield fault
        except Exception as error:
            raise _fault(error, where) from None
    if not rows:
        yield EmptyInput("has no rows", where)


def count(stream: BinaryIO, where: str) -> int:
    """How many items ``read`` yields: the rows, as the file states them.

    Raises:
        InputError: if the file cannot be read.
    """
    with _opened(stream, where) as (connection, path):
        try:
            found = connection.execute("select count(*) from read_parquet($1)", [path]).fetchone()
        except Exception as error:
            raise _fault(error, where) from None
    return int(found[0]) or 1 if found else 1


@contextmanager
def _opened(stream: BinaryIO, where: str) -> Iterator[tuple[DuckDBPyConnection, str]]:
    import duckdb

    config: dict[str, Any] = {
        "threads": 1,
        "memory_limit": _MEMORY,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    with tempfile.TemporaryDirectory(prefix="communique-") as folder:
        path = _path(stream, folder, where)
        connection = duckdb.connect(":memory:", config=config)
        try:
            connection.execute("set temp_directory = ''")
            connection.execute("set enable_progress_bar = false")
            yield connection, path
        finally:
            connection.close()


def _path(stream: BinaryIO, folder: str, where: str) -> str:
    """Where the file lies on disk; what was packed, fetched or has a name like a pattern is put there."""
    name = getattr(stream, "name", None)
    if isinstance(name, str) and os.path.isfile(name):
        if not _GLOB.intersection(name):
            return name
        path = os.path.join(folder, "rows.parquet")
        shutil.copyfile(name, path)
        return path
    path = os.path.join(folder, "rows.parquet")
    with open(path, "wb") as file:
        file.write(read_all(stream, where, MAX_PACKED))
    return path


def _columns(connection: DuckDBPyConnection, path: str) -> list[str]:
    described = connection.execute("select * from read_parquet($1) limit 0", [path]).description
    return [str(column[0]) for column in described or ()]


def _plain(value: Any) -> Any:
    """A cell as a row of JSON would have it: ids of any type (UUID, decimal) are text."""
    if value is None or isinstance(value, (str, bytes, list, dict, date, bool, int, float)):
        return value
    return str(value)


def _fault(error: Exception, where: str) -> Exception:
    """What was found wrong with the file, as a fault; any other error stays as it is."""
    if isinstance(error, InputError):
        return error
    import duckdb

    if isinstance(error, duckdb.OutOfMemoryException):
        return InputError(f"needs more than {_MEMORY} of memory; write it with smaller row groups", where)
    # Names and cells that are no text are no error of duckdb's own.
    if isinstance(error, (duckdb.Error, RuntimeError, ValueError, OverflowError)):
        return InputError("is a damaged Parquet file, or none; write it anew", where)
    return error
