"""Who deals with whom: the ties between actors, or between countries, in a window of time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from communique.store.questions import counting_ties
from communique.store.questions.answer import Answer
from communique.store.questions.density import BY_QUAD, QUAD_COLUMNS, happened
from communique.store.questions.events import filters_of, paged
from communique.store.questions.filters import Filters, chosen
from communique.store.questions.found import JOINED, RANK, checked, conditions
from communique.store.questions.parties import KEY, NAMED
from communique.store.questions.statements import Values, answered, counted

if TYPE_CHECKING:
    from communique.store.store import Store

__all__ = ["TIES", "network"]

TIES = ("actors", "countries")
_COLUMNS = dict.fromkeys(("actor", "actor_name", "recipient", "recipient_name"), "VARCHAR") | QUAD_COLUMNS


def network(
    store: Store,
    filters: Filters | None = None,
    *,
    of: str = "actors",
    limit: int = 80,
    offset: int = 0,
    **given: Any,
) -> Answer:
    """The ties between actors or countries, each happening once a tie.

    Args:
        store: that is asked.
        filters: which events, as ``density`` takes them; ``since`` and ``until`` are the window.
        of: 'actors' (states, persons, organisations, groups), or 'countries', each with all that is of it.
        limit: ties at most, the strongest; 0 gives all.
        offset: ties that are passed by first.
        given: the attributes of ``Filters``, one by one.

    Returns:
        A row for each tie from who did it to whom: ``actor`` and ``recipient`` (keys of actors, or codes of
        countries) with ``actor_name`` and ``recipient_name``, the number of happenings by quad code and in
        all, and ``score``, the mean of PLOVER's scores. Ties of an actor with itself are left out, and of
        those who have only a pronoun.

    Raises:
        BadQuestion: if a filter is of no sense.
        StoreError: if the store cannot be read.
    """
    countries = chosen(of, TIES, "kind of tie") == "countries"
    wanted = happened(checked(store, filters_of(filters, given)))
    values = Values()
    where = " AND ".join(conditions(wanted, values)) or "true"
    one, two = (f"{p}.country" if countries else KEY.format(p) for p in "pq")
    known = " AND ".join((f"{p}.country IS NOT NULL" if countries else NAMED.format(p)) for p in "pq")
    names = "key AS name" if countries else "mode(name) AS name"
    sql = f"""WITH kept AS MATERIALIZED (
  SELECT e.article, e.n, e.quad_code, e.intensity, {RANK} AS rank,
    coalesce(t.happening, -((e.article::BIGINT << 16) | e.n)) AS happening
  FROM {JOINED} WHERE {where}),
sides AS MATERIALIZED (
  SELECT k.*, {one} AS actor, {two} AS recipient, p.name AS actor_name, q.name AS recipient_name
  FROM kept k JOIN parties p ON p.article = k.article AND p.event = k.n AND p.side = 'actor'
  JOIN parties q ON q.article = k.article AND q.event = k.n AND q.side = 'recipient'
  WHERE {known} AND {one} <> {two}),
once AS (
  SELECT actor, recipient, happening, min_by(quad_code, rank) AS quad_code,
    min_by(intensity, rank) AS intensity
  FROM sides GROUP BY ALL),
ties AS (
  SELECT e.actor, e.recipient, {BY_QUAD}, count(*) OVER () AS total
  FROM once e GROUP BY ALL
  ORDER BY happenings DESC, e.actor, e.recipient{paged(values, limit, offset)}),
called AS (
  SELECT key, {names} FROM (
    SELECT actor AS key, actor_name AS name FROM sides WHERE actor IN (SELECT actor FROM ties)
    UNION ALL
    SELECT recipient, recipient_name FROM sides WHERE recipient IN (SELECT recipient FROM ties))
  GROUP BY key)
SELECT i.actor, x.name AS actor_name, i.recipient, y.name AS recipient_name,
  i.* EXCLUDE (actor, recipient)
FROM ties i JOIN called x ON x.key = i.actor JOIN called y ON y.key = i.recipient
ORDER BY i.happenings DESC, i.actor, i.recipient"""
    if (found := counting_ties.network(store, wanted, countries, limit, offset)) is not None:
        return counted(_COLUMNS, found[0], sql, values, found[1])
    return answered(store, sql, values)
