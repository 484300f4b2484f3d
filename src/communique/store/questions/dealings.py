"""What an actor did and had done to it, or two did to each other: by day and by type, in one statement.

The pages of actors and pairs show both, in both directions; asked one by one, the same events would be looked
for six times.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from communique.errors import BadQuestion
from communique.store.questions import counting
from communique.store.questions.answer import Answer
from communique.store.questions.density import BY_QUAD, QUAD_COLUMNS, happened
from communique.store.questions.events import filters_of
from communique.store.questions.filters import Filters, word
from communique.store.questions.found import DAY, JOINED, RANK, checked, conditions
from communique.store.questions.parties import wanted
from communique.store.questions.statements import Values, answered, counted

if TYPE_CHECKING:
    from communique.store.store import Store

__all__ = ["dealings"]

_COLUMNS = {"way": "VARCHAR", "day": "DATE", "type": "VARCHAR", "quad_code": "UTINYINT", **QUAD_COLUMNS}


def dealings(
    store: Store, one: str, two: str | None = None, filters: Filters | None = None, **given: Any
) -> Answer:
    """What a party did and had done to it, each happening once a direction.

    Args:
        store: that is asked.
        one: country code or name, a part of a name, or an actor's key.
        two: the other party, likewise; None for anybody.
        filters, given: which events, as ``density`` has them.

    Returns:
        Rows by day (``type`` is None) and rows by type (``day`` is None), each with its ``way``, 'there' for
        what ``one`` did and 'back' for what was done to it; the number of happenings by quad code and in all,
        ``quad_code`` (the commonest), and ``score``, the mean of PLOVER's scores. What has no day is among
        the types only.

    Raises:
        BadQuestion: if the two are the same, or a filter is of no sense.
        StoreError: if the store cannot be read.
    """
    first, second = wanted(word(one, "party")), wanted(word(two, "party")) if two is not None else None
    if first == second:
        raise BadQuestion(f"{one} and {two} are the same")
    chosen = happened(checked(store, filters_of(filters, given)))
    values = Values()
    who = first.condition("p", values)
    if second is None:
        ways = f"""ways AS MATERIALIZED (
  SELECT DISTINCT p.article, p.event, CASE p.side WHEN 'actor' THEN 'there' ELSE 'back' END AS way
  FROM parties p WHERE {who})"""
    else:
        whom = second.condition("p", values)
        ways = f"""sides AS MATERIALIZED (
  SELECT p.article, p.event, p.side = 'actor' AS did, {who} AS one, {whom} AS two
  FROM parties p WHERE {who} OR {whom}),
ways AS MATERIALIZED (
  SELECT article, event, 'there' AS way FROM sides GROUP BY article, event
    HAVING bool_or(did AND one) AND bool_or(NOT did AND two)
  UNION ALL
  SELECT article, event, 'back' FROM sides GROUP BY article, event
    HAVING bool_or(did AND two) AND bool_or(NOT did AND one))"""
    where = " AND ".join(conditions(chosen, values)) or "true"
    sql = f"""WITH {ways},
found AS MATERIALIZED (
  SELECT w.way, {DAY} AS day, e.type, e.quad_code, e.intensity, t.happening, {RANK} AS rank
  FROM {JOINED} JOIN ways w ON w.article = e.article AND w.event = e.n WHERE {where}),
once AS (
  SELECT way, day, type, quad_code, intensity FROM found WHERE happening IS NULL
  UNION ALL
  SELECT way, min_by(day, rank), min_by(type, rank), min_by(quad_code, rank), min_by(intensity, rank)
    FROM found WHERE happening IS NOT NULL GROUP BY way, happening)
SELECT e.way, e.day, e.type, mode(e.quad_code) AS quad_code, {BY_QUAD}
FROM once e GROUP BY GROUPING SETS ((e.way, e.day), (e.way, e.type))
HAVING e.type IS NOT NULL OR e.day IS NOT NULL
ORDER BY e.way DESC, e.day, happenings DESC, e.type"""
    if (rows := counting.dealings(store, first, second, chosen)) is not None:
        return counted(_COLUMNS, rows, sql, values)
    return answered(store, sql, values)
