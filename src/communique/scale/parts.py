"""The unit of work: one part of the input in, one Parquet file a table and a completion marker out.

``code_part`` is a function of the part's bytes and the job alone: whoever runs it, on whichever machine and
however often, writes the same bytes. So engines need not know what is coded, and a part whose worker died is
given to another.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, BinaryIO, cast

from communique.article import Article
from communique.batch import Reader, own_reader, read_article
from communique.errors import CommuniqueError, InputError
from communique.reading import Reading
from communique.scale.layout import Folder, Marker, part_key, part_name
from communique.scale.lines import Lines
from communique.scale.rows import Row, rows_of
from communique.scale.writing import Spool

__all__ = ["Coded", "Failed", "Job", "Outcome", "Part", "code_part", "hash_of"]


@dataclass(frozen=True, slots=True)
class Part:
    """A file, or some lines of it.

    Attributes:
        path: the file, absolute.
        size: its bytes.
        modified: when it was changed, nanoseconds since 1970.
        hash: SHA-256 of its bytes; None if not known yet.
        rows: first and last line, from 1; None for the whole file.
        lines: lines of the whole file, where they were counted.
    """

    path: str
    size: int
    modified: int
    hash: str | None = None
    rows: tuple[int, int] | None = None
    lines: int | None = None

    def __str__(self) -> str:
        return f"{self.path} lines {self.rows[0]} to {self.rows[1]}" if self.rows else self.path


@dataclass(frozen=True, slots=True)
class Job:
    """What is the same for all parts of a run.

    Attributes:
        out: the folder to write to.
        version, model: of what codes.
        settings: what else decides on the result, as plain JSON values.
        published: date of publication that stands above the articles' own.
        whole: also write the table ``readings``.
        make_reader: given a number of threads, what reads an article.
    """

    out: str
    version: str
    model: str
    settings: dict[str, Any] = field(default_factory=dict)
    published: date | None = None
    whole: bool = True
    make_reader: Callable[[int | None], Reader] = own_reader

    def made(self, marker: Marker | None) -> bool:
        """Is a marker that of this version, model and settings?"""
        return marker is not None and (marker.version, marker.model, marker.settings) == (
            self.version,
            self.model,
            self.settings,
        )


@dataclass(frozen=True, slots=True)
class Coded:
    """A part that is complete; ``fresh`` if it was coded now."""

    part: Part
    marker: Marker
    fresh: bool


@dataclass(frozen=True, slots=True)
class Failed:
    """A part that could not be coded, and why, in one sentence without the place."""

    part: Part
    message: str


Outcome = Coded | Failed


def code_part(
    part: Part, job: Job, reader: Callable[[], Reader], tick: Callable[[int], None] = lambda _: None
) -> Outcome:
    """Code one part, if it is not complete.

    Args:
        part: what to code.
        job: how, and where to.
        reader: gives what reads an article; called only if something is to be coded.
        tick: told, after each article, how many of the part are done.

    Raises:
        CommuniqueError: if nothing can be coded or written here at all, such as a full disk.
    """
    import duckdb

    try:
        return _code(part, job, reader, tick)
    except CommuniqueError:
        raise
    except (OSError, duckdb.IOException) as error:
        said = getattr(error, "strerror", None) or " ".join(str(error).split())
        raise CommuniqueError(
            f"{job.out} cannot be written: {said}; what is complete there stays, and the same command goes on"
        ) from error
    except Exception as error:
        what = " ".join(f"{type(error).__name__}: {error}".split())[:200]
        return Failed(part, f"could not be coded, by a mistake in communique ({what}); please report it")


def _code(part: Part, job: Job, reader: Callable[[], Reader], tick: Callable[[int], None]) -> Outcome:
    began = time.perf_counter()
    try:
        hash = part.hash or hash_of(part.path)
    except OSError as error:
        return Failed(part, f"cannot be read: {(error.strerror or str(error)).lower()}")
    folder = Folder(job.out)
    name = part_name(part.path, hash, part.rows)
    before = folder.marker(name)
    if before is not None and job.made(before) and folder.is_whole(before):
        return Coded(part, before, fresh=False)
    read = reader()
    with folder.workspace(name) as space, Spool(space) as spool:
        for done, (table, row) in _rows(part, job, hash, name, read):
            spool.add(table, row)
            if table in ("articles", "faults"):
                tick(done)
        if _stat(part.path) != (part.size, part.modified):
            return Failed(part, "was changed while it was being coded; run the same command again")
        files = spool.write()
        folder.unmark(name)
        sizes = {table: folder.take_in(file, table, name) for table, file in files.items()}
    marker = Marker(
        part=name,
        inputs={**(before.inputs if before else {}), part.path: [part.size, part.modified]},
        hash=hash,
        rows=list(part.rows) if part.rows else None,
        lines=part.lines,
        version=job.version,
        model=job.model,
        settings=job.settings,
        counts=spool.counts,
        bytes=sizes,
        faults=spool.counts["faults"],
        seconds=round(time.perf_counter() - began, 3),
    )
    folder.write_marker(marker)
    return Coded(part, marker, fresh=True)


def _rows(part: Part, job: Job, hash: str, name: str, read: Reader) -> Iterator[tuple[int, tuple[str, Row]]]:
    """The rows of all tables, each with the number of the article it is of."""
    key = part_key(hash, part.rows)
    for number, item in enumerate(_articles(part, job.published), 1):
        found = read_article(item, _as_is, read) if isinstance(item, Article) else item
        if isinstance(found, InputError):
            yield number, ("faults", _fault(found, part, name))
            continue
        try:
            rows = list(rows_of(found, f"{key}-{number:06}", job.whole))
        except Exception as error:
            what = InputError(
                f"its reading could not be laid out ({type(error).__name__}: {error})", found.article.id
            )
            yield number, ("faults", _fault(what, part, name))
            continue
        for row in rows:
            yield number, row


def _articles(part: Part, published: date | None) -> Iterator[Article | InputError]:
    """What is in the part; a reader that stumbles over it is a fault like any other, and ends it."""
    from communique.intake import json_lines, read_articles
    from communique.intake.files import open_input

    try:
        if part.rows is None:
            yield from read_articles([part.path], published=published)
            return
        with open_input(part.path) as stream:
            yield from json_lines.read(cast(BinaryIO, Lines(stream, *part.rows)), part.path, published)
    except InputError as fault:
        yield fault
    except CommuniqueError:
        raise
    except Exception as error:
        what = " ".join(f"{type(error).__name__}: {error}".split())[:200]
        yield InputError(f"could not be read to its end ({what})", part.path)


def _as_is(reading: Reading) -> Reading:
    return reading


def _fault(fault: InputError, part: Part, name: str) -> Row:
    # The path is not the same everywhere; the file's name is.
    where = (fault.where or "").replace(part.path, os.path.basename(part.path))
    return {"part": name, "place": where, "kind": type(fault).__name__, "message": fault.message}


def hash_of(path: str) -> str:
    """SHA-256 of a file's bytes, in hexadecimal.

    Raises:
        OSError: if it cannot be read.
    """
    with open(path, "rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _stat(path: str) -> tuple[int, int] | None:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns
