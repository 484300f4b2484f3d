"""Parts coded by processes of this machine.

A process holds one part at a time, so when one dies it is known with which part; it loads the network once
and uses its share of the cores. When the parent dies, even by ``kill -9``, its processes end with it.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from multiprocessing.connection import Connection, wait
from typing import Any

from communique.batch import Reader
from communique.errors import CommuniqueError
from communique.processes import Worker, end_all, ended, started
from communique.scale.engines import DEATHS, Tick, lost
from communique.scale.parts import Job, Outcome, Part, code_part

__all__ = ["run"]

_TICK = 1.0  # seconds between two words of how far a part is


def run(parts: Sequence[Part], job: Job, workers: int | None = None) -> Iterator[Outcome | Tick]:
    """Code parts in ``workers`` processes, as many as there are cores if not told.

    Raises:
        CommuniqueError: if nothing can be coded or written, or the processes cannot be started.
    """
    cores = os.cpu_count() or 1
    count = min(workers or cores, len(parts))
    # Told how many, each is one core; else few parts share all cores.
    pool = _Pool(parts, job, count, 1 if workers else max(1, cores // max(1, count)))
    try:
        yield from pool.outcomes()
    finally:
        pool.close()


class _Pool:
    def __init__(self, parts: Sequence[Part], job: Job, count: int, threads: int) -> None:
        self._waiting = deque(parts)
        self._job = job
        self._count = count
        self._threads = threads
        self._deaths: Counter[Part] = Counter()
        self._workers: list[Worker[Part]] = []

    def outcomes(self) -> Iterator[Outcome | Tick]:
        while self._waiting or any(w.task is not None for w in self._workers):
            while self._waiting and len(self._workers) < self._count:
                self._workers.append(started(_work, self._job, self._threads))
            by_pipe: dict[Any, Worker[Part]] = {w.pipe: w for w in self._workers}
            for pipe in wait(list(by_pipe)):
                said = self._hear(by_pipe[pipe])
                if said is not None:
                    yield said

    def close(self) -> None:
        """End the processes, busy or not."""
        end_all(self._workers)

    def _hear(self, worker: Worker[Part]) -> Outcome | Tick | None:
        try:
            said = worker.pipe.recv()
        except (EOFError, OSError):
            return self._bury(worker)
        if isinstance(said, int) and worker.task is not None:
            return Tick(worker.task, said)
        if isinstance(said, CommuniqueError):
            raise said
        worker.ready = True
        worker.task = None
        if self._waiting:
            part = self._waiting.popleft()
            try:
                worker.pipe.send(part)
            except OSError:
                # It ended while it had nothing to do, so the part is not to blame; its end will be heard.
                self._waiting.appendleft(part)
            else:
                worker.task = part
        elif said is not None:
            self._end(worker)
        outcome: Outcome | None = said
        return outcome

    def _end(self, worker: Worker[Part]) -> None:
        """Nothing more to do for it: its memory is free for the others."""
        self._workers.remove(worker)
        ended(worker)

    def _bury(self, worker: Worker[Part]) -> Outcome | None:
        status = ended(worker)
        self._workers.remove(worker)
        if not worker.ready:
            raise CommuniqueError(
                f"a worker process ended before it could start (exit status {status}); a script that codes "
                'must do so under `if __name__ == "__main__":`'
            )
        part = worker.task
        if part is None:
            return None
        self._deaths[part] += 1
        if self._deaths[part] >= DEATHS:
            return lost(part, f"exit status {status}")
        self._waiting.append(part)
        return None


def _work(pipe: Connection, job: Job, threads: int) -> None:
    """A worker's life: say so when ready, then answer each part, until the other end is closed."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    reader: Callable[[], Reader] = cache(partial(job.make_reader, threads))
    pipe.send(None)
    while True:
        try:
            part = pipe.recv()
        except (EOFError, OSError):
            return
        answer: Outcome | CommuniqueError
        try:
            answer = code_part(part, job, reader, _Teller(pipe))
        except CommuniqueError as error:
            answer = error
        try:
            pipe.send(answer)
        except BrokenPipeError:
            return


class _Teller:
    """Tells how far a part is, now and then."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        self._told = time.monotonic()

    def __call__(self, articles: int) -> None:
        if time.monotonic() - self._told >= _TICK:
            self._pipe.send(articles)
            self._told = time.monotonic()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
