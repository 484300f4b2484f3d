"""Reading texts that are sent in: in processes of their own, one text a core at a time, and not for ever.

A text that takes too long is given up with its process, and no page waits for the network meanwhile. The
processes start when the first text comes.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
from datetime import date
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any

from communique.errors import CommuniqueError

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

__all__ = ["Broken", "Busy", "Readers", "TooLong"]

_START = 60.0  # seconds in which a process must have loaded the network


class Busy(CommuniqueError):
    """Too many texts wait already."""


class Broken(Exception):
    """The process that read a text met a fault of the program, or was ended."""


class TooLong(CommuniqueError):
    """A text took longer than it may."""


class Readers:
    """Reads texts, as many at once as there are cores.

    Args:
        seconds: the longest that one may take.
        waiting: texts that may wait for their turn.
    """

    def __init__(self, seconds: float, waiting: int) -> None:
        self._seconds = seconds
        cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
        self._turns = threading.Semaphore(cores or 1)
        self._places = threading.Semaphore((cores or 1) + waiting)
        self._lock = threading.Lock()
        self._idle: list[_Process] = []
        self._ended = False

    def read(self, text: str, published: date | None = None, **metadata: str | None) -> str:
        """The reading of a text, as JSON.

        Args:
            text: of an article.
            published: the day that "last month" is resolved against.
            metadata: title, publisher, url, as ``communique.read`` takes them.

        Raises:
            Busy: if too many wait.
            TooLong: if it takes too long.
            InputError: if it is empty or not English.
        """
        if not self._places.acquire(blocking=False):
            raise Busy("many texts wait to be read; send this one again in a while")
        try:
            if not self._turns.acquire(timeout=self._seconds):
                raise Busy("the texts before this one take long; send it again in a while")
            try:
                return self._read((text, published, metadata))
            finally:
                self._turns.release()
        finally:
            self._places.release()

    def close(self) -> None:
        """End the processes."""
        with self._lock:
            self._ended = True
            idle, self._idle = self._idle, []
        for process in idle:
            process.end()

    def _read(self, given: tuple[Any, ...]) -> str:
        with self._lock:
            process = self._idle.pop() if self._idle else None
        if process is None:
            process = _Process()
        try:
            answer = process.ask(given, self._seconds)
        except BaseException:
            process.end()
            raise
        with self._lock:
            if not self._ended:
                self._idle.append(process)
                process = None
        if process is not None:
            process.end()
        if isinstance(answer, Exception):
            raise answer
        return str(answer)


class _Process:
    """A process that reads one text after the other."""

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, there = context.Pipe()
        self._process: BaseProcess = context.Process(target=_work, args=(there,), daemon=True)
        self._process.start()
        there.close()
        self._ready = False

    def ask(self, given: tuple[Any, ...], seconds: float) -> Any:
        try:
            if not self._ready:
                if not self._pipe.poll(_START):
                    raise TooLong("the network could not be loaded in time; send the text again")
                fault = self._pipe.recv()
                if fault is not None:
                    raise fault
                self._ready = True
            self._pipe.send(given)
            if not self._pipe.poll(seconds):
                raise TooLong(f"the text took longer than {seconds:g} seconds; send a shorter one")
            return self._pipe.recv()
        except (EOFError, OSError):
            raise Broken("the process that read a text has ended") from None

    def end(self) -> None:
        self._pipe.close()
        self._process.kill()
        self._process.join(timeout=5)


def _work(pipe: Connection) -> None:
    import signal

    # Ctrl-C is for the server, which ends its processes.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        from communique.batch import own_reader
        from communique.intake import from_text

        reader = own_reader(1)
        reader.read(from_text("The minister met the envoy."))
    except CommuniqueError as fault:
        pipe.send(fault)
        return
    pipe.send(None)
    while True:
        try:
            text, published, metadata = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            answer: Any = reader.read(from_text(text, published=published, **metadata)).to_json()
        except CommuniqueError as fault:
            answer = fault
        except Exception as fault:
            answer = Broken(f"{type(fault).__name__}: {fault}")
        pipe.send(answer)
