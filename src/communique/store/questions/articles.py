"""Articles: what came in, and how much each of them tells."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from communique.store.questions import counting_articles
from communique.store.questions.answer import Answer
from communique.store.questions.events import paged
from communique.store.questions.filters import chosen, first_day, last_day, word
from communique.store.questions.parties import contains, wanted
from communique.store.questions.statements import Values, answered, counted, fetched

if TYPE_CHECKING:
    from communique.store.questions.picking import Flags
    from communique.store.store import Store

__all__ = ["ORDERS", "article_conditions", "articles", "fitting", "listed"]

ORDERS = ("published", "added")
_COLUMNS = {"article": "INTEGER", "title": "VARCHAR", "publisher": "VARCHAR", "published": "DATE"}
_COLUMNS |= {"url": "VARCHAR", "author": "VARCHAR", "added": "TIMESTAMP", "beginning": "VARCHAR"}
_COLUMNS |= dict.fromkeys(("characters", *counting_articles.COUNTS), "BIGINT")
_BEGINNING = 240  # characters of an article's text that are shown of it


def articles(
    store: Store,
    *,
    text: str | None = None,
    publisher: Iterable[str] | str = (),
    actor: Iterable[str] | str = (),
    since: date | str | None = None,
    until: date | str | None = None,
    order: str = "published",
    limit: int = 50,
    offset: int = 0,
) -> Answer:
    """Articles, the latest first.

    Args:
        store: that is asked.
        text: words that stand in the title or text; ``search`` is quicker, and knows other forms of words.
        publisher: a part of its name, or several of which one must fit.
        actor: parties, as ``Filters`` has them, whom the article names; one of several.
        since, until: first and last day of publication; of a month or year its first and last.
        order: 'published', or 'added' for when it came into the store.
        limit: rows at most; 0 gives all.
        offset: rows that are passed by first.

    Returns:
        A row an article: ``article`` (its number), ``title``, ``publisher``, ``published``, ``url``,
        ``author``, ``added`` (UTC), ``beginning`` of its text, ``characters``, the ``places`` where it was
        found (copies too), and the number of ``events``, ``claims``, ``disputes`` and of ``ahead``, what it
        says will come.

    Raises:
        BadQuestion: if a value is none that there is.
        StoreError: if the store cannot be read.
    """
    values = Values()
    where = article_conditions(values, publisher, actor, since, until)
    if text is not None:
        given = word(text, "text")
        where.append(f"({contains('a.title', given, values)} OR {contains('a.text', given, values)})")
    by = "a.published" if chosen(order, ORDERS, "order") == "published" else "a.added"
    keys = f"""SELECT a.article, count(*) OVER () AS total FROM articles a
WHERE {" AND ".join(where) or "true"}
ORDER BY {by} DESC NULLS LAST, a.article DESC{paged(values, limit, offset)}"""
    fits = None
    if text is None and by == "a.published":
        fits = fitting(store, publisher, actor, since, until)
    if fits is not None and store.held is not None:
        every = counting_articles.latest(store.held, np.flatnonzero(fits))
        page = every[offset : offset + limit] if limit else every[offset:]
        rows, total = [(n, 0) for n in store.held.articles.number[page].tolist()], len(every)
    else:
        rows = fetched(store, keys, values)[2]
        total = rows[0][1] if rows else 0
    if fits is None and not rows and offset:
        count = f"SELECT count(*) FROM articles a WHERE {' AND '.join(where) or 'true'}"
        total = fetched(store, count, values)[2][0][0]
    answer = listed(store, [number for number, _ in rows])
    return replace(
        answer,
        sql=f"{keys};\n\n{answer.sql}",
        parameters={**values.used_in(keys), **answer.parameters},
        total=total,
    )


def listed(store: Store, numbers: list[int]) -> Answer:
    """The rows of ``articles`` for some of them, in the order of the numbers given.

    Args:
        store: that is asked.
        numbers: of articles; one that is none is passed by.

    Raises:
        StoreError: if the store cannot be read.
    """
    values = Values()
    if 0 < len(numbers) <= 1000:
        # By the numbers DuckDB reads those parts of the tables only.
        some = ", ".join(str(int(n)) for n in sorted(numbers))
        near = f"IN ({some})"
    else:
        near = f"IN (SELECT unnest({values.add(numbers)}::INTEGER[]))"
    place = {number: i for i, number in enumerate(numbers)}

    def count(table: str) -> str:
        return f"(SELECT article, count(*) AS n FROM {table} WHERE article {near} GROUP BY article)"

    sql = f"""SELECT a.article, a.title, a.publisher, a.published, a.url, a.author, a.added,
  a.text[1:{_BEGINNING}] AS beginning, len(a.text) AS characters, coalesce(s.n, 0) AS places,
  coalesce(e.n, 0) AS events, coalesce(c.n, 0) AS claims, coalesce(d.n, 0) AS disputes,
  coalesce(k.n, 0) AS ahead
FROM articles a
LEFT JOIN {count("sources")} s USING (article)
LEFT JOIN {count("events")} e USING (article)
LEFT JOIN {count("claims")} c USING (article)
LEFT JOIN {count("disputes")} d USING (article)
LEFT JOIN {count("schedule")} k USING (article)
WHERE a.article {near}"""
    if len(numbers) <= 1000 and (rows := counting_articles.listed(store, numbers, _BEGINNING)) is not None:
        return counted(_COLUMNS, rows, sql, values)
    answer = answered(store, sql, values)
    return replace(answer, rows=sorted(answer.rows, key=lambda row: place[row["article"]]))


def fitting(
    store: Store,
    publisher: Iterable[str] | str,
    actor: Iterable[str] | str,
    since: date | str | None,
    until: date | str | None,
) -> Flags | None:
    """The articles that meet ``article_conditions``, see ``counting_articles.fitting``."""
    publishers = [publisher] if isinstance(publisher, str) else list(publisher)
    actors = [actor] if isinstance(actor, str) else list(actor)
    first, last = first_day(since, "since"), last_day(until, "until")
    return counting_articles.fitting(
        store, [word(p, "publisher") for p in publishers], [word(a, "actor") for a in actors], first, last
    )


def article_conditions(
    values: Values,
    publisher: Iterable[str] | str,
    actor: Iterable[str] | str,
    since: date | str | None,
    until: date | str | None,
) -> list[str]:
    """What an article ``a`` must meet; see ``articles``.

    Raises:
        BadQuestion: if a value is none that there is.
    """
    out = []
    publishers = [publisher] if isinstance(publisher, str) else list(publisher)
    if publishers:
        fits = (contains("a.publisher", word(p, "publisher"), values) for p in publishers)
        out.append(f"({' OR '.join(fits)})")
    actors = [actor] if isinstance(actor, str) else list(actor)
    if actors:
        named = " OR ".join(wanted(word(a, "actor")).condition("o", values) for a in actors)
        out.append(f"a.article IN (SELECT o.article FROM entities o WHERE {named})")
    if (first := first_day(since, "since")) is not None:
        out.append(f"a.published >= {values.add(first)}")
    if (last := last_day(until, "until")) is not None:
        out.append(f"a.published <= {values.add(last)}")
    return out
