"""How publishers tell: how much, how often their own voice judges, and their share in what several tell.

Articles of no known publisher are in no row.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from communique.store.questions.answer import Answer
from communique.store.questions.events import paged
from communique.store.questions.filters import first_day, last_day
from communique.store.questions.picking import NO_DAY, Numbers, day_number
from communique.store.questions.statements import Values, answered, counted

if TYPE_CHECKING:
    from communique.store.store import Store

__all__ = [
    "COUNTED",
    "NEAR_DAYS",
    "Heard",
    "heard",
    "published",
    "publishers",
    "shares",
    "voices",
]

# What is counted in the articles themselves.
COUNTED = ("articles", "words", "loaded", "hedges", "intensifiers", "claims", "anonymous")

NEAR_DAYS = 3  # within which a publisher that has articles could have told a happening

_SHARES = {"publisher": "VARCHAR", **dict.fromkeys(("happenings", "first", "left_out"), "BIGINT")}
# Words are counted by what parts them, a blank line as one; patterns would take ten times as long. The claim
# that stands within no other has the words of those within it.
_PLAIN = "replace(a.text, chr(10) || chr(10), chr(10))"
_KEPT = f"""kept AS MATERIALIZED (
  SELECT a.article, a.publisher, a.published, len(a.text) AS size,
    strlen({_PLAIN}) - strlen(replace(replace({_PLAIN}, ' ', ''), chr(10), '')) + 1 AS words
  FROM articles a WHERE {{where}}),
others AS (
  SELECT article, sum(greatest(0, stop - start)) AS size FROM (
    SELECT c.article, unnest([c.content[i] FOR i IN range(1, len(c.content), 2)]) AS start,
      unnest([c.content[i + 1] FOR i IN range(1, len(c.content), 2)]) AS stop
    FROM claims c JOIN kept k USING (article) WHERE c."within" IS NULL) GROUP BY article)"""
# Days are spread over those near them, to be joined as equals: a range takes ten times as long.
_SHARED = f"""told AS MATERIALIZED (
  SELECT t.happening, k.publisher, min(k.published) AS day FROM tellings t JOIN kept k USING (article)
  GROUP BY ALL),
shared AS (
  SELECT publisher, count(*) AS happenings, count(*) FILTER (day = earliest) AS first FROM (
    SELECT publisher, day, min(day) OVER w AS earliest, count(*) OVER w AS several FROM told
    WINDOW w AS (PARTITION BY happening)) WHERE several > 1 GROUP BY publisher),
several AS (SELECT happening, min(day) AS first FROM told GROUP BY happening HAVING count(*) > 1),
near AS (
  SELECT DISTINCT publisher, published + k::INTEGER - {NEAR_DAYS} AS day
  FROM kept, range({2 * NEAR_DAYS + 1}) r(k)),
missed AS (
  SELECT d.publisher, count(*) AS left_out FROM (
    SELECT DISTINCT s.happening, n.publisher FROM several s JOIN near n ON n.day = s.first) d
  ANTI JOIN told t ON t.happening = d.happening AND t.publisher = d.publisher GROUP BY d.publisher)"""


def publishers(
    store: Store, *, since: date | str | None = None, until: date | str | None = None, limit: int = 100
) -> Answer:
    """The publishers, how much they tell, and how often their own voice judges.

    Args:
        store: that is asked.
        since, until: first and last day of publication; of a month or year its first and last.
        limit: rows at most, those with most articles; 0 gives all.

    Returns:
        A row for each ``publisher``: ``articles``; ``words`` of its own voice (those outside of claims; see
        docs/web-charts.md how they are counted); ``loaded``, ``hedges`` and ``intensifiers``, words of each
        kind in the own voice; ``loaded_per_1000`` words of the own voice, None where it has none;
        ``claims`` that it passes on and the share of them whose source is not named (``anonymous``);
        ``happenings`` that it tells and another publisher tells too, ``first`` in how many of them its
        article is of the earliest day, and ``left_out``, how many that several others tell it does not,
        though it published within three days of the first telling.

    Raises:
        BadQuestion: if a day is none.
        StoreError: if the store cannot be read.
    """
    values = Values()
    where = published(values, since, until)
    sql = f"""WITH {_KEPT.format(where=where)},
