"""Two parties over time: how often they dealt with each other, in which way, and how well."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from communique.errors import BadQuestion
from communique.store.questions.answer import Answer
from communique.store.questions.events import PERIODS, filters_of
from communique.store.questions.filters import HAPPENED, Filters, chosen
from communique.store.questions.found import DAY, JOINED, RANK, checked, conditions
from communique.store.questions.parties import wanted
from communique.store.questions.statements import Values, answered

if TYPE_CHECKING:
    from communique.store.store import Store

__all__ = ["dyad"]

_MOST = 40_000  # periods: a hundred years of days

# A happening counts once a direction, as its surest telling has it; see found.py.
_ONCE = """once AS MATERIALIZED (
  SELECT way, day, quad_code, intensity FROM found WHERE happening IS NULL
  UNION ALL
  SELECT way, min_by(day, rank), min_by(quad_code, rank), min_by(intensity, rank)
    FROM found WHERE happening IS NOT NULL GROUP BY way, happening)"""


def dyad(
    store: Store,
    first: str,
    second: str,
    filters: Filters | None = None,
    *,
    by: str = "month",
    **given: Any,
) -> Answer:
    """What two parties did to each other, counted by period.

    Counted are happenings, each once however many articles tell it: what occurred or goes on and does not lie
    long before its article, unless ``status`` or ``historical`` say otherwise. What has no day is left out.

    Args:
        store: that is asked.
        first, second: country code or name, or a part of the name of a person or organisation.
        filters: which events, as ``events`` takes them.
        by: 'day', 'week' (from Monday), 'month' or 'year'.
        given: the attributes of ``Filters``, one by one.

    Returns:
        For each period, without gaps, a row for each direction: ``period`` (its first day), ``actor``,
        ``recipient``, the number of happenings by quad code and in all, and ``score``, the mean of PLOVER's
        scores (-10 to 10), None where nothing happened. The periods go from ``since`` to ``until``, or from
        the first happening to the last; of more than 40,000 the last are given.

    Raises:
        BadQuestion: if the two are the same, or a filter is of no sense.
        StoreError: if the store cannot be read.
    """
    parties = (wanted(first), wanted(second))
    if parties[0] == parties[1]:
        raise BadQuestion(f"a dyad is of two parties, and {first} and {second} are the same")
    chosen_ones = checked(store, filters_of(filters, given))
    if chosen_ones.historical is None:
        chosen_ones = replace(chosen_ones, historical=False)
    if not chosen_ones.status:
        chosen_ones = replace(chosen_ones, status=HAPPENED)
    unit = chosen(by, PERIODS, "period")
    values = Values()
    one, two = (party.condition("p", values) for party in parties)
    where = " AND ".join([f"{DAY} IS NOT NULL", *conditions(chosen_ones, values)])
    period = values.add(unit)
    start = _bound(chosen_ones.since, "min", values)
    end = _bound(chosen_ones.until, "max", values)
    names = [values.add(party.label) for party in parties]
    sql = f"""WITH sides AS MATERIALIZED (
  SELECT p.article, p.event, p.side = 'actor' AS did, {one} AS one, {two} AS two
  FROM parties p WHERE {one} OR {two}),
ways AS MATERIALIZED (
  SELECT article, event, way FROM (
    SELECT article, event, bool_or(did AND one) AND bool_or(NOT did AND two) AS there,
      bool_or(did AND two) AND bool_or(NOT did AND one) AS back
    FROM sides GROUP BY article, event), (VALUES (1), (2)) w(way)
  WHERE CASE way WHEN 1 THEN there ELSE back END),
found AS MATERIALIZED (
  SELECT d.way, {DAY} AS day, t.happening, {RANK} AS rank, e.quad_code, e.intensity
  FROM {JOINED}
  JOIN ways d ON d.article = e.article AND d.event = e.n
  WHERE {where}),
{_ONCE},
periods AS (
  SELECT period::DATE AS period, way FROM (
    SELECT unnest(generate_series(
      greatest(date_trunc({period}, {start}), date_trunc({period}, {end} - INTERVAL {_MOST - 1} {unit})),
      date_trunc({period}, {end}), INTERVAL 1 {unit})) AS period), (VALUES (1), (2)) w(way)
  WHERE EXISTS (FROM once)),
counts AS (
  SELECT date_trunc({period}, day)::DATE AS period, way,
    count(*) FILTER (quad_code = 1) AS q1, count(*) FILTER (quad_code = 2) AS q2,
    count(*) FILTER (quad_code = 3) AS q3, count(*) FILTER (quad_code = 4) AS q4,
    count(*) AS happenings, avg(intensity) AS score
  FROM once GROUP BY ALL)
SELECT p.period, CASE p.way WHEN 1 THEN {names[0]} ELSE {names[1]} END AS actor,
  CASE p.way WHEN 1 THEN {names[1]} ELSE {names[0]} END AS recipient,
  coalesce(q1, 0) AS verbal_cooperation, coalesce(q2, 0) AS material_cooperation,
  coalesce(q3, 0) AS verbal_conflict, coalesce(q4, 0) AS material_conflict,
  coalesce(happenings, 0) AS happenings, score
FROM periods p LEFT JOIN counts c USING (period, way)
ORDER BY p.period, p.way"""
    return answered(store, sql, values)


def _bound(day: Any, least: str, values: Values) -> str:
    return f"{values.add(day)}::DATE" if day is not None else f"(SELECT {least}(day) FROM once)"
