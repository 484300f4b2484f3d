"""Happenings: what one or several articles tell, a row each, those first that most articles tell."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from communique.store.questions.answer import Answer
from communique.store.questions.events import paged
from communique.store.questions.filters import Filters, chosen
from communique.store.questions.found import checked
from communique.store.questions.parties import wanted
from communique.store.questions.statements import Values, answered

if TYPE_CHECKING:
    from communique.store.store import Store

__all__ = ["HAPPENING_ORDERS", "happenings"]

HAPPENING_ORDERS = ("tellings", "day")


def happenings(
    store: Store,
    *,
    actor: tuple[str, ...] | list[str] | str = (),
    type: tuple[str, ...] | list[str] | str = (),
    status: tuple[str, ...] | list[str] | str = (),
    country: tuple[str, ...] | list[str] | str = (),
    since: date | str | None = None,
    until: date | str | None = None,
    disputed: bool = False,
    number: int | None = None,
    order: str = "tellings",
    limit: int = 50,
    offset: int = 0,
) -> Answer:
    """Happenings that articles tell.

    Args:
        store: that is asked.
        actor: parties, as ``Filters`` has them, on either side in one of its tellings.
        type: event types, one or several.
        status: of ``STATUSES``, one or several.
        country: where it happened, codes or names.
        since, until: first and last day of its time; of a month or year its first and last.
        disputed: only those whose tellings do not agree.
        number: only the happening of that number.
        order: 'tellings' for those first that most articles tell, or 'day' for the latest first.
        limit: rows at most; 0 gives all.
        offset: rows that are passed by first.

    Returns:
        A row a happening: ``happening`` (its number), ``type``, ``mode``, ``status``, ``from_day``,
        ``to_day``, ``country``, ``place``, ``actors``, ``recipients``, ``tellings`` (articles that tell it),
        ``differences`` between them, and ``confidence``.

    Raises:
        BadQuestion: if a value is none that there is.
        StoreError: if the store cannot be read.
    """
    filters = checked(
        store, Filters(actor=actor, type=type, status=status, country=country, since=since, until=until)
    )
    values = Values()
    where = []
    if filters.actor:
        named = " OR ".join(wanted(a).condition("p", values) for a in filters.actor)
        where.append(
            "h.happening IN (SELECT t.happening FROM tellings t JOIN parties p "
            f"ON p.article = t.article AND p.event = t.event WHERE {named})"
        )
    for column in ("type", "status", "country"):
        if given := tuple(getattr(filters, column)):
            where.append(values.any_of(f"h.{column}", given))
    if filters.since is not None:
        where.append(f"coalesce(h.to_day, h.from_day) >= {values.add(filters.since)}")
    if filters.until is not None:
        where.append(f"h.from_day <= {values.add(filters.until)}")
    if number is not None:
        where.append(f"h.happening = {values.add(number)}")
    if disputed:
        where.append("d.n IS NOT NULL")
    by = {
        "tellings": "tellings DESC, from_day DESC NULLS LAST, happening",
        "day": "from_day DESC NULLS LAST, tellings DESC, happening",
    }[chosen(order, HAPPENING_ORDERS, "order")]
    sql = f"""SELECT h.happening, h.type, h.mode, h.status, h.from_day, h.to_day, h.country, h.place,
  h.actors, h.recipients, h.tellings, coalesce(d.n, 0) AS differences, h.confidence, count(*) OVER () AS total
FROM happenings h
LEFT JOIN (SELECT happening, count(*) AS n FROM differences GROUP BY happening) d USING (happening)
WHERE {" AND ".join(where) or "true"}
ORDER BY {by}{paged(values, limit, offset)}"""
    return answered(store, sql, values)
