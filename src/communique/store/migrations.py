"""From an older store to this version's: a numbered list of changes, each made once, in order.

A store says in ``meta`` which schema it has. To change the schema: raise ``SCHEMA``, change ``schema.sql``
(new columns go to the end of their table, for that is where ALTER TABLE puts them), and add a line to
``MIGRATIONS`` that makes an old store the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from communique.errors import StoreError, StoreNewer

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

__all__ = ["MIGRATIONS", "SCHEMA", "migrate", "schema_of"]

SCHEMA = 1  # of this version

# schema that is reached → the SQL that reaches it from the one before
MIGRATIONS: dict[int, str] = {}


def schema_of(connection: DuckDBPyConnection) -> int | None:
    """The number of a store's schema; None if the database is no store."""
    import duckdb

    try:
        row = connection.execute("SELECT value FROM meta WHERE key = 'schema'").fetchone()
        return int(row[0]) if row else None
    except (duckdb.CatalogException, duckdb.BinderException, ValueError):
        return None


def migrate(connection: DuckDBPyConnection, found: int, path: str, read_only: bool = False) -> None:
    """Bring a store to this version's schema, wholly or not at all.

    Args:
        connection: to the store, in no transaction.
        found: the schema that it has.
        path: of the store, for the message.
        read_only: it may not be changed.

    Raises:
        StoreNewer: if a newer version made it.
        StoreError: if it is older and may not be changed, or is of a version from which no way leads here.
    """
    if found > SCHEMA:
        row = connection.execute("SELECT value FROM meta WHERE key = 'created_by'").fetchone()
        maker = f"communique {row[0]}" if row else "a newer communique"
        raise StoreNewer(
            f"{path} has schema {found}, made by {maker}, and this version knows schemas up to {SCHEMA}; "
            "upgrade communique"
        )
    if found == SCHEMA:
        return
    if read_only:
        raise StoreError(
            f"{path} has the older schema {found} and is opened for reading only; open it once for writing, "
            f"which brings it to schema {SCHEMA}"
        )
    missing = [n for n in range(found + 1, SCHEMA + 1) if n not in MIGRATIONS]
    if missing:
        raise StoreError(
            f"{path} has schema {found}, and nothing leads from it to schema {missing[0]}; "
            "store the articles anew"
        )
    connection.begin()
    try:
        for number in range(found + 1, SCHEMA + 1):
            connection.execute(MIGRATIONS[number])
        connection.execute("UPDATE meta SET value = ? WHERE key = 'schema'", [str(SCHEMA)])
        connection.commit()
    except BaseException:
        connection.rollback()
        raise
