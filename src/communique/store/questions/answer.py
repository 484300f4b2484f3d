"""The answer to a question: rows that know their types, and the SQL that found them.

An answer needs no store any more. What wants columns rather than rows (Arrow, pandas, polars, Parquet) gets
them through a small DuckDB database in memory.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from communique.errors import MissingExtra

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow
    from duckdb import DuckDBPyConnection

__all__ = ["Answer", "plain"]

_AT_ONCE = 20_000  # rows that go into the database in memory together


@dataclass(frozen=True)
class Answer:
    """What was found.

    Attributes:
        columns: the names, in order, and for each the type that DuckDB has for it.
        rows: a dict a row, in order; days are ``datetime.date``, lists are lists.
        sql: the statement that was run.
        parameters: the values of the statement, by the names it has for them.
        total: how many rows there are without a limit; None where that was not counted, but there are more.
    """

    columns: dict[str, str]
    rows: list[dict[str, Any]]
    sql: str
    parameters: dict[str, Any] = field(default_factory=dict)
    total: int | None = None

    def __len__(self) -> int:
        return len(self.rows)

    def arrow(self) -> pyarrow.Table:
        """The answer as an Arrow table.

        Raises:
            MissingExtra: if pyarrow is not installed.
        """
        _needed("pyarrow", "arrow")
        return self._in_columns(_as_arrow)

    def pandas(self) -> pandas.DataFrame:
        """The answer as a data frame of pandas.

        Raises:
            MissingExtra: if pandas is not installed.
        """
        _needed("pandas", "pandas")
        return self._in_columns(lambda connection: connection.table("answer").df())

    def polars(self) -> polars.DataFrame:
        """The answer as a data frame of polars.

        Raises:
            MissingExtra: if polars, or pyarrow, through which it comes, is not installed.
        """
        _needed("polars", "polars")
        _needed("pyarrow", "polars")
        import polars

        table: pyarrow.Table = self._in_columns(_as_arrow)
        frame = polars.from_arrow(table)
        assert isinstance(frame, polars.DataFrame), "a table becomes a frame"
        return frame

    def write_parquet(self, path: str | os.PathLike[str]) -> None:
        """Write the answer as a Parquet file.

        Raises:
            OSError: if it cannot be written.
        """
        import duckdb

        target = os.fspath(path).replace("'", "''")

        def write(connection: DuckDBPyConnection) -> None:
            # The name of a file can be no parameter here.
            connection.execute(f"COPY answer TO '{target}' (FORMAT parquet)")

        try:
            self._in_columns(write)
        except duckdb.IOException as error:
            raise OSError(0, str(error).splitlines()[0], os.fspath(path)) from None

    def _in_columns(self, use: Callable[[DuckDBPyConnection], Any]) -> Any:
        import duckdb

        with duckdb.connect() as connection:
            names = [_quoted(n) for n in self.columns]
            layout = ", ".join(f"{n} {t}" for n, t in zip(names, self.columns.values(), strict=True))
            connection.execute(f"CREATE TABLE answer ({layout})")
            cells = ", ".join(_cell(i, t) for i, t in enumerate(self.columns.values()))
            for start in range(0, len(self.rows), _AT_ONCE):
                part = [list(row.values()) for row in self.rows[start : start + _AT_ONCE]]
                text = json.dumps(part, default=str)
                connection.execute(
                    f"INSERT INTO answer SELECT {cells} FROM (SELECT unnest($rows::JSON[]) AS r)",
                    {"rows": text},
                )
            return use(connection)


def plain(value: Any) -> Any:
    """A value of a row as JSON has it: days and times as ISO text."""
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    if isinstance(value, dict):
        return {str(k): plain(v) for k, v in value.items()}
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, float):
        # JSON knows neither NaN nor the infinite.
        return value if value - value == 0 else None
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _cell(index: int, kind: str) -> str:
    nested = kind.endswith("]") or kind.startswith(("STRUCT", "MAP"))
    return f"(r{'->' if nested else '->>'}{index})::{kind}"


def _as_arrow(connection: DuckDBPyConnection) -> Any:
    return connection.table("answer").to_arrow_table()


def _needed(package: str, extra: str) -> None:
    from importlib.util import find_spec

    if find_spec(package) is None:
        raise MissingExtra(f'{package} is not installed; it comes with: pip install "communique[{extra}]"')
