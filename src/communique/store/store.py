"""A store that is open: articles go in with their readings, and come out the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, date, datetime
from types import TracebackType
from typing import TYPE_CHECKING, Any

from communique.errors import StoreError
from communique.reading import Reading
from communique.store.addresses import normal_address
from communique.store.failing import named, told
from communique.store.rebuilding import readings_among, readings_of_one
from communique.store.rows import article_row, reading_rows, text_hash, writable
from communique.store.versions import Version, keep_old, take_out, versions_of
from communique.store.writing import Waiting

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from communique.store.held import Held

__all__ = ["Store"]

_AT_ONCE = 50  # readings that are rebuilt together
_MOST = 200  # articles that wait; more are written before the transaction ends, so that memory stays flat


class Store:
    """A store; made by ``open_store``, used by one thread.

    Attributes:
        connection: the DuckDB connection, for questions of one's own. Rows that wait to be written are not
            seen by it before ``flush`` or the end of the transaction.
        path: of the file.
        read_only: it cannot be written to.
        held: what happened, as columns in memory, for a store that is asked often; else None.
    """

    def __init__(self, connection: DuckDBPyConnection, path: str, read_only: bool) -> None:
        self.connection = connection
        self.path = path
        self.read_only = read_only
        self.held: Held | None = None
        self._open = False
        self._last: int | None = None  # the highest number given; asked for anew in each transaction
        self._waiting = Waiting(connection)
        self._forget()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; what an open transaction wrote is dropped."""
        self.connection.close()

    # Writing

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is written within is in the store afterwards, or, after any error, none of it.

        Within another transaction it is a part of that one.

        Raises:
            StoreError: if it cannot be written, such as ``DiskFull``.
        """
        if self._open:
            yield
            return
        with told(self.path):
            self.connection.begin()
        self._open, self._last = True, None
        try:
            yield
            self.flush()
            with told(self.path):
                self.connection.commit()
        except BaseException as error:
            self._forget()
            self._roll_back()
            self._tell(error)
            raise
        finally:
            self._open = False
        self._forget()

    def flush(self) -> None:
        """Write what waits; it is kept when the transaction ends."""
        with told(self.path):
            if self._replaced:
                take_out(self.connection, sorted(self._replaced))
            self._waiting.write()
        self._forget()

    def add(self, reading: Reading, place: str) -> int:
        """Store an article with its reading.

        Quick in a transaction, where many are written at once; else it is one of its own. A half character
        (a lone surrogate), which no file can hold, is stored as U+FFFD.

        Args:
            reading: to store.
            place: where it was found: file and row, or address.

        Returns:
            The article's number.

        Raises:
            StoreError: if an article of this text or from this place is there, the reading is malformed, or
                it cannot be written. The store, and the transaction, go on without it.
        """
        place = writable(place)
        with self._writing():
            article = reading.article
            hashed = text_hash(article.text)
            number = self._new_number(hashed, place)
            now = _now()
            rows = self._rows(number, reading, now, place)
            rows["articles"] = [article_row(number, article, hashed, now)]
            address = normal_address(article.url)
            rows["sources"] = [
                (
                    *(number, place, article.url, address, article.publisher, article.title),
                    *(article.published, "first", None, now),
                )
            ]
            self._wait(rows, place)
            self._hashes[hashed] = number
            self._numbers.add(number)
            self._note_source(number, place, address)
            if len(self._hashes) >= _MOST:
                self.flush()
        return number

    def add_source(
        self,
        number: int,
        *,
        place: str,
        likeness: str,
        url: str | None = None,
        publisher: str | None = None,
        title: str | None = None,
        published: date | None = None,
        shared: float | None = None,
    ) -> None:
        """Note that an article was found in another place, too.

        Args:
            number: of the article.
            place: file and row, or address; a place is noted once.
            likeness: 'same text', 'same address' or 'near copy'.
            url, publisher, title, published: what is known of it there.
            shared: share of the words in common, 0 to 1, of a near copy.

        Raises:
            StoreError: if the place is noted already, or it cannot be written.
        """
        place = writable(place)
        with self._writing():
            self._refuse_known(place)
            address = normal_address(url)
            row = (number, place, url, address, publisher, title, published, likeness, shared, _now())
            self._wait({"sources": [row]}, place)
            self._note_source(number, place, address)

    def replace(self, number: int, reading: Reading) -> None:
        """Put a newer reading in the place of the one that is there, which goes into ``history``.

        What was found across articles with the help of the old one is dropped, to be found anew.

        Args:
            number: of the article.
            reading: of the same text.

        Raises:
            StoreError: if there is no such article, the reading is of another text or malformed, or it
                cannot be written.
        """
        with self._writing():
            old = self.reading(number)
            if text_hash(reading.article.text) != text_hash(old.article.text):
                raise StoreError(f"{self.path}: article {number} has another text than the new reading")
            now = _now()
            rows: dict[str, Any] = self._rows(number, reading, now, f"article {number}")
            self._wait(rows, f"article {number}")
            self._replaced.add(number)
            self._numbers.add(number)
            with told(self.path):
                keep_old(self.connection, number, old, reading.article, now)
            if len(self._replaced) >= _MOST:
                self.flush()

    # Reading

    def known(self, text_hash: str) -> int | None:
        """The number of the article of that text (see ``text_hash``), or None."""
        if text_hash in self._hashes:
            return self._hashes[text_hash]
        rows = self._rows_of("SELECT article FROM articles WHERE hash = ?", text_hash)
        return rows[0][0] if rows else None

    def known_url(self, url: str) -> int | None:
        """The number of the article that was found last at that address, or None.

        Spellings of one address count as the same, see ``communique.store.addresses``.
        """
        address = normal_address(url)
        if address is None:
            return None
        if address in self._addresses:
            return self._addresses[address]
        rows = self._rows_of(
            "SELECT article FROM sources WHERE address = ? ORDER BY seen DESC, article DESC LIMIT 1", address
        )
        return rows[0][0] if rows else None

    def reading(self, number: int) -> Reading:
        """The reading of an article; its JSON is the same, to the byte, as that of the one stored.

        Raises:
            StoreError: if there is no article of that number.
        """
        if number in self._numbers:
            self.flush()
        with told(self.path):
            found = readings_of_one(self.connection, number, self.held.rows if self.held else None)
        if number not in found:
            raise StoreError(f"{self.path} has no article {number}")
        return found[number]

    def readings(self, since: int = 0) -> Iterator[tuple[int, Reading]]:
        """All readings, in the order of the articles' numbers.

        Args:
            since: only those of articles with a higher number.

        Yields:
            The article's number and its reading.
        """
        rows = self._rows_of("SELECT article FROM articles WHERE article > ? ORDER BY article", since)
        return self.readings_of([*(n for (n,) in rows), *sorted(n for n in self._numbers if n > since)])

    def readings_of(self, numbers: Iterable[int]) -> Iterator[tuple[int, Reading]]:
        """The readings of some articles, in the order of their numbers; a number that is none is passed by.

        Yields:
            The article's number and its reading.
        """
        wanted = sorted(set(numbers))
        for start in range(0, len(wanted), _AT_ONCE):
            run = wanted[start : start + _AT_ONCE]
            if not self._numbers.isdisjoint(run):
                self.flush()
            with told(self.path):
                found = readings_among(self.connection, run)
            yield from found.items()

    def history(self, number: int) -> list[Version]:
        """The versions in which an article was read, the oldest first and the one that holds last.

        Raises:
            StoreError: if there is no article of that number.
        """
        now = self.reading(number)
        with told(self.path):
            return versions_of(self.connection, number, now)

    # Within

    def _writing(self) -> AbstractContextManager[None]:
        if self.read_only:
            raise StoreError(f"{self.path} is opened for reading only; open it for writing")
        return self.transaction()

    def _rows(self, number: int, reading: Reading, now: datetime, place: str) -> dict[str, Any]:
        try:
            return dict(reading_rows(number, reading, now))
        except (TypeError, ValueError, AttributeError) as error:
            raise StoreError(f"{place}: the reading is not of the format ({error})") from error

    def _wait(self, rows: dict[str, Any], place: str) -> None:
        try:
            self._waiting.add(rows)
        except ValueError as error:
            raise StoreError(f"{place}: the reading is not of the format: {error}") from error

    def _new_number(self, hashed: str, place: str) -> int:
        """A number for an article, if neither its text nor its place is known."""
        there = self.known(hashed)
        if there is not None:
            raise StoreError(f"{place}: {self.path} has this text already, as article {there}")
        self._refuse_known(place)
        if self._last is None:
            rows = self._rows_of("SELECT coalesce(max(article), 0) FROM articles")
            self._last = int(rows[0][0])
        self._last += 1
        return self._last

    def _refuse_known(self, place: str) -> None:
        if place in self._places or self._rows_of("SELECT 1 FROM sources WHERE place = ?", place):
            raise StoreError(f"{place}: {self.path} has an article from this place already")

    def _note_source(self, number: int, place: str, address: str | None) -> None:
        self._places.add(place)
        if address is not None:
            self._addresses[address] = number

    def _rows_of(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        with told(self.path):
            sent = [writable(v) if isinstance(v, str) else v for v in values]
            return self.connection.execute(sql, sent).fetchall()

    def _forget(self) -> None:
        """Nothing waits any more."""
        self._waiting.forget()
        self._hashes: dict[str, int] = {}
        self._places: set[str] = set()
        self._addresses: dict[str, int] = {}
        self._replaced: set[int] = set()
        self._numbers: set[int] = set()  # articles with rows that wait

    def _tell(self, error: BaseException) -> None:
        """What the machine refuses is told as everywhere, also if it was the caller's own statement."""
        import duckdb

        if isinstance(error, (duckdb.IOException, duckdb.FatalException)):
            raise named(error, self.path) from error

    def _roll_back(self) -> None:
        import duckdb

        try:
            self.connection.rollback()
        except duckdb.Error:
            # DuckDB has done so itself, or can do nothing any more; the error that led here says why.
            pass


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
