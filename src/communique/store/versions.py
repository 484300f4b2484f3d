"""Readings that a newer one replaced: kept whole, but for the article's text, which never changes.

``history`` has them as JSON of the format, deflated.
"""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from communique.article import Article
from communique.reading import Reading
from communique.store.rows import TABLES, writable

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

__all__ = ["Version", "keep_old", "take_out", "versions_of"]

# What an article may be known by anew.
_KNOWN = ("id", "title", "author", "publisher", "url", "language", "published", "published_from")


@dataclass(frozen=True, slots=True)
class Version:
    """What one version of the program read in an article.

    Attributes:
        version: of the program.
        model: name and hash of the weights.
        ontology: 'plover', or a codebook's name.
        coded: when it was read, UTC.
        replaced: when a newer reading took its place, UTC; None for the reading that holds.
    """

    version: str
    model: str
    ontology: str
    coded: datetime
    replaced: datetime | None
    _packed: bytes = field(repr=False)
    _text: str = field(repr=False)

    def reading(self) -> Reading:
        """That reading, whole."""
        row = json.loads(zlib.decompress(self._packed))
        article = row["article"]
        row["article"] = {**article, "text": self._text}
        return Reading.from_dict(row)


def versions_of(connection: DuckDBPyConnection, number: int, now: Reading) -> list[Version]:
    """The versions of an article's reading, the oldest first; ``now`` is the one that holds, and the last."""
    text, made = now.article.text, now.producer
    old = connection.execute(
        "SELECT version, model, ontology, coded, replaced, reading FROM history WHERE article = ? "
        "ORDER BY replaced, rowid",
        [number],
    ).fetchall()
    found = [
        Version(version, model, ontology, coded, replaced, reading, text)
        for version, model, ontology, coded, replaced, reading in old
    ]
    coded = connection.execute("SELECT coded FROM readings WHERE article = ?", [number]).fetchall()[0][0]
    return [*found, Version(made.version, made.model, made.ontology, coded, None, _packed(now), text)]


def keep_old(
    connection: DuckDBPyConnection, number: int, old: Reading, article: Article, now: datetime
) -> None:
    """Put a reading into ``history``, and note what is known of its article now.

    Args:
        connection: to the store, in a transaction.
        number: of the article.
        old: the reading that is replaced; its rows are still there.
        article: as the new reading has it; its text is the same.
        now: UTC.
    """
    made = old.producer
    connection.execute(
        "INSERT INTO history SELECT article, ?, ?, ?, coded, ?, ? FROM readings WHERE article = ?",
        [made.version, made.model, made.ontology, now, _packed(old), number],
    )
    changed = {n: getattr(article, n) for n in _KNOWN if getattr(article, n) != getattr(old.article, n)}
    if changed:
        sets = ", ".join(f"{name} = ?" for name in changed)
        values = [writable(v) if isinstance(v, str) else v for v in changed.values()]
        connection.execute(f"UPDATE articles SET {sets} WHERE article = ?", [*values, number])


def take_out(connection: DuckDBPyConnection, numbers: list[int]) -> None:
    """Delete the readings of articles, and every happening in which one of them has a part.

    A happening is what several articles tell together; less one of them it has to be found anew.
    """
    told = connection.execute(
        "SELECT DISTINCT happening FROM tellings WHERE article IN (SELECT unnest(?::INTEGER[]))", [numbers]
    ).fetchall()
    tables = [(table, "article", numbers) for table in TABLES]
    tables += [(t, "happening", [h for (h,) in told]) for t in ("tellings", "differences", "happenings")]
    for table, column, gone in tables:
        if gone:
            connection.execute(f"DELETE FROM {table} WHERE {column} IN (SELECT unnest(?::INTEGER[]))", [gone])


def _packed(reading: Reading) -> bytes:
    row = reading.to_dict()
    del row["article"]["text"]
    return zlib.compress(json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode("utf-8"), 9)
