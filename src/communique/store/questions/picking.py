"""The events that filters let through, and each happening once, from the columns that a store holds in
memory: the same as the statements of ``found``, without one."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from communique.store.failing import told
from communique.store.questions.parties import Wanted, plainly_contained, wanted

if TYPE_CHECKING:
    from communique.store.held import Held
    from communique.store.questions.filters import Filters
    from communique.store.store import Store

__all__ = [
    "NO_DAY",
    "Flags",
    "Numbers",
    "among",
    "day_number",
    "day_of",
    "events_of",
    "first_rows",
    "of_whom",
    "once",
    "paged_keys",
    "picked",
    "place_of",
    "plain_letters",
]

Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]
_EPOCH = date(1970, 1, 1)
NO_DAY = 2**40  # stands for no day: it is after every other


def day_of(number: int) -> date | None:
    """The day of a number of the column ``Held.day``."""
    return None if number == NO_DAY else _EPOCH + timedelta(days=number)


def day_number(day: date) -> int:
    """The number that ``day_of`` makes a day of."""
    return (day - _EPOCH).days


def picked(store: Store, filters: Filters) -> Flags | None:
    """Which of the events that a store holds meet some filters.

    Args:
        store: that is asked.
        filters: checked ones.

    Returns:
        None where the store holds none, or a filter wants the words of the articles.
    """
    held = store.held
    if held is None or filters.text is not None:
        return None
    out = np.ones(len(held), bool)
    for side in ("actor", "recipient"):
        if given := tuple(getattr(filters, side)):
            some = [_taking_part(store, name, side == "actor") for name in given]
            if any(one is None for one in some):
                return None
            out &= np.logical_or.reduce([one for one in some if one is not None])
    if between := tuple(filters.between):
        ways = [_taking_part(store, name, did) for name in between for did in (True, False)]
        one, by_one, two, by_two = ways
        if one is None or by_one is None or two is None or by_two is None:
            return None
        out &= (one & by_two) | (two & by_one)
    if isinstance(filters.since, date):
        out &= (held.day >= day_number(filters.since)) & (held.day != NO_DAY)
    if isinstance(filters.until, date):
        out &= held.day <= day_number(filters.until)  # no day is after all
    for column, names, chosen in (
        (held.type, held.types, filters.type),
        (held.mode, held.modes, filters.mode),
        (held.status, held.statuses, filters.status),
    ):
        if some_names := tuple(chosen):
            out &= among(column, [i for i, name in enumerate(names) if name in some_names])
    if filters.quad:
        assert isinstance(filters.quad, tuple), "filters are checked when they are made"
        out &= among(held.quad, filters.quad)
    if filters.country or filters.place:
        out &= _where(held, tuple(filters.country), tuple(filters.place))
    if filters.min_confidence is not None:
        out &= held.confidence >= filters.min_confidence
    if filters.historical is not None:
        out &= held.historical == filters.historical
    return out


def among(column: NDArray[Any], values: Iterable[Any]) -> Flags:
    """Where a column has one of some values."""
    out = np.zeros(len(column), bool)
    for value in values:
        out |= column == value
    return out


def _where(held: Held, countries: tuple[str, ...], names: tuple[str, ...]) -> Flags:
    fits = np.array(
        [
            (not countries or p[1] in countries) and (not names or p[0] in names or str(p[4]) in names)
            for p in held.places
        ],
        bool,
    )
    return np.append(fits, False)[held.place]


def of_whom(store: Store, who: Wanted) -> Flags | None:
    """Which of the parties that a store holds (``Held.who``) are of somebody who is looked for.

    Returns:
        None where the store holds none, or that must be left to DuckDB.
    """
    held = store.held
    if held is None:
        return None
    if who.country is not None:
        of_country: Flags = held.who_country == place_of(held.countries, who.country)
        return of_country
    if who.exact:
        key = f"~{who.name}" if who.kb is None else who.kb
        itself: Flags = held.who_key == place_of(held.keys, key)
        return itself
    if not plainly_contained(who.label):
        return None
    part = plain_letters(store, who.label)
    out = held.who_plain.containing(part)
    return out if who.kb is None else out | (held.who_key == place_of(held.keys, who.kb))


def plain_letters(store: Store, value: str) -> str:
    """A value without capitals and accents, as DuckDB folded those of the columns."""
    if value.isascii():
        return value.lower()
    with told(store.path):
        sql = "SELECT lower(strip_accents($value))"
        return str(store.connection.execute(sql, {"value": value}).fetchall()[0][0])


def place_of(ordered: list[str], value: str) -> int:
    """The place of a value in a list in order; one that nothing has, if it is not in it."""
    place = bisect_left(ordered, value)
    return place if place < len(ordered) and ordered[place] == value else -2


def _taking_part(store: Store, name: str, did: bool) -> Flags | None:
    """The events that somebody does, or that are done to him.

    Args:
        store: that is asked.
        name: as filters have it.
        did: whether he does them.
    """
    held, whom = store.held, of_whom(store, wanted(name))
    if held is None or whom is None:
        return None
    return events_of(held, whom, did)


def events_of(held: Held, whom: Flags, did: bool) -> Flags:
    """The events that some of ``Held.who`` do, or that are done to them."""
    out = np.zeros(len(held), bool)
    out[held.party_row[(held.party_did == did) & whom[held.party_who]]] = True
    return out


def once(held: Held, rows: Numbers) -> Numbers:
    """Of some rows of events, in order, those that count: the first of each happening."""
    first = np.full(held.groups, len(held), np.int64)
    # What is written last stays.
    first[held.group[rows[::-1]]] = rows[::-1]
    return first[first < len(held)]


def first_rows(numbers: Numbers) -> Numbers:
    """Where each of the different numbers stands first."""
    return np.unique(numbers, return_index=True)[1]


def paged_keys(
    store: Store, filters: Filters, happenings: bool, latest: bool, limit: int, offset: int
) -> tuple[list[tuple[int, int, date | None, int | None, int]], int] | None:
    """The keys of a page of events (see ``details``), and how many there are in all; None if the store does
    not hold them.

    Args:
        store, filters: as ``picked`` has them.
        happenings: each happening once, else each of its tellings.
        latest: those first, else the earliest.
        limit, offset: of the page.
    """
    held, fits = store.held, picked(store, filters)
    if held is None or fits is None:
        return None
    every = np.flatnonzero(fits)
    rows = once(held, every) if happenings else every
    days, number_of = held.day[rows], held.article[rows]
    if latest:
        # What has no day is the last in both orders.
        days, number_of = np.where(days == NO_DAY, days, -days), -number_of
    page = rows[np.lexsort((held.n[rows], number_of, days))][offset : offset + limit]
    near = every[np.isin(held.group[every], held.group[page])] if happenings else every[:0]
    articles: dict[int, set[int]] = defaultdict(set)
    for group, one in zip(held.group[near].tolist(), held.article[near].tolist(), strict=True):
        articles[group].add(one)
    keys = []
    for row in page.tolist():
        number = int(held.happening[row])
        tellings = len(articles[int(held.group[row])]) if happenings and number >= 0 else 1
        day = day_of(int(held.day[row]))
        keys.append((int(held.article[row]), int(held.n[row]), day, None if number < 0 else number, tellings))
    return keys, len(rows)
