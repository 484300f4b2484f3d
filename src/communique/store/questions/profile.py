"""An actor: who it is as the articles have it, in which roles, with whom it deals, and how it speaks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from communique.store.questions.answer import Answer
from communique.store.questions.density import BY_QUAD, happened
from communique.store.questions.events import filters_of, paged
from communique.store.questions.filters import Filters, word
from communique.store.questions.found import JOINED, RANK, checked, conditions
from communique.store.questions.parties import KEY, wanted
from communique.store.questions.statements import Values, answered

if TYPE_CHECKING:
    from communique.store.store import Store

__all__ = ["acts", "keys_named", "partners", "profile", "roles"]


def profile(store: Store, key: str) -> Answer:
    """Who an actor is, as the articles have it.

    Args:
        store: that is asked.
        key: the actor's key, or a country's code for all that is of the country.

    Returns:
        One row, or none where no article names it: ``name`` (the commonest), ``names`` (all, the commonest
        first, thirty at most), ``kind``, ``country`` and ``sectors`` as most articles have them, ``articles``
        that name it, ``claims`` of which it is the source, ``first`` and ``last`` day of those articles.

    Raises:
        BadQuestion: if the key is empty.
        StoreError: if the store cannot be read.
    """
    values = Values()
    who = wanted(word(key, "actor")).condition("o", values)
    sql = f"""WITH mine AS MATERIALIZED (
  SELECT o.article, o.n, o.name, o.kind, o.country, o.sectors FROM entities o WHERE {who}),
called AS (SELECT name, count(*) AS often FROM mine GROUP BY name)
SELECT (SELECT list(name ORDER BY often DESC, name) FROM called)[1] AS name,
  (SELECT list(name ORDER BY often DESC, name) FROM called)[1:30] AS names,
  mode(m.kind) AS kind, mode(m.country) AS country, mode(m.sectors) AS sectors,
  count(DISTINCT m.article) AS articles,
  (SELECT count(*) FROM claims c JOIN mine s ON s.article = c.article AND s.n = c.source) AS claims,
  min(a.published) AS first, max(a.published) AS last
FROM mine m JOIN articles a USING (article) HAVING count(*) > 0"""
    return answered(store, sql, values)


def roles(store: Store, key: str, *, limit: int = 50) -> Answer:
    """In which roles the articles name an actor, the earliest first.

    Args:
        store: that is asked.
        key: as ``profile`` has it.
        limit: rows at most, those that most articles have; 0 gives all.

    Returns:
        A row for each ``role``: ``articles``, ``first`` and ``last`` day on which one of them was published.

    Raises:
        BadQuestion: if the key is empty.
        StoreError: if the store cannot be read.
    """
    values = Values()
    who = wanted(word(key, "actor")).condition("o", values)
    sql = f"""WITH named AS (
  SELECT o.role, count(DISTINCT o.article) AS articles, min(a.published) AS first, max(a.published) AS last
  FROM entities o JOIN articles a USING (article) WHERE o.role IS NOT NULL AND {who} GROUP BY o.role)
SELECT role, articles, first, last FROM (SELECT *, count(*) OVER () AS total FROM named
  ORDER BY articles DESC, role{paged(values, limit, 0)})
ORDER BY first NULLS LAST, last, role"""
    return answered(store, sql, values)


def partners(
    store: Store, key: str, filters: Filters | None = None, *, limit: int = 20, **given: Any
) -> Answer:
    """With whom an actor deals, those first with whom most happened.

    Args:
        store: that is asked.
        key: as ``profile`` has it.
        filters, given: which events, as ``density`` has them.
        limit: rows at most; 0 gives all.

    Returns:
        A row for each other party: its ``key``, ``name`` and ``country``, how many happenings it ``did`` to
        the other and ``had_done`` by it, all of both by quad code, their mean ``score``, and the ``last``
        day. A happening in which both do and suffer counts in both ways.

    Raises:
        BadQuestion: if the key is empty or a filter is of no sense.
        StoreError: if the store cannot be read.
    """
    chosen_ones = happened(checked(store, filters_of(filters, given)))
    values = Values()
    who = wanted(word(key, "actor"))
    mine, other = who.condition("p", values), who.condition("o", values)
    where = " AND ".join(conditions(chosen_ones, values)) or "true"
    sql = f"""WITH near AS MATERIALIZED (
  SELECT DISTINCT p.article, p.event, p.side FROM parties p WHERE {mine}),
told AS MATERIALIZED (
  SELECT DISTINCT {KEY.format("o")} AS key, o.name, o.country, n.side, e.article, e.n,
    coalesce(e.from_day, a.published) AS day, e.quad_code, e.intensity, {RANK} AS rank,
    coalesce(t.happening, -((e.article::BIGINT << 16) | e.n)) AS happening
  FROM {JOINED} JOIN near n ON n.article = e.article AND n.event = e.n
  JOIN parties o ON o.article = e.article AND o.event = e.n AND o.side <> n.side
  WHERE NOT coalesce({other}, false) AND {where}),
once AS (
  SELECT key, side, happening, min_by(quad_code, rank) AS quad_code, min_by(intensity, rank) AS intensity,
    min_by(day, rank) AS day
  FROM told GROUP BY ALL),
called AS (SELECT key, mode(name) AS name, mode(country) AS country FROM told GROUP BY key)
SELECT e.key, c.name, c.country, count(*) FILTER (e.side = 'actor') AS did,
  count(*) FILTER (e.side = 'recipient') AS had_done,
  {BY_QUAD}, max(e.day) AS last, count(*) OVER () AS total
FROM once e JOIN called c USING (key) GROUP BY ALL
ORDER BY happenings DESC, e.key{paged(values, limit, 0)}"""
    return answered(store, sql, values)


def acts(store: Store, key: str) -> Answer:
    """How an actor speaks: its claims by what they do.

    Args:
        store: that is asked.
        key: as ``profile`` has it.

    Returns:
        A row for each ``act`` (assert, deny, demand …): ``claims``, and the ``articles`` that have them.

    Raises:
        BadQuestion: if the key is empty.
        StoreError: if the store cannot be read.
    """
    values = Values()
    who = wanted(word(key, "actor")).condition("o", values)
    sql = f"""SELECT c.act, count(*) AS claims, count(DISTINCT c.article) AS articles
FROM claims c JOIN entities o ON o.article = c.article AND o.n = c.source
WHERE {who} GROUP BY c.act ORDER BY claims DESC, c.act"""
    return answered(store, sql, values)


def keys_named(store: Store, name: str) -> Answer:
    """The keys of the actors that articles call by just that name, the commonest first.

    Args:
        store: that is asked.
        name: the whole name, as written.

    Returns:
        A row for each ``key``, with the ``articles`` that name it so.

    Raises:
        BadQuestion: if the name is empty.
        StoreError: if the store cannot be read.
    """
    values = Values()
    called = f"o.name = {values.add(word(name, 'name'))}"
    sql = f"""SELECT {KEY.format("o")} AS key, count(DISTINCT o.article) AS articles FROM entities o
WHERE {called} GROUP BY key ORDER BY articles DESC, key"""
    return answered(store, sql, values)
