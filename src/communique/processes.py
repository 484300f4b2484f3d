"""Processes that work for this one: started by spawn, spoken to over a pipe, and ended with it."""

from __future__ import annotations

import multiprocessing
import signal
import threading
from collections.abc import Callable, Iterator, MutableSequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, Generic, TypeVar

__all__ = ["Worker", "end_all", "ended", "started"]

T = TypeVar("T")
_PATIENCE = 5.0  # seconds a process gets to end by itself


@dataclass(slots=True)
class Worker(Generic[T]):
    """A process and our end of its pipe; ``ready`` once it has spoken, ``task`` what it is busy with."""

    process: BaseProcess
    pipe: Connection
    ready: bool = False
    task: T | None = None


def started(work: Callable[..., None], *args: Any) -> Worker[Any]:
    """A process that runs ``work(pipe, *args)``.

    Not a fork: the parent may hold threads (onnxruntime's, DuckDB's, the progress bar's).
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=work, args=(theirs, *args), daemon=True)
    with _interrupts_ignored():
        process.start()
    theirs.close()
    return Worker(process, ours)


def ended(worker: Worker[Any]) -> int | None:
    """Close the pipe, which ends an idle process, and wait for it; its exit status."""
    worker.pipe.close()
    worker.process.join(_PATIENCE)
    return worker.process.exitcode


def end_all(workers: MutableSequence[Worker[Any]]) -> None:
    """End processes, busy or not, and forget them."""
    for worker in workers:
        worker.pipe.close()
        if worker.task is not None or not worker.ready:
            worker.process.terminate()
    for worker in workers:
        worker.process.join(_PATIENCE)
        if worker.process.is_alive():
            worker.process.kill()
            worker.process.join()
    workers.clear()


@contextmanager
def _interrupts_ignored() -> Iterator[None]:
    """Processes started within ignore Ctrl-C: it is this one that ends them."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
