"""Rows to Parquet: kept as JSON lines on the disk while a part is coded, then made columns by DuckDB.

So memory stays flat however large a part is, and the same rows give the same bytes: one thread writes, in
order.
"""

from __future__ import annotations

import json
from pathlib import Path
from types import TracebackType
from typing import IO

from communique.scale.layout import tables
from communique.scale.rows import Row

__all__ = ["Spool"]

_ROW_GROUP = 20_480  # rows; a multiple of DuckDB's vector
_LONG_ROWS = {"articles": 2_048, "readings": 2_048}  # a group is held in memory, and these have long rows
_LARGEST = 128 * 1024 * 1024  # bytes of one row: an article of a million characters with its reading
_MEMORY = "1GB"  # DuckDB's, of each worker


class Spool:
    """Takes rows, and writes them as one Parquet file a table.

    Args:
        folder: an empty folder to write in.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.counts = dict.fromkeys(tables(), 0)
        self._streams: dict[str, IO[str]] = {
            table: self._lines(table).open("w", encoding="utf-8", errors="replace", newline="\n")
            for table in tables()
        }

    def add(self, table: str, row: Row) -> None:
        """Add a row; its fields are the columns of the table."""
        self._streams[table].write(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n")
        self.counts[table] += 1

    def write(self) -> dict[str, Path]:
        """Write the Parquet files, also of tables without rows; by table, where each is.

        Raises:
            duckdb.Error: if they cannot be written.
        """
        import duckdb

        for stream in self._streams.values():
            stream.close()
        made = {}
        settings: dict[str, str | bool | int | float | list[str]] = {
            "threads": 1,
            "memory_limit": _MEMORY,
            "temp_directory": str(self.folder / "spill"),
        }
        with duckdb.connect(config=settings) as connection:
            for table, columns in tables().items():
                made[table] = self.folder / f"{table}.parquet"
                group = _LONG_ROWS.get(table, _ROW_GROUP)
                connection.execute(_copy(self._lines(table), made[table], columns, group))
                self._lines(table).unlink()
        return made

    def _lines(self, table: str) -> Path:
        return self.folder / f"{table}.jsonl"

    def __enter__(self) -> Spool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for stream in self._streams.values():
            stream.close()


def _copy(source: Path, target: Path, columns: dict[str, str], group: int) -> str:
    """The statement that turns a table's lines into a Parquet file."""
    # A day that DuckDB does not know (of the year 10000, say) becomes NULL and stops nothing.
    wanted = ", ".join(
        f'try_cast("{name}" AS DATE) AS "{name}"' if kind == "DATE" else f'"{name}"'
        for name, kind in columns.items()
    )
    kinds = ", ".join(f"'{n}': '{'VARCHAR' if k == 'DATE' else k}'" for n, k in columns.items())
    return (
        f"COPY (SELECT {wanted} FROM read_json({_quoted(source)}, format = 'newline_delimited', "
        f"columns = {{{kinds}}}, maximum_object_size = {_LARGEST})) TO {_quoted(target)} "
        f"(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {group})"
    )


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
