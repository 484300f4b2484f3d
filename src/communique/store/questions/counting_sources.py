"""Who tells the same happening, counted from the columns that a store holds in memory: rows as the statements
give them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from communique.store.questions.counting import Rows
from communique.store.questions.picking import NO_DAY, Flags, Numbers, day_number, day_of
from communique.store.questions.voices import NEAR_DAYS

if TYPE_CHECKING:
    from communique.store.held import Held

__all__ = ["Told", "coverage", "on_day", "shares", "silent", "told"]

_DAYS = 2**24  # more than there are days
_ZERO = 2**23  # is added to days, so that none is negative


@dataclass(frozen=True, slots=True)
class Told:
    """What several publishers tell within a window of days.

    Attributes:
        happening, first: of each happening its number, and the first day on which it was told, or ``NO_DAY``.
        group, publisher, day, articles: for each publisher that tells one the place of the happening, the
            publisher, the day of its first telling, and in how many articles it tells it.
        published: publishers and days on which these have articles, see ``on_day``, in order.
    """

    happening: Numbers
    first: Numbers
    group: Numbers
    publisher: Numbers
    day: Numbers
    articles: Numbers
    published: Numbers


def on_day(publisher: Numbers, day: Numbers) -> Numbers:
    """Publishers and days as one number, in the same order."""
    return publisher * _DAYS + day + _ZERO


def told(held: Held, since: date | None, until: date | None) -> Told:
    """What several publishers tell.

    Args:
        held: the columns.
        since, until: first and last day of publication.
    """
    which, publisher, day, published = (
        held.told_happening,
        held.told_publisher,
        held.told_day,
        held.told_on,
    )
    if since is not None or until is not None:
        low = day_number(since) if since is not None else -_ZERO
        high = day_number(until) if until is not None else NO_DAY - 1
        here = np.flatnonzero((day >= low) & (day <= high))
        which, publisher, day = which[here], publisher[here], day[here]
        days = published % _DAYS - _ZERO
        published = published[(days >= low) & (days <= high)]
    # The first row of each publisher has its first day.
    begins = _changes(which)
    starts = np.flatnonzero(begins | _changes(publisher))
    articles = np.diff(np.append(starts, len(which)))
    group = np.cumsum(begins[starts]) - 1
    happening, publisher, day = which[starts[begins[starts]]], publisher[starts], day[starts]
    several = np.bincount(group, minlength=len(happening)) > 1
    first = np.minimum.reduceat(day, np.flatnonzero(begins[starts])) if len(day) else day
    rows = several[group]
    return Told(
        happening=happening[several],
        first=first[several],
        group=(np.cumsum(several) - 1)[group[rows]],
        publisher=publisher[rows],
        day=day[rows],
        articles=articles[rows],
        published=published,
    )


def shares(held: Held, since: date | None, until: date | None) -> Rows:
    """As ``questions.voices.shares``."""
    found = told(held, since, until)
    names = held.articles.publishers
    happenings = np.bincount(found.publisher, minlength=len(names))
    earliest = found.first[found.group]
    firsts = np.bincount(
        found.publisher[(found.day == earliest) & (found.day != NO_DAY)], minlength=len(names)
    )
    missed = _chances(found, len(names)) - np.bincount(
        found.publisher[_near(found, found.publisher, earliest)], minlength=len(names)
    )
    return [
        {"publisher": name, "happenings": h, "first": f, "left_out": m}
        for name, h, f, m in zip(names, happenings.tolist(), firsts.tolist(), missed.tolist(), strict=True)
        if h or m
    ]


def coverage(held: Held, since: date | None, until: date | None, limit: int, offset: int) -> tuple[Rows, int]:
    """What the articles say of the rows of ``questions.telling.coverage``, and how many there are: ``first``,
    ``happening``, ``publishers``, ``days``, ``left_out`` and ``articles``."""
    found = told(held, since, until)
    groups = len(found.happening)
    tellers = np.bincount(found.group, minlength=groups)
    articles = np.bincount(found.group, found.articles, minlength=groups).astype(np.int64)
    # What has no day is last.
    first = np.where(found.first == NO_DAY, -NO_DAY, found.first)
    order = np.lexsort((found.happening, -first, -articles, -tellers))
    page = order[offset : offset + limit] if limit else order[offset:]
    names = held.articles.publishers
    every = np.arange(len(names))
    out: Rows = []
    for one in page.tolist():
        low, high = np.searchsorted(found.group, [one, one + 1]).tolist()
        # The earliest first.
        row = low + np.argsort(found.day[low:high], kind="stable")
        tell = found.publisher[row]
        could = _near(found, every, np.full(len(every), found.first[one]))
        could[tell] = False
        out.append(
            {
                "happening": int(found.happening[one]),
                "first": day_of(int(found.first[one])),
                "publishers": [names[p] for p in tell.tolist()],
                "days": [day_of(d) for d in found.day[row].tolist()],
                "left_out": [names[p] for p in np.flatnonzero(could).tolist()],
                "articles": int(articles[one]),
            }
        )
    return out, groups


def silent(held: Held, happening: int) -> Rows:
    """As ``questions.telling.silent``."""
    articles = held.articles
    tell = np.unique(held.article_at[held.happening == happening])
    first = articles.published[tell].min(initial=NO_DAY)
    if first == NO_DAY:
        return []
    # What has no day is not near.
    near = (articles.publisher >= 0) & (np.abs(articles.published - first) <= NEAR_DAYS)
    counts = np.bincount(articles.publisher[near], minlength=len(articles.publishers))
    by = articles.publisher[tell]
    counts[by[by >= 0]] = 0
    order = np.lexsort((np.arange(len(counts)), -counts))
    return [
        {"publisher": articles.publishers[p], "articles": int(counts[p])} for p in order.tolist() if counts[p]
    ]


def _changes(column: Numbers) -> Flags:
    """Where a column has another value than before."""
    return np.append(True, column[1:] != column[:-1])[: len(column)]


def _near(found: Told, publisher: Numbers, day: Numbers) -> Flags:
    """Whether publishers have articles within three days of a day."""
    out = day != NO_DAY
    wanted = on_day(publisher, np.where(out, day, 0))
    if not len(found.published):
        return np.zeros(len(out), bool)
    at = np.minimum(np.searchsorted(found.published, wanted - NEAR_DAYS), len(found.published) - 1)
    near: Flags = out & (np.abs(found.published[at] - wanted) <= NEAR_DAYS)
    return near


def _chances(found: Told, publishers: int) -> Numbers:
    """How many of the happenings each publisher could have told."""
    firsts = np.sort(found.first[found.first != NO_DAY])
    publisher, day = found.published // _DAYS, found.published % _DAYS - _ZERO
    # Of the days near several articles each counts once: those after the days near the article before.
    low, high = day - NEAR_DAYS, day + NEAR_DAYS + 1
    if len(day):
        again = np.append(False, publisher[1:] == publisher[:-1])
        low = np.where(again, np.maximum(low, np.append(0, high[:-1])), low)
    within = np.searchsorted(firsts, high) - np.searchsorted(firsts, low)
    return np.bincount(publisher, within, minlength=publishers).astype(np.int64)
