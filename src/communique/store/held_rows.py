"""Rows of the small tables of a reading, held in memory by article (see ``held``).

To find the few rows of one article takes DuckDB half a millisecond a table, and a reading stands in fourteen.
Whole numbers stay as they are, of other values each is kept once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from communique.store.held_columns import Small, found, small, whole
from communique.store.rebuilding import COLUMNS

if TYPE_CHECKING:
    from communique.store.held_columns import HeldArticles
    from communique.store.store import Store

__all__ = ["HeldRows", "rows_of"]

# Events and claims have many columns that differ from row to row; these two DuckDB is asked for.
TABLES = tuple(table for table in COLUMNS if table not in ("events", "claims"))


@dataclass(frozen=True, slots=True)
class _Table:
    """The rows of a table, by article.

    Attributes:
        at: where those of each article begin and, in the next place, end.
        columns: numbers, or places in a list of values, and that list.
    """

    at: Small
    columns: list[tuple[NDArray[Any], list[Any] | None]]


@dataclass(frozen=True, slots=True)
class HeldRows:
    """The rows.

    Attributes:
        number: of the articles, in order.
        tables: by their names.
    """

    number: NDArray[np.int64]
    tables: dict[str, _Table]

    def rows(self, table: str, article: int) -> list[tuple[Any, ...]] | None:
        """The rows of an article as ``rebuilding.COLUMNS`` has them, its number before them, in the order of
        its reading; None where the table is not held."""
        held = self.tables.get(table)
        if held is None:
            return None
        place = int(found(self.number, whole([article]), np.arange(len(self.number)))[0])
        if place < 0:
            return []
        low, high = held.at[place : place + 2].tolist()
        columns = []
        for codes, values in held.columns:
            column = codes[low:high].tolist()
            columns.append(column if values is None else [values[code] for code in column])
        return [(article, *row) for row in zip(*columns, strict=True)]


def rows_of(store: Store, articles: HeldArticles) -> HeldRows:
    """The rows of a store."""
    return HeldRows(articles.number, {table: _table(store, table, articles.number) for table in TABLES})


def _table(store: Store, table: str, numbers: NDArray[np.int64]) -> _Table:
    given = store.connection.execute(
        f"SELECT article, {COLUMNS[table]} FROM {table} ORDER BY article, rowid"
    ).fetchnumpy()
    article = whole(given.pop("article"))
    at = np.append(np.searchsorted(article, numbers), len(article))
    return _Table(small(at), [_column(column) for column in given.values()])


def _column(given: Any) -> tuple[NDArray[Any], list[Any] | None]:
    """Whole numbers as they are; of everything else the different values, and each one's place."""
    if not np.ma.isMaskedArray(given) and given.dtype.kind in "iu":
        return given if given.dtype.itemsize < 4 else small(given), None
    days = given.astype("datetime64[D]") if given.dtype.kind == "M" else given
    known = [v.tolist() if isinstance(v, np.ndarray) else v for v in days.tolist()]
    keys = [v if v is None or isinstance(v, str) else repr(v) for v in known]
    places: dict[str | None, int] = {}
    values: list[Any] = []
    for key, value in zip(keys, known, strict=True):
        if key not in places:
            places[key] = len(values)
            values.append(value)
    return np.fromiter(map(places.__getitem__, keys), np.int32, len(keys)), values
