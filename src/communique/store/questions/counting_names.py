"""Actors as the articles name them, counted from the columns that a store holds in memory: rows as the
statements give them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from communique.store.questions.counting import Rows, grouped, of_page
from communique.store.questions.parties import Wanted, folded
from communique.store.questions.picking import (
    NO_DAY,
    Flags,
    Numbers,
    day_of,
    of_whom,
    place_of,
    plain_letters,
)

if TYPE_CHECKING:
    from communique.store.held import Held
    from communique.store.store import Store

__all__ = ["actors", "acts", "keys_named", "naming", "profile", "roles"]


def naming(store: Store, who: Wanted) -> Numbers | None:
    """Where the entities stand that are of somebody; None if the store does not hold them."""
    held, mine = store.held, of_whom(store, who)
    return None if held is None or mine is None else np.flatnonzero(mine[held.entities.who])


def profile(held: Held, rows: Numbers, claims: int) -> dict[str, Any]:
    """The row of ``questions.profile``.

    Args:
        held: the columns.
        rows: as ``naming`` gives them.
        claims: of which the actor is the source.
    """
    entities = held.entities
    parties, many = np.unique(entities.who[rows], return_counts=True)
    names: dict[str, int] = {}
    countries: dict[str, int] = {}
    for party, count in zip(parties.tolist(), many.tolist(), strict=True):
        name, country, *_ = held.who[party]
        names[name] = names.get(name, 0) + count
        if country is not None:
            countries[country] = countries.get(country, 0) + count
    kinds = np.bincount(entities.kind[rows], minlength=len(entities.kinds)).tolist()
    lists = np.bincount(entities.sectors[rows], minlength=len(entities.sector_lists)).tolist()
    sectors = {tuple(given): n for given, n in zip(entities.sector_lists, lists, strict=True) if n}
    articles = np.unique(entities.article[rows])
    return {
        "name": next(iter(_commonest(names)), None),
        "names": _commonest(names)[:30],
        "kind": next(iter(_commonest({k: n for k, n in zip(entities.kinds, kinds, strict=True) if n})), None),
        "country": next(iter(_commonest(countries)), None),
        "sectors": list(next(iter(_commonest(sectors)), ())),
        "articles": len(articles),
        "claims": claims,
        **_ends(held, articles),
    }


def _commonest(counts: dict[Any, int]) -> list[Any]:
    return sorted(counts, key=lambda value: (-counts[value], value))


def _ends(held: Held, articles: NDArray[Any]) -> dict[str, Any]:
    """First and last day of some articles."""
    days = held.articles.published[articles]
    days = days[days != NO_DAY]
    ends = (day_of(int(days.min())), day_of(int(days.max()))) if len(days) else (None, None)
    return {"first": ends[0], "last": ends[1]}


def roles(held: Held, rows: Numbers) -> Rows:
    """A row for each role of ``questions.profile.roles``, in any order."""
    role, article = held.entities.role[rows], held.entities.article[rows]
    pairs = np.unique((role[role >= 0].astype(np.int64) << 32) | article[role >= 0])
    role, article = pairs >> 32, pairs & (2**32 - 1)
    starts = np.flatnonzero(np.diff(role, prepend=-1))
    return [
        {
            "role": held.entities.roles[role[some[0]]],
            "articles": len(some),
            **_ends(held, article[some]),
        }
        for some in np.split(np.arange(len(role)), starts[1:])
        if len(some)
    ]


def acts(store: Store, who: Wanted) -> Rows | None:
    """As ``questions.profile.acts``."""
    held, mine = store.held, of_whom(store, who)
    if held is None or mine is None:
        return None
    claims = held.claims
    rows = np.flatnonzero(np.append(mine[held.entities.who], False)[claims.source])
    out = []
    for code, act in enumerate(claims.acts):
        some = rows[claims.act[rows] == code]
        if len(some):
            out.append({"act": act, "claims": len(some), "articles": len(np.unique(claims.article[some]))})
    return sorted(out, key=lambda row: (-row["claims"], row["act"]))


def keys_named(store: Store, name: str) -> Rows | None:
    """As ``questions.profile.keys_named``."""
    held = store.held
    if held is None:
        return None
    so = held.who_name == place_of(held.names, folded(name))
    rows = np.flatnonzero(so[held.entities.who])
    keys = held.who_key[held.entities.who[rows]]
    different, key = grouped(keys)
    counts = _different(key, held.entities.article[rows], len(different))
    out = [
        {"key": held.keys[k], "articles": n} for k, n in zip(different.tolist(), counts.tolist(), strict=True)
    ]
    return sorted(out, key=lambda row: (-row["articles"], row["key"]))


def actors(
    store: Store, who: Wanted | None, kinds: tuple[str, ...], countries: list[str], limit: int, offset: int
) -> tuple[Rows, int] | None:
    """As ``questions.actors``, and how many there are.

    Args:
        store: that is asked.
        who: who is looked for by ``name``.
        kinds, countries, limit, offset: as ``questions.actors`` has them.
    """
    held = store.held
    fits = _fitting(store, who, kinds, countries) if held is not None else None
    if held is None or fits is None:
        return None
    if not fits.any():
        return [], 0
    entities = held.entities
    key_of = held.who_key[entities.who]
    named = held.who_named[entities.who]
    fitting = np.zeros(len(held.keys), bool)
    # Whoever fits once is counted wherever he stands, under any of his names.
    fitting[key_of[fits]] = True
    rows = np.flatnonzero(named & fitting[key_of])
    keys, key = grouped(key_of[rows])
    articles = _different(key, entities.article[rows], len(keys))
    # Of each entity the place of its key among those, or -1.
    place = np.full(len(key_of) + 1, -1, np.int64)
    place[rows] = key
    acting = place[held.party_entity]
    events = _different(acting[acting >= 0], held.party_row[acting >= 0], len(keys))
    spoken = place[held.claims.source]
    claims = np.bincount(spoken[spoken >= 0], minlength=len(keys))
    order = np.lexsort((np.arange(len(keys)), -articles, -events))
    page = order[offset : offset + limit] if limit else order[offset:]
    at = of_page(page, len(keys), key)
    there = np.flatnonzero(at >= 0)
    there = there[np.argsort(at[there], kind="stable")]
    shown = np.split(rows[there], np.cumsum(np.bincount(at[there], minlength=len(page)))[:-1])
    return [
        {
            "key": held.keys[int(keys[number])],
            **_usual(held, some),
            "articles": int(articles[number]),
            "events": int(events[number]),
            "claims": int(claims[number]),
        }
        for number, some in zip(page.tolist(), shown[: len(page)], strict=True)
    ], len(keys)


def _different(group: Numbers, other: NDArray[Any], groups: int) -> Numbers:
    """How many different numbers each group has."""
    pairs = np.unique((group.astype(np.int64) << 32) | other)
    return np.bincount(pairs >> 32, minlength=groups)


def _usual(held: Held, rows: Numbers) -> dict[str, Any]:
    """What most of some entities are called, and are."""
    entities = held.entities
    names, countries = Counter[str](), Counter[str | None]()
    for party in entities.who[rows].tolist():
        name, country, *_ = held.who[party]
        names[name] += 1
        countries[country] += 1
    kind = int(np.bincount(entities.kind[rows]).argmax())
    role = entities.role[rows][entities.role[rows] >= 0]
    del countries[None]
    return {
        "name": names.most_common(1)[0][0],
        "kind": entities.kinds[kind],
        "country": next((country for country, _ in countries.most_common(1)), None),
        "role": entities.roles[int(np.bincount(role).argmax())] if len(role) else None,
        "sectors": list(entities.sector_lists[int(np.bincount(entities.sectors[rows]).argmax())]),
    }


def _fitting(store: Store, who: Wanted | None, kinds: tuple[str, ...], countries: list[str]) -> Flags | None:
    """The entities that meet some conditions."""
    held = store.held
    assert held is not None, "the store holds its columns"
    entities = held.entities
    out = np.ones(len(entities.who), bool)
    if who is not None:
        mine = of_whom(store, who)
        if mine is None:
            return None
        out = mine[entities.who]
        if who.country is None and not who.exact:
            part = plain_letters(store, who.label)
            by_role = np.append([part in role for role in entities.folded_roles], False).astype(bool)
            out = out | by_role[entities.role]
    if kinds:
        some = np.asarray([kind in kinds for kind in entities.kinds], bool)
        out = out & some[entities.kind]
    if countries:
        codes = np.append([country in countries for country in held.countries], False).astype(bool)
        out = out & codes[held.who_country[entities.who]]
    return out
