"""Rows wait here, column by column, and go into the store in one statement a table.

DuckDB takes rows one by one at half a millisecond each, and columns as numpy arrays hundreds of times as
fast. Numbers that are never NULL travel as numbers; all else travels as text, which DuckDB casts: versions of
it differ in what they make of an array of lists or of NULLs, and none errs with text. Values are checked when
they come, so that a bad article is refused alone and not together with all that wait.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from communique.store.rows import writable

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

__all__ = ["Waiting"]

# type in the schema → code of array.array, which refuses what does not fit
_NUMBERS = {
    "BOOLEAN": "B",
    "UTINYINT": "B",
    "USMALLINT": "H",
    "INTEGER": "i",
    "BIGINT": "q",
    "UBIGINT": "Q",
    "FLOAT": "d",
    "DOUBLE": "d",
}


@dataclass(slots=True)
class _Column:
    name: str
    type: str
    nullable: bool
    values: Any = field(init=False)

    def __post_init__(self) -> None:
        self.values = array(_NUMBERS[self.type]) if self.is_number else []

    @property
    def is_number(self) -> bool:
        return self.type in _NUMBERS and not self.nullable

    @property
    def cast(self) -> str:
        if self.type == "VARCHAR[]" or self.type.startswith("STRUCT"):
            return f"::JSON::{self.type}"
        return f"::{self.type}"

    def checked(self, values: Iterable[Any]) -> Any:
        """The values as they travel.

        Raises:
            TypeError, ValueError, OverflowError: if one does not fit.
        """
        if self.is_number:
            return array(_NUMBERS[self.type], list(values))
        values = list(values)
        if not self.nullable and any(v is None for v in values):
            raise TypeError("nothing stands where a value must be")
        return self._texts(values)

    def _texts(self, values: list[Any]) -> list[str | None]:
        if self.type == "VARCHAR":
            return _written(values)
        if self.type in _NUMBERS:
            array(_NUMBERS[self.type], [v for v in values if v is not None])
            return _each(values, repr)
        if self.type == "VARCHAR[]":
            # Few different ones, such as lists of contexts, stand in many rows.
            texts = {v: json.dumps([writable(x) for x in v]) for v in set(map(tuple, values))}
            return [texts[tuple(v)] for v in values]
        if self.type.endswith("[]"):
            for v in values:
                array(_NUMBERS[self.type[:-2]], [x for x in v if x is not None])
            return [str(list(v)).replace("None", "NULL") for v in values]
        if self.type.startswith("STRUCT"):
            return _each(values, json.dumps)
        return _each(values, str)


class Waiting:
    """Rows that wait to be written."""

    def __init__(self, connection: DuckDBPyConnection) -> None:
        self._connection = connection
        self._tables: dict[str, list[_Column]] = {}
        connection.execute("SET pandas_analyze_sample = 1000000")
        found = connection.execute(
            "SELECT table_name, column_name, data_type, is_nullable FROM duckdb_columns() "
            "WHERE database_name = current_database() "
            "AND table_name IN (SELECT table_name FROM duckdb_tables()) ORDER BY table_name, column_index"
        ).fetchall()
        self._layout: dict[str, list[tuple[str, str, bool]]] = {}
        for table, *column in found:
            self._layout.setdefault(table, []).append((column[0], column[1], column[2]))

    def add(self, tables: dict[str, Sequence[tuple[Any, ...]]]) -> None:
        """Take rows of several tables, all or none.

        Args:
            tables: rows by table, values in the order of its columns.

        Raises:
            ValueError: if a value does not fit its column; nothing is taken then.
        """
        taken = []
        for table, rows in tables.items():
            if not rows:
                continue
            columns = self._tables.get(table) or self._new(table)
            for column, values in zip(columns, zip(*rows, strict=True), strict=True):
                try:
                    taken.append((column, column.checked(values)))
                except (TypeError, ValueError, OverflowError) as error:
                    raise ValueError(f"a value does not fit {table}.{column.name} ({error})") from None
        for column, checked in taken:
            column.values.extend(checked)

    def write(self) -> None:
        """Write all that waits; afterwards nothing does."""
        import numpy as np

        for table, columns in self._tables.items():
            count = len(columns[0].values)
            if not count:
                continue
            arrays = {
                c.name: np.frombuffer(c.values, dtype=c.values.typecode)
                if c.is_number
                else np.fromiter(c.values, dtype=object, count=count)
                for c in columns
            }
            # A name with a blank is nobody's table.
            self._connection.register("rows that wait", arrays)
            try:
                casts = ", ".join(f'"{c.name}"{c.cast}' for c in columns)
                self._connection.execute(f'INSERT INTO "{table}" SELECT {casts} FROM "rows that wait"')
            finally:
                self._connection.unregister("rows that wait")
        self.forget()

    def forget(self) -> None:
        """Drop all that waits."""
        self._tables = {}

    def _new(self, table: str) -> list[_Column]:
        columns = [_Column(*c) for c in self._layout[table]]
        self._tables[table] = columns
        return columns


def _each(values: list[Any], text: Callable[[Any], str]) -> list[str | None]:
    return [None if v is None else text(v) for v in values]


def _written(values: list[Any]) -> list[str | None]:
    try:
        "".join([v for v in values if v is not None]).encode("utf-8")
    except UnicodeEncodeError:
        return _each(values, writable)
    return values
