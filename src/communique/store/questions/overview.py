"""A store at a glance: how much is in it, of when, and how cooperation and conflict went over its time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from communique.store.failing import told
from communique.store.questions.answer import Answer
from communique.store.questions.statements import Values, answered

if TYPE_CHECKING:
    from communique.store.store import Store

__all__ = ["Overview", "overview", "pulse"]

_DAYS, _WEEKS = 70, 500  # length in days up to which periods are days, and weeks


@dataclass(frozen=True, slots=True)
class Overview:
    """How much a store holds.

    Attributes:
        articles, publishers, events, claims, happenings: how many.
        disputes: within articles, and between articles that tell the same happening.
        ahead: entries that lie after the last day of publication.
        first, last: days of publication.
        added: when the latest article came in, UTC.
        faults: inputs that could not be read.
    """

    articles: int
    publishers: int
    events: int
    claims: int
    happenings: int
    disputes: int
    ahead: int
    first: date | None
    last: date | None
    added: datetime | None
    faults: int


def overview(store: Store) -> Overview:
    """How much a store holds.

    Raises:
        StoreError: if the store cannot be read.
    """
    sql = """WITH a AS (
  SELECT count(*) AS articles, count(DISTINCT publisher) AS publishers, min(published) AS first,
    max(published) AS last, max(added) AS added FROM articles)
SELECT a.articles, a.publishers, (SELECT count(*) FROM events), (SELECT count(*) FROM claims),
  (SELECT count(*) FROM happenings),
  (SELECT count(*) FROM disputes) + (SELECT count(*) FROM differences),
  (SELECT count(*) FROM schedule k WHERE k.from_day > a.last),
  a.first, a.last, a.added, (SELECT count(*) FROM faults)
FROM a"""
    with told(store.path):
        row = store.connection.execute(sql).fetchall()[0]
    return Overview(*row)


def pulse(store: Store, *, first: date, last: date) -> Answer:
    """How cooperation and conflict went from one day to another.

    Args:
        store: that is asked.
        first, last: days, both included. Up to ten weeks are counted by day, up to 500 days by week, more by
            month.

    Returns:
        A row for each ``period`` (its first day), without gaps: happenings that occurred or went on, of
        ``cooperation`` and of ``conflict``, each once, on the first day that a telling names, else on that of
        the first article.

    Raises:
        StoreError: if the store cannot be read.
    """
    length = (last - first) / timedelta(days=1)
    unit = "day" if length <= _DAYS else "week" if length <= _WEEKS else "month"
    values = Values()
    by, start, end = values.add(unit), values.add(first), values.add(last)
    sql = f"""WITH told AS (
  SELECT e.from_day, a.published, e.quad_code <= 2 AS good, t.happening
  FROM events e JOIN articles a USING (article)
  LEFT JOIN tellings t ON t.article = e.article AND t.event = e.n
  WHERE e.status IN ('occurred', 'ongoing') AND NOT e.historical),
once AS (
  SELECT coalesce(from_day, published) AS day, good FROM told WHERE happening IS NULL
  UNION ALL
  SELECT coalesce(min(from_day), min(published)), bool_and(good) FROM told
  WHERE happening IS NOT NULL GROUP BY happening),
counted AS (
  SELECT date_trunc({by}, day)::DATE AS period, count(*) FILTER (good) AS cooperation,
    count(*) FILTER (NOT good) AS conflict
  FROM once WHERE day BETWEEN {start} AND {end} GROUP BY period),
periods AS (
  SELECT unnest(generate_series(date_trunc({by}, {start}::DATE), date_trunc({by}, {end}::DATE),
    INTERVAL 1 {unit}))::DATE AS period)
SELECT period, coalesce(cooperation, 0) AS cooperation, coalesce(conflict, 0) AS conflict
FROM periods LEFT JOIN counted USING (period) ORDER BY period"""
    return answered(store, sql, values)
