"""Events and the timeline: who did what to whom, with the words that tell of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from communique.errors import BadQuestion
from communique.store.questions.answer import Answer
from communique.store.questions.chains import chains
from communique.store.questions.details import COLUMNS, details, period_of
from communique.store.questions.filters import HAPPENED, Filters, chosen
from communique.store.questions.found import checked, found, words_at
from communique.store.questions.picking import paged_keys
from communique.store.questions.recalled import events_told
from communique.store.questions.statements import Values, answered, counted, fetched

if TYPE_CHECKING:
    from communique.store.store import Store

__all__ = ["PERIODS", "events", "filters_of", "paged", "timeline"]

PERIODS = ("day", "week", "month", "year")
_PAGE = 1000  # rows that are looked up by the numbers of their articles

_DETAILS = f"""
  g.article, g.n AS event, g.day, CASE WHEN e.from_day IS NOT NULL THEN 'text'
    WHEN g.day IS NOT NULL THEN 'published' END AS day_from, e.from_day, e.to_day,
  coalesce(x.names, []) AS actors, e.type, e.mode, coalesce(y.names, []) AS recipients, e.status,
  e.historical, e.contexts, e.quad_code, e.intensity, e.confidence,
  pl.name AS place, pl.country AS place_country,
  coalesce(k.speakers, []) AS said_by, {words_at("a.text", "e.start", "e.stop")} AS words,
  {words_at("a.text", "st.start", "st.stop")} AS sentence, e.start, e.stop, st.start AS sentence_start,
  a.published, a.publisher, a.title, a.url, g.happening, g.tellings"""


def events(
    store: Store,
    filters: Filters | None = None,
    *,
    happenings: bool = False,
    limit: int = 50,
    offset: int = 0,
    **given: Any,
) -> Answer:
    """Events, the latest first.

        events(store, actor="JPN", recipient="PRK", since="2024-01", type="CONSULT")

    Args:
        store: that is asked.
        filters: which events; instead, the attributes of ``Filters`` may be given one by one.
        happenings: one row a happening, not a row for each article that tells it.
        limit: rows at most; 0 gives all.
        offset: rows that are passed by first.
        given: see ``filters``.

    Returns:
        A row an event. ``day`` is its first day, or, where ``day_from`` says 'published' and not 'text', the
        day of the article. ``said_by`` lists whose word it is, from the inside out, and is empty where the
        article tells it itself. ``start`` and ``stop`` of the ``words`` count code points of the article,
        as does ``sentence_start``. ``tellings`` counts the articles that tell the happening.

    Raises:
        BadQuestion: if a filter is of no sense.
        StoreError: if the store cannot be read.
    """
    chosen_ones = checked(store, filters_of(filters, given))
    return _listed(store, chosen_ones, happenings, "DESC", None, limit, offset)


def timeline(
    store: Store,
    filters: Filters | None = None,
    *,
    by: str = "day",
    happenings: bool = True,
    limit: int = 50,
    offset: int = 0,
    **given: Any,
) -> Answer:
    """What happened, day by day, the oldest first.

    Args:
        store: that is asked.
        filters: which events, as ``events`` takes them. Without a status, those that occurred or go on.
        by: 'day', 'week' (from Monday), 'month' or 'year'; the column ``period`` has its first day.
        happenings: one row a happening, else a row for each article that tells it.
        limit: rows at most; 0 gives all.
        offset: rows that are passed by first.
        given: see ``filters``.

    Returns:
        A row an event, with the columns of ``events`` after ``period``.

    Raises:
        BadQuestion: if a filter is of no sense.
        StoreError: if the store cannot be read.
    """
    wanted = checked(store, filters_of(filters, given))
    if not wanted.status:
        wanted = replace(wanted, status=HAPPENED)
    return _listed(store, wanted, happenings, "ASC", chosen(by, PERIODS, "period"), limit, offset)


def filters_of(filters: Filters | None, given: dict[str, Any]) -> Filters:
    """The filters given whole or one by one.

    Raises:
        BadQuestion: if there is no such filter, or they are given in both ways.
    """
    if filters is None:
        known = Filters.__dataclass_fields__
        for name in given:
            chosen(name, known, "filter")
        return Filters(**given)
    if given:
        raise BadQuestion("filters are given whole and one by one; give them in one way")
    return filters


def _listed(
    store: Store, filters: Filters, happenings: bool, way: str, by: str | None, limit: int, offset: int
) -> Answer:
    values = Values()
    once = found(filters, values, happenings)
    order = f"day {way} NULLS LAST, article {way}, n"
    keys = (
        f"WITH {once}\nSELECT article, n, day, happening, tellings, (SELECT count(*) FROM once) AS total\n"
        f"FROM once ORDER BY {order}" + paged(values, limit, offset)
    )
    period = f"date_trunc({values.add(by)}, g.day)::DATE AS period," if by else ""
    if not 0 < limit <= _PAGE:
        part = f"ORDER BY {order}{paged(values, limit, offset)}"
        page = f"{once},\npage AS MATERIALIZED (SELECT * FROM once {part})"
        return answered(store, _details(page, period, order), values)
    if (known := paged_keys(store, filters, happenings, way == "DESC", limit, offset)) is not None:
        listed, total = known
    else:
        _, _, keyed = fetched(store, keys, values)
        listed = [(row[0], row[1], row[2], row[3], row[4]) for row in keyed]
        total = keyed[0][-1] if keyed else 0
        if not keyed and offset:
            total = fetched(store, f"WITH {once}\nSELECT count(*) FROM once", values)[2][0][0]
    columns = {"period": "DATE", **COLUMNS} if by else dict(COLUMNS)
    if (rows := events_told(store, listed)) is not None:
        if by:
            rows = [{"period": period_of(row["day"], by) if row["day"] else None, **row} for row in rows]
        part = f"ORDER BY {order}{paged(values, limit, offset)}"
        whole = _details(f"{once},\npage AS MATERIALIZED (SELECT * FROM once {part})", period, order)
        return counted(columns, rows, whole, values, total)
    rows, told = details(store, listed, by, values)
    shown = f"{keys};\n\n{told}" if told else keys
    return Answer(columns, rows, shown, values.used_in(shown), total)


def _details(page: str, period: str, order: str) -> str:
    """The statement that tells all of many events; of a page ``details`` does.

    Args:
        page: the table ``page``, to stand after WITH RECURSIVE.
        period: the column of the period, or ''.
        order: of the rows.
    """
    return f"""WITH RECURSIVE {page},
