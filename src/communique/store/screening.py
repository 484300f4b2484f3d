"""Is this article known already: in the store, or on its way into it?

Asked before an article is read, of the text and the address alone, so that a copy costs nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from communique.analysis.copies import AGREEING, PASSAGE, Fingerprint, agreeing, fingerprint, likeness
from communique.article import Article
from communique.store.addresses import normal_address
from communique.store.failing import told
from communique.store.rows import text_hash

if TYPE_CHECKING:
    from communique.store import Store

__all__ = ["Known", "Newcomer", "Screen", "keep_fingerprints"]

_LIKELIEST = 20  # candidates that are compared word for word


@dataclass(eq=False, slots=True)
class Newcomer:
    """An article that is in no store yet.

    Attributes:
        article: it.
        hash: of its text, as in ``articles.hash``.
        address: its address in normal form.
        fingerprint: to find its copies by.
        shorter: what it is the fuller version of, and the share of words in common; None for most.
        number: its number, once it is stored.
        failed: it could not be read.
    """

    article: Article
    hash: str
    address: str | None
    fingerprint: Fingerprint
    shorter: tuple[int | Newcomer, float] | None = None
    number: int | None = None
    failed: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """What an article is a copy of.

    Attributes:
        likeness: 'same text', 'same address' or 'near copy', as in the table ``sources``.
        of: the stored article's number, or the newcomer that it is a copy of.
        shared: share of words in common, 0 to 1; None for the same text.
        fuller: the article has a passage that what it is like has not: it says more than a copy would.
    """

    likeness: str
    of: int | Newcomer
    shared: float | None = None
    fuller: bool = False


class Screen:
    """Knows the articles of a store, and those on their way into it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._coming: dict[str, Newcomer] = {}

    def look(self, article: Article) -> Known | Newcomer:
        """What the article is a copy of, or that it is new; then it counts as known from now on."""
        hashed = text_hash(article.text)
        coming = self._coming.get(hashed)
        if coming is not None:
            return Known("same text", coming)
        number = self._store.known(hashed)
        if number is not None:
            return Known("same text", number)
        address = normal_address(article.url)
        newcomer = Newcomer(article, hashed, address, fingerprint(article.text, article.blocks))
        alike = list(self._likenesses(newcomer))
        likest = max(alike, key=lambda k: (not k.fuller, k.shared or 0), default=None)
        if likest is not None and not likest.fuller:
            return likest
        if likest is not None:
            newcomer.shorter = likest.of, likest.shared or 0
        self._coming[hashed] = newcomer
        return newcomer

    def forget(self, newcomer: Newcomer) -> None:
        """It is stored, or could not be read."""
        self._coming.pop(newcomer.hash, None)

    def _likenesses(self, newcomer: Newcomer) -> Iterator[Known]:
        # Stored ones first, as they came first: of two that are equally alike the earlier is taken.
        stored, coming = self._candidates_stored(newcomer), self._candidates_coming(newcomer)
        candidates: list[tuple[int | Newcomer, Fingerprint, str | None]] = [*stored, *coming]
        for other, print_, address in candidates:
            measured = likeness(newcomer.fingerprint, print_)
            if measured.copy:
                same = address is not None and address == newcomer.address
                likeness_ = "same address" if same else "near copy"
                yield Known(likeness_, other, measured.shared, measured.more > PASSAGE)

    def _candidates_coming(self, newcomer: Newcomer) -> Iterator[tuple[Newcomer, Fingerprint, str | None]]:
        coming = list(self._coming.values())
        alike = agreeing(newcomer.fingerprint, [c.fingerprint for c in coming])[:_LIKELIEST]
        same = [i for i, c in enumerate(coming) if c.address is not None and c.address == newcomer.address]
        for i in dict.fromkeys([*alike, *same]):
            yield coming[i], coming[i].fingerprint, coming[i].address

    def _candidates_stored(self, newcomer: Newcomer) -> Iterator[tuple[int, Fingerprint, str | None]]:
        numbers = self._alike(newcomer.fingerprint)
        if newcomer.article.url:
            there = self._store.known_url(newcomer.article.url)
            numbers = list(dict.fromkeys([*numbers, *([there] if there is not None else [])]))
        if not numbers:
            return
        marks = ", ".join("?" * len(numbers))
        rows = self._asked(
            f"SELECT article, text, blocks, url FROM articles WHERE article IN ({marks}) ORDER BY article",
            numbers,
        )
        for number, text, blocks, url in rows:
            spans = list(zip(blocks[::2], blocks[1::2], strict=True))
            yield number, fingerprint(text, spans), normal_address(url)

    def _alike(self, print_: Fingerprint) -> list[int]:
        """Stored articles that agree in enough of their smallest hashes, the likeliest first."""
        if not len(print_.smallest):
            return []
        rows = self._asked(
            "SELECT f.article FROM fingerprints f "
            "JOIN (SELECT unnest(?::UBIGINT[]) AS value, unnest(range(?)) AS band) q "
            "ON f.value = q.value AND f.band = q.band "
            "GROUP BY f.article HAVING count(*) >= ? ORDER BY count(*) DESC, f.article LIMIT ?",
            [print_.smallest.tolist(), len(print_.smallest), AGREEING, _LIKELIEST],
        )
        return [number for (number,) in rows]

    def _asked(self, sql: str, values: list[Any]) -> list[tuple[Any, ...]]:
        with told(self._store.path):
            return self._store.connection.execute(sql, values).fetchall()


def keep_fingerprints(store: Store, newcomers: list[Newcomer]) -> None:
    """Write the fingerprints of articles that are stored now; inside the caller's transaction."""
    numbers: list[int | None] = []
    bands: list[int] = []
    values: list[int] = []
    for newcomer in newcomers:
        smallest = newcomer.fingerprint.smallest.tolist()
        numbers += [newcomer.number] * len(smallest)
        bands += range(len(smallest))
        values += smallest
    if values:
        store.connection.execute(
            "INSERT INTO fingerprints "
            "SELECT unnest(?::INTEGER[]), unnest(?::UTINYINT[]), unnest(?::UBIGINT[])",
            [numbers, bands, values],
        )
