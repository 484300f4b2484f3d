"""Where things happened: by country, and by place."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from communique.knowledge.countries import gazetteer
from communique.store.questions import counting
from communique.store.questions.answer import Answer
from communique.store.questions.density import BY_QUAD, QUAD_COLUMNS, happened
from communique.store.questions.events import filters_of, paged
from communique.store.questions.filters import Filters
from communique.store.questions.found import checked, found
from communique.store.questions.statements import Values, answered, counted

if TYPE_CHECKING:
    from communique.store.store import Store

__all__ = ["by_country", "by_place"]

_PLACE = {"place": "VARCHAR", "country": "VARCHAR", "latitude": "DOUBLE", "longitude": "DOUBLE"}
_PLACE |= {"geonames": "INTEGER", **QUAD_COLUMNS}


def by_country(store: Store, filters: Filters | None = None, **given: Any) -> Answer:
    """In which countries things happened, each happening once.

    Args:
        store: that is asked.
        filters: which events, as ``density`` takes them.
        given: the attributes of ``Filters``, one by one.

    Returns:
        A row for each ``country`` (of the place that the event names, ISO 3166-1 alpha-3), that of most
        happenings first: their number by quad code and in all, and ``score``, the mean of PLOVER's scores.
        A row without a country, the last, counts those whose place is not known.

    Raises:
        BadQuestion: if a filter is of no sense.
        StoreError: if the store cannot be read.
    """
    wanted = happened(checked(store, filters_of(filters, given)))
    values = Values()
    sql = f"""WITH {found(wanted, values, happenings=True)}
SELECT pl.country, {BY_QUAD}
FROM once o JOIN events e ON e.article = o.article AND e.n = o.n
LEFT JOIN places pl ON pl.article = e.article AND pl.n = e.place
GROUP BY pl.country ORDER BY pl.country IS NULL, happenings DESC, pl.country"""
    if (rows := counting.per_country(store, wanted)) is not None:
        return counted({"country": "VARCHAR", **QUAD_COLUMNS}, rows, sql, values)
    return answered(store, sql, values)


def by_place(
    store: Store, filters: Filters | None = None, *, limit: int = 300, offset: int = 0, **given: Any
) -> Answer:
    """At which places things happened, each happening once.

    Args:
        store: that is asked.
        filters, given: as ``by_country`` has them.
        limit: rows at most; 0 gives all.
        offset: rows that are passed by first.

    Returns:
        A row for each place, that of most happenings first: ``place``, ``country``, ``latitude`` and
        ``longitude`` (degrees, WGS 84; None where not known), ``geonames``, the columns that count, as
        ``by_country`` has them, and ``whole``: whether the place is a country as a whole, by the table of
        countries.

    Raises:
        BadQuestion: if a filter is of no sense.
        StoreError: if the store cannot be read.
    """
    wanted = happened(checked(store, filters_of(filters, given)))
    values = Values()
    sql = f"""WITH {found(wanted, values, happenings=True)},
placed AS (
  SELECT e.quad_code, e.intensity, pl.name, pl.country, pl.latitude, pl.longitude, pl.geonames
  FROM once o JOIN events e ON e.article = o.article AND e.n = o.n
  JOIN places pl ON pl.article = e.article AND pl.n = e.place)
SELECT mode(e.name) AS place, e.country, e.latitude, e.longitude, e.geonames,
  {BY_QUAD}, count(*) OVER () AS total
FROM placed e GROUP BY e.geonames, CASE WHEN e.geonames IS NULL THEN e.name END, e.country, e.latitude,
  e.longitude
ORDER BY happenings DESC, place, e.country{paged(values, limit, offset)}"""
    if (found_ones := counting.by_place(store, wanted, limit, offset)) is not None:
        answer = counted(_PLACE, found_ones[0], sql, values, found_ones[1])
    else:
        answer = answered(store, sql, values)
    for row in answer.rows:
        row["whole"] = row["geonames"] is None and gazetteer().country(row["place"]) is not None
    return replace(answer, columns={**answer.columns, "whole": "BOOLEAN"})
