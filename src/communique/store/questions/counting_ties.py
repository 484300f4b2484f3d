"""Who deals with whom, counted from the columns that a store holds in memory: rows as the statements give
them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from communique.store.questions.counting import Rows, counted, grouped, of_page
from communique.store.questions.parties import Wanted
from communique.store.questions.picking import NO_DAY, Flags, Numbers, day_of, first_rows, of_whom, picked

if TYPE_CHECKING:
    from communique.store.held import Held
    from communique.store.questions.filters import Filters
    from communique.store.store import Store

__all__ = ["network", "pairs", "partners"]


def _strongest(counts: Numbers, limit: int, offset: int) -> Numbers:
    """The page of the groups with most; equals stay in order."""
    order = np.argsort(-counts, kind="stable")
    return order[offset : offset + limit] if limit else order[offset:]


def _named(held: Held, keys: Numbers, parties: Numbers, wanted: Numbers) -> dict[int, str]:
    """The commonest name of each of some keys, among the rows of parties that have them."""
    some = np.zeros(len(held.keys) + 1, bool)
    some[wanted] = True
    counts: dict[int, Counter[str]] = {int(key): Counter() for key in wanted}
    here = some[keys]
    pairs, many = np.unique(keys[here] * len(held.who) + parties[here], return_counts=True)
    for pair, count in zip(pairs.tolist(), many.tolist(), strict=True):
        key, who = divmod(pair, len(held.who))
        counts[key][held.who[who][0]] += count
    return {key: names.most_common(1)[0][0] for key, names in counts.items() if names}


def _sides(held: Held, countries: bool) -> tuple[Numbers, list[str]]:
    return (held.who_country, held.countries) if countries else (held.who_key, held.keys)


def network(
    store: Store, filters: Filters, countries: bool, limit: int, offset: int
) -> tuple[Rows, int] | None:
    """As ``questions.network``, and how many there are."""
    held, fits = store.held, picked(store, filters)
    if held is None or fits is None:
        return None
    of, labels = _sides(held, countries)
    one, two = of[held.tie_one], of[held.tie_two]
    known = of >= 0 if countries else held.who_named
    here = np.flatnonzero(fits[held.tie_row] & (one != two) & known[held.tie_one] & known[held.tie_two])
    # Those of one row stand together, rows are in the order of what counts.
    here = here[np.argsort(held.tie_row[here], kind="stable")]
    rows, ones, twos = held.tie_row[here], one[here], two[here]
    ties, tie = grouped(ones * len(labels) + twos)
    first = first_rows(tie * held.groups + held.group[rows])
    counts = np.bincount(tie[first], minlength=len(ties))
    page = _strongest(counts, limit, offset)
    place = of_page(page, len(ties), tie[first])
    shown = first[place >= 0]
    tallied = counted(held, rows[shown], place[place >= 0], len(page))
    keys = [divmod(int(ties[number]), len(labels)) for number in page]
    names = {}
    if not countries:
        actors, recipients = (np.asarray([k[i] for k in keys], np.int64) for i in (0, 1))
        # A key's names are those it has on the side on which it stands in a tie of the page.
        sides = ((held.tie_one, ones, actors), (held.tie_two, twos, recipients))
        who = np.concatenate([tied[here][np.isin(keyed, some)] for tied, keyed, some in sides])
        names = _named(held, of[who], who, np.unique(np.concatenate([actors, recipients])))
    out = []
    for (a, b), row in zip(keys, tallied, strict=True):
        one_name, two_name = names.get(a, labels[a]), names.get(b, labels[b])
        out.append(
            {"actor": labels[a], "actor_name": one_name, "recipient": labels[b], "recipient_name": two_name}
            | row
        )
    return out, len(ties)


def pairs(
    store: Store, filters: Filters, countries: bool, limit: int, offset: int
) -> tuple[Rows, int] | None:
    """As ``questions.pairs``, and how many there are."""
    held, fits = store.held, picked(store, filters)
    if held is None or fits is None:
        return None
    of, labels = _sides(held, countries)
    one, two = of[held.tie_one], of[held.tie_two]
    some = of >= 0 if countries else held.who_named
    here = np.flatnonzero(fits[held.tie_row] & (one != two) & some[held.tie_one] & some[held.tie_two])
    here = here[np.argsort(held.tie_row[here], kind="stable")]
    rows, ones, twos = held.tie_row[here], one[here], two[here]
    low, high, forth = np.minimum(ones, twos), np.maximum(ones, twos), ones < twos
    ties, tie = grouped(low * len(labels) + high)
    numbers = tie * held.groups + held.group[rows]
    first = first_rows(numbers)
    counts = np.bincount(tie[first], minlength=len(ties))
    page = _strongest(counts, limit, offset)
    place = of_page(page, len(ties), tie)
    shown = first[place[first] >= 0]
    tallied = counted(held, rows[shown], place[shown], len(page))
    last = np.full(len(page), -NO_DAY, np.int64)
    days = held.day[rows[shown]]
    np.maximum.at(last, place[shown], np.where(days == NO_DAY, -NO_DAY, days))
    ways = []
    for way in (forth, ~forth):
        those = np.flatnonzero(way & (place >= 0))
        those = those[first_rows(numbers[those])]
        ways.append(np.bincount(place[those], minlength=len(page)).tolist())
    called: list[tuple[Counter[str], Counter[str]]] = [(Counter(), Counter()) for _ in page]
    if not countries:
        a = np.where(forth, held.tie_one[here], held.tie_two[here])
        b = np.where(forth, held.tie_two[here], held.tie_one[here])
        those = np.flatnonzero(place >= 0)
        for number, x, y in zip(place[those].tolist(), a[those].tolist(), b[those].tolist(), strict=True):
            called[number][0][held.who[x][0]] += 1
            called[number][1][held.who[y][0]] += 1
    out = []
    for i, (number, row) in enumerate(zip(page.tolist(), tallied, strict=True)):
        x, y = divmod(int(ties[number]), len(labels))
        a_name, b_name = (
            names.most_common(1)[0][0] if names else labels[k]
            for names, k in zip(called[i], (x, y), strict=True)
        )
        known = {"a": labels[x], "a_name": a_name, "b": labels[y], "b_name": b_name, **row}
        day = None if last[i] == -NO_DAY else day_of(int(last[i]))
        out.append({**known, "a_to_b": ways[0][i], "b_to_a": ways[1][i], "last": day})
    return out, len(ties)


def partners(store: Store, who: Wanted, filters: Filters, limit: int) -> tuple[Rows, int] | None:
    """As ``questions.profile.partners``, and how many there are."""
    held, fits, mine = store.held, picked(store, filters), of_whom(store, who)
    if held is None or fits is None or mine is None:
        return None
    fitting, one, two = fits[held.tie_row], mine[held.tie_one], mine[held.tie_two]
    others: Flags = held.who_named & ~mine
    did = np.flatnonzero(fitting & one & others[held.tie_two])
    had = np.flatnonzero(fitting & two & others[held.tie_one])
    rows = np.concatenate([held.tie_row[did], held.tie_row[had]])
    other = np.concatenate([held.tie_two[did], held.tie_one[had]])
    # The other stands on the side opposite to the actor's own.
    acted = np.concatenate([np.zeros(len(did), bool), np.ones(len(had), bool)])
    order = np.argsort(rows, kind="stable")
    rows, other, acted = rows[order], other[order], acted[order]
    keys, key = grouped(held.who_key[other])
    side = key * 2 + acted
    first = first_rows(side * held.groups + held.group[rows])
    counts = np.bincount(key[first], minlength=len(keys))
    page = _strongest(counts, limit, 0)
    place = of_page(page, len(keys), key)
    shown = first[place[first] >= 0]
    tallied = counted(held, rows[shown], place[shown], len(page))
    does = np.bincount(place[shown], acted[shown], minlength=len(page)).astype(int).tolist()
    last = np.full(len(page), -NO_DAY, np.int64)
    days = held.day[rows[shown]]
    np.maximum.at(last, place[shown], np.where(days == NO_DAY, -NO_DAY, days))
    names: list[tuple[Counter[str], Counter[str]]] = [(Counter(), Counter()) for _ in page]
    those = np.flatnonzero(place >= 0)
    # However many of the actor's own take part in an event, the other is named in it once a side.
    those = those[first_rows((rows[those] * 2 + acted[those]) * len(held.who) + other[those])]
    for number, party in zip(place[those].tolist(), other[those].tolist(), strict=True):
        name, country = held.who[party][:2]
        names[number][0][name] += 1
        if country is not None:
            names[number][1][country] += 1
    out = []
    for i, row in enumerate(tallied):
        name = names[i][0].most_common(1)[0][0]
        country = next((c for c, _ in names[i][1].most_common(1)), None)
        known = {"key": held.keys[int(keys[page[i]])], "name": name, "country": country}
        day = None if last[i] == -NO_DAY else day_of(int(last[i]))
        out.append({**known, "did": row["happenings"] - does[i], "had_done": does[i], **row, "last": day})
    return out, len(keys)
