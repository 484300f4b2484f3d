"""Who speaks most, whose words are contested, and who stands against whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from communique.store.failing import told
from communique.store.questions.answer import Answer
from communique.store.questions.events import paged
from communique.store.questions.parties import KEY, NAMED
from communique.store.questions.statements import Values, answered

if TYPE_CHECKING:
    from communique.store.store import Store

__all__ = ["contested", "opponents", "voices"]

_SIDES = """SELECT article AS article_a, claims[1] AS claim_a, article AS article_b, claims[i] AS claim_b
    FROM (SELECT *, unnest(range(2, len(claims) + 1)) AS i FROM disputes)
  UNION ALL
  SELECT article_a, claim_a, article_b, claim_b FROM differences"""


def contested(store: Store) -> frozenset[tuple[int, int]]:
    """The claims on a side of a dispute, as numbers of article and claim.

    Raises:
        StoreError: if the store cannot be read.
    """
    sql = f"""SELECT DISTINCT article, claim FROM (
  SELECT article_a AS article, claim_a AS claim FROM ({_SIDES})
  UNION ALL SELECT article_b, claim_b FROM ({_SIDES})) WHERE claim IS NOT NULL"""
    with told(store.path):
        return frozenset(store.connection.execute(sql).fetchall())


def voices(store: Store, *, limit: int = 20) -> Answer:
    """Who is heard most.

    Args:
        store: that is asked.
        limit: rows at most; 0 gives all.

    Returns:
        A row a source that is known, not by a pronoun alone: ``key``, ``name``, ``country``, its ``claims``,
        how many of them are ``direct`` quotes and how many ``denials``.

    Raises:
        StoreError: if the store cannot be read.
    """
    values = Values()
    sql = f"""SELECT {KEY.format("s")} AS key, mode(s.name) AS name, mode(s.country) AS country,
  count(*) AS claims, count(*) FILTER (c.manner = 'direct') AS direct,
  count(*) FILTER (c.act = 'deny') AS denials
FROM claims c JOIN entities s ON s.article = c.article AND s.n = c.source
WHERE {NAMED.format("s")}
GROUP BY key ORDER BY claims DESC, key{paged(values, limit, 0)}"""
    return answered(store, sql, values)


def opponents(store: Store, *, limit: int = 20) -> Answer:
    """Who stands against whom, and how often.

    Args:
        store: that is asked.
        limit: rows at most; 0 gives all.

    Returns:
        A row for each two sides, in the order of the alphabet: ``a``, ``b`` and the number of ``disputes``.
        A side is the innermost source that is known, by its commonest name, else 'the article'; of two sides
        that are the same there is no row, and of those who have only a pronoun.

    Raises:
        StoreError: if the store cannot be read.
    """
    values = Values()
    one, two = (f"coalesce({KEY.format(side)}, '')" for side in "xy")
    known = " AND ".join(f"({side}.name IS NULL OR {NAMED.format(side)})" for side in "xy")
    sql = f"""WITH sides AS ({_SIDES}),
named AS (
  SELECT {one} AS one, {two} AS two, coalesce(x.name, 'the article') AS one_name,
    coalesce(y.name, 'the article') AS two_name
  FROM sides s
  LEFT JOIN claims c ON c.article = s.article_a AND c.n = s.claim_a
  LEFT JOIN entities x ON x.article = c.article AND x.n = c.source
  LEFT JOIN claims d ON d.article = s.article_b AND d.n = s.claim_b
  LEFT JOIN entities y ON y.article = d.article AND y.n = d.source
  WHERE {known}),
counted AS (
  SELECT CASE WHEN one < two THEN one_name ELSE two_name END AS low,
    CASE WHEN one < two THEN two_name ELSE one_name END AS high,
    least(one, two) AS first, greatest(one, two) AS second
  FROM named WHERE one <> two)
SELECT least(mode(low), mode(high)) AS a, greatest(mode(low), mode(high)) AS b, count(*) AS disputes
FROM counted GROUP BY first, second HAVING mode(low) <> mode(high)
ORDER BY disputes DESC, a, b{paged(values, limit, 0)}"""
    return answered(store, sql, values)
