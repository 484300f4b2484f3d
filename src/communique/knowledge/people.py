"""Who held which office, and when: people by any of their names, on a day, near other words.

The table ``people.csv`` has one row a person, compiled by ``tools/build_people.py``. A row is taken apart
only when
one of its names is asked for: few of the thousands are, in one article.
"""

from __future__ import annotations

import csv
from bisect import bisect_left
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import NamedTuple

from communique.knowledge.names import lines
from communique.knowledge.overlay import ACTIVE
from communique.knowledge.spelling import folded, sound

__all__ = ["Office", "Person", "holders", "named"]

FIELDS = ("id", "name", "names", "known_as", "country", "sex", "sectors", "offices")


class Office(NamedTuple):
    """A term of office.

    Attributes:
        kind: 'HOS' head of state, 'HOG' head of government, 'LEAD' who rules beside them, 'FM' foreign
        minister, 'DM' defence
            minister, 'VP' vice president or deputy, 'OTH' another post.
        title: lower case, as the news words it.
        country: ISO 3166-1 alpha-3; 'EUE' for the European Union, 'INT' for an international body.
        start, end: days as ISO text of four, seven or ten characters, as exact as is known; ``end`` None
        in office.
        acting: for the time being.
    """

    kind: str
    title: str
    country: str
    start: str
    end: str | None
    acting: bool = False

    def on(self, day: date, slack: int = 0) -> bool:
        """Was it held on that day, give or take ``slack`` days?"""
        if _first(self.start).toordinal() - slack > day.toordinal():
            return False
        return self.end is None or day.toordinal() <= _last(self.end).toordinal() + slack

    def away(self, day: date) -> int:
        """Days between that day and the term; 0 within it."""
        if day < _first(self.start):
            return (_first(self.start) - day).days
        return max(0, (day - _last(self.end)).days) if self.end else 0


@dataclass(frozen=True, slots=True)
class Person:
    """A person of the table: ``id`` is stable ("person:jpn-fumio-kishida"), ``names`` all spellings with
    the full
    name first, ``known_as`` what the news says after the first mention; ``offices`` by first day."""

    id: str
    name: str
    names: tuple[str, ...]
    known_as: tuple[str, ...]
    country: str | None
    female: bool | None
    sectors: tuple[str, ...]
    offices: tuple[Office, ...]

    def held(self, day: date | None, slack: int = 0) -> list[Office]:
        """The offices held on a day, the highest first; all but for a day, the last first."""
        if day is None:
            return sorted(self.offices, key=lambda o: (o.end is None, o.start), reverse=True)
        now = [o for o in self.offices if o.on(day, slack)]
        # The president of France is also a prince of Andorra.
        return sorted(now, key=lambda o: (RANK.get(o.kind, 9), o.country != self.country))


RANK = {"HOS": 0, "HOG": 1, "LEAD": 2, "FM": 3, "VP": 4, "DM": 5, "OTH": 6}


def named(name: str, alike: bool = False) -> list[Person]:
    """The people of that name or part of a name, in the order of the table.

    Args:
        name: "Kishida", "Fumio Kishida", "Mr Kishida" is none.
        alike: also those whose name only sounds alike.
    """
    found = dict.fromkeys(_found(folded(name)))
    if alike:
        found |= dict.fromkeys(_sounds().get(sound(name), ()))
    own = ACTIVE.get()
    return [*(own.named(name) if own else ()), *(_person(row) for row in found)]


def holders(country: str, kinds: tuple[str, ...], day: date, slack: int = 0) -> list[Person]:
    """Who held one of these offices of a country on that day."""
    found = [_person(row) for row in _of_country(country)]
    return [
        p
        for p in found
        if any(o.kind in kinds and o.country == country and o.on(day, slack) for o in p.offices)
    ]


def everybody() -> list[Person]:
    """All people of the table."""
    return [_person(row) for row in range(len(_rows()))]


@cache
def _rows() -> list[str]:
    return lines("people.csv")


@cache
def _index() -> list[str]:
    """A line a name, sorted: the name, and the numbers of its rows."""
    return lines("people_index.csv")


def _found(name: str) -> list[int]:
    """The rows of a folded name."""
    index = _index()
    at = bisect_left(index, name + ",")
    if not name or at == len(index) or not index[at].startswith(name + ","):
        return []
    return [int(row) for row in index[at][len(name) + 1 :].split()]


@cache
def _sounds() -> dict[str, list[int]]:
    out: dict[str, list[int]] = {}
    for line in _index():
        name, _, rows = line.partition(",")
        mine = out.setdefault(sound(name), [])
        mine.extend(r for r in map(int, rows.split()) if r not in mine)
    return out


@cache
def _of_country(code: str) -> list[int]:
    """The rows of those who held an office of a country."""
    return [at for at, line in enumerate(_rows()) if f";{code};" in line]


@cache
def _person(at: int) -> Person:
    row = dict(zip(FIELDS, next(csv.reader([_rows()[at]])), strict=True))
    offices = []
    for term in row["offices"].split("|") if row["offices"] else ():
        kind, title, country, start, end, acting = term.split(";")
        offices.append(Office(kind, title, country, start, end or None, acting == "1"))
    names = (row["name"], *_parts(row["names"]))
    known = _parts(row["known_as"])
    female = {"f": True, "m": False}.get(row["sex"])
    return Person(
        row["id"],
        row["name"],
        names,
        known,
        row["country"] or None,
        female,
        _parts(row["sectors"]),
        tuple(offices),
    )


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()


@cache
def _first(text: str) -> date:
    """The first day of a day, month or year."""
    return (
        date.fromisoformat(text + "-01-01"[len(text) - 4 :]) if len(text) < 10 else date.fromisoformat(text)
    )


@cache
def _last(text: str) -> date:
    """The last day of a day, month or year."""
    if len(text) == 10:
        return date.fromisoformat(text)
    if len(text) == 4:
        return date(int(text), 12, 31)
    year, month = int(text[:4]), int(text[5:7])
    return date.fromordinal(date(year + month // 12, month % 12 + 1, 1).toordinal() - 1)
