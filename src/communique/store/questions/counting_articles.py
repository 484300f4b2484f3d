"""Which articles meet some conditions, and how much each tells, from the columns that a store holds in
memory: the same as the statements of ``articles``."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from communique.store.failing import told
from communique.store.questions.counting import Rows
from communique.store.questions.parties import plainly_contained, wanted
from communique.store.questions.picking import (
    NO_DAY,
    Flags,
    Numbers,
    day_number,
    day_of,
    of_whom,
    picked,
    plain_letters,
)

if TYPE_CHECKING:
    from communique.store.held import Held
    from communique.store.questions.filters import Filters
    from communique.store.store import Store

__all__ = ["COUNTS", "about", "fitting", "latest", "listed", "telling"]

COUNTS = ("places", "events", "claims", "disputes", "ahead")


def fitting(
    store: Store, publishers: list[str], actors: list[str], since: date | None, until: date | None
) -> Flags | None:
    """The articles that ``articles.article_conditions`` lets through; None if the store does not hold them,
    or that must be left to DuckDB."""
    held = store.held
    if held is None or not all(map(plainly_contained, publishers)):
        return None
    articles = held.articles
    out = np.ones(len(articles.number), bool)
    if publishers:
        parts = [plain_letters(store, publisher) for publisher in publishers]
        some = [any(part in name for part in parts) for name in articles.folded_publishers]
        out &= np.append(np.asarray(some, bool), False)[articles.publisher]
    if actors:
        named = np.zeros(len(articles.number), bool)
        for actor in actors:
            mine = of_whom(store, wanted(actor))
            if mine is None:
                return None
            named[held.entities.article[mine[held.entities.who]]] = True
        out &= named
    if since is not None:
        out &= (articles.published >= day_number(since)) & (articles.published != NO_DAY)
    if until is not None:
        out &= articles.published <= day_number(until)  # no day is after all
    return out


def telling(store: Store, filters: Filters) -> Flags | None:
    """The articles that tell an event of some filters; None as with ``picked``."""
    held, fits = store.held, picked(store, filters)
    if held is None or fits is None:
        return None
    out = np.zeros(len(held.articles.number), bool)
    out[held.article_at[fits]] = True
    return out


def latest(held: Held, places: Numbers) -> Numbers:
    """Some articles by their places, the latest first, those without a day last."""
    days = held.articles.published[places]
    days = np.where(days == NO_DAY, -NO_DAY, days)
    return places[np.lexsort((-places, -days))]


def about(held: Held, place: int) -> dict[str, Any]:
    """What is told of the article at a place, in the order of a page of events."""
    articles, publisher = held.articles, int(held.articles.publisher[place])
    return {
        "published": day_of(int(articles.published[place])),
        "publisher": articles.publishers[publisher] if publisher >= 0 else None,
        "title": articles.title[place],
        "url": articles.url[place],
    }


def listed(store: Store, numbers: list[int], beginning: int) -> Rows | None:
    """The rows of ``articles.listed``; None if the store does not hold them.

    Args:
        store: that is asked.
        numbers: of articles.
        beginning: characters of an article's text that are shown of it.
    """
    held = store.held
    if held is None or not numbers:
        return None
    some = ", ".join(str(int(number)) for number in sorted(numbers))
    with told(store.path):
        found = store.connection.execute(
            f"SELECT article, author, added, text[1:{beginning}], len(text) FROM articles "
            f"WHERE article IN ({some})"
        ).fetchall()
    known = {row[0]: row[1:] for row in found}
    out = []
    for number, place in zip(numbers, held.articles.at(numbers).tolist(), strict=True):
        if place < 0 or number not in known:
            continue
        author, added, words, characters = known[number]
        known_of = about(held, place)
        out.append(
            {
                "article": number,
                **{name: known_of[name] for name in ("title", "publisher", "published", "url")},
                "author": author,
                "added": added,
                "beginning": words,
                "characters": characters,
                **dict(zip(COUNTS, held.articles.counts[place].tolist(), strict=True)),
            }
        )
    return out
