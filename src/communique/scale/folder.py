"""Reading a coded folder: as tables of DuckDB, or as readings."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from communique.errors import InputError
from communique.reading import Reading
from communique.scale.layout import Folder, tables

if TYPE_CHECKING:
    import duckdb

__all__ = ["read_folder", "readings_of"]

_AT_ONCE = 64  # readings held in memory


def read_folder(path: str | os.PathLike[str]) -> duckdb.DuckDBPyConnection:
    """A connection to DuckDB, in memory, with a view a table (``events``, ``claims`` …) over complete parts.

    ``SELECT * FROM 'DIR/events/*.parquet'`` needs none of this; here only what has its marker is seen, also
    while the folder is being written.

    Raises:
        InputError: if no part is complete there.
    """
    import duckdb

    folder = Folder(path)
    parts = [marker.part for marker in folder.markers() if folder.is_whole(marker)]
    if not parts:
        raise InputError("is no coded folder, or no part of it is complete", str(folder.root))
    connection = duckdb.connect()
    for table in tables():
        files = ", ".join(_quoted(folder.table_file(table, part)) for part in parts)
        connection.execute(f"CREATE VIEW {table} AS SELECT * FROM read_parquet([{files}])")
    return connection


def readings_of(path: str | os.PathLike[str]) -> Iterator[tuple[str, Reading]]:
    """The readings in a coded folder, part by part, each with its article's key.

    The blocks of the article are not lost: ``reading.article`` is as it was when it was coded.

    Raises:
        InputError: if no part is complete there, or it was coded without readings.
    """
    found = 0
    with read_folder(path) as connection:
        answer = connection.execute(
            "SELECT a.article, a.text, a.blocks, r.reading FROM articles a JOIN readings r USING (article) "
            "ORDER BY a.article"
        )
        while rows := answer.fetchmany(_AT_ONCE):
            for key, text, blocks, reading in rows:
                found += 1
                yield key, _whole(text, blocks, json.loads(reading))
        if not found and connection.execute("SELECT count(*) FROM articles").fetchall()[0][0]:
            raise InputError("was coded without readings (--no-readings), so there are none", str(path))


def _whole(text: str, blocks: list[int], row: dict[str, Any]) -> Reading:
    pairs = tuple(zip(blocks[::2], blocks[1::2], strict=True))
    return Reading.from_dict({**row, "article": {**row["article"], "text": text, "blocks": pairs}})


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
