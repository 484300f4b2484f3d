"""Columns of what articles say will come, held in memory beside those of events (see ``held``)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from communique.store.held_columns import HeldArticles, HeldEntities, Small, coded, found, keyed, small, whole
from communique.store.questions.picking import Numbers

if TYPE_CHECKING:
    from communique.store.store import Store

__all__ = ["HeldSchedule", "schedule_of"]


@dataclass(frozen=True, slots=True)
class HeldSchedule:
    """What was not over when its article appeared and has a day, in the order in which ``upcoming`` compares
    it.

    Attributes:
        key, row: article and number (see ``keyed``) in order, and where each stands.
        article: by its place among the articles.
        n, from_day, to_day (both since 1970), start, stop: of each.
        event: article and number of its event (see ``held_columns.keyed``), or -1.
        status, what, time: by their places in the lists; -1 for no time.
        statuses, whats, times: the lists.
        naming, named: of each entry and each entity that its sentence names, where they stand.
    """

    key: Numbers
    row: Numbers
    article: Small
    n: Small
    from_day: Numbers
    to_day: Numbers
    start: Small
    stop: Small
    event: Numbers
    status: Numbers
    what: Numbers
    time: Numbers
    statuses: list[str]
    whats: list[str]
    times: list[str]
    naming: Small
    named: Small

    def at(self, article: Any, n: Any) -> Numbers:
        """Where entries of some articles and numbers stand, or -1."""
        return found(self.key, keyed(article, n), self.row)


def schedule_of(store: Store, articles: HeldArticles, entities: HeldEntities) -> HeldSchedule:
    """The columns of the schedule of a store."""
    run = store.connection.execute
    rows = run(
        """SELECT k.article, k.n, k.from_day - DATE '1970-01-01',
  coalesce(k.to_day, k.from_day) - DATE '1970-01-01', k.start, k.stop, k.event, k.status, k.what, t.value
FROM schedule k JOIN articles a ON a.article = k.article
LEFT JOIN times t ON t.article = k.article AND t.n = k.time
WHERE k.from_day IS NOT NULL AND (a.published IS NULL OR coalesce(k.to_day, k.from_day) >= a.published)
ORDER BY k.from_day, coalesce(k.to_day, k.from_day), a.published DESC NULLS LAST, k.article DESC, k.n"""
    ).fetchall()
    pairs = run(
        """SELECT DISTINCT k.article, k.n, m.entity FROM schedule k
JOIN sentences s ON s.article = k.article AND s.start <= k.start AND k.start < s.stop
JOIN mentions m ON m.article = k.article AND m.start >= s.start AND m.start < s.stop"""
    ).fetchnumpy()
    statuses, status = coded([row[7] for row in rows])
    whats, what = coded([row[8] for row in rows])
    times, time = coded([row[9] for row in rows])
    article = whole([row[0] for row in rows])
    key = keyed(article, [row[1] for row in rows])
    order = np.argsort(key)
    naming = found(key[order], keyed(pairs["article"], pairs["n"]), order)
    named = entities.at(pairs["article"], pairs["entity"])
    known = (naming >= 0) & (named >= 0)
    return HeldSchedule(
        key=key[order],
        row=order,
        article=small(articles.at(article)),
        n=small([row[1] for row in rows]),
        from_day=whole([row[2] for row in rows]),
        to_day=whole([row[3] for row in rows]),
        start=small([row[4] for row in rows]),
        stop=small([row[5] for row in rows]),
        event=whole([-1 if row[6] is None else (row[0] << 16) | row[6] for row in rows]),
        status=status,
        what=what,
        time=time,
        statuses=statuses,
        whats=whats,
        times=times,
        naming=small(naming[known]),
        named=small(named[known]),
    )