own AS (
  SELECT k.publisher, count(*) AS articles,
    round(sum(k.words * (1 - least(1, coalesce(o.size, 0) / greatest(1, k.size)))))::BIGINT AS words
  FROM kept k LEFT JOIN others o USING (article) GROUP BY k.publisher),
marks AS (
  SELECT k.publisher, count(*) FILTER (l.kind = 'loaded') AS loaded,
    count(*) FILTER (l.kind = 'hedge') AS hedges, count(*) FILTER (l.kind = 'intensifier') AS intensifiers
  FROM language l JOIN kept k USING (article) GROUP BY k.publisher),
passed AS (
  SELECT k.publisher, count(*) AS claims, avg(c.anonymous::INTEGER) AS anonymous
  FROM claims c JOIN kept k USING (article) GROUP BY k.publisher),
{_SHARED}
SELECT w.publisher, w.articles, w.words, coalesce(m.loaded, 0) AS loaded, coalesce(m.hedges, 0) AS hedges,
  coalesce(m.intensifiers, 0) AS intensifiers,
  1000.0 * coalesce(m.loaded, 0) / nullif(w.words, 0) AS loaded_per_1000,
  1000.0 * coalesce(m.hedges, 0) / nullif(w.words, 0) AS hedges_per_1000,
  coalesce(p.claims, 0) AS claims, p.anonymous,
  coalesce(s.happenings, 0) AS happenings, coalesce(s.first, 0) AS first,
  coalesce(o.left_out, 0) AS left_out, count(*) OVER () AS total
FROM own w LEFT JOIN marks m USING (publisher) LEFT JOIN passed p USING (publisher)
LEFT JOIN shared s USING (publisher) LEFT JOIN missed o USING (publisher)
ORDER BY w.articles DESC, w.publisher{paged(values, limit, 0)}"""
    return answered(store, sql, values)


def voices(store: Store) -> Answer:
    """How publishers tell, by day of publication: what ``publishers`` counts in the articles themselves. It
    is the same for every window of time, of which the rows are then added up.

    Args:
        store: that is asked.

    Returns:
        A row for each ``publisher`` and day (``published``): ``articles``, ``words`` of the own voice (not
        rounded), ``loaded``, ``hedges``, ``intensifiers``, ``claims``, and how many of these are
        ``anonymous``.

    Raises:
        StoreError: if the store cannot be read.
    """
    sql = f"""WITH {_KEPT.format(where="a.publisher IS NOT NULL")},
marks AS (
  SELECT l.article, count(*) FILTER (l.kind = 'loaded') AS loaded,
    count(*) FILTER (l.kind = 'hedge') AS hedges, count(*) FILTER (l.kind = 'intensifier') AS intensifiers
  FROM language l GROUP BY l.article),
passed AS (
  SELECT c.article, count(*) AS claims, count(*) FILTER (c.anonymous) AS anonymous FROM claims c
  GROUP BY c.article)
SELECT k.publisher, k.published, count(*) AS articles,
  sum(k.words * (1 - least(1, coalesce(o.size, 0) / greatest(1, k.size)))) AS words,
  coalesce(sum(m.loaded), 0)::BIGINT AS loaded, coalesce(sum(m.hedges), 0)::BIGINT AS hedges,
  coalesce(sum(m.intensifiers), 0)::BIGINT AS intensifiers, coalesce(sum(p.claims), 0)::BIGINT AS claims,
  coalesce(sum(p.anonymous), 0)::BIGINT AS anonymous
