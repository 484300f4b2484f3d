"""An actor: who it is as the articles have it, in which roles, with whom it deals, and how it speaks."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from communique.store.questions import counting_names, counting_ties
from communique.store.questions.answer import Answer
from communique.store.questions.density import BY_QUAD, QUAD_COLUMNS, happened
from communique.store.questions.events import filters_of, paged
from communique.store.questions.filters import Filters, word
from communique.store.questions.found import JOINED, RANK, checked, conditions
from communique.store.questions.parties import KEY, NAMED, called, wanted
from communique.store.questions.statements import Values, answered, counted

if TYPE_CHECKING:
    from communique.store.questions.picking import Numbers
    from communique.store.store import Store

__all__ = ["acts", "introduced", "keys_named", "naming", "partners", "profile", "roles"]

_PROFILE = {"name": "VARCHAR", "names": "VARCHAR[]", "kind": "VARCHAR", "country": "VARCHAR"}
_PROFILE |= {"sectors": "VARCHAR[]", "articles": "BIGINT", "claims": "BIGINT"}
_PROFILE |= {"first": "DATE", "last": "DATE"}
_PARTNERS = dict.fromkeys(("key", "name", "country"), "VARCHAR") | {"did": "BIGINT", "had_done": "BIGINT"}
_PARTNERS |= {**QUAD_COLUMNS, "last": "DATE"}
_ACT_COLUMNS = {"act": "VARCHAR", "claims": "BIGINT", "articles": "BIGINT"}
_ROLE_COLUMNS = {"role": "VARCHAR", "articles": "BIGINT", "first": "DATE", "last": "DATE"}


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
    return _profile(store, *_naming(store, key), acts(store, key))


def introduced(store: Store, key: str, *, limit: int = 50) -> tuple[Answer, Answer, Answer]:
    """What ``profile``, ``roles`` and ``acts`` give, with fewer statements.

    Args:
        store, key, limit: as these have them.
    """
    (named, standing), spoke = _naming(store, key), acts(store, key)
    return _profile(store, named, standing, spoke), _roles(store, named, standing, limit), spoke


def _naming(store: Store, key: str) -> tuple[Answer, Numbers | None]:
    """``naming``; where the store holds the rows, its statement alone and where they stand."""
    standing = counting_names.naming(store, wanted(word(key, "actor")))
    if standing is None:
        return naming(store, key), None
    sql, values = _named(key)
    return Answer({}, [], sql, values.used_in(sql)), standing


def _profile(store: Store, named: Answer, standing: Numbers | None, spoke: Answer) -> Answer:
    claims = sum(row["claims"] for row in spoke.rows)
    if store.held is not None and standing is not None:
        found = counting_names.profile(store.held, standing, claims)
    else:
        rows = [{**row, "sectors": tuple(row["sectors"])} for row in named.rows]
        found = {
            "name": next(iter(_commonest(rows, "name")), None),
            "names": _commonest(rows, "name")[:30],
            "kind": next(iter(_commonest(rows, "kind")), None),
            "country": next(iter(_commonest(rows, "country")), None),
            "sectors": list(next(iter(_commonest(rows, "sectors")), ())),
            "articles": len({row["article"] for row in rows}),
            "claims": claims,
            **_days(rows),
        }
    rows = [found] if found["articles"] else []
    shown = f"{named.sql};\n\n{spoke.sql}"
    return Answer(dict(_PROFILE), rows, shown, {**named.parameters, **spoke.parameters}, len(rows))


def naming(store: Store, key: str) -> Answer:
    """How the articles name an actor: a row for each entity of an article that stands for it.

    Args:
        store: that is asked.
        key: as ``profile`` has it.

    Returns:
        Rows with ``article``, ``name``, ``kind``, ``country``, ``sectors``, ``role`` and ``published``.

    Raises:
        BadQuestion: if the key is empty.
        StoreError: if the store cannot be read.
    """
    return answered(store, *_named(key))


def _named(key: str) -> tuple[str, Values]:
    values = Values()
    who = wanted(word(key, "actor")).condition("o", values)
    # Counted is below: many counts of one small table take DuckDB longer to plan than Python to make.
    sql = f"""SELECT o.article, o.name, o.kind, o.country, o.sectors, o.role, a.published
FROM entities o JOIN articles a USING (article) WHERE {who}"""
    return sql, values


def _commonest(rows: list[dict[str, Any]], what: str) -> list[Any]:
    """The values of a column, that of most rows first."""
    counts = Counter(row[what] for row in rows if row[what] is not None)
    return sorted(counts, key=lambda value: (-counts[value], value))


def _days(rows: list[dict[str, Any]]) -> dict[str, Any]:
    days = [row["published"] for row in rows if row["published"] is not None]
    return {"first": min(days, default=None), "last": max(days, default=None)}


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
    return _roles(store, *_naming(store, key), limit)


def _roles(store: Store, named: Answer, standing: Numbers | None, limit: int) -> Answer:
    if store.held is not None and standing is not None:
        rows = counting_names.roles(store.held, standing)
    else:
        by_role: dict[str, list[dict[str, Any]]] = {}
        for row in named.rows:
            if row["role"] is not None:
                by_role.setdefault(row["role"], []).append(row)
        rows = [
            {"role": role, "articles": len({r["article"] for r in found}), **_days(found)}
            for role, found in by_role.items()
        ]
    total = len(rows)
    rows.sort(key=lambda row: (-row["articles"], row["role"]))
    rows = sorted(rows[:limit] if limit else rows, key=_by_day)
    return Answer(dict(_ROLE_COLUMNS), rows, named.sql, named.parameters, total)


def _by_day(row: dict[str, Any]) -> tuple[bool, str, str, str]:
    return (row["first"] is None, str(row["first"]), str(row["last"]), row["role"])


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
        day. A happening in which both do and suffer counts in both ways. Who has only a pronoun is left out.

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
  WHERE NOT coalesce({other}, false) AND {NAMED.format("o")} AND {where}),
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
    if (found := counting_ties.partners(store, who, chosen_ones, limit)) is not None:
        return counted(_PARTNERS, found[0], sql, values, found[1])
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
    meant = wanted(word(key, "actor"))
    who = meant.condition("o", values)
    sql = f"""SELECT c.act, count(*) AS claims, count(DISTINCT c.article) AS articles
FROM claims c JOIN entities o ON o.article = c.article AND o.n = c.source
WHERE {who} GROUP BY c.act ORDER BY claims DESC, c.act"""
    if (rows := counting_names.acts(store, meant)) is not None:
        return counted(_ACT_COLUMNS, rows, sql, values)
    return answered(store, sql, values)


def keys_named(store: Store, name: str) -> Answer:
    """The keys of the actors that articles call by just that name, the commonest first.

    Args:
        store: that is asked.
        name: the whole name, in any spelling.

    Returns:
        A row for each ``key``, with the ``articles`` that name it so.

    Raises:
        BadQuestion: if the name is empty.
        StoreError: if the store cannot be read.
    """
    values = Values()
    so = called("o", word(name, "name"), values)
    sql = f"""SELECT {KEY.format("o")} AS key, count(DISTINCT o.article) AS articles FROM entities o
WHERE {so} GROUP BY key ORDER BY articles DESC, key"""
    if (rows := counting_names.keys_named(store, word(name, "name"))) is not None:
        return counted({"key": "VARCHAR", "articles": "BIGINT"}, rows, sql, values)
    return answered(store, sql, values)
