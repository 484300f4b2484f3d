"""Organisations, armed groups and media that the news names without explaining them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from communique.knowledge.names import articleless, key, keys, table
from communique.knowledge.overlay import ACTIVE

__all__ = ["Organization", "find_organization"]

# Table, the kind of entity its rows are, and the sectors of a table that has no such column.
_TABLES = (
    ("organizations.csv", "organization", ""),
    ("armed_groups.csv", "organization", ""),
    ("media.csv", "media", "JRN"),
)


@dataclass(frozen=True, slots=True)
class Organization:
    """A known organisation: ``id`` is stable ("org:nato"), ``kind`` 'organization' or 'media',
    ``sectors`` PLOVER codes, main one first, ``country`` ISO 3166-1 alpha-3 or None."""

    id: str
    name: str
    kind: str
    sectors: tuple[str, ...]
    country: str | None


def find_organization(name: str) -> Organization | None:
    """The organisation of that name or acronym, with or without "the"; None if the tables lack it."""
    own = ACTIVE.get()
    if own is not None and (mine := own.body(name)) is not None:
        return mine
    index = _index()
    for shape in (name, articleless(name)):
        for k in keys(shape):
            if k in index:
                return index[k]
    return None


@cache
def _index() -> dict[str, Organization]:
    out: dict[str, Organization] = {}
    for file, kind, sectors in _TABLES:
        for row in table(file):
            codes = tuple((row.get("sectors") or sectors).split("|"))
            prefix = "media" if kind == "media" else "org"
            found = Organization(f"{prefix}:{row['id']}", row["name"], kind, codes, row["country"] or None)
            for name in (row["name"], *(row["names"].split("|") if row["names"] else ())):
                out.setdefault(key(name), found)
    return out
