"""The store: many readings in one DuckDB file, to ask questions of all of them at once.

    from communique.store import open_store

    with open_store("news.duckdb") as store:
        store.connection.sql("SELECT day, actors, type, recipients FROM who_did_what").show()

What the tables hold stands in ``schema.sql`` and in ``docs/store.md``. duckdb is imported when a store is
opened.
"""

from __future__ import annotations

from communique.store.opening import open_store
from communique.store.rows import text_hash
from communique.store.store import Store
from communique.store.versions import Version

__all__ = ["Store", "Version", "open_store", "text_hash"]
