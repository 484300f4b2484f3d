"""How a happening is told: who reports it and who leaves it out, and what each telling says of it.

Articles of no known publisher are in no row. A publisher could have told a happening if it published anything
within three days of it.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from communique.store.questions import counting_sources, recalled_disputes
from communique.store.questions.answer import Answer
from communique.store.questions.counting import Rows
from communique.store.questions.events import paged
from communique.store.questions.filters import first_day, last_day
from communique.store.questions.found import words_at
from communique.store.questions.recalled_disputes import tellings_told
from communique.store.questions.statements import Values, answered, counted, fetched
from communique.store.questions.voices import NEAR_DAYS, published

if TYPE_CHECKING:
    from communique.store.store import Store

_TOLD = {"article": "INTEGER", "event": "USMALLINT", "publisher": "VARCHAR", "published": "DATE"}
_TOLD |= {"title": "VARCHAR", "url": "VARCHAR", "actors": "VARCHAR[]", "recipients": "VARCHAR[]"}
_TOLD |= {"type": "VARCHAR", "mode": "VARCHAR", "status": "VARCHAR", "quad_code": "UTINYINT"}
_TOLD |= {"intensity": "DOUBLE", "from_day": "DATE", "to_day": "DATE", "place": "VARCHAR"}
_TOLD |= {"said_by": "VARCHAR", "numbers": "VARCHAR[]", "loaded": "VARCHAR[]", "words": "VARCHAR"}
_TOLD |= {"sentence": "VARCHAR", "start": "INTEGER", "stop": "INTEGER", "sentence_start": "INTEGER"}
_TOLD |= {"confidence": "DOUBLE"}
_SIDE = {"article": "INTEGER", "words": "VARCHAR", "start": "INTEGER", "stop": "INTEGER"}
_SIDE |= {"publisher": "VARCHAR", "published": "DATE", "title": "VARCHAR"}
_DIFFERING = {"kind": "VARCHAR", "about": "VARCHAR"}
_DIFFERING |= {f"{name}_{side}": kind for side in "ab" for name, kind in _SIDE.items()}
_COVERED = {"happening": "INTEGER", "day": "DATE", "type": "VARCHAR", "status": "VARCHAR"}
_COVERED |= {"actors": "VARCHAR[]", "recipients": "VARCHAR[]", "place": "VARCHAR", "publishers": "VARCHAR[]"}
_COVERED |= {"days": "DATE[]", "left_out": "VARCHAR[]", "articles": "BIGINT", "differences": "BIGINT"}

__all__ = ["coverage", "differing", "silent", "telling"]


def coverage(
    store: Store,
    *,
    since: date | str | None = None,
    until: date | str | None = None,
    limit: int = 30,
    offset: int = 0,
) -> Answer:
    """The happenings that several publishers tell: who told them, who was first, who left them out.

    Args:
        store: that is asked.
        since, until: first and last day of publication; of a month or year its first and last.
        limit: rows at most; 0 gives all.
        offset: rows that are passed by first.

    Returns:
        A row for each ``happening``, those that most publishers tell first: ``day`` (its own, else that of
        the first article), ``type``, ``status``, ``actors``, ``recipients``, ``place``, ``publishers`` who
        tell it and ``days`` on which each first did (two lists, the earliest first), ``left_out`` (who
        published within three days of the first telling and does not tell it), ``articles`` and
        ``differences`` that are known between the tellings.

    Raises:
        BadQuestion: if a day is none.
        StoreError: if the store cannot be read.
    """
    values = Values()
    where = published(values, since, until)
    sql = f"""WITH kept AS MATERIALIZED (
  SELECT a.article, a.publisher, a.published FROM articles a WHERE {where}),
told AS MATERIALIZED (
  SELECT t.happening, k.publisher, min(k.published) AS day, count(DISTINCT t.article) AS articles
  FROM tellings t JOIN kept k USING (article) GROUP BY ALL),
several AS MATERIALIZED (
  SELECT happening, min(day) AS first, list(publisher ORDER BY day, publisher) AS publishers,
    list(day ORDER BY day, publisher) AS days, sum(articles)::BIGINT AS articles
  FROM told GROUP BY happening HAVING count(*) > 1),
page AS MATERIALIZED (
  SELECT *, (SELECT count(*) FROM several) AS total FROM several
  ORDER BY len(publishers) DESC, articles DESC, first DESC, happening{paged(values, limit, offset)}),
