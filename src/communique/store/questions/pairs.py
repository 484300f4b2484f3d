"""Pairs: who deals with whom most, both directions together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from communique.store.questions import counting_ties
from communique.store.questions.answer import Answer
from communique.store.questions.density import BY_QUAD, QUAD_COLUMNS, happened
from communique.store.questions.events import filters_of, paged
from communique.store.questions.filters import Filters, chosen
from communique.store.questions.found import JOINED, RANK, checked, conditions
from communique.store.questions.network import TIES
from communique.store.questions.parties import KEY, NAMED
from communique.store.questions.statements import Values, answered, counted

if TYPE_CHECKING:
    from communique.store.store import Store

__all__ = ["pairs"]

_COLUMNS = dict.fromkeys(("a", "a_name", "b", "b_name"), "VARCHAR") | QUAD_COLUMNS
_COLUMNS |= {"a_to_b": "BIGINT", "b_to_a": "BIGINT", "last": "DATE"}


def pairs(
    store: Store,
    filters: Filters | None = None,
    *,
    of: str = "countries",
    limit: int = 50,
    offset: int = 0,
    **given: Any,
) -> Answer:
    """The pairs between whom most happened.

    Counted are happenings, each once a pair: what occurred or goes on and does not lie long before its
    article, unless ``status`` or ``historical`` say otherwise.

    Args:
        store: that is asked.
        filters: which events, as ``events`` takes them.
        of: 'countries', each with all that is of it, or 'actors'.
        limit: rows at most; 0 gives all.
        offset: rows that are passed by first.
        given: the attributes of ``Filters``, one by one.

    Returns:
        A row a pair: ``a`` and ``b`` (codes of countries, or keys of actors, in the order of the alphabet)
        with ``a_name`` and ``b_name``, happenings by quad code and in all, ``score`` (mean of PLOVER's
        scores), the ``last`` day, and how many of them ``a`` did to ``b`` (``a_to_b``) and the other way
        round; what both do to each other counts in both. Pairs of those who have only a pronoun are left out.

    Raises:
        BadQuestion: if a filter is of no sense.
        StoreError: if the store cannot be read.
    """
    countries = chosen(of, TIES, "kind of pair") == "countries"
    chosen_ones = happened(checked(store, filters_of(filters, given)))
    values = Values()
    where = " AND ".join(conditions(chosen_ones, values)) or "true"
    one, two = (f"{p}.country" if countries else KEY.format(p) for p in "pq")
    known = " AND ".join((f"{p}.country IS NOT NULL" if countries else NAMED.format(p)) for p in "pq")
    names = "a AS a_name, b AS b_name" if countries else "mode(a_name) AS a_name, mode(b_name) AS b_name"
    sql = f"""WITH kept AS MATERIALIZED (
  SELECT e.article, e.n, e.quad_code, e.intensity, coalesce(e.from_day, a.published) AS day, {RANK} AS rank,
    coalesce(t.happening, -((e.article::BIGINT << 16) | e.n)) AS happening
  FROM {JOINED} WHERE {where}),
ties AS (
  SELECT k.*, {one} AS doer, {two} AS other, p.name AS doer_name, q.name AS other_name
  FROM kept k JOIN parties p ON p.article = k.article AND p.event = k.n AND p.side = 'actor'
  JOIN parties q ON q.article = k.article AND q.event = k.n AND q.side = 'recipient'
  WHERE {known} AND {one} <> {two}),
sides AS MATERIALIZED (
  SELECT least(doer, other) AS a, greatest(doer, other) AS b, doer < other AS forth, happening, rank,
    quad_code, intensity, day, CASE WHEN doer < other THEN doer_name ELSE other_name END AS a_name,
    CASE WHEN doer < other THEN other_name ELSE doer_name END AS b_name
  FROM ties),
once AS (
  SELECT a, b, happening, bool_or(forth) AS forth, bool_or(NOT forth) AS back,
    min_by(quad_code, rank) AS quad_code, min_by(intensity, rank) AS intensity, min_by(day, rank) AS day
  FROM sides GROUP BY a, b, happening),
page AS MATERIALIZED (
  SELECT a, b, {BY_QUAD}, count(*) FILTER (forth) AS a_to_b, count(*) FILTER (back) AS b_to_a,
    max(day) AS last, count(*) OVER () AS total
  FROM once e GROUP BY a, b ORDER BY happenings DESC, a, b{paged(values, limit, offset)}),
called AS (
  SELECT a, b, {names}
  FROM sides JOIN page USING (a, b) GROUP BY a, b)
SELECT a, c.a_name, b, c.b_name, g.* EXCLUDE (a, b) FROM page g JOIN called c USING (a, b)
ORDER BY happenings DESC, a, b"""
    if (found := counting_ties.pairs(store, chosen_ones, countries, limit, offset)) is not None:
        return counted(_COLUMNS, found[0], sql, values, found[1])
    return answered(store, sql, values)
