"""Searching: which articles have these words, and the sentences that show them."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING, Any

from communique.store.questions import counting_articles
from communique.store.questions.answer import Answer
from communique.store.questions.articles import article_conditions, fitting, listed
from communique.store.questions.counting_articles import latest
from communique.store.questions.filters import Filters, chosen, word
from communique.store.questions.found import checked, conditions
from communique.store.questions.recalled import texts_of
from communique.store.questions.statements import Values, fetched
from communique.store.questions.wording import Wording, wording
from communique.store.textindex import TextIndex

if TYPE_CHECKING:
    from communique.store.held import Held
    from communique.store.questions.picking import Flags
    from communique.store.store import Store

__all__ = ["SEARCH_ORDERS", "search"]

SEARCH_ORDERS = ("best", "published")

_PASSAGES = 3  # sentences that are shown of an article
_LONGEST = 400  # characters of one
_OPEN, _CLOSE = "\ufdd0", "\ufdd1"  # characters that stand for none, and so mark without meaning anything
_MARKS = re.compile(f"[{_OPEN}{_CLOSE}]")
_TOKENS = "porter unicode61 remove_diacritics 2"


def search(
    store: Store,
    words: str,
    *,
    publisher: Iterable[str] | str = (),
    actor: Iterable[str] | str = (),
    type: Iterable[str] | str = (),
    status: Iterable[str] | str = (),
    since: date | str | None = None,
    until: date | str | None = None,
    order: str = "best",
    limit: int = 20,
    offset: int = 0,
    index: TextIndex | None = None,
) -> Answer:
    """Articles with some words, and the sentences in which they stand.

    All of the words must be there, in any form (``talks`` finds ``talked``); ``"in this order"``, ``-not``,
    ``begin*`` and ``this OR that`` are understood.

    Args:
        store: that is asked.
        words: that are looked for, in title and text.
        publisher, actor, since, until: as ``articles`` has them.
        type, status: of an event that the article tells, as ``Filters`` has them.
        order: 'best' for those first that fit best, or 'published' for the latest first.
        limit: rows at most; 0 gives all.
        offset: rows that are passed by first.
        index: of the store, as it is; None: that beside the store, brought up to date before.

    Returns:
        The columns of ``articles``, and ``passages``: up to three sentences, each with its ``start`` and
        ``stop`` in code points of the article, its ``words``, and ``marks``, flat spans within these words.
        ``sql`` is the expression that was looked for and, where there are filters, the statement.

    Raises:
        BadQuestion: if there is no word, or a filter is of no sense.
        StoreError: if the store or the index cannot be read.
    """
    meant = wording(word(words, "words"))
    if index is None:
        index = TextIndex(store.path)
        index.update(store)
    values = Values()
    where = article_conditions(values, publisher, actor, since, until)
    events = checked(store, Filters(type=type, status=status))
    if told := conditions(events, values):
        where.append(f"a.article IN (SELECT e.article FROM events e WHERE {' AND '.join(told)})")
    by_day = chosen(order, SEARCH_ORDERS, "order") == "published"
    numbers = index.find(meant.expression)
    sql = ""
    fits = _fitting(store, publisher, actor, since, until, events) if where else None
    if where or by_day:
        fitting = f"SELECT unnest({values.add(numbers)}::INTEGER[])"
        sql = (
            f"SELECT a.article FROM articles a WHERE a.article IN ({fitting})"
            + "".join(f"\n  AND {condition}" for condition in where)
            + ("\nORDER BY a.published DESC NULLS LAST, a.article DESC" if by_day else "")
        )
        if store.held is not None and (fits is not None or not where):
            numbers = _kept(store.held, numbers, fits, by_day)
        else:
            kept = [n for (n,) in fetched(store, sql, values)[2]]
            chosen_ones = set(kept)
            numbers = kept if by_day else [n for n in numbers if n in chosen_ones]
    page = numbers[offset : offset + limit if limit else None]
    found = listed(store, page)
    shown = _passages(store, [row["article"] for row in found.rows], meant)
    return Answer(
        columns={**found.columns, "passages": _KIND},
        rows=[{**row, "passages": shown.get(row["article"], [])} for row in found.rows],
        sql=f"-- words: {_line(meant.expression)}\n{sql}".rstrip(),
        # The numbers that the index gave are no question of anybody's.
        parameters={k: v for k, v in values.used_in(sql).items() if v is not numbers and not _many(v)},
        total=len(numbers),
    )


def _fitting(
    store: Store,
    publisher: Iterable[str] | str,
    actor: Iterable[str] | str,
    since: date | str | None,
    until: date | str | None,
    events: Filters,
) -> Flags | None:
    """The articles that meet the filters, if the store holds them in memory."""
    fits = fitting(store, publisher, actor, since, until)
    if fits is None or not (events.type or events.status):
        return fits
    telling = counting_articles.telling(store, events)
    return None if telling is None else fits & telling


def _kept(held: Held, numbers: list[int], fits: Flags | None, by_day: bool) -> list[int]:
    """The articles that fit, in their order, or the latest first."""
    places = held.articles.at(numbers)
    places = places[places >= 0]
    if fits is not None:
        places = places[fits[places]]
    kept: list[int] = held.articles.number[latest(held, places) if by_day else places].tolist()
    return kept


_KIND = "STRUCT(start INTEGER, stop INTEGER, words VARCHAR, marks INTEGER[])[]"


def _many(value: Any) -> bool:
    return isinstance(value, list) and len(value) > 100


def _line(text: str) -> str:
    return " ".join(text.split())


def _passages(store: Store, numbers: list[int], meant: Wording) -> dict[int, list[dict[str, Any]]]:
    """Sentences of some articles that have the words, in the order of the text, those chosen that have most.

    The index holds no text; so the sentences of a page are put into a small one in memory, which says where
    in them the words are, in whatever form.
    """
    if not numbers:
        return {}
    sentences = _sentences(store, sorted(numbers))
    out: dict[int, list[dict[str, Any]]] = {}
    with closing(sqlite3.connect(":memory:")) as memory:
        memory.execute(f"CREATE VIRTUAL TABLE s USING fts5(words, tokenize='{_TOKENS}')")
        memory.executemany(
            "INSERT INTO s (rowid, words) VALUES (?, ?)",
            ((i, _MARKS.sub(" ", words)) for i, (_, _, words) in enumerate(sentences)),
        )
        rows = memory.execute(
            f"SELECT rowid, highlight(s, 0, '{_OPEN}', '{_CLOSE}') FROM s WHERE s MATCH ? "
            "ORDER BY bm25(s), rowid",
            (meant.any_of,),
        ).fetchall()
    for i, marked in rows:
        article, start, words = sentences[i]
        of = out.setdefault(article, [])
        if len(of) < _PASSAGES:
            of.append({"start": start, "stop": start + len(words), "words": words, "marks": _spans(marked)})
    for of in out.values():
        of.sort(key=lambda passage: passage["start"])
    return out


def _sentences(store: Store, numbers: list[int]) -> list[tuple[int, int, str]]:
    """The sentences of some articles: article, start and words, in the order of the text."""
    if store.held is not None:
        articles, texts = store.held.articles, texts_of(store, numbers)
        out = []
        for number, place in zip(numbers, articles.at(numbers).tolist(), strict=True):
            low, high = articles.sentence_at[place : place + 2].tolist()
            starts, stops = (c[low:high].tolist() for c in (articles.sentence_start, articles.sentence_stop))
            text = texts[number]
            out += [(number, a, text[a : min(b, a + _LONGEST)]) for a, b in zip(starts, stops, strict=True)]
        return out
    some = ", ".join(str(int(n)) for n in numbers)
    sql = f"""SELECT s.article, s.start,
  substr(a.text, s.start + 1, least(s.stop - s.start, {_LONGEST})) AS words
FROM sentences s JOIN articles a ON a.article = s.article AND a.article IN ({some})
WHERE s.article IN ({some}) ORDER BY s.article, s.start"""
    found: list[tuple[int, int, str]] = fetched(store, sql, Values())[2]
    return found


def _spans(marked: str) -> list[int]:
    """Where the marks stand in the text without them."""
    return [m.start() - i for i, m in enumerate(_MARKS.finditer(marked))]
