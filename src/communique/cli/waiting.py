"""Waiting for a store that another process has open for a moment, as ``communique serve`` does when asked."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from communique.store import Store

__all__ = ["open_when_free"]

_LONGEST = 10.0  # seconds; the server lets go two seconds after the last question
_PAUSE = 0.25  # seconds between two tries


def open_when_free(
    path: str,
    *,
    create: bool = True,
    read_only: bool = False,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
) -> Store:
    """Open a store; where another process has it open, wait up to ten seconds and say so on standard error.

    Args:
        path: of the store.
        create: make a new store where there is no file.
        read_only: nothing is changed; a missing store is not made.
        clock, sleep: seconds; given by tests, so that they need not wait.

    Raises:
        StoreInUse: if it is open after ten seconds still, or in this very process.
        StoreError: as ``open_store`` does.
    """
    from communique.cli.visible import visible
    from communique.errors import StoreInUse
    from communique.store import open_store

    until: float | None = None
    while True:
        try:
            return open_store(path, create=create, read_only=read_only)
        except StoreInUse as held:
            # What this process itself has open is not let go of while it waits.
            if held.here or (until is not None and clock() >= until):
                raise
        if until is None:
            until = clock() + _LONGEST
            click.echo(f"waiting for {visible(path)}, which another process has open", err=True)
        sleep(_PAUSE)