FROM kept k LEFT JOIN others o USING (article) LEFT JOIN marks m USING (article)
LEFT JOIN passed p USING (article)
GROUP BY k.publisher, k.published ORDER BY k.publisher, k.published"""
    return answered(store, sql, Values())


@dataclass(frozen=True)
class Heard:
    """The rows of ``voices`` as columns, so that those of any window are added up quickly.

    Attributes:
        publishers: in order.
        publisher, day: of each row, the publisher by its place; a day as ``picking.day_number`` has it.
        counts: a row for each, a column for each of ``COUNTED``.
        sql: the statement.
    """

    publishers: list[str]
    publisher: Numbers
    day: Numbers
    counts: NDArray[np.float64]
    sql: str

    def within(self, since: date | None, until: date | None) -> list[dict[str, Any]]:
        """A row for each publisher that has articles in a window of days: ``publisher`` and ``COUNTED``."""
        here = np.ones(len(self.day), bool)
        if since is not None:
            here &= (self.day >= day_number(since)) & (self.day != NO_DAY)
        if until is not None:
            here &= self.day <= day_number(until)  # no day is after all
        publisher, many = self.publisher[here], len(self.publishers)
        there = np.bincount(publisher, minlength=many)
        sums = [np.bincount(publisher, column, many).tolist() for column in self.counts[here].T]
        return [
            {
                "publisher": name,
                **{k: v if k == "words" else int(v) for k, v in zip(COUNTED, row, strict=True)},
            }
            for name, known, *row in zip(self.publishers, there.tolist(), *sums, strict=True)
            if known
        ]


def heard(store: Store) -> Heard:
    """``voices``, as columns.

    Raises:
        StoreError: if the store cannot be read.
    """
    answer = voices(store)
    names = sorted({row["publisher"] for row in answer.rows})
    place = {name: i for i, name in enumerate(names)}
    return Heard(
        publishers=names,
        publisher=np.asarray([place[row["publisher"]] for row in answer.rows], np.int64),
        day=np.asarray(
            [day_number(row["published"]) if row["published"] else NO_DAY for row in answer.rows], np.int64
        ),
        counts=np.asarray([[row[k] for k in COUNTED] for row in answer.rows], np.float64).reshape(
            -1, len(COUNTED)
        ),
        sql=answer.sql,
    )


def shares(store: Store, *, since: date | str | None = None, until: date | str | None = None) -> Answer:
    """The share of publishers in the happenings that several tell.

    Args:
        store: that is asked.
        since, until: first and last day of publication; of a month or year its first and last.

    Returns:
        A row for each ``publisher`` that tells or leaves out one: ``happenings``, ``first`` and ``left_out``,
        as ``publishers`` has them.

    Raises:
        BadQuestion: if a day is none.
        StoreError: if the store cannot be read.
    """
    values = Values()
    where = published(values, since, until)
    sql = f"""WITH kept AS MATERIALIZED (SELECT a.article, a.publisher, a.published FROM articles a
  WHERE {where}),
{_SHARED}
SELECT publisher, coalesce(s.happenings, 0) AS happenings, coalesce(s.first, 0) AS first,
  coalesce(o.left_out, 0) AS left_out
FROM shared s FULL JOIN missed o USING (publisher) ORDER BY publisher"""
    if store.held is not None:
        from communique.store.questions import counting_sources

        rows = counting_sources.shares(store.held, first_day(since, "since"), last_day(until, "until"))
        return counted(_SHARES, rows, sql, values)
    return answered(store, sql, values)


def published(values: Values, since: date | str | None, until: date | str | None) -> str:
    """The condition that an article ``a`` has a publisher, and is of a window of days."""
    out = ["a.publisher IS NOT NULL"]
    if (first := first_day(since, "since")) is not None:
        out.append(f"a.published >= {values.add(first)}")
    if (last := last_day(until, "until")) is not None:
        out.append(f"a.published <= {values.add(last)}")
    return " AND ".join(out)
