"""Parts coded by a Ray cluster: where one machine is too small.

A running cluster is used (``ray start --head``, and ``ray start --address=…`` on the other machines). Each
worker is an actor that loads the network once; Ray's own retries are off, so that deaths are counted in one
place. All machines must see the inputs and the output folder by the same paths.
"""

from __future__ import annotations

import os
import socket
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from typing import Any

from communique.batch import Reader
from communique.errors import CommuniqueError, MissingExtra
from communique.scale.engines import DEATHS, Tick, lost
from communique.scale.parts import Job, Outcome, Part, code_part

__all__ = ["run"]

_ANSWER = 10.0  # seconds that a cluster has to take a connection
_BARREN = 3  # actors in a row that may die before any has coded a part


def run(parts: Sequence[Part], job: Job, workers: int | None = None) -> Iterator[Outcome | Tick]:
    """Code parts with ``workers`` actors, one a core of the cluster if not told.

    Raises:
        MissingExtra: if ray is not installed.
        CommuniqueError: if no cluster is running, or nothing can be coded or written.
    """
    try:
        import ray
    except ImportError as error:
        raise MissingExtra('the engine ray needs ray: pip install "communique[ray]"') from error
    ours = not ray.is_initialized()
    if ours:
        _knock()
        try:
            ray.init(address="auto", log_to_driver=False, configure_logging=False)
        except ConnectionError:
            raise CommuniqueError(
                "no Ray cluster is running; start one with `ray start --head`, or name it in RAY_ADDRESS"
            ) from None
    try:
        yield from _Crew(ray, parts, job, workers).outcomes()
    finally:
        if ours:
            ray.shutdown()


def _knock() -> None:
    """Is anybody at the address that RAY_ADDRESS names? Ray itself would ask for some nine minutes."""
    address = os.environ.get("RAY_ADDRESS", "")
    host, _, port = address.rpartition(":")
    if not host or "/" in host or not port.isdigit():
        return  # 'auto', 'ray://…' and the like are Ray's to understand
    try:
        socket.create_connection((host.strip("[]"), int(port)), _ANSWER).close()
    except OSError as error:
        raise CommuniqueError(
            f"no Ray cluster answers at {address}, which RAY_ADDRESS names ({error.strerror or error}); "
            "start one with `ray start --head`"
        ) from None


class _Crew:
    def __init__(self, ray: Any, parts: Sequence[Part], job: Job, workers: int | None) -> None:
        self._ray = ray
        self._waiting = deque(parts)
        cores = max(1, int(ray.cluster_resources().get("CPU", 1)))
        self._count = min(workers or cores, len(parts))
        threads = max(1, cores // (workers or cores))
        # A class of Ray's making is made here, since ray is imported only when it is used.
        self._make: Callable[[], Any] = partial(
            ray.remote(max_restarts=0, max_task_retries=0, num_cpus=min(threads, cores))(_Coder).remote,
            job,
            threads,
        )
        self._deaths: Counter[Part] = Counter()
        self._busy: dict[Any, tuple[Any, Part]] = {}
        self._coded = 0

    def outcomes(self) -> Iterator[Outcome]:
        for _ in range(self._count):
            self._give(self._make())
        while self._busy:
            done, _ = self._ray.wait(list(self._busy), num_returns=1)
            actor, part = self._busy.pop(done[0])
            try:
                outcome: Outcome | CommuniqueError = self._ray.get(done[0])
            except self._ray.exceptions.RayError as error:
                yield from self._bury(part, error)
                continue
            if isinstance(outcome, CommuniqueError):
                raise outcome
            self._coded += 1
            self._give(actor)
            yield outcome

    def _give(self, actor: Any) -> None:
        if self._waiting:
            part = self._waiting.popleft()
            self._busy[actor.code.remote(part)] = (actor, part)
        else:
            self._ray.kill(actor)

    def _bury(self, part: Part, error: Exception) -> Iterator[Outcome]:
        self._deaths[part] += 1
        said = " ".join(str(error).split()).partition(". ")[0][:200]
        if not self._coded and sum(self._deaths.values()) > _BARREN * self._count:
            raise CommuniqueError(f"no worker of the Ray cluster lives long enough to code ({said})")
        if self._deaths[part] >= DEATHS:
            yield lost(part, said)
        else:
            self._waiting.append(part)
        if self._waiting:
            self._give(self._make())


class _Coder:
    """A worker: the network, loaded when its first part comes."""

    def __init__(self, job: Job, threads: int) -> None:
        self._job = job
        self._reader: Callable[[], Reader] = cache(partial(job.make_reader, threads))

    def code(self, part: Part) -> Outcome | CommuniqueError:
        """Code a part; an error that ends the run is returned, since Ray would wrap what is raised."""
        try:
            return code_part(part, self._job, self._reader)
        except CommuniqueError as error:
            return error
