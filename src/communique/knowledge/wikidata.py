"""Wikidata's ids of those in the tables, where they are known."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

__all__ = ["wikidata_of"]


def wikidata_of(kb: str | None) -> str | None:
    """Wikidata's id ('Q…') of an ``Entity.kb``, None where it is not known."""
    return _table().get(kb) if kb else None


@cache
def _table() -> dict[str, str]:
    with (Path(__file__).parent / "wikidata.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(line for line in file if not line.startswith("#"))
        return {row["id"]: row["wikidata"] for row in rows}
