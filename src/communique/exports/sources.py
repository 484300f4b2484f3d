"""Where exports take readings from: stores, and files of readings as JSON lines."""

from __future__ import annotations

import gzip
import io
import sys
import zlib
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO, Any, cast

from communique.errors import BadRow, InputError
from communique.exports.rows import Origin
from communique.reading import Reading

__all__ = ["Sourced", "is_store", "readings_of"]

_STORE_ENDINGS = (".duckdb", ".db", ".ddb")
_GZIP = b"\x1f\x8b"
_MARK = (8, b"DUCK")  # where a DuckDB file says what it is


@dataclass(frozen=True, slots=True)
class Sourced:
    """A reading, and what its store knows beyond it.

    Attributes:
        reading: the reading.
        origins: event id to what the store knows of it; empty outside a store.
        coded: when the reading was made, UTC; None outside a store.
    """

    reading: Reading
    origins: dict[str, Origin] = field(default_factory=dict)
    coded: datetime | None = None


def is_store(path: str) -> bool:
    """Whether a path is a store: by its first bytes, or, where there is no file, by its ending."""
    if path == "-":
        return False
    try:
        with open(path, "rb") as stream:
            head = stream.read(16)
    except OSError:
        return path.lower().endswith(_STORE_ENDINGS)
    start, mark = _MARK
    return head[start : start + len(mark)] == mark


def readings_of(sources: Iterable[str], corrected: bool = False) -> Iterator[Sourced | InputError]:
    """All readings of the sources, in order; what cannot be read comes as an error, and the rest goes on.

    Args:
        sources: stores, files of readings as JSON lines (gzipped or not), or '-' for standard input.
        corrected: readings of stores as people corrected them, see ``communique.store.corrections``.

    Raises:
        StoreError: if a store cannot be opened.
    """
    for source in sources:
        yield from _of_store(source, corrected) if is_store(source) else _of_lines(source)


def _of_store(path: str, corrected: bool) -> Iterator[Sourced]:
    from communique.store import open_store
    from communique.store.corrections import apply_all

    with open_store(path, create=False, read_only=True) as store:
        origins = _Origins(store.connection)
        coded = dict(store.connection.execute("SELECT article, coded FROM readings").fetchall())
        readings = store.readings()
        for article, reading in apply_all(path, readings) if corrected else readings:
            yield Sourced(reading, origins.of(article, reading), coded.get(article))


class _Origins:
    """Which happening each event tells, and how often each is told; copies of an article count."""

    def __init__(self, connection: Any) -> None:
        rows = connection.execute("SELECT article, event, happening FROM tellings").fetchall()
        self._happening = {(article, event): happening for article, event, happening in rows}
        counted = connection.execute(
            """
            WITH copies AS (
                SELECT article, count(*) AS copies FROM sources GROUP BY article
            ), told AS (
                SELECT happening, article, count(*) AS times FROM tellings GROUP BY happening, article
            ), names AS (
                SELECT t.happening,
                       count(DISTINCT coalesce(s.publisher, a.publisher, s.url, a.url, s.place)) AS n
                FROM told t JOIN articles a USING (article) LEFT JOIN sources s USING (article)
                GROUP BY t.happening
            )
            SELECT happening, sum(times * coalesce(copies, 1)), any_value(n), sum(coalesce(copies, 1))
            FROM told LEFT JOIN copies USING (article) JOIN names USING (happening) GROUP BY happening
            """
        ).fetchall()
        self._counts = {row[0]: tuple(int(n) for n in row[1:]) for row in counted}

    def of(self, article: int, reading: Reading) -> dict[str, Origin]:
        found: dict[str, Origin] = {}
        for event in reading.events:
            happening = self._happening.get((article, int(event.id[1:])))
            if happening is not None:
                mentions, sources, articles = self._counts[happening]
                found[event.id] = Origin(happening, mentions, max(sources, 1), articles)
        return found


def _of_lines(path: str) -> Iterator[Sourced | InputError]:
    name = "standard input" if path == "-" else path
    try:
        stream = _opened(path)
    except OSError as error:
        yield InputError(f"cannot be opened: {error.strerror or error}", name)
        return
    number = 0
    with stream if path != "-" else nullcontext():
        try:
            for number, raw in enumerate(_unpacked(stream), 1):
                if raw.strip():
                    yield _reading(raw, f"{name} line {number}")
        except (OSError, EOFError, zlib.error) as error:
            yield InputError(f"ends before its time: {error}", f"{name} after line {number}")


def _opened(path: str) -> IO[bytes]:
    if path != "-":
        return Path(path).open("rb")
    # Standard input may be any stream of bytes that a program put in its place.
    stream: Any = sys.stdin.buffer
    return cast("IO[bytes]", stream if hasattr(stream, "peek") else io.BufferedReader(stream))


def _unpacked(stream: IO[bytes]) -> IO[bytes]:
    buffered: Any = stream
    return cast("IO[bytes]", gzip.open(stream) if buffered.peek(2)[:2] == _GZIP else stream)


def _reading(raw: bytes, where: str) -> Sourced | InputError:
    hint = "give what `communique read --format jsonl` writes, or a store"
    try:
        return Sourced(Reading.from_json(raw.decode("utf-8-sig")))
    except UnicodeDecodeError:
        return BadRow(f"is no UTF-8 text; {hint}", where)
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        return BadRow(f"is no reading ({type(error).__name__}: {error}); {hint}", where)
    except ValueError as error:
        return BadRow(f"is no reading ({error}); {hint}", where)
