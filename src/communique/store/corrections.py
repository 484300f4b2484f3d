"""Corrections: what people say of readings, kept beside the store in a file of their own.

    from communique.store.corrections import Corrections, apply, correction

    corrections = Corrections.beside("news.duckdb")  # news.corrections.sqlite
    corrections.add(correction(reading, "status", "mend", of="e3", value="planned", who="Ada"))
    mended = apply(reading, corrections.of(reading))

The file is SQLite and not a part of the store: a DuckDB file can have only one writer, who shuts all others
out, while a server that shows articles, and the command line, must be able to write a correction at any time,
also while ``ingest`` or ``recode`` has the store. Each call opens the file for as long as it takes, so an
object may be used by several threads, and the file by several processes, at once.

A correction does not know its thing by number but by the article's text, the words and what the machine said
there; so it is found again when the article was read anew. The file is only added to: who changes his mind
adds another correction, or one that undoes the first.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from communique.errors import BadCorrection, DiskFull, NotAStore, StoreError, StoreInUse, StoreNewer
from communique.reading import Reading
from communique.store.correcting.anchors import target_of
from communique.store.correcting.checking import check, correction, undoing
from communique.store.correcting.correction import KINDS, Correction, Target, live
from communique.store.correcting.mending import Placed, apply, placed
from communique.store.rows import text_hash

__all__ = [
    "KINDS",
    "Correction",
    "Corrections",
    "Placed",
    "Target",
    "apply",
    "apply_all",
    "check",
    "correction",
    "live",
    "placed",
    "target_of",
    "undoing",
]

_APPLICATION = 0x436F4D71  # "CoMq", by which the file is known
_SCHEMA = 1
_PATIENCE = 10.0  # seconds to wait for another writer
_TABLES = """
CREATE TABLE corrections (     -- only added to; what holds is worked out from all of them
    n       INTEGER PRIMARY KEY AUTOINCREMENT, -- order in which they came into this file
    id      TEXT NOT NULL UNIQUE,
    hash    TEXT NOT NULL,     -- of the article's text
    kind    TEXT NOT NULL,
    verdict TEXT NOT NULL,
    who     TEXT NOT NULL,
    at      TEXT NOT NULL,     -- UTC
    undoes  TEXT,              -- id of the one it takes back
    body    TEXT NOT NULL      -- the whole, JSON
);
CREATE INDEX corrections_of ON corrections (hash);
CREATE INDEX corrections_undone ON corrections (undoes) WHERE undoes IS NOT NULL;
CREATE TRIGGER never_changed BEFORE UPDATE ON corrections
BEGIN SELECT raise(ABORT, 'corrections are only added to'); END;
CREATE TRIGGER never_removed BEFORE DELETE ON corrections
BEGIN SELECT raise(ABORT, 'corrections are only added to'); END;
"""


class Corrections:
    """A file of corrections; it is made when the first one is added, and until then there are none.

    Attributes:
        path: of the file.
        create: whether it is made; without, adding to a file that is not there is refused.
    """

    def __init__(self, path: str | os.PathLike[str], create: bool = True) -> None:
        self.path = str(path)
        self.create = create

    @classmethod
    def beside(cls, store: str | os.PathLike[str], create: bool = True) -> Corrections:
        """The corrections of a store: ``NAME.corrections.sqlite`` beside ``NAME.duckdb``.

        Args:
            store: path of the store, which need not be there.
            create: see ``Corrections``.
        """
        path = Path(store)
        return cls(path.with_name(f"{path.stem}.corrections.sqlite"), create)

    @property
    def mark(self) -> str:
        """Another text after every change, for caches; '' where there is no file."""
        try:
            with open(self.path, "rb") as stream:
                # SQLite counts the changes of a file in its head.
                return stream.read(28)[24:28].hex()
        except OSError:
            return ""

    def add(self, *corrections: Correction) -> int:
        """Keep corrections, all or none; those that are there already are passed by.

        Returns:
            How many are new.

        Raises:
            BadCorrection: if one undoes what is not there.
            StoreError: if they cannot be written.
        """
        with self._writing() as connection:
            new = 0
            for one in corrections:
                new += connection.execute(
                    "INSERT INTO corrections (id, hash, kind, verdict, who, at, undoes, body) "
                    "VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
                    (one.id, one.hash, one.kind, one.verdict, one.who, one.when, one.undoes, one.to_json()),
                ).rowcount
            return new

    def undo(self, id_: str, who: str, note: str = "", when: datetime | None = None) -> Correction:
        """Take a correction back; both stay in the history.

        Args:
            id_: of the correction, or the first characters of its id, at least six, that no other has.
            who, note, when: as ``correction`` takes them.

        Raises:
            BadCorrection: if there is no such correction, or it is undone.
            StoreError: if it cannot be written.
        """
        undone = self.get(id_)
        made = undoing(undone, who, note, when)
        with self._writing() as connection:
            rows = connection.execute(
                "SELECT who, at FROM corrections WHERE undoes = ?", (undone.id,)
            ).fetchall()
            if rows:
                raise BadCorrection(f"{undone.id} was undone by {rows[0][0]} on {rows[0][1][:10]}")
            connection.execute(
                "INSERT INTO corrections (id, hash, kind, verdict, who, at, undoes, body) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    made.id,
                    made.hash,
                    made.kind,
                    made.verdict,
                    made.who,
                    made.when,
                    made.undoes,
                    made.to_json(),
                ),
            )
        return made

    def get(self, id_: str) -> Correction:
        """The correction of an id, or of the first characters of one, at least six.

        Raises:
            BadCorrection: if there is none, or more than one.
        """
        wanted = str(id_).strip().lower()
        if not (6 <= len(wanted) <= 24 and all(c in "0123456789abcdef" for c in wanted)):
            raise BadCorrection(
                f"“{str(id_)[:40]}” is no id of a correction; `communique corrections list` shows them"
            )
        found = self._found("WHERE id >= ? AND id < ? LIMIT 2", wanted, wanted + "g")
        if len(found) != 1:
            what = "more than one correction begins" if found else "there is no correction whose id begins"
            raise BadCorrection(f"{what} with {wanted}; `communique corrections list` shows them")
        return found[0]

    def of(self, article: Reading | str) -> list[Correction]:
        """All that was said of an article, in the order in which it came; also what was undone.

        Args:
            article: a reading, or the hash of a text.
        """
        hashed = article if isinstance(article, str) else text_hash(article.article.text)
        return self._found("WHERE hash = ?", hashed)

    def all(self, since: str | None = None, who: str | None = None) -> list[Correction]:
        """All corrections, in the order in which they came.

        Args:
            since: only those made at that time (UTC, ISO 8601) or later.
            who: only those of that person.
        """
        where, values = [], []
        for condition, value in (("at >= ?", since), ("who = ?", who)):
            if value is not None:
                where.append(condition)
                values.append(value)
        return self._found(f"WHERE {' AND '.join(where) or 'true'}", *values)

    def counts(self) -> dict[str, int]:
        """How many corrections hold, those undone left out, by the hash of the article."""
        with self._reading() as connection:
            if connection is None:
                return {}
            rows = connection.execute(
                "SELECT hash, count(*) FROM corrections WHERE kind <> 'undo' AND id NOT IN "
                "(SELECT undoes FROM corrections WHERE undoes IS NOT NULL) GROUP BY hash"
            ).fetchall()
        return dict(rows)

    def _found(self, where: str, *values: str) -> list[Correction]:
        end = "" if "LIMIT" in where else " ORDER BY n"
        with self._reading() as connection:
            if connection is None:
                return []
            rows = connection.execute(f"SELECT body FROM corrections {where}{end}", values).fetchall()
        return [Correction.from_dict(json.loads(body)) for (body,) in rows]

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection | None]:
        if not os.path.exists(self.path):
            yield None
            return
        # Not opened for reading only: after a power cut the first who comes has to put the file in order.
        with self._told(), closing(self._connect("rw")) as connection:
            connection.execute("PRAGMA query_only = ON")
            yield connection if self._known(connection) else None

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        if not self.create and not os.path.exists(self.path):
            raise StoreError(f"{self.path} is not there, and none is to be made")
        with self._told(), closing(self._connect("rwc")) as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                if not self._known(connection):
                    for statement in _TABLES.split(";\n"):
                        if statement.strip():
                            connection.execute(statement)
                    connection.execute(f"PRAGMA application_id = {_APPLICATION}")
                    connection.execute(f"PRAGMA user_version = {_SCHEMA}")
                yield connection
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")

    def _connect(self, mode: str) -> sqlite3.Connection:
        address = f"{Path(self.path).absolute().as_uri()}?mode={mode}"
        connection = sqlite3.connect(address, uri=True, timeout=_PATIENCE, isolation_level=None)
        # A correction that was confirmed to a person is still there after a power cut.
        connection.execute("PRAGMA synchronous = FULL")
        return connection

    def _known(self, connection: sqlite3.Connection) -> bool:
        """Whether the tables are there; False in a file that is empty yet."""
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if not tables and application in (0, _APPLICATION):
            return False
        if application != _APPLICATION:
            raise NotAStore(f"{self.path} is an SQLite database, but has no corrections")
        if version > _SCHEMA:
            raise StoreNewer(f"{self.path} was made by a newer version of communique; upgrade communique")
        return True

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise self._named(error) from error

    def _named(self, error: sqlite3.Error) -> StoreError:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            return StoreInUse(f"{self.path} is being written to by another program; try again")
        if code == sqlite3.SQLITE_FULL:
            return DiskFull(f"{self.path}: the disk is full; make room and try again, nothing was written")
        if code == sqlite3.SQLITE_NOTADB:
            return NotAStore(f"{self.path} is no file of corrections")
        if code == sqlite3.SQLITE_READONLY:
            return StoreError(f"{self.path} may not be written to")
        return StoreError(f"{self.path}: {error}")


def apply_all(
    store: str | os.PathLike[str], readings: Iterable[tuple[int, Reading]]
) -> Iterator[tuple[int, Reading]]:
    """Readings of a store as people corrected them.

    Args:
        store: its path, beside which the corrections are.
        readings: with their numbers, as ``Store.readings`` gives them.

    Raises:
        StoreError: if the corrections cannot be read.
    """
    kept = Corrections.beside(store, create=False)
    known = kept.counts()
    for number, reading in readings:
        hashed = text_hash(reading.article.text) if known else ""
        yield number, apply(reading, kept.of(hashed)) if hashed in known else reading
