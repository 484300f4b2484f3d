"""Articles into a store: each once, with all its sources, whatever ends the program.

    what was found → known already? → (read, here or by workers) → batches → store

The question whether an article is known comes before it is read, and counts what is on its way as known.
Answers come in the order of the input, so that a copy always stands after what it is a copy of.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, cast

from communique.article import Article
from communique.batch import Reader, own_reader, process, without_analysis
from communique.errors import InputError, StoreError
from communique.reading import Reading
from communique.store.batches import Copy, Done, Fault, New, Step, Tally, Writer, utc_now
from communique.store.screening import Known, Newcomer, Screen

if TYPE_CHECKING:
    from communique.intake import Placed
    from communique.intake.web import Visitor
    from communique.store import Store

__all__ = ["Finished", "Ingest", "inputs_of"]

_MOST = 50  # articles in a batch
_LONGEST = 3.0  # seconds after which a batch is written, full or not
_MANY = 500  # steps in a batch, copies among them


@dataclass(frozen=True, slots=True)
class Finished:
    """Says that all of a file has been given.

    Attributes:
        path: the file as its articles name it.
        place: its absolute path.
        mark: by which it is seen that it has not changed since.
        began: when its articles began to come; UTC.
        earlier: articles it holds, if a run before this one finished it; else None.
    """

    path: str
    place: str
    mark: str
    began: datetime
    earlier: int | None = None


def inputs_of(
    store: Store,
    paths: Iterable[str],
    *,
    published: date | None = None,
    visitor: Visitor | None = None,
) -> Iterator[Placed | Finished]:
    """All that paths and addresses name, but for files that are wholly in the store.

    Args:
        store: says which files those are, by size and time of change; and which addresses need no visit.
        paths: files, folders, globs, '-', addresses.
        published: day of publication that stands above what articles say themselves.
        visitor: fetches addresses.

    Yields:
        What was found, and after each file that it is finished. A file with faults is looked at again.
    """
    from communique.intake import Placed, files_of, is_address, read_placed

    def known(url: str) -> bool:
        return store.known_url(url) is not None

    for path in paths:
        for single in files_of(path):
            if isinstance(single, InputError):
                yield Placed(str(path), 1, single, single.where or str(path))
                continue
            mark = None if single == "-" or is_address(single) else _mark(single)
            if mark is None:
                yield from read_placed([single], published=published, visitor=visitor, known=known)
                continue
            place, began = os.path.abspath(single), utc_now()
            rows = store.connection.execute(
                "SELECT articles FROM inputs WHERE place = ? AND mark = ? AND faults = 0", [place, mark]
            ).fetchall()
            if not rows:
                # Without the visitor: a file does not open the network.
                yield from read_placed([single], published=published)
            yield Finished(single, place, mark, began, rows[0][0] if rows else None)


def _mark(path: str) -> str | None:
    """Size and time of change of a file."""
    try:
        status = os.stat(path)
    except OSError:
        return None
    return f"{status.st_size} {status.st_mtime_ns}"


@dataclass(slots=True)
class _Asked:
    """What was given to be read, or passed by it, and will come back in this order."""

    item: Placed | Finished
    found: Known | Newcomer | None = None


class _NotRead(InputError):
    """Passes through the reading in the place of what need not be read."""


class Ingest:
    """Takes articles into a store.

    Args:
        store: open for writing.
        workers: cores that read; see ``communique.batch.process``.
        make_reader: what reads; see ``communique.batch.process``.
        clock: seconds, for the length of a batch.
    """

    def __init__(
        self,
        store: Store,
        *,
        workers: int | None = None,
        make_reader: Callable[[int | None], Reader] = own_reader,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._workers = workers
        self._make_reader = make_reader
        self._clock = clock
        self._writer = Writer(store)
        self._screen = Screen(store)
        self._steps: list[Step] = []
        self._again: list[Placed | Finished] = []
        self._counts: dict[str, list[int]] = {}  # path → its articles and its faults
        self._written = clock()

    @property
    def tally(self) -> Tally:
        """What is safely in the store so far."""
        return self._writer.tally

    def take(self, items: Iterable[Placed | Finished]) -> Iterator[str]:
        """Read what is new and store it, in batches.

        Yields:
            A word for each article or fault as it is done: 'new', 'copy', 'fault', or 'passed' for those of
            files that are wholly in the store. It may be in the store a batch later only. When this is
            closed or interrupted, all that was yielded is stored first.

        Raises:
            StoreError: if the store cannot be written; it holds all batches before.
            CommuniqueError: if no article can be read here at all.
        """
        try:
            yield from self._round(items)
            while self._again:
                again, self._again = self._again, []
                yield from self._round(again)
        except StoreError:
            raise
        except BaseException:
            self._write()
            raise
        self._write()

    def _round(self, items: Iterable[Placed | Finished]) -> Iterator[str]:
        asked: deque[_Asked] = deque()
        answers = process(self._screened(items, asked), without_analysis, self._workers, self._make_reader)
        with closing(cast("Generator[Reading | InputError]", answers)):
            for answer in answers:
                yield from self._settle(asked.popleft(), answer)
                late = self._clock() - self._written >= _LONGEST
                if late or len(self._steps) >= _MANY or sum(isinstance(s, New) for s in self._steps) >= _MOST:
                    self._write()

    def _screened(
        self, items: Iterable[Placed | Finished], asked: deque[_Asked]
    ) -> Iterator[Article | InputError]:
        """What is to be read, and a fault in the place of all else."""
        for item in items:
            known = None
            answer: Article | InputError = _NotRead("")
            if not isinstance(item, Finished):
                answer = item.found
                if isinstance(answer, Article):
                    known = self._screen.look(answer)
                    answer = answer if isinstance(known, Newcomer) else _NotRead("")
            asked.append(_Asked(item, known))
            yield answer

    def _settle(self, asked: _Asked, answer: Reading | InputError) -> Iterator[str]:
        item, found = asked.item, asked.found
        if isinstance(item, Finished):
            if item.earlier is not None:
                yield from ("passed" for _ in range(item.earlier))
                self.tally.there += item.earlier
            elif not any(i.path == item.path for i in self._again):
                articles, faults = self._counts.pop(item.path, (0, 0))
                self._steps.append(Done(item.place, item.mark, articles, faults, item.began))
            else:
                self._again.append(item)
            return
        count = self._counts.setdefault(item.path, [0, 0])
        place = _place_of(item)
        if isinstance(found, Known):
            if isinstance(found.of, Newcomer) and found.of.failed:
                # Its like could not be read; it may be another matter with this one.
                self._again.append(item)
                return
            assert isinstance(item.found, Article)
            self._steps.append(Copy(place, item.found, found))
            count[0] += 1
            yield "copy"
        elif isinstance(answer, Reading):
            assert isinstance(found, Newcomer)
            self._steps.append(New(place, found, answer))
            count[0] += 1
            yield "new"
        else:
            if isinstance(found, Newcomer):
                found.failed = True
                self._screen.forget(found)
            self._steps.append(Fault(place, answer))
            count[1] += 1
            yield "fault"

    def _write(self) -> None:
        """Write what is settled; Ctrl-C waits for its end."""
        stored = [s.newcomer for s in self._steps if isinstance(s, New)]
        with _uninterrupted():
            self._writer.write(self._steps)
            for newcomer in stored:
                self._screen.forget(newcomer)
            self._written = self._clock()


def _place_of(item: Placed) -> str:
    """Where it was found, in words that hold in any folder."""
    from communique.intake import is_address

    if item.path == "-" or is_address(item.path) or not item.place.startswith(item.path):
        return item.place
    return os.path.abspath(item.path) + item.place[len(item.path) :]


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Ctrl-C within is felt at the end."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    asked: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: asked.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if asked:
        raise KeyboardInterrupt
