"""Reading in several processes: order kept, memory bounded, no death unnoticed.

Each worker holds at most one article, so neither side ever waits to write while the other does, and
when one dies it is known on which article. Results wait for their turn in a window of fixed size;
the input is drawn only as far as the window reaches.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import Any, TypeVar

from communique.article import Article
from communique.batch import Reader, name_of, read_article
from communique.errors import CommuniqueError, InputError
from communique.processes import Worker, end_all, ended, started
from communique.reading import Reading

__all__ = ["process_in_workers"]

T = TypeVar("T")
_WINDOW = 16  # results a worker that may wait for their turn behind one slow article


@dataclass(slots=True)
class _Raise:
    """Takes a result's place: what is to be raised when its turn comes."""

    error: Exception


def process_in_workers(
    items: Iterable[Article | InputError],
    finish: Callable[[Reading], T],
    count: int,
    make_reader: Callable[[int | None], Reader],
) -> Iterator[T | InputError]:
    """As ``communique.batch.process``, in ``count`` processes.

    Raises:
        CommuniqueError: also if the processes cannot be started.
    """
    pool = _Pool(finish, count, make_reader)
    try:
        yield from pool.run(iter(items))
    finally:
        pool.close()


class _Pool:
    def __init__(
        self, finish: Callable[[Reading], Any], count: int, make_reader: Callable[[int | None], Reader]
    ) -> None:
        self._count = count
        # A worker is a core: threads beside it would only take turns with the other workers'.
        self._job = (finish, make_reader, 1)
        self._workers: list[Worker[tuple[int, Article]]] = []
        self._waiting: deque[tuple[int, Article]] = deque()
        self._results: dict[int, Any] = {}

    def run(self, items: Iterator[Article | InputError]) -> Iterator[Any]:
        """The results, in order; draws from ``items`` at most one window ahead."""
        drawn = given = 0
        more = True
        while more or given < drawn:
            while more and drawn - given < _WINDOW * self._count and len(self._waiting) < self._count:
                more = self._draw(items, drawn)
                drawn += more
            self._hand_out()
            if given not in self._results and given < drawn:
                self._collect()
            while given in self._results:
                result = self._results.pop(given)
                given += 1
                if isinstance(result, _Raise):
                    raise result.error
                yield result

    def close(self) -> None:
        """End the workers, busy or not."""
        end_all(self._workers)

    def _draw(self, items: Iterator[Article | InputError], index: int) -> bool:
        try:
            item = next(items)
        except StopIteration:
            return False
        except Exception as error:
            # Raised in its turn, so that what came before it is given out as with one process.
            self._results[index] = _Raise(error)
            return True
        if isinstance(item, InputError):
            self._results[index] = item
        else:
            self._waiting.append((index, item))
        return True

    def _hand_out(self) -> None:
        while self._waiting:
            idle = next((w for w in self._workers if w.ready and w.task is None), None)
            if idle is None:
                # A worker that is still starting will soon ask: no more are started than articles wait.
                starting = sum(1 for w in self._workers if not w.ready)
                if len(self._workers) < self._count and starting < len(self._waiting):
                    self._workers.append(started(_work, *self._job))
                    continue
                return
            task = self._waiting.popleft()
            try:
                idle.pipe.send(task[1])
            except OSError:
                # It ended while it had nothing to do, so the article is not to blame.
                self._waiting.appendleft(task)
                self._bury(idle)
            else:
                idle.task = task

    def _collect(self) -> None:
        """Wait until some worker has something to say, and hear it."""
        busy = (w for w in self._workers if w.task is not None or not w.ready)
        by_pipe: dict[Any, Worker[tuple[int, Article]]] = {w.pipe: w for w in busy}
        for pipe in wait(list(by_pipe)):
            worker = by_pipe[pipe]
            try:
                said = worker.pipe.recv()
            except (EOFError, OSError):
                self._bury(worker)
                continue
            worker.ready = True
            if worker.task is not None:
                self._results[worker.task[0]] = said
                worker.task = None

    def _bury(self, worker: Worker[tuple[int, Article]]) -> None:
        status = ended(worker)
        self._workers.remove(worker)
        if not worker.ready:
            raise CommuniqueError(
                f"a worker process ended before it could start (exit status {status}); a script that reads "
                'with workers must do so under `if __name__ == "__main__":`'
            )
        if worker.task is not None:
            index, article = worker.task
            self._results[index] = InputError(
                f"could not be read: the worker process that read it ended (exit status {status}), for want "
                "of memory perhaps; try fewer workers",
                name_of(article),
            )


def _work(
    pipe: Connection,
    finish: Callable[[Reading], Any],
    make_reader: Callable[[int | None], Reader],
    threads: int,
) -> None:
    """A worker's life: say so when ready, then answer each article, until the other end is closed."""
    pipe.send(None)
    reader: Reader | None = None
    while True:
        try:
            article = pipe.recv()
        except (EOFError, OSError):
            return
        answer: Any
        try:
            reader = reader or make_reader(threads)
            answer = read_article(article, finish, reader)
        except CommuniqueError as error:
            answer = _Raise(error)
        try:
            pipe.send(answer)
        except BrokenPipeError:
            return
