"""A process that ingests with a stub and says on stdout what it does, so that it can be killed at any moment.

python -m tests.store.ingesting_child STORE PATH...
"""

from __future__ import annotations

import sys
from itertools import count

from communique.store import Store, open_store
from communique.store.ingesting import Ingest, inputs_of
from tests.store.invented import stub_reader


class Talking:
    """A store that tells before each write."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __getattr__(self, name: str) -> object:
        if name in ("add", "add_source", "transaction"):
            print(name, flush=True)
        return getattr(self._store, name)


def main() -> None:
    """Ingest; a batch holds some three articles."""
    ticks = count()
    with open_store(sys.argv[1]) as store:
        ingest = Ingest(Talking(store), make_reader=stub_reader, clock=lambda: next(ticks))  # type: ignore[arg-type]
        for word in ingest.take(inputs_of(store, sys.argv[2:])):
            print(word, flush=True)
    print("end", flush=True)


if __name__ == "__main__":
    main()