told AS (SELECT g.article, e.claim FROM page g
  JOIN events e ON e.article = g.article AND e.n = g.n WHERE e.claim IS NOT NULL),
{chains("told", "claim")},
sides AS (
  SELECT p.article, p.event, p.side, list(p.name ORDER BY p.rank) AS names
  FROM parties p JOIN page g ON p.article = g.article AND p.event = g.n GROUP BY ALL)
SELECT {period}{_DETAILS}, (SELECT count(*) FROM once) AS total
FROM page g
JOIN events e ON e.article = g.article AND e.n = g.n
JOIN articles a ON a.article = g.article
LEFT JOIN sides x ON x.article = g.article AND x.event = g.n AND x.side = 'actor'
LEFT JOIN sides y ON y.article = g.article AND y.event = g.n AND y.side = 'recipient'
LEFT JOIN sentences st ON st.article = g.article AND st.n = e.sentence
LEFT JOIN places pl ON pl.article = g.article AND pl.n = e.place
LEFT JOIN chains k ON k.article = g.article AND k.claim = e.claim
ORDER BY {order.replace("day", "g.day").replace("article", "g.article").replace(", n", ", g.n")}"""


def paged(values: Values, limit: int, offset: int) -> str:
    """The end of a statement that gives a page.

    Raises:
        BadQuestion: if there is no such page.
    """
    if limit < 0 or offset < 0:
        raise BadQuestion("limit and offset are 0 or more")
    out = f" LIMIT {values.add(limit)}" if limit else ""
    return out + (f" OFFSET {values.add(offset)}" if offset else "")
