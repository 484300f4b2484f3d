"""Happenings counted from the columns that a store holds in memory: rows as the statements give them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np

from communique.store.questions.details import period_of
from communique.store.questions.parties import Wanted
from communique.store.questions.picking import (
    NO_DAY,
    Numbers,
    day_of,
    events_of,
    of_whom,
    once,
    picked,
)

if TYPE_CHECKING:
    from communique.store.held import Held
    from communique.store.questions.filters import Filters
    from communique.store.store import Store

__all__ = [
    "Rows",
    "by_place",
    "counted",
    "dealings",
    "grouped",
    "of_page",
    "per_country",
    "per_period",
    "per_type",
]

Rows = list[dict[str, Any]]
_QUADS = ("verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict")


def counted(held: Held, rows: Numbers, group: Numbers, groups: int) -> Rows:
    """The columns of ``BY_QUAD`` for each group; ``rows`` are events, ``group`` of each its number."""
    # All quads and the sum of scores in one pass each.
    by_quad = np.bincount(group * 5 + held.quad[rows], minlength=groups * 5).reshape(groups, 5)
    whole = np.bincount(group, minlength=groups)
    scores = np.bincount(group, held.intensity[rows], minlength=groups) / np.maximum(whole, 1)
    return [
        {**dict(zip(_QUADS, quads[1:], strict=True)), "happenings": count, "score": score}
        for quads, count, score in zip(by_quad.tolist(), whole.tolist(), scores.tolist(), strict=True)
    ]


def _commonest(held: Held, column: Numbers, rows: Numbers, group: Numbers, groups: int) -> list[int]:
    """The commonest value (0 to 4) of each group; of equals the lowest."""
    many = np.bincount(group * 5 + column[rows], minlength=groups * 5).reshape(groups, 5)
    return [int(v) for v in many.argmax(axis=1)]


def grouped(numbers: Numbers) -> tuple[Numbers, Numbers]:
    """The different numbers, and for each number its place among them."""
    different, place = np.unique(numbers, return_inverse=True)
    return different, place


def dealings(store: Store, first: Wanted, second: Wanted | None, filters: Filters) -> Rows | None:
    """As ``questions.dealings``."""
    held, fits = store.held, picked(store, filters)
    one, two = of_whom(store, first), of_whom(store, second) if second is not None else None
    if held is None or fits is None or one is None or (second is not None and two is None):
        return None
    out: Rows = []
    for way, did in (("there", True), ("back", False)):
        here = fits & events_of(held, one, did)
        if two is not None:
            here &= events_of(held, two, not did)
        rows = once(held, np.flatnonzero(here))
        dated = rows[held.day[rows] != NO_DAY]
        days, group = grouped(held.day[dated])
        mode = _commonest(held, held.quad, dated, group, len(days))
        tallied = counted(held, dated, group, len(days))
        out += [
            {"way": way, "day": day_of(day), "type": None, "quad_code": quad, **row}
            for day, quad, row in zip(days.tolist(), mode, tallied, strict=True)
        ]
        out += [
            {"way": way, "day": None, "type": row.pop("type"), "quad_code": row.pop("quad_code"), **row}
            for row in _typed(held, rows)
        ]
    return out


def _typed(held: Held, rows: Numbers) -> Rows:
    types, group = grouped(held.type[rows])
    mode = _commonest(held, held.quad, rows, group, len(types))
    tallied = counted(held, rows, group, len(types))
    found = [
        {"type": held.types[kind], "quad_code": quad, **row}
        for kind, quad, row in zip(types.tolist(), mode, tallied, strict=True)
    ]
    return sorted(found, key=lambda row: (-row["happenings"], row["type"]))


def per_type(store: Store, filters: Filters) -> Rows | None:
    """As ``questions.density.kinds``."""
    held, fits = store.held, picked(store, filters)
    if held is None or fits is None:
        return None
    rows = once(held, np.flatnonzero(fits))
    out = []
    for row in _typed(held, rows):
        days = held.day[rows[held.type[rows] == held.types.index(row["type"])]]
        days = days[days != NO_DAY]
        ends = (day_of(int(days.min())), day_of(int(days.max()))) if len(days) else (None, None)
        shown = {k: row[k] for k in ("type", "quad_code", "happenings", "score")}
        out.append({**shown, "first": ends[0], "last": ends[1]})
    return out


def per_period(store: Store, filters: Filters, by: str) -> Rows | None:
    """As ``questions.density.density``."""
    held, fits = store.held, picked(store, filters)
    if held is None or fits is None:
        return None
    rows = once(held, np.flatnonzero(fits))
    rows = rows[held.day[rows] != NO_DAY]
    days, place = grouped(held.day[rows])
    periods = [period_of(day, by) for day in map(day_of, days.tolist()) if day is not None]
    order = {period: i for i, period in enumerate(sorted(set(periods)))}
    numbers = np.asarray([order[period] for period in periods], np.int64)
    tallied = counted(held, rows, numbers[place], len(order))
    return [{"period": period, **row} for period, row in zip(order, tallied, strict=True)]


def per_country(store: Store, filters: Filters) -> Rows | None:
    """As ``questions.mapping.by_country``."""
    held, fits = store.held, picked(store, filters)
    if held is None or fits is None:
        return None
    rows = once(held, np.flatnonzero(fits))
    codes, group = grouped(np.append(held.place_country, -1)[held.place[rows]])
    tallied = counted(held, rows, group, len(codes))
    found = [
        {"country": held.countries[code] if code >= 0 else None, **row}
        for code, row in zip(codes.tolist(), tallied, strict=True)
    ]
    return sorted(found, key=lambda r: (r["country"] is None, -r["happenings"], r["country"] or ""))


def by_place(store: Store, filters: Filters, limit: int, offset: int) -> tuple[Rows, int] | None:
    """As ``questions.mapping.by_place``, and how many there are."""
    held, fits = store.held, picked(store, filters)
    if held is None or fits is None:
        return None
    rows = once(held, np.flatnonzero(fits))
    rows = rows[held.place[rows] >= 0]
    codes, group = grouped(held.place_group[held.place[rows]])
    many = np.bincount(group, minlength=len(codes))
    # Names are looked up for those that may be on the page: it ends with the last of equals.
    end = offset + limit if limit else len(codes)
    least = np.sort(many)[::-1][end - 1] if 0 < end < len(codes) else 0
    wanted = np.flatnonzero(many >= least)
    place = of_page(wanted, len(codes), group)
    rows, group = rows[place >= 0], place[place >= 0]
    names: list[Counter[str]] = [Counter() for _ in wanted]
    where: dict[int, tuple[Any, ...]] = {}
    for number, at in zip(group.tolist(), held.place[rows].tolist(), strict=True):
        where[number] = one = held.places[at]
        names[number][one[0]] += 1
    found = []
    for number, row in enumerate(counted(held, rows, group, len(wanted))):
        known = dict(zip(("country", "latitude", "longitude", "geonames"), where[number][1:], strict=True))
        found.append({"place": names[number].most_common(1)[0][0], **known, **row})
    found.sort(key=lambda r: (-r["happenings"], r["place"], r["country"] is None, r["country"] or ""))
    return found[offset : offset + limit] if limit else found[offset:], len(codes)


def of_page(page: Numbers, groups: int, group: Numbers) -> Numbers:
    """For each group of a row its place on the page, or -1."""
    place = np.full(groups, -1, np.int64)
    place[page] = np.arange(len(page))
    return place[group]
