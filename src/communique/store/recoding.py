"""Reading stored articles again with this version: first what would change, and only then the change.

The readings wait in a temporary file until it is said that they may take the place of the old ones; so the
store is open for reading only while the articles are read, and memory stays flat.
"""

from __future__ import annotations

import errno
import gzip
import tempfile
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from itertools import islice
from types import TracebackType
from typing import BinaryIO

from communique import __version__
from communique.article import Article
from communique.batch import Reader, own_reader, process
from communique.errors import DiskFull, InputError
from communique.options import Options
from communique.reading import Producer, Reading
from communique.store.comparing import Change, Tally, changes
from communique.store.store import Store

__all__ = ["Recoding", "apart", "producer_of", "stale"]

_AT_ONCE = 50  # readings that are replaced in one transaction


def producer_of(options: Options) -> Producer:
    """What would make readings here and now, with those options.

    Raises:
        InputError: if the codebook cannot be used.
        InstallationError: if the network's files are missing.
    """
    from pathlib import Path

    from communique.language.analyse import shared_network

    model = shared_network(None).name
    if options.codebook is None:
        return Producer(__version__, model)
    from communique.codebook import CodebookModel

    return Producer(__version__, model, CodebookModel.load(Path(options.codebook), model).name)


def stale(store: Store, now: Producer, since: date | None = None, everything: bool = False) -> list[int]:
    """Numbers of the articles to read again, in order.

    Args:
        store: their store.
        now: what would read them. Those coded by another ontology, such as a codebook, are another matter and
            left alone.
        since: only articles published on that day or later; those of no known day are left out then.
        everything: also those that this very version read, and by any ontology.
    """
    rows = store.connection.execute(
        "SELECT r.article FROM readings r JOIN articles a USING (article) "
        "WHERE (? OR (r.ontology = ? AND (r.version <> ? OR r.model <> ?))) "
        "AND (?::DATE IS NULL OR a.published >= ?::DATE) ORDER BY r.article",
        [everything, now.ontology, now.version, now.model, since, since],
    ).fetchall()
    return [number for (number,) in rows]


def apart(store: Store, now: Producer) -> dict[str, int]:
    """How many articles were coded by other ontologies than that of ``now``, by ontology."""
    rows = store.connection.execute(
        "SELECT ontology, count(*) FROM readings WHERE ontology <> ? GROUP BY ontology ORDER BY ontology",
        [now.ontology],
    ).fetchall()
    return dict(rows)


class Recoding:
    """New readings of stored articles, and what they tell otherwise; a context, for its temporary file.

    Attributes:
        tally: what changed, of the articles compared so far.
        shown: the first changes of events, with the number of their article.
        faults: articles that could not be read again; they keep the reading that they have.

    Args:
        numbers: of the articles, in order.
        workers: cores that read; see ``communique.batch.process``.
        make_reader: what reads, see ``communique.batch.process``.
        examples: changes of events to keep in ``shown``.
    """

    def __init__(
        self,
        numbers: Sequence[int],
        workers: int | None = None,
        make_reader: Callable[[int | None], Reader] = own_reader,
        examples: int = 10,
    ) -> None:
        self.numbers = numbers
        self.tally = Tally()
        self.shown: list[tuple[int, Change]] = []
        self.faults: list[InputError] = []
        self._workers = workers
        self._make_reader = make_reader
        self._examples = examples
        self._file: BinaryIO = tempfile.TemporaryFile()  # noqa: SIM115 - closed in __exit__

    def __enter__(self) -> Recoding:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def read(self, store: Store) -> Iterator[int]:
        """Read the articles again and compare; nothing is written into the store.

        Yields:
            The number of each article when it is done.

        Raises:
            DiskFull: if the temporary file finds no room.
            CommuniqueError: if no article can be read here at all.
        """
        waiting: deque[tuple[int, Reading]] = deque()
        answers = process(_drawn(store, self.numbers, waiting), _as_json, self._workers, self._make_reader)
        with _roomy(), gzip.open(self._file, "wt", compresslevel=1, encoding="utf-8") as lines:
            for answer in answers:
                number, old = waiting.popleft()
                if isinstance(answer, InputError):
                    self.faults.append(answer)
                else:
                    lines.write(f"{number}\t{answer}\n")
                    self._compare(number, old, Reading.from_json(answer))
                yield number

    def write(self, store: Store) -> Iterator[int]:
        """Put the new readings in the place of the old ones, some dozens at a time.

        Yields:
            The number of each article whose reading was replaced.

        Raises:
            StoreError: if they cannot be written; those that were yielded are safe.
        """
        self._file.seek(0)
        with gzip.open(self._file, "rt", encoding="utf-8", newline="\n") as lines:
            while batch := list(islice(lines, _AT_ONCE)):
                pairs = [line.split("\t", 1) for line in batch]
                with store.transaction():
                    for number, reading in pairs:
                        store.replace(int(number), Reading.from_json(reading))
                yield from (int(number) for number, _ in pairs)

    def _compare(self, number: int, old: Reading, new: Reading) -> None:
        found = list(changes(old, new))
        self.tally.add(old, new, found)
        events = (c for c in found if c.kind == "events")
        self.shown += ((number, c) for c in islice(events, self._examples - len(self.shown)))


def _drawn(store: Store, numbers: Sequence[int], waiting: deque[tuple[int, Reading]]) -> Iterator[Article]:
    """The articles; their old readings wait in order until the new ones come."""
    for number, old in store.readings_of(numbers):
        waiting.append((number, old))
        yield old.article


def _as_json(reading: Reading) -> str:
    return reading.to_json()


@contextmanager
def _roomy() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        raise DiskFull(
            f"{tempfile.gettempdir()} has no room for the new readings; name another folder by TMPDIR"
        ) from None