could AS (
  SELECT g.happening, list_sort(list(DISTINCT k.publisher)) AS publishers FROM page g
  JOIN kept k ON k.published BETWEEN g.first - {NEAR_DAYS} AND g.first + {NEAR_DAYS} GROUP BY g.happening)
SELECT g.happening, coalesce(h.from_day, g.first) AS day, h.type, h.status, h.actors, h.recipients,
  h.place, g.publishers, g.days,
  [p FOR p IN coalesce(c.publishers, []) IF NOT list_contains(g.publishers, p)] AS left_out, g.articles,
  (SELECT count(*) FROM differences d WHERE d.happening = g.happening) AS differences, g.total
FROM page g JOIN happenings h ON h.happening = g.happening LEFT JOIN could c ON c.happening = g.happening
ORDER BY len(g.publishers) DESC, g.articles DESC, g.first DESC, g.happening"""
    if store.held is not None:
        first, last = first_day(since, "since"), last_day(until, "until")
        rows, total = counting_sources.coverage(store.held, first, last, limit, offset)
        return counted(_COVERED, _happenings(store, rows), sql, values, total)
    return answered(store, sql, values)


def _happenings(store: Store, rows: Rows) -> Rows:
    """The rows of ``counting_sources.coverage`` with what is told of their happenings; those that are none
    are left out."""
    # Numbers of the store's own; two small statements take half the time of one.
    some = ", ".join(str(row["happening"]) for row in rows) or "NULL"
    names, _, found = fetched(
        store,
        "SELECT happening, from_day, type, status, actors, recipients, place FROM happenings "
        f"WHERE happening IN ({some})",
        Values(),
    )
    differing = Counter(
        fetched(store, f"SELECT happening FROM differences WHERE happening IN ({some})", Values())[2]
    )
    known = {
        one[0]: {**dict(zip(names, one, strict=True)), "differences": differing[(one[0],)]} for one in found
    }
    out = []
    for row in rows:
        if row["happening"] in known:
            whole = {**known[row["happening"]], **row}
            whole["day"] = whole["from_day"] or row["first"]
            out.append({name: whole[name] for name in _COVERED})
    return out


def telling(store: Store, happening: int) -> Answer:
    """The tellings of a happening, side by side: what each says of it.

    Args:
        store: that is asked.
        happening: its number.

    Returns:
        A row for each event that tells it, the earliest article first: ``article``, ``event``,
        ``publisher``, ``published``, ``title``, ``url``; ``actors``, ``recipients``, ``type``, ``mode``,
        ``status``, ``from_day`` and ``to_day`` as this telling has them; ``place``; ``said_by`` (who says
        so, None in the article's own voice); ``numbers`` in its sentence, as written; ``loaded`` words of
        the own voice in its sentence; ``words``, ``sentence`` and where they stand. No row, if there is no
        such happening.

    Raises:
        StoreError: if the store cannot be read.
    """
    values = Values()
    one = f"SELECT article, event FROM tellings WHERE happening = {values.add(happening)}"
    # By the numbers of the articles DuckDB reads those parts of the tables only.
    if store.held is not None:
        near = np.unique(store.held.article[store.held.happening == happening]).tolist()
    else:
        near = sorted({article for article, _ in fetched(store, one, values)[2]})
    some = ", ".join(values.add(article) for article in near) or "NULL"
    words = {t: words_at("a.text", f"{t}.start", f"{t}.stop") for t in ("q", "l", "e")}
    sql = f"""WITH one AS ({one}),
told AS MATERIALIZED (
  SELECT e.*, st.start AS first, st.stop AS last FROM events e
  JOIN one o ON o.article = e.article AND o.event = e.n
  LEFT JOIN sentences st ON st.article = e.article AND st.n = e.sentence AND st.article IN ({some})
  WHERE e.article IN ({some})),
sides AS (
  SELECT p.article, p.event, list(p.name ORDER BY p.rank) FILTER (p.side = 'actor') AS actors,
    list(p.name ORDER BY p.rank) FILTER (p.side = 'recipient') AS recipients
  FROM parties p JOIN one o USING (article, event) WHERE p.article IN ({some}) GROUP BY ALL),
counted AS (
  SELECT e.article, e.n, list({words["q"]} || coalesce(' ' || q.unit, '') ORDER BY q.start) AS numbers
  FROM told e JOIN quantities q ON q.article = e.article AND q.start >= e.first AND q.stop <= e.last
  JOIN articles a ON a.article = e.article
  WHERE q.article IN ({some}) AND a.article IN ({some}) GROUP BY ALL),
judged AS (
  SELECT e.article, e.n, list({words["l"]} ORDER BY l.start) AS loaded
  FROM told e JOIN language l ON l.article = e.article AND l.start >= e.first AND l.stop <= e.last
  JOIN articles a ON a.article = e.article
  WHERE l.kind = 'loaded' AND l.article IN ({some}) AND a.article IN ({some}) GROUP BY ALL)
SELECT e.article, e.n AS event, a.publisher, a.published, a.title, a.url,
  coalesce(x.actors, []) AS actors, coalesce(x.recipients, []) AS recipients,
  e.type, e.mode, e.status, e.quad_code, e.intensity, e.from_day, e.to_day, pl.name AS place,
  CASE WHEN c.n IS NOT NULL THEN coalesce(s.name,
    nullif({words_at("a.text", "c.source_spans[1]", "c.source_spans[2]")}, ''), 'anonymous') END AS said_by,
  coalesce(q.numbers, []) AS numbers, coalesce(l.loaded, []) AS loaded,
  {words["e"]} AS words, {words_at("a.text", "e.first", "e.last")} AS sentence,
  e.start, e.stop, e.first AS sentence_start, e.confidence
FROM told e JOIN articles a ON a.article = e.article AND a.article IN ({some})
LEFT JOIN sides x ON x.article = e.article AND x.event = e.n
LEFT JOIN places pl ON pl.article = e.article AND pl.n = e.place AND pl.article IN ({some})
LEFT JOIN claims c ON c.article = e.article AND c.n = e.claim AND c.article IN ({some})
LEFT JOIN entities s ON s.article = c.article AND s.n = c.source AND s.article IN ({some})
LEFT JOIN counted q ON q.article = e.article AND q.n = e.n
LEFT JOIN judged l ON l.article = e.article AND l.n = e.n
ORDER BY a.published NULLS LAST, e.article, e.n"""
    if store.held is not None:
        return counted(_TOLD, tellings_told(store, store.held, happening), sql, values)
    return answered(store, sql, values)


def differing(store: Store, happening: int) -> Answer:
    """What the tellings of a happening do not agree on.

    Args:
        store: that is asked.
        happening: its number.

    Returns:
        A row a difference: its ``kind`` and what it is ``about``, and for both sides (``_a``, ``_b``) the
        article, ``words``, where they stand, ``publisher``, ``published`` and ``title``.

    Raises:
        StoreError: if the store cannot be read.
    """
    values = Values()
    sides = ",\n  ".join(
        f"d.article_{s}, {words_at(f'{s}.text', f'd.start_{s}', f'd.stop_{s}')} AS words_{s}, d.start_{s}, "
        f"d.stop_{s}, {s}.publisher AS publisher_{s}, {s}.published AS published_{s}, {s}.title AS title_{s}"
        for s in "ab"
    )
    sql = f"""SELECT d.kind, d.about,
  {sides}
FROM differences d JOIN articles a ON a.article = d.article_a JOIN articles b ON b.article = d.article_b
WHERE d.happening = {values.add(happening)} ORDER BY d.kind, d.article_a, d.start_a, d.article_b, d.start_b"""
    if store.held is not None:
        rows = recalled_disputes.differing(store, store.held, happening)
        return counted(_DIFFERING, [{k: row[k] for k in _DIFFERING} for row in rows], sql, values)
    return answered(store, sql, values)


def silent(store: Store, happening: int) -> Answer:
    """Who published when a happening was told first, and does not tell it.

    Args:
        store: that is asked.
        happening: its number.

    Returns:
        A row for each ``publisher`` that has articles within three days of the first telling: how many
        (``articles``), those with most first.

    Raises:
        StoreError: if the store cannot be read.
    """
    values = Values()
    sql = f"""WITH told AS (
  SELECT a.publisher, a.published FROM tellings t JOIN articles a USING (article)
  WHERE t.happening = {values.add(happening)}),
first AS (SELECT min(published) AS day FROM told)
SELECT a.publisher, count(*) AS articles FROM articles a, first f
WHERE a.publisher IS NOT NULL AND a.published BETWEEN f.day - {NEAR_DAYS} AND f.day + {NEAR_DAYS}
  AND a.publisher NOT IN (SELECT publisher FROM told WHERE publisher IS NOT NULL)
GROUP BY a.publisher ORDER BY articles DESC, a.publisher"""
    if store.held is not None:
        rows = counting_sources.silent(store.held, happening)
        return counted({"publisher": "VARCHAR", "articles": "BIGINT"}, rows, sql, values)
    return answered(store, sql, values)
