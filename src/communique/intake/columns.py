"""Which columns of a table hold the text, the title, the date: the same names for CSV and Parquet."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from communique.article import Article
from communique.errors import BadRow
from communique.intake.rows import article_of

__all__ = ["article_in", "field_of", "fields_of"]

_SHOWN = 12  # columns that an error lists


@cache
def _names() -> dict[str, tuple[str, int]]:
    """Column name, folded, to our field and its rank among the field's names."""
    import yaml

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    with files("communique.intake").joinpath("columns.yaml").open(encoding="utf-8") as stream:
        table: dict[str, list[str]] = yaml.load(stream, Loader=loader)
    return {name: (field, rank) for field, names in table.items() for rank, name in enumerate(names)}


def _folded(column: str) -> str:
    return re.sub(r"[\s_.-]+", "", column).casefold()


def field_of(column: str) -> str | None:
    """Our field for a column's name ('text', 'title', 'author', 'publisher', 'url', 'published', 'id')."""
    found = _names().get(_folded(column))
    return found[0] if found else None


def fields_of(columns: Sequence[str], where: str) -> dict[str, list[int]]:
    """Our fields, each with the numbers of the columns that may hold it, the likeliest first.

    Args:
        columns: the names in the table's head.
        where: place to name in the error.

    Raises:
        BadRow: if no column has a name that text goes by.
    """
    ranked: dict[str, list[tuple[int, int]]] = {}
    for number, column in enumerate(columns):
        if found := _names().get(_folded(column)):
            ranked.setdefault(found[0], []).append((found[1], number))
    if "text" not in ranked:
        more = f" and {len(columns) - _SHOWN} more" if len(columns) > _SHOWN else ""
        listed = ", ".join(f"“{' '.join(c.split())[:40]}”" for c in columns[:_SHOWN]) + more
        raise BadRow(
            f"has no column of text (its columns: {listed}); name one of them “text” in its first row", where
        )
    return {field: [number for _, number in sorted(pairs)] for field, pairs in ranked.items()}


def article_in(
    cells: Sequence[Any], fields: Mapping[str, Sequence[int]], where: str, published: date | None
) -> Article:
    """The article in a row of a table.

    Args:
        cells: its cells; there may be fewer than columns.
        fields: as ``fields_of`` gave them; of a field's columns the first that is filled counts.
        where: place to name in errors.
        published: date that stands above the row's own.

    Raises:
        BadRow: if it has no text.
        InputError: as ``rows.article_of``.
    """
    row = {field: _first(cells, numbers) for field, numbers in fields.items()}
    if row.get("text") is None:
        raise BadRow("has no text in its column of text", where)
    return article_of(row, where, published)


def _first(cells: Sequence[Any], numbers: Sequence[int]) -> Any:
    for number in numbers:
        value = cells[number] if number < len(cells) else None
        if value is not None and not (isinstance(value, str) and not value.strip()):
            return value
    return None
