"""Statements with parameters: what a user gave is never part of the SQL, only a value beside it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from communique.store.failing import told

if TYPE_CHECKING:
    from communique.store.questions.answer import Answer
    from communique.store.store import Store

__all__ = ["Values", "answered", "counted", "fetched", "near", "unnested"]

_NAMED = re.compile(r"\$(\w+)")


class Values:
    """The values of a statement, by the names under which it has them."""

    def __init__(self) -> None:
        self._values: dict[str, Any] = {}

    def add(self, value: Any) -> str:
        """Keep a value.

        Returns:
            What stands for it in the SQL, such as ``$v3``.
        """
        name = f"v{len(self._values) + 1}"
        self._values[name] = value
        return f"${name}"

    def any_of(self, column: str, values: Iterable[Any]) -> str:
        """The condition that a column has one of some values."""
        return f"{column} IN ({', '.join(self.add(v) for v in values)})"

    def used_in(self, sql: str) -> dict[str, Any]:
        """The values that a statement names; DuckDB refuses others."""
        names = dict.fromkeys(_NAMED.findall(sql))
        return {name: self._values[name] for name in names}


def fetched(store: Store, sql: str, values: Values) -> tuple[list[str], list[str], list[tuple[Any, ...]]]:
    """Run a statement.

    Returns:
        The names of its columns, their types as DuckDB writes them, and the rows.

    Raises:
        StoreError: if the store cannot be read.
    """
    with told(store.path):
        result = store.connection.execute(sql, values.used_in(sql))
        described = result.description or []
        rows = result.fetchall()
    return [d[0] for d in described], [str(d[1]) for d in described], rows


def answered(
    store: Store, sql: str, values: Values, total: int | None = None, hidden: Sequence[str] = ()
) -> Answer:
    """Run a statement and make an answer of it.

    Args:
        store: that is asked.
        sql: the statement.
        values: its values, and perhaps more.
        total: how many rows there are without the limit; None if the column ``total`` of the rows says so.
        hidden: columns that are left out of the answer.
    """
    from communique.store.questions.answer import Answer

    names, types, rows = fetched(store, sql, values)
    if total is None and "total" in names:
        at = names.index("total")
        total = rows[0][at] if rows else 0
    shown = [i for i, name in enumerate(names) if name not in hidden and name != "total"]
    columns = {names[i]: types[i] for i in shown}
    return Answer(
        columns=columns,
        rows=[{names[i]: row[i] for i in shown} for row in rows],
        sql=sql,
        parameters=values.used_in(sql),
        total=len(rows) if total is None else total,
    )


def counted(
    columns: dict[str, str], rows: list[dict[str, Any]], sql: str, values: Values, total: int | None = None
) -> Answer:
    """An answer of rows that were counted in memory, with the statement that gives the same.

    Args:
        columns: their names and types.
        rows: in order.
        sql, values: the statement.
        total: as ``Answer`` has it; None for the rows that there are.
    """
    from communique.store.questions.answer import Answer

    return Answer(dict(columns), rows, sql, values.used_in(sql), len(rows) if total is None else total)


def unnested(values: Values, rows: Sequence[Sequence[Any]], columns: dict[str, str]) -> str:
    """The statement that gives rows which were fetched before.

    Args:
        values: takes them.
        rows: of which the first values are taken.
        columns: the name of each, and its type.
    """
    lists = ([row[i] for row in rows] for i in range(len(columns)))
    return "SELECT " + ", ".join(
        f"unnest({values.add(given)}::{kind}[]) AS {name}"
        for given, (name, kind) in zip(lists, columns.items(), strict=True)
    )


def near(values: Values, articles: Iterable[int]) -> Callable[[str], str]:
    """What gives the condition, ' AND …', that a table is of some articles: DuckDB then reads those parts
    of it only."""
    some = ", ".join(values.add(article) for article in sorted(set(articles)))
    return lambda table: f" AND {table}.article IN ({some})" if some else ""
