"""Actors: everybody whom the articles name, a row each, those first of whom most is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from communique.store.questions import counting_names
from communique.store.questions.answer import Answer
from communique.store.questions.events import paged
from communique.store.questions.filters import chosen_all, word
from communique.store.questions.parties import KEY, NAMED, contains, country_code, wanted
from communique.store.questions.statements import Values, answered, counted

if TYPE_CHECKING:
    from communique.store.store import Store

__all__ = ["ENTITY_KINDS", "actors"]

_COLUMNS = dict.fromkeys(("key", "name", "kind", "country", "role"), "VARCHAR") | {"sectors": "VARCHAR[]"}
_COLUMNS |= dict.fromkeys(("articles", "events", "claims"), "BIGINT")
ENTITY_KINDS = ("person", "state", "organization", "group", "media", "place", "other")


def actors(
    store: Store,
    *,
    name: str | None = None,
    kind: tuple[str, ...] | list[str] | str = (),
    country: tuple[str, ...] | list[str] | str = (),
    limit: int = 50,
    offset: int = 0,
) -> Answer:
    """Who is named, those first who take part in most events.

    Args:
        store: that is asked.
        name: a part of the name, or of the office; a country's code or name for all that is of the country.
        kind: of ``ENTITY_KINDS``, one or several.
        country: codes or names.
        limit: rows at most; 0 gives all.
        offset: rows that are passed by first.

    Returns:
        A row an actor: its ``key`` (the id in the tables of who is who, else its folded name after a tilde),
        the commonest ``name``, ``kind``, ``country`` and ``role``, its ``sectors``, and in how many
        ``articles``, ``events`` and ``claims`` (as their source) it is. Who has only a pronoun is left out.

    Raises:
        BadQuestion: if a value is none that there is.
        StoreError: if the store cannot be read.
    """
    values = Values()
    where = []
    who = None
    if name is not None:
        given = word(name, "name")
        who = wanted(given)
        by_role = "" if who.country or who.exact else f" OR {contains('o.role', given, values)}"
        where.append(f"({who.condition('o', values)}{by_role})")
    if kinds := chosen_all(kind, ENTITY_KINDS, "kind"):
        where.append(values.any_of("o.kind", kinds))
    given_countries = [country] if isinstance(country, str) else list(country)
    if countries := [country_code(c, "country") for c in given_countries]:
        where.append(values.any_of("o.country", countries))
    narrow = " WHERE " + " AND ".join(where) if where else ""
    # Whoever fits once is counted wherever he stands, under any of his names.
    fits = f" AND {KEY.format('o')} IN (SELECT {KEY.format('o')} FROM entities o{narrow})" if where else ""
    sql = f"""WITH named AS MATERIALIZED (
  SELECT {KEY.format("o")} AS key, o.article, o.n, o.name, o.kind, o.country, o.role, o.sectors
  FROM entities o WHERE {NAMED.format("o")}{fits}),
counted AS (SELECT key, count(DISTINCT article) AS articles FROM named GROUP BY key),
acted AS (
  SELECT key, count(*) AS events FROM (
    SELECT DISTINCT m.key, p.article, p.event FROM parties p
    JOIN named m ON m.article = p.article AND m.n = p.entity) GROUP BY key),
spoke AS (
  SELECT m.key, count(*) AS claims FROM claims c
  JOIN named m ON m.article = c.article AND m.n = c.source GROUP BY m.key),
page AS MATERIALIZED (
  SELECT c.key, c.articles, coalesce(a.events, 0) AS events, coalesce(s.claims, 0) AS claims,
    count(*) OVER () AS total
  FROM counted c LEFT JOIN acted a USING (key) LEFT JOIN spoke s USING (key)
  ORDER BY events DESC, c.articles DESC, c.key{paged(values, limit, offset)})
SELECT g.key, mode(m.name) AS name, mode(m.kind) AS kind, mode(m.country) AS country, mode(m.role) AS role,
  coalesce(mode(m.sectors), []) AS sectors, g.articles, g.events, g.claims, g.total
FROM page g JOIN named m USING (key) GROUP BY g.key, g.articles, g.events, g.claims, g.total
ORDER BY g.events DESC, g.articles DESC, g.key"""
    if (found := counting_names.actors(store, who, kinds, countries, limit, offset)) is not None:
        return counted(_COLUMNS, found[0], sql, values, found[1])
    return answered(store, sql, values)
