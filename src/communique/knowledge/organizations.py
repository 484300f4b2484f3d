"""Organisations, armed groups and media that the news names without explaining them."""

from __future__ import annotations

import csv
from bisect import bisect_left
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

from communique.knowledge.names import articleless, header, key, keys, lines, table
from communique.knowledge.overlay import ACTIVE

__all__ = [
    "Organization",
    "body_of",
    "exactly",
    "find_organization",
    "find_party",
    "members",
    "of_id",
    "party_states",
    "shared",
]

# Table, the kind of entity its rows are, and the sectors of a table that has no such column.
TABLES = (
    ("organizations.csv", "organization", ""),
    ("armed_groups.csv", "organization", ""),
    ("media.csv", "media", "JRN"),
)
_MIXED = 6  # letters of an acronym in which capitals tell


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
                if _spelled(int(table_number), int(row), shape):
                    return _body(int(table_number), int(row))
    return None


def exactly(name: str) -> bool:
    """Is a body called so to the letter: the "U.N. refugee agency", but no "Islamic state"?"""
    known = find_organization(name)
    if known is None or ACTIVE.get() is not None:
        return known is not None
    number, at = _places()[known.id]
    row = _row(number, at)
    return name in (row["name"], *row["names"].split("|"))


@cache
def _places() -> dict[str, tuple[int, int]]:
    """Where each body stands, by its id."""
    found: dict[str, tuple[int, int]] = {}
    for number, (file, kind, _) in enumerate(TABLES):
        prefix = "media" if kind == "media" else "org"
        for at, line in enumerate(lines(file)):
            found.setdefault(f"{prefix}:{line.partition(',')[0]}", (number, at))
    return found


def _spelled(number: int, at: int, name: str) -> bool:
    """May a name be spelled so? Where capitals stand within an acronym ("JeM"), they tell it from another."""
    if " " in name or len(name) > _MIXED or not any(c.isupper() for c in name):
        return True
    row = _row(number, at)
    known = [n for n in (row["name"], *row["names"].split("|")) if key(n) in keys(name)]
    mixed = [n for n in known if not n.isupper() and any(c.isupper() for c in n[1:])]
    return not mixed or len(mixed) < len(known) or name in mixed


def shared(name: str) -> dict[str, str]:
    """Whose a name is that bodies of several states bear: ISO code to id; "" for where no state is told.

    Empty for all other names.
    """
    index = _shared()
    return next((index[k] for k in keys(articleless(name)) if k in index), {})


def body_of(name: str, state: str) -> Organization | None:
    """The body of a state, by a name that others may bear, too: the Senate of "CAN"."""
    theirs = shared(name)
    if theirs:
        return of_id(theirs[state]) if state in theirs else find_party(name, {state})
    known = find_organization(name)
    return known if known is not None and known.country == state else find_party(name, {state})


def party_states(name: str) -> frozenset[str]:
    """The states that have a party of that name."""
    rows, index = _parties()
    found = (rows[at] for k in _party_keys(name) for at in index.get(k, ()))
    return frozenset(row.rpartition(",")[2] for row in found)


@cache
def _shared() -> dict[str, dict[str, str]]:
    out: dict[str, dict[str, str]] = {}
    for row in table("shared_names.csv"):
        out.setdefault(key(row["name"]), {})[row["state"]] = row["body"]
    return out


@cache
def of_id(id_: str) -> Organization | None:
    """The body of an id as entities bear it ("org:pla")."""
    if id_ in _places():
        return _body(*_places()[id_])
    bare = id_.partition(":")[2]
    theirs = (row for row in _parties()[0] if f",{bare}," in row and bare.startswith("party-"))
    return next((_party(row) for row in theirs), None)


def _row(number: int, at: int) -> dict[str, str]:
    file = TABLES[number][0]
    return dict(zip(header(file), next(csv.reader([lines(file)[at]])), strict=True))


@cache
def _body(number: int, at: int) -> Organization:
    _, kind, sectors = TABLES[number]
    row = _row(number, at)
    codes = tuple((row.get("sectors") or sectors).split("|"))
    prefix = "media" if kind == "media" else "org"
    return Organization(f"{prefix}:{row['id']}", row["name"], kind, codes, row["country"] or None)


def find_party(name: str, countries: Collection[str]) -> Organization | None:
    """The political party of that name or abbreviation in one of these countries; None if several have one.

    There is a Socialist Party in forty countries: without a country no party is found.
    """
    rows, index = _parties()
    found = {}
    for k in _party_keys(name):
        for at in index.get(k, ()):
            party = _party(rows[at])
            if party.country in countries:
                found[party.id] = party
    return next(iter(found.values())) if len(found) == 1 else None


def _party_keys(name: str) -> tuple[str, ...]:
    """The keys of a party's name; one word in capitals is an acronym, "CENTER" no party "The Center"."""
    found = keys(articleless(name))
    return found[:1] if name.isupper() and " " not in name else found


def _party(row: str) -> Organization:
    _, id_, full, _, sectors, country = next(csv.reader([row]))
    if not id_.startswith("party-") and (known := of_id(f"org:{id_}")) is not None:
        return known
    return Organization(f"org:{id_}", full, "organization", tuple(sectors.split("|")), country)


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
