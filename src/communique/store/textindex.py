"""The words of all articles, in an index beside the store, so that nothing has to be looked through.

The index is a file of SQLite with an FTS5 table. It holds nothing that the store does not: when it is damaged
or of another kind it is made anew. ``news.duckdb`` has ``news.search.sqlite`` beside it; where that place
cannot be written, the index stands in the user's folder for caches.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from communique.errors import StoreError
from communique.store.failing import told

if TYPE_CHECKING:
    from communique.store.store import Store

__all__ = ["TextIndex", "cache_folder"]

_KIND = 0x636F6D69  # application_id of these files: 'comi'
_SCHEMA = 1
_TOKENS = "porter unicode61 remove_diacritics 2"
_TABLES = (
    f"PRAGMA application_id = {_KIND}",
    f"PRAGMA user_version = {_SCHEMA}",
    # An article that is gone, or whose number another has now, stays in `words` and leaves `articles`.
    "CREATE TABLE articles (row INTEGER PRIMARY KEY, article INTEGER NOT NULL UNIQUE, hash TEXT NOT NULL)",
    f"CREATE VIRTUAL TABLE words USING fts5(title, text, content='', tokenize='{_TOKENS}')",
)
_TITLE = 4.0  # what a word of the title counts, one of the text counting 1
_STALE = 0.25  # share of rows that are of no article, above which the index is made anew
_PATIENCE = 10.0  # seconds to wait for another program that writes the index


class TextIndex:
    """The index of a store.

    Args:
        store: path of the store.

    Attributes:
        path: of the index.
    """

    def __init__(self, store: str | os.PathLike[str]) -> None:
        place = Path(store).absolute()
        self.path = _beside(place)

    def update(self, store: Store, most: int = 0) -> int:
        """Take in what is new in a store, and leave out what is gone.

        Args:
            store: the store of this index.
            most: articles that are taken in at most; 0: all.

        Returns:
            How many articles are not yet in it.

        Raises:
            StoreError: if the store cannot be read or the index not be written.
        """
        with told(store.path):
            rows = store.connection.execute("SELECT article, hash FROM articles").fetchall()
        there = dict(rows)
        with self._told(), closing(self._writing()) as index:
            # Before it is looked what is there: another server over the same store may be at it too.
            index.execute("BEGIN IMMEDIATE")
            known: dict[int, str] = dict(index.execute("SELECT article, hash FROM articles"))
            gone = [n for n, hashed in known.items() if there.get(n) != hashed]
            new = sorted(n for n, hashed in there.items() if known.get(n) != hashed)
            last = index.execute("SELECT coalesce(max(row), 0) FROM articles").fetchone()[0]
            if last and (last - len(known) + len(gone)) / last > _STALE:
                for statement in ("DROP TABLE articles", "DROP TABLE words", *_TABLES):
                    index.execute(statement)
                gone, new, last = [], sorted(there), 0
            index.executemany("DELETE FROM articles WHERE article = ?", [(n,) for n in gone])
            part = new[:most] if most else new
            for at in range(0, len(part), 200):
                for number, hashed, title, text in _texts(store, part[at : at + 200]):
                    last += 1
                    index.execute("INSERT INTO articles VALUES (?, ?, ?)", (last, number, hashed))
                    index.execute(
                        "INSERT INTO words (rowid, title, text) VALUES (?, ?, ?)", (last, title or "", text)
                    )
            index.execute("COMMIT")
        return len(new) - len(part)

    def count(self) -> int:
        """How many articles are in the index; 0 where there is none."""
        try:
            with closing(self._reading()) as index:
                return int(index.execute("SELECT count(*) FROM articles").fetchone()[0])
        except sqlite3.Error:
            return 0

    def find(self, expression: str) -> list[int]:
        """The numbers of the articles that an expression fits, those first that it fits best.

        Args:
            expression: as ``wording`` makes it.

        Raises:
            StoreError: if the index cannot be read.
        """
        with self._told(), closing(self._reading()) as index:
            rows = index.execute(
                "SELECT a.article FROM words JOIN articles a ON a.row = words.rowid WHERE words MATCH ? "
                f"ORDER BY bm25(words, {_TITLE}, 1.0), a.article DESC",
                (expression,),
            )
            return [number for (number,) in rows]

    def _reading(self) -> sqlite3.Connection:
        return sqlite3.connect(f"{self.path.as_uri()}?mode=ro", uri=True, timeout=_PATIENCE)

    def _writing(self) -> sqlite3.Connection:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        index = self._opened()
        try:
            if index.execute("PRAGMA user_version").fetchone()[0] not in (0, _SCHEMA):
                index.close()
                self._remove()
                index = self._opened()
            index.execute("BEGIN IMMEDIATE")
            # Another program may have made it in the meantime.
            if index.execute("PRAGMA user_version").fetchone()[0] == 0:
                for statement in _TABLES:
                    index.execute(statement)
            index.execute("COMMIT")
        except BaseException:
            index.close()
            raise
        return index

    def _opened(self) -> sqlite3.Connection:
        """The file, open for writing; one that is damaged is made anew, one of another program is refused."""
        for again in (True, False):
            index = sqlite3.connect(self.path, isolation_level=None, timeout=_PATIENCE)
            try:
                # In this order: where another program makes the index in between, the kind is told already.
                empty = not index.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
                kind = index.execute("PRAGMA application_id").fetchone()[0]
            except sqlite3.DatabaseError as error:
                index.close()
                if not again or isinstance(error, sqlite3.OperationalError) or not _is_ours(self.path):
                    raise
                self._remove()
                continue
            except BaseException:
                index.close()
                raise
            if kind == _KIND or empty:
                # What is lost in a power cut is made anew; nobody waits for the disk.
                with suppress(sqlite3.OperationalError):
                    # Another program that makes the index just now does so.
                    index.execute("PRAGMA journal_mode = WAL")
                index.execute("PRAGMA synchronous = NORMAL")
                return index
            index.close()
            break
        raise sqlite3.DatabaseError(f"{self.path} is another program's")

    def _remove(self) -> None:
        for end in ("", "-wal", "-shm", "-journal"):
            self.path.with_name(self.path.name + end).unlink(missing_ok=True)

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            raise StoreError(
                f"{self.path}: the index for searching cannot be used ({error}); remove the file, "
                "it is made anew"
            ) from error


def cache_folder() -> Path:
    """The user's folder for what can be made anew."""
    given = os.environ.get("XDG_CACHE_HOME")
    return (Path(given) if given else Path.home() / ".cache") / "communique"


def _beside(store: Path) -> Path:
    beside = store.with_name(f"{store.stem}.search.sqlite")
    if os.access(beside if beside.exists() else beside.parent, os.W_OK):
        return beside
    mark = hashlib.sha256(os.fsencode(store)).hexdigest()[:16]
    return cache_folder() / f"{store.stem[:60]}-{mark}.search.sqlite"


def _is_ours(path: Path) -> bool:
    """Whether the head of a file says that it is such an index, or SQLite's at all and named like one."""
    try:
        with path.open("rb") as stream:
            head = stream.read(72)
    except OSError:
        return False
    return not head or head[68:72] == _KIND.to_bytes(4, "big")


def _texts(store: Store, numbers: list[int]) -> list[tuple[int, str, str | None, str]]:
    if not numbers:
        return []
    some = ", ".join(str(int(n)) for n in numbers)
    with told(store.path):
        rows: list[tuple[int, str, str | None, str]] = store.connection.execute(
            f"SELECT article, hash, title, text FROM articles WHERE article IN ({some}) ORDER BY article"
        ).fetchall()
    return rows
