"""What happened, held in memory as columns: so a server counts without planning a statement each time.

DuckDB takes longer to plan the statements that count happenings than numpy to count them. A store that is
asked again and again (``communique.web``) has its events, parties and places in memory once; the questions
then give the same rows as their statements do. The rows of events stand in the order of ``found.RANK``: of
several tellings of a happening the first row is the one that counts.

A hundred thousand events take some 15 megabytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from communique.store.failing import told
from communique.store.questions.found import DAY, JOINED, RANK
from communique.store.questions.parties import NAMED
from communique.store.questions.picking import NO_DAY, Flags, Numbers

if TYPE_CHECKING:
    from communique.store.store import Store

__all__ = ["Held", "held"]

_MOST = 1_000_000  # events of a store that is held; more take too much memory
_WHO = """SELECT name, country, kb, row_number() OVER (ORDER BY name, country, kb) - 1 AS i
FROM (SELECT DISTINCT name, country, kb FROM parties)"""


@dataclass(frozen=True, slots=True)
class Held:
    """The columns.

    Attributes:
        article, n, day (since 1970), happening (its number, or -1), type, mode, status, quad, intensity,
            confidence, historical: of the events; types, modes and statuses by their place in the lists.
        group: happenings numbered from 0, an event of none as one of its own.
        groups: how many there are.
        place: of the event, by its place among the places, or -1.
        own: the types and modes of events that there are, in order.
        types, modes, statuses: the lists.
        who: name, country, id and folded name of each party that there is, once.
        who_key, who_country: its key and country, by their place in the lists; -1 where it has no country.
        who_named: whether one can speak of it beyond its article.
        keys, countries: the lists, in order.
        party_row, party_who, party_did: which event each party takes part in, and whether it does it.
        tie_row, tie_one, tie_two: each party that does it with each to whom it is done.
        places: name, country, latitude, longitude and number at GeoNames of each.
        place_country, place_group: of each place; a group is what counts as one place.
    """

    article: Numbers
    n: Numbers
    day: Numbers
    happening: Numbers
    group: Numbers
    groups: int
    type: Numbers
    mode: Numbers
    status: Numbers
    quad: Numbers
    intensity: NDArray[np.float64]
    confidence: NDArray[np.float64]
    historical: Flags
    place: Numbers
    own: list[tuple[str, str | None]]
    types: list[str]
    modes: list[str]
    statuses: list[str]
    who: list[tuple[str, str | None, str | None, str]]
    who_key: Numbers
    who_country: Numbers
    who_named: Flags
    keys: list[str]
    countries: list[str]
    party_row: Numbers
    party_who: Numbers
    party_did: Flags
    tie_row: Numbers
    tie_one: Numbers
    tie_two: Numbers
    places: list[tuple[Any, ...]]
    place_country: Numbers
    place_group: Numbers
    place_groups: int

    def __len__(self) -> int:
        return len(self.article)


def held(store: Store) -> Held | None:
    """The columns of a store.

    Returns:
        None where it has too many events, or is not as stores are (an event in two happenings, a
        quad code that is none).

    Raises:
        StoreError: if the store cannot be read.
    """
    with told(store.path):
        run = store.connection.execute
        if run("SELECT count(*) FROM events").fetchall()[0][0] > _MOST:
            return None
        own = run("SELECT DISTINCT type, mode FROM events ORDER BY ALL").fetchall()
        lists = [
            [v for (v,) in run(f"SELECT DISTINCT {c} FROM events WHERE {c} IS NOT NULL").fetchall()]
            for c in ("type", "mode", "status")
        ]
        given = dict(zip(("types", "modes", "statuses"), lists, strict=True))
        events = run(
            f"""SELECT e.article, e.n, coalesce({DAY} - DATE '1970-01-01', {NO_DAY}) AS day,
  coalesce(t.happening, -1) AS happening,
  coalesce(t.happening, -((e.article::BIGINT << 16) | e.n)) AS one,
  list_position($types, e.type) - 1 AS type, coalesce(list_position($modes, e.mode), 0) - 1 AS mode,
  list_position($statuses, e.status) - 1 AS status, e.quad_code AS quad, e.intensity, e.confidence,
  e.historical, coalesce((e.article::BIGINT << 16) | e.place, -1) AS place
