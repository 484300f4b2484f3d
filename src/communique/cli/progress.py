"""How far a long run is: a bar on stderr, for a person who watches."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

__all__ = ["tracked"]

T = TypeVar("T")
_FEW = 3  # articles that are read before a bar would be seen
_STEP = 0.1  # seconds between two drawings


def tracked(
    items: Iterator[T], count: Callable[[], int | None], *, shares_screen: bool = False
) -> Iterator[T]:
    """The items, with a bar on stderr while they come, if that is a terminal and they are many.

    Args:
        items: passed on as they are.
        count: says how many there will be, or None; asked only if a bar is shown.
        shares_screen: the items are printed on the same terminal; the bar is taken away meanwhile.
    """
    if not sys.stderr.isatty():
        yield from items
        return
    total = count()
    if total is not None and total <= _FEW:
        yield from items
        return
    yield from _with_bar(items, total, shares_screen)


def _with_bar(items: Iterator[T], total: int | None, shares_screen: bool) -> Iterator[T]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    # Drawn by hand: a thread that draws would write into what is being printed.
    bar = Progress(
        TextColumn("Reading"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(elapsed_when_finished=True),
        TextColumn("left"),
        console=Console(stderr=True),
        transient=True,
        auto_refresh=False,
        redirect_stdout=False,
        redirect_stderr=False,
    )
    task = bar.add_task("", total=total, rate="")
    began = drawn = time.monotonic()
    with bar:
        bar.refresh()
        for done, item in enumerate(items, 1):
            if shares_screen:
                with _away(bar):
                    yield item
            else:
                yield item
            now = time.monotonic()
            rate = f"{done / (now - began):.1f}/s" if now > began else ""
            bar.update(task, completed=done, rate=rate)
            if shares_screen or now - drawn >= _STEP:
                bar.refresh()
                drawn = now


@contextmanager
def _away(bar: object) -> Iterator[None]:
    bar.stop()  # type: ignore[attr-defined]
    yield
    bar.start()  # type: ignore[attr-defined]
