"""What stands around one article: the happenings its events tell, where others differ, its neighbours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from communique.store.failing import told
from communique.store.questions.picking import Numbers

if TYPE_CHECKING:
    from communique.store.store import Store

__all__ = ["Around", "Differing", "around"]

_LARGEST = 2**31 - 1  # number of an article that the store can hold


@dataclass(frozen=True, slots=True)
class Differing:
    """A telling in another article that cannot be true together with words of this one.

    Attributes:
        happening: that both tell.
        kind, about: of the difference.
        start, stop: the words here, in code points.
        other: number of the other article; ``other_start`` of its words, which are ``words``.
        publisher, title, published: of the other article.
    """

    happening: int
    kind: str
    about: str
    start: int
    stop: int
    other: int
    other_start: int
    words: str
    publisher: str | None
    title: str | None
    published: date | None


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around an article.

    Attributes:
        tellings: number of an event to its happening and the number of articles that tell it.
        differing: what other articles tell otherwise.
        sources: a dict a place where the article was found: ``place``, ``url``, ``publisher``, ``title``,
            ``published``, ``likeness``; its own first.
        before, after: numbers of the articles next to it, or None.
    """

    tellings: dict[int, tuple[int, int]]
    differing: list[Differing]
    sources: list[dict[str, Any]]
    before: int | None
    after: int | None


def around(store: Store, number: int) -> Around | None:
    """What stands around an article.

    Args:
        store: that is asked.
        number: of the article.

    Returns:
        None if there is no such article.

    Raises:
        StoreError: if the store cannot be read.
    """
    if not 0 < number <= _LARGEST:
        return None
    held = store.held
    with told(store.path):
        ask = store.connection.execute
        if held is not None:
            if held.articles.at([number])[0] < 0:
                return None
        elif not ask("SELECT 1 FROM articles WHERE article = ?", [number]).fetchall():
            return None
        tellings = _tellings(store, number)
        differing = _differing(store, number)
        names = ("place", "url", "publisher", "title", "published", "likeness")
        sources = ask(
            f"SELECT {', '.join(names)} FROM sources WHERE article = ? "
            "ORDER BY likeness <> 'first', seen, place",
            [number],
        ).fetchall()
        if held is not None:
            near = _beside(held.articles.number, number)
        else:
            near = ask(
                "SELECT max(article) FILTER (article < $number), min(article) FILTER (article > $number) "
                "FROM articles",
                {"number": number},
            ).fetchall()[0]
    return Around(
        {event: (happening, several) for event, happening, several in tellings},
        differing,
        [dict(zip(names, row, strict=True)) for row in sources],
        *near,
    )


def _tellings(store: Store, number: int) -> list[tuple[int, int, int]]:
    """Of each event that tells a happening its number, that of the happening, and how many tell it."""
    if (held := store.held) is None:
        return store.connection.execute(
            "SELECT t.event, t.happening, h.tellings FROM tellings t JOIN happenings h USING (happening) "
            "WHERE t.article = ? ORDER BY ALL",
            [number],
        ).fetchall()
    low, high = np.searchsorted(held.key, [number << 16, (number + 1) << 16]).tolist()
    rows = held.row[low:high][held.happening[held.row[low:high]] >= 0]
    pairs = zip(held.n[rows].tolist(), held.happening[rows].tolist(), strict=True)
    return [(n, one, held.tellings[one]) for n, one in pairs if one in held.tellings]


def _beside(numbers: Numbers, number: int) -> tuple[int | None, int | None]:
    """The numbers next to one of them."""
    at = int(np.searchsorted(numbers, number))
    before = int(numbers[at - 1]) if at else None
    return before, int(numbers[at + 1]) if at + 1 < len(numbers) else None


def _differing(store: Store, number: int) -> list[Differing]:
    """What other articles tell otherwise, in the order of the words here."""
    if store.held is not None and not store.held.differs(number):
        return []
    sides = " UNION ALL ".join(
        f"SELECT happening, kind, about, start_{here}, stop_{here}, article_{there}, start_{there}, "
        f"stop_{there} FROM differences WHERE article_{here} = $number"
        for here, there in ("ab", "ba")
    )
    found = store.connection.execute(f"{sides} ORDER BY 4, 1, 6", {"number": number}).fetchall()
    if not found:
        return []
    # By their numbers DuckDB reads those articles only, and no other's text.
    some = ", ".join(str(other) for other in sorted({row[5] for row in found}))
    rows = store.connection.execute(
        f"SELECT article, text, publisher, title, published FROM articles WHERE article IN ({some})"
    ).fetchall()
    others = {row[0]: row[1:] for row in rows}
    out = []
    for happening, kind, about, start, stop, other, first, last in found:
        text, publisher, title, published = others[other]
        told_so = text[first:last]
        out.append(
            Differing(
                *(happening, kind, about, start, stop, other, first, told_so),
                *(publisher, title, published),
            )
        )
    return out
