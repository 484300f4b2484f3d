"""What comes next, from the columns that a store holds in memory: rows as the statements of ``ahead`` give
them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from communique.store.questions.counting_articles import about
from communique.store.questions.parties import wanted
from communique.store.questions.picking import Numbers, among, day_number, day_of, events_of, of_whom
from communique.store.questions.recalled import texts_of

if TYPE_CHECKING:
    from communique.store.held import Held
    from communique.store.store import Store

__all__ = ["entries_of", "entry_rows", "told_of"]

Entry = tuple[Any, ...]  # first and last day, article, n, status, what, happening


def entry_rows(
    store: Store, first: date, last: date | None, parties: list[str], status: tuple[str, ...]
) -> Numbers | None:
    """Which of the entries that a store holds are ahead, in order; None if it holds none, or that must be
    left to DuckDB.

    Args:
        store: that is asked.
        first, last: day.
        parties, status: as ``upcoming`` has them.
    """
    held = store.held
    if held is None:
        return None
    schedule = held.schedule
    fits = schedule.to_day >= day_number(first)
    if last is not None:
        fits &= schedule.from_day <= day_number(last)
    if status:
        fits &= among(schedule.status, [i for i, name in enumerate(schedule.statuses) if name in status])
    if parties:
        by_event = np.zeros(len(held) + 1, bool)  # the last stands for no event
        named = np.zeros(len(schedule.n), bool)
        for party in parties:
            mine = of_whom(store, wanted(party))
            if mine is None:
                return None
            for did in (True, False):
                by_event[:-1] |= events_of(held, mine, did)
            named[schedule.naming[mine[held.entities.who[schedule.named]]]] = True
        fits &= by_event[held.at_keys(schedule.event)] | named
    return np.flatnonzero(fits)


def entries_of(held: Held, rows: Numbers) -> list[Entry]:
    """Some entries, as ``ahead`` compares them."""
    schedule = held.schedule
    event = held.at_keys(schedule.event[rows])
    happening = np.append(held.happening, -1)[event]
    columns = (
        schedule.from_day[rows],
        schedule.to_day[rows],
        held.articles.number[schedule.article[rows]],
        schedule.n[rows],
        schedule.status[rows],
        schedule.what[rows],
        happening,
    )
    return [
        (
            *(day_of(a), day_of(b), article, n, schedule.statuses[status], schedule.whats[what]),
            None if number < 0 else number,
        )
        for a, b, article, n, status, what, number in zip(*(c.tolist() for c in columns), strict=True)
    ]


def told_of(store: Store, held: Held, keys: list[tuple[int, int]]) -> dict[tuple[int, int], dict[str, Any]]:
    """What is told of some entries by the numbers of article and entry: ``words``, ``sentence``, ``place``,
    ``time``, ``start``, ``stop``, and the article's ``published``, ``publisher``, ``title`` and ``url``."""
    schedule = held.schedule
    rows = schedule.at([number for number, _ in keys], [n for _, n in keys])
    events = held.at_keys(schedule.event[rows]).tolist()
    texts = texts_of(store, (number for number, _ in keys))
    out = {}
    for (number, n), row, event in zip(keys, rows.tolist(), events, strict=True):
        text, place = texts[number], int(schedule.article[row])
        start, stop, time = int(schedule.start[row]), int(schedule.stop[row]), int(schedule.time[row])
        where = int(held.place[event]) if event >= 0 else -1
        out[number, n] = {
            "article": number,
            "n": n,
            "words": text[start:stop],
            "sentence": _sentence(held, place, start, text),
            "place": held.places[where][0] if where >= 0 else None,
            "time": schedule.times[time] if time >= 0 else None,
            "start": start,
            "stop": stop,
            **about(held, place),
        }
    return out


def _sentence(held: Held, place: int, start: int, text: str) -> str | None:
    """The sentence of an article in which a word begins."""
    low, high = held.articles.sentence_at[place : place + 2].tolist()
    at = low + int(np.searchsorted(held.articles.sentence_start[low:high], start, "right")) - 1
    if at < low or held.articles.sentence_stop[at] <= start:
        return None
    return text[held.articles.sentence_start[at] : held.articles.sentence_stop[at]]
