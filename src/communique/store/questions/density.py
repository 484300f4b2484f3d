"""How much happened when, and of which types: what charts over time are made of."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from communique.store.questions.answer import Answer
from communique.store.questions.counting import per_period, per_type
from communique.store.questions.events import PERIODS, filters_of
from communique.store.questions.filters import HAPPENED, Filters, chosen
from communique.store.questions.found import checked, found
from communique.store.questions.statements import Values, answered, counted

if TYPE_CHECKING:
    from communique.store.store import Store

__all__ = ["BY_QUAD", "QUAD_COLUMNS", "density", "happened", "kinds"]

# Columns that count by quad code; to stand in a SELECT … GROUP BY with an event ``e``.
BY_QUAD = """count(*) FILTER (e.quad_code = 1) AS verbal_cooperation,
  count(*) FILTER (e.quad_code = 2) AS material_cooperation,
  count(*) FILTER (e.quad_code = 3) AS verbal_conflict,
  count(*) FILTER (e.quad_code = 4) AS material_conflict,
  count(*) AS happenings, avg(e.intensity) AS score"""

# What they are called, and their types.
QUAD_COLUMNS = dict.fromkeys(
    ("verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict", "happenings"),
    "BIGINT",
) | {"score": "DOUBLE"}
_KINDS = {"type": "VARCHAR", "quad_code": "UTINYINT", "happenings": "BIGINT", "score": "DOUBLE"}
_KINDS |= {"first": "DATE", "last": "DATE"}


def density(store: Store, filters: Filters | None = None, *, by: str = "month", **given: Any) -> Answer:
    """How much happened, period by period, each happening once.

    Args:
        store: that is asked.
        filters: which events, as ``events`` takes them. Without a status, those that occurred or go on;
            without ``historical``, none that lie long before their article.
        by: 'day', 'week' (from Monday), 'month' or 'year'.
        given: the attributes of ``Filters``, one by one.

    Returns:
        A row for each period in which something happened: ``period`` (its first day), the number of
        happenings by quad code and in all, and ``score``, the mean of PLOVER's scores (-10 to 10). What has
        no day is left out.

    Raises:
        BadQuestion: if a filter is of no sense.
        StoreError: if the store cannot be read.
    """
    wanted = happened(checked(store, filters_of(filters, given)))
    values = Values()
    once = found(wanted, values, happenings=True)
    unit = chosen(by, PERIODS, "period")
    period = values.add(unit)
    sql = f"""WITH {once}
SELECT date_trunc({period}, o.day)::DATE AS period,
  {BY_QUAD}
FROM once o JOIN events e ON e.article = o.article AND e.n = o.n
WHERE o.day IS NOT NULL GROUP BY 1 ORDER BY 1"""
    if (rows := per_period(store, wanted, unit)) is not None:
        return counted({"period": "DATE", **QUAD_COLUMNS}, rows, sql, values)
    return answered(store, sql, values)


def kinds(store: Store, filters: Filters | None = None, **given: Any) -> Answer:
    """What kinds of things happened, the commonest first.

    Args:
        store: that is asked.
        filters, given: as ``density`` has them.

    Returns:
        A row for each type: ``type``, ``quad_code`` (the commonest of its events), ``happenings``, ``score``
        (mean of PLOVER's scores), ``first`` and ``last`` day.

    Raises:
        BadQuestion: if a filter is of no sense.
        StoreError: if the store cannot be read.
    """
    wanted = happened(checked(store, filters_of(filters, given)))
    values = Values()
    sql = f"""WITH {found(wanted, values, happenings=True)}
SELECT e.type, mode(e.quad_code) AS quad_code, count(*) AS happenings, avg(e.intensity) AS score,
  min(o.day) AS first, max(o.day) AS last
FROM once o JOIN events e ON e.article = o.article AND e.n = o.n
GROUP BY e.type ORDER BY happenings DESC, e.type"""
    if (rows := per_type(store, wanted)) is not None:
        return counted(_KINDS, rows, sql, values)
    return answered(store, sql, values)


def happened(filters: Filters) -> Filters:
    """The filters, with what questions on what happened take for granted: it did, and not long ago."""
    if not filters.status:
        filters = replace(filters, status=HAPPENED)
    if filters.historical is None:
        filters = replace(filters, historical=False)
    return filters
