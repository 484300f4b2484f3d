"""Happenings: one thing that happened, however many articles tell it, and however often.

Counts of news are counts of what is printed; what an analyst wants to count is what happened. So tellings of
one happening are brought together (``together.py``), described once (``happening.py``), compared for what
they do not agree on (``differing.py``), and kept in a store (``keeping.py``). ``docs/happenings.md`` tells
how, and how well.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from communique.analysis.happening import Happening, described
from communique.analysis.keeping import keep, known
from communique.analysis.stories import Stories
from communique.analysis.tellings import read, read_store
from communique.analysis.together import together

if TYPE_CHECKING:
    from communique.reading import Reading
    from communique.store import Store

__all__ = ["Happening", "happenings", "update"]


def happenings(readings: Iterable[Reading]) -> list[Happening]:
    """What is told more than once in a collection.

    Args:
        readings: of its articles; they are numbered from 1 in the tellings.

    Returns:
        Happenings with two tellings or more, in the order of their first.
    """
    tellings, leads = read(enumerate(readings, start=1))
    return [described(group) for group in together(tellings, Stories(leads))]


def update(store: Store) -> int:
    """Bring the tables ``happenings``, ``tellings`` and ``differences`` of a store up to date.

    Nothing is done if no article came, or was read anew, since the last time. A happening keeps its number as
    long as its first telling is the same.

    Args:
        store: open for writing.

    Returns:
        How many happenings there are.

    Raises:
        StoreError: if the store cannot be read or written.
    """
    with store.transaction():
        store.flush()
        count = known(store)
        if count is not None:
            return count
        tellings, leads = read_store(store)
        made = [described(group) for group in together(tellings, Stories(leads))]
        keep(store, made)
    return len(made)