FROM {JOINED} ORDER BY {RANK}""",
            given,
        ).fetchnumpy()
        parties = run(
            f"""SELECT (p.article::BIGINT << 16) | p.event AS event, p.side = 'actor' AS did, w.i AS who
FROM parties p JOIN ({_WHO}) w ON w.name = p.name AND w.country IS NOT DISTINCT FROM p.country
  AND w.kb IS NOT DISTINCT FROM p.kb"""
        ).fetchnumpy()
        who = run(
            f"SELECT w.name, w.country, w.kb, lower(strip_accents(w.name)), {NAMED.format('w')}\n"
            f"FROM ({_WHO}) w ORDER BY w.i"
        ).fetchall()
        places = run(
            "SELECT name, country, latitude, longitude, geonames, (article::BIGINT << 16) | n FROM places "
            "ORDER BY 6"
        ).fetchall()
    key = (_ints(events["article"]) << 16) | _ints(events["n"])
    order = np.argsort(key)
    if (np.diff(key[order]) == 0).any() or (_ints(events["quad"]) > 4).any():
        return None
    groups, group = np.unique(_ints(events["one"]), return_inverse=True)
    row = _found(key[order], _ints(parties["event"]), order)
    known = row >= 0
    row, did, by = row[known], np.asarray(parties["did"], bool)[known], _ints(parties["who"])[known]
    keys, who_key = _coded([w[2] if w[2] is not None else "~" + w[0] for w in who])
    countries, codes = _coded([*(w[1] for w in who), *(p[1] for p in places)])
    _, place_group = _coded(
        [repr((p[4], p[0] if p[4] is None else None, p[1], p[2], p[3])) for p in places]
    )
    at = _ints([p[5] for p in places])
    return Held(
        article=_ints(events["article"]),
        n=_ints(events["n"]),
        day=_ints(events["day"]),
        happening=_ints(events["happening"]),
        group=_ints(group),
        groups=len(groups),
        type=_ints(events["type"]),
        mode=_ints(events["mode"]),
        status=_ints(events["status"]),
        quad=_ints(events["quad"]),
        intensity=np.asarray(events["intensity"], np.float64),
        confidence=np.asarray(events["confidence"], np.float64),
        historical=np.asarray(events["historical"], bool),
        place=_found(at, _ints(events["place"]), np.arange(len(at))),
        own=own,
        types=lists[0],
        modes=lists[1],
        statuses=lists[2],
        who=[w[:4] for w in who],
        who_key=who_key,
        who_country=codes[: len(who)],
        who_named=np.asarray([w[4] for w in who], bool),
        keys=keys,
        countries=countries,
        party_row=row,
        party_who=by,
        party_did=did,
        **_ties(row, did, by),
        places=[p[:5] for p in places],
        place_country=codes[len(who) :],
        place_group=place_group,
        place_groups=int(place_group.max(initial=-1)) + 1,
    )


def _ints(values: Any) -> Numbers:
    return np.asarray(values, np.int64)


def _found(known: Numbers, wanted: Numbers, order: Numbers) -> Numbers:
    """Where each of some numbers stands: by ``order`` of those that are known (sorted), or -1."""
    if not len(known):
        return np.full(len(wanted), -1, np.int64)
    at = np.minimum(np.searchsorted(known, wanted), len(known) - 1)
    return np.where(known[at] == wanted, order[at], -1)


def _coded(values: list[str | None]) -> tuple[list[str], Numbers]:
    """The different values in order, and each value as its place among them, -1 for None."""
    different = sorted({v for v in values if v is not None})
    place = {v: i for i, v in enumerate(different)}
    return different, _ints([-1 if v is None else place[v] for v in values])


def _ties(row: Numbers, did: Flags, who: Numbers) -> dict[str, Numbers]:
    """Each who does with each to whom it is done."""
    ones, twos = np.flatnonzero(did), np.flatnonzero(~did)
    twos = twos[np.argsort(row[twos], kind="stable")]
    low = np.searchsorted(row[twos], row[ones], "left")
    many = np.searchsorted(row[twos], row[ones], "right") - low
    start = np.repeat(low - (np.cumsum(many) - many), many)
    return {
        "tie_row": np.repeat(row[ones], many),
        "tie_one": np.repeat(who[ones], many),
        "tie_two": who[twos[start + np.arange(len(start))]],
    }
