"""The native tables as Parquet: one file a table in a folder, or the events alone in one file.

DuckDB writes them; pyarrow is not needed. Rows stand in the order of their keys, so that the same readings
give the same bytes.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from communique.errors import BadRow, DiskFull, InputError, StoreError
from communique.exports.sources import Sourced

__all__ = ["EVENTS", "TABLES", "parquet_of_readings", "parquet_of_store"]

# Each table, and what its rows are ordered by.
TABLES = {
    "articles": "article",
    "sources": "article, place",
    "readings": "article",
    "sentences": "article, n",
    "entities": "article, n",
    "mentions": "article, entity, start, stop, form",
    "times": "article, n",
    "places": "article, n",
    "events": "article, n",
    "parties": "article, event, side, rank",
    "claims": "article, n",
    "disputes": "article, n",
    "schedule": "article, n",
    "quantities": "article, n",
    "language": "article, start, stop, kind",
    "happenings": "happening",
    "tellings": "happening, article, event",
    "differences": "happening, kind, article_a, start_a, article_b, start_b",
}
EVENTS = "SELECT * FROM who_did_what WHERE confidence >= {least} ORDER BY article, event"
# Times of the writing, which would make the bytes differ from run to run; a store has true ones.
_CLOCKS = {"articles": ("added",), "sources": ("seen",), "readings": ("coded",)}


def parquet_of_store(path: str, target: str, min_confidence: float | None = None) -> int:
    """Write the tables of a store.

    Args:
        path: the store.
        target: a folder, made if need be; or a name that ends with '.parquet', for the events alone.
        min_confidence: leaves out less sure events, 0 to 1.

    Returns:
        How many files were written.

    Raises:
        StoreError: if the store cannot be opened.
        OSError: if the target cannot be written.
    """
    from communique.store import open_store

    with open_store(path, create=False, read_only=True) as store:
        return _write(store.connection, target, min_confidence, keep_clocks=True)


def parquet_of_readings(
    readings: Iterable[Sourced | InputError],
    target: str,
    faults: list[InputError],
    min_confidence: float | None = None,
) -> int:
    """Write readings as the tables that a store of them would have; columns of clock time are empty.

    Args:
        readings: readings, and errors in the place of those that could not be read.
        target: as in ``parquet_of_store``.
        faults: takes the errors.
        min_confidence: leaves out less sure events, 0 to 1.

    Returns:
        How many files were written; 0, and none, if there was no reading.

    Raises:
        OSError: if the target cannot be written.
    """
    from communique.store import open_store, text_hash

    with tempfile.TemporaryDirectory(prefix="communique-") as folder:
        count = 0
        with open_store(os.path.join(folder, "store.duckdb"), create=True) as store:
            with store.transaction():
                for one in readings:
                    if isinstance(one, InputError):
                        faults.append(one)
                    elif store.known(text_hash(one.reading.article.text)) is None:
                        try:
                            store.add(one.reading, place=f"reading {count + 1}")
                            count += 1
                        except DiskFull:
                            raise
                        except StoreError as error:
                            faults.append(BadRow(str(error), f"article {one.reading.article.id}"))
            return _write(store.connection, target, min_confidence, keep_clocks=False) if count else 0


def _write(connection: Any, target: str, min_confidence: float | None, keep_clocks: bool) -> int:
    least = 0.0 if min_confidence is None else float(min_confidence)
    if target.lower().endswith(".parquet"):
        with _whole_file(target) as part:
            _copy(connection, EVENTS.format(least=least), part)
        return 1
    with _whole_folder(target) as folder:
        for table, order in TABLES.items():
            clocks = "" if keep_clocks else _emptied(table)
            rows = f"SELECT *{clocks} FROM {table}{_sure(table, least)} ORDER BY {order}"
            _copy(connection, rows, os.path.join(folder, f"{table}.parquet"))
    return len(TABLES)


def _sure(table: str, least: float) -> str:
    if least <= 0 or table not in ("events", "parties", "tellings"):
        return ""
    if table == "events":
        return f" WHERE confidence >= {least}"
    return f" WHERE (article, event) IN (SELECT (article, n) FROM events WHERE confidence >= {least})"


def _emptied(table: str) -> str:
    clocks = _CLOCKS.get(table)
    return f" REPLACE ({', '.join(f'NULL::TIMESTAMP AS {c}' for c in clocks)})" if clocks else ""


def _copy(connection: Any, rows: str, path: str) -> None:
    quoted = path.replace("'", "''")
    connection.execute(f"COPY ({rows}) TO '{quoted}' (FORMAT parquet, COMPRESSION zstd)")


@contextmanager
def _whole_file(target: str) -> Iterator[str]:
    """A name to write to; the file takes its place when it is complete."""
    final = Path(os.path.realpath(target))
    if not final.parent.is_dir():
        raise FileNotFoundError(2, "no such folder", str(final.parent))
    part = final.with_name(f".{final.name}.{os.getpid()}.part")
    try:
        yield str(part)
        os.replace(part, final)
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def _whole_folder(target: str) -> Iterator[str]:
    """A folder to write to; its files take their places when all are complete."""
    final = Path(os.path.realpath(target))
    final.mkdir(parents=True, exist_ok=True)
    part = final / f".{os.getpid()}.part"
    part.mkdir()
    try:
        yield str(part)
        for path in sorted(part.iterdir()):
            os.replace(path, final / path.name)
    finally:
        shutil.rmtree(part, ignore_errors=True)
