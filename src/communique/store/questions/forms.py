"""Rows as text: lines of JSON and of CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from typing import Any

from communique.store.questions.answer import plain

__all__ = ["cell", "csv_line", "harmless", "json_line"]

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def json_line(row: dict[str, Any]) -> str:
    """A row as one line of JSON."""
    return json.dumps(plain(row), ensure_ascii=False) + "\n"


def csv_line(cells: Iterable[Any]) -> str:
    """A line of CSV."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(list(cells))
    return text.getvalue()


def cell(value: Any) -> Any:
    """A value (see ``plain``) as a cell: a list of names as 'one; two', so that a spreadsheet shows it; what
    is deeper as JSON."""
    if isinstance(value, list) and not any(isinstance(v, (list, dict)) for v in value):
        return "; ".join("" if v is None else str(v) for v in value)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, (list, dict)) else value


def harmless(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula: text that begins like one has an apostrophe first."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
