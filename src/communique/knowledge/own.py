"""Actors of a user's own: rows of a CSV file that stand beside, and before, the tables of the package.

Columns, of which only ``name`` must be there::

    name,names,kind,country,sectors,title,from,to,known_as,id

``kind`` is 'person' (the default), 'organization' or 'media'; lists are parted by "|"; ``country`` is ISO
3166-1
alpha-3; ``sectors`` PLOVER's codes; days as 2024-02-15, 2024-02 or 2024. Several rows of one person are
several offices.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from communique.errors import InputError
from communique.knowledge.countries import gazetteer
from communique.knowledge.names import articleless, keys
from communique.knowledge.organizations import Organization
from communique.knowledge.overlay import using
from communique.knowledge.people import Office, Person
from communique.knowledge.spelling import folded
from communique.knowledge.titles import titles

__all__ = ["Actors", "actors_of", "csv_rows", "using"]

COLUMNS = ("name", "names", "kind", "country", "sectors", "title", "from", "to", "known_as", "id")
_DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?$")
_KINDS = ("person", "organization", "media")


@dataclass(slots=True)
class Actors:
    """A user's actors, by the keys of their names."""

    people: dict[str, list[Person]] = field(default_factory=dict)
    bodies: dict[str, Organization] = field(default_factory=dict)

    def named(self, name: str) -> list[Person]:
        """The people of that name."""
        return self.people.get(folded(name), [])

    def body(self, name: str) -> Organization | None:
        """The organisation of that name."""
        for shape in (name, articleless(name)):
            for k in keys(shape):
                if k in self.bodies:
                    return self.bodies[k]
        return None


def csv_rows(
    path: str, what: str, columns: Sequence[str], needed: Sequence[str]
) -> Iterator[tuple[str, dict[str, str]]]:
    """The rows of a user's CSV file, each with where it stands; lines that begin with "#" are left out.

    Raises:
        InputError: if the file cannot be read or its columns are not those asked for.
    """
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except OSError as fault:
        raise InputError(f"the {what} cannot be read: {fault.strerror}; name a CSV file", path) from None
    except UnicodeDecodeError:
        raise InputError(f"the {what} are not UTF-8 text; save the CSV file as UTF-8", path) from None
    lines = [(n, line) for n, line in enumerate(text.splitlines(), start=1) if not line.startswith("#")]
    reader = csv.DictReader(line for _, line in lines)
    heads = reader.fieldnames or []
    missing = [c for c in needed if c not in heads]
    if missing or (unknown := sorted(set(heads) - set(columns))):
        wrong = f"has no column {missing[0]!r}" if missing else f"has unknown columns: {', '.join(unknown)}"
        raise InputError(f"the table of {what} {wrong}; columns are {', '.join(columns)}", path)
    for given in reader:
        number = lines[min(reader.line_num, len(lines)) - 1][0]
        row = {k: (v or "").strip() for k, v in given.items() if isinstance(k, str) and isinstance(v, str)}
        yield f"{path}, line {number}", row


@cache
def actors_of(path: str) -> Actors:
    """The actors of a CSV file.

    Raises:
        InputError: if the file cannot be read or a row is none; it says which line and why.
    """
    out = Actors()
    people: dict[str, tuple[dict[str, str], list[Office]]] = {}
    for where, row in csv_rows(path, "actors", COLUMNS, ("name",)):
        _check(row, where)
        if row.get("kind", "") in ("", "person"):
            _, offices = people.setdefault(row.get("id") or row["name"], (row, []))
            if row.get("title"):
                offices.append(_office(row))
            continue
        prefix = "media" if row["kind"] == "media" else "org"
        made = Organization(
            row.get("id") or f"{prefix}:own-{folded(row['name']).replace(' ', '-')}",
            row["name"],
            row["kind"],
            tuple(_parts(row.get("sectors", ""))) or (("JRN",) if prefix == "media" else ()),
            row.get("country") or None,
        )
        for name in (row["name"], *_parts(row.get("names", ""))):
            out.bodies[keys(name)[0]] = made
    for row, offices in people.values():
        person = _person(row, offices)
        for key in _keys(person):
            out.people.setdefault(key, []).append(person)
    return out


def _check(row: dict[str, str], where: str) -> None:
    if not folded(row.get("name", "")):
        raise InputError("a row without a name; fill it in or leave the row out", where)
    kind, country = row.get("kind", ""), row.get("country", "")
    if kind not in ("", *_KINDS):
        raise InputError(f"kind {kind!r} is none; it is one of {', '.join(_KINDS)}", where)
    if country and country not in gazetteer().countries:
        raise InputError(f"country {country!r} is no ISO 3166-1 alpha-3 code, as JPN is", where)
    for column in ("from", "to"):
        if row.get(column) and not _DAY.match(row[column]):
            raise InputError(f"{column} {row[column]!r} is no day; write 2024-02-15, 2024-02 or 2024", where)


def _office(row: dict[str, str]) -> Office:
    title = row["title"].lower()
    known = titles().office_kinds.items()
    kind = next((kinds[0] for words, kinds in known if f" {words} " in f" {folded(title)} "), "OTH")
    return Office(kind, title, row.get("country") or "INT", row.get("from") or "1900", row.get("to") or None)


def _person(row: dict[str, str], offices: list[Office]) -> Person:
    country = row.get("country") or None
    place = country.lower() if country else "int"
    return Person(
        row.get("id") or f"person:own-{place}-{folded(row['name']).replace(' ', '-')}",
        row["name"],
        (row["name"], *_parts(row.get("names", ""))),
        tuple(_parts(row.get("known_as", ""))),
        country,
        None,
        tuple(_parts(row.get("sectors", ""))),
        tuple(sorted(offices, key=lambda o: o.start)),
    )


def _keys(person: Person) -> list[str]:
    names = [folded(n) for n in (*person.names, *person.known_as)]
    return list(dict.fromkeys([*names, *(n.split()[-1] for n in names)]))


def _parts(cell: str) -> list[str]:
    return [p.strip() for p in cell.split("|") if p.strip()]
