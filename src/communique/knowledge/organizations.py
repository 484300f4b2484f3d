"""Organisations, armed groups and media that the news names without explaining them."""

from __future__ import annotations

import csv
from bisect import bisect_left
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

from communique.knowledge.names import articleless, header, key, keys, lines, table
from communique.knowledge.overlay import ACTIVE

__all__ = ["Organization", "find_organization", "find_party", "members"]

# Table, the kind of entity its rows are, and the sectors of a table that has no such column.
TABLES = (
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
            at = bisect_left(index, k + "\t")
            if k and at < len(index) and index[at].startswith(k + "\t"):
                table_number, row = index[at][len(k) + 1 :].split()
                return _body(int(table_number), int(row))
    return None


@cache
def _body(number: int, at: int) -> Organization:
    file, kind, sectors = TABLES[number]
    rows, head = lines(file), header(file)
    row = dict(zip(head, next(csv.reader([rows[at]])), strict=True))
    codes = tuple((row.get("sectors") or sectors).split("|"))
    prefix = "media" if kind == "media" else "org"
    return Organization(f"{prefix}:{row['id']}", row["name"], kind, codes, row["country"] or None)


def find_party(name: str, countries: Collection[str]) -> Organization | None:
    """The political party of that name or abbreviation in one of these countries; None if several have one.

    There is a Socialist Party in forty countries: without a country no party is found.
    """
    rows, index = _parties()
    found = {}
    for k in keys(articleless(name)):
        for at in index.get(k, ()):
            _, id_, full, _, sectors, country = next(csv.reader([rows[at]]))
            if country in countries:
                codes = tuple(sectors.split("|"))
                found[id_] = Organization(f"org:{id_}", full, "organization", codes, country)
    return next(iter(found.values())) if len(found) == 1 else None


def members(id_: str) -> frozenset[str]:
    """ISO codes of the states in an international organisation ("org:nato"); empty if the table lacks it."""
    return _members().get(id_.removeprefix("org:"), frozenset())


@cache
def _members() -> dict[str, frozenset[str]]:
    return {row["id"]: frozenset(row["members"].split("|")) for row in table("members.csv")}


@cache
def _parties() -> tuple[list[str], dict[str, list[int]]]:
    """The rows as they stand, and where each name's are: a row is taken apart when it is asked for."""
    rows = lines("parties.csv")
    index: dict[str, list[int]] = {}
    for at, row in enumerate(rows):
        for name in row[: row.index(",")].strip('"').split("|"):
            index.setdefault(name, []).append(at)
    return rows, index


@cache
def _index() -> list[str]:
    """A line a key, sorted: the key, the number of its table and of its row (``tools/build_bodies.py``)."""
    return lines("bodies_index.tsv")


def index_lines() -> list[str]:
    """What ``bodies_index.tsv`` must hold: of a key that several rows have, the first row's."""
    found: dict[str, str] = {}
    for number, (file, _, _) in enumerate(TABLES):
        for at, row in enumerate(table(file)):
            for name in (row["name"], *(row["names"].split("|") if row["names"] else ())):
                found.setdefault(key(name), f"{number} {at}")
    return sorted(f"{k}\t{place}" for k, place in found.items())
