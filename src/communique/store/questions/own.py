"""SQL of one's own: it may read this store, and do nothing else.

The store must be open for reading only. Before the first question DuckDB is told to touch no other file and
to take no more settings, for as long as the store is open; and only statements that select are run.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from communique.errors import BadQuestion
from communique.store.failing import named
from communique.store.questions.answer import Answer

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from communique.store.store import Store

__all__ = ["locked", "query"]

_PLACE = re.compile(r"^LINE (\d+): (.*)\n( *)\^", re.MULTILINE)
_AT_ONCE = 10_000
_LONGEST = 60  # characters of the SQL around its fault


@dataclass(frozen=True)
class _Own(Answer):
    """An answer whose columns come from the store itself, so that no type is lost."""

    connection: Any = field(default=None, repr=False)
    limit: int = 0

    def _in_columns(self, use: Callable[[DuckDBPyConnection], Any]) -> Any:
        import duckdb

        end = f"\nLIMIT {self.limit}" if self.limit else ""
        names = ", ".join('"' + name.replace('"', '""') + '"' for name in self.columns)
        try:
            self.connection.execute(
                f"CREATE OR REPLACE TEMP TABLE answer AS FROM (\n{self.sql}\n) q({names}){end}",
                self.parameters or None,
            )
        except duckdb.ParserException:
            # EXPLAIN, which gives text only and cannot stand within another statement.
            return super()._in_columns(use)
        try:
            return use(self.connection)
        except duckdb.PermissionException:
            raise BadQuestion(
                "this store may write no file that `locked` was not told of before the first question"
            ) from None
        finally:
            self.connection.execute("DROP TABLE temp.answer")


def locked(store: Store, writes: Sequence[str | os.PathLike[str]] = ()) -> None:
    """Let nobody who asks this store reach another file; it holds until the store is closed.

    Args:
        store: that is open for reading only.
        writes: files that may be written all the same, such as the Parquet file of an answer.

    Raises:
        BadQuestion: if the store is open for writing.
    """
    if not store.read_only:
        raise BadQuestion(
            f"{store.path} is open for writing; open it for reading only to ask SQL of your own"
        )
    connection = store.connection
    if connection.execute("SELECT current_setting('lock_configuration')").fetchall()[0][0]:
        return
    if writes:
        files = ", ".join("'" + os.fspath(w).replace("'", "''") + "'" for w in writes)
        connection.execute(f"SET allowed_paths = [{files}]")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")


def query(
    store: Store,
    sql: str,
    parameters: Sequence[Any] | dict[str, Any] | None = None,
    *,
    limit: int = 0,
) -> Answer:
    """Ask a store in SQL.

        query(store, "SELECT day, actors, recipients FROM who_did_what WHERE type = ?", ["CONSULT"])

    Args:
        store: that is asked, open for reading only.
        sql: one SELECT (or DESCRIBE, SUMMARIZE, SHOW, EXPLAIN), in DuckDB's SQL.
        parameters: what stands for ``?`` or ``$name`` in it.
        limit: rows that are kept at most; the others are counted. 0 keeps all.

    Returns:
        The rows.

    Raises:
        BadQuestion: if the SQL is wrong, with the line and the words where it is; or does anything but
            select; or reads another file.
        StoreError: if the store cannot be read.
    """
    import duckdb

    locked(store)
    with _told(store.path):
        statements = duckdb.extract_statements(sql)
    if len(statements) != 1:
        raise BadQuestion(f"the SQL has {len(statements)} statements; give one")
    if statements[0].type not in (duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN):
        kind = statements[0].type.name
        raise BadQuestion(f"{kind} is not run here, where a store is only read; give a SELECT")
    given: Any = list(parameters) if isinstance(parameters, (list, tuple)) else parameters
    with _told(store.path):
        result = store.connection.execute(sql, given or None)
        described = result.description or []
        rows = result.fetchmany(limit) if limit else result.fetchall()
        total = len(rows)
        while limit and (more := len(result.fetchmany(_AT_ONCE))):
            total += more
    names = _unlike([d[0] for d in described])
    return _Own(
        columns={n: str(d[1]) for n, d in zip(names, described, strict=True)},
        rows=[dict(zip(names, row, strict=True)) for row in rows],
        sql=sql.strip().rstrip(";"),
        parameters=given or {},
        total=total,
        connection=store.connection,
        limit=limit,
    )


@contextmanager
def _told(path: str) -> Iterator[None]:
    """DuckDB's complaint about a question, in one sentence with its place."""
    import duckdb

    try:
        yield
    except (duckdb.IOException, duckdb.FatalException) as error:
        raise named(error, path) from None
    except duckdb.Error as error:
        raise BadQuestion(_sentence(str(error))) from None


def _sentence(message: str) -> str:
    head, *rest = [line.strip() for line in message.strip().splitlines() if line.strip()]
    what = head.partition(": ")[2] or head
    hints = [line for line in rest if line.startswith(("Did you mean", "Candidate bindings"))]
    place = _PLACE.search(message)
    where = ""
    if place:
        line, words, blanks = place[1], place[2], place[3]
        at = max(0, len(blanks) - len(f"LINE {line}: "))
        near = words[at : at + _LONGEST].strip()
        where = f" in line {line}, at “{near}”" if near else f" at the end of line {line}"
    parts = "; ".join([what.rstrip("!."), *(h.rstrip("?") + ("?" if h.endswith("?") else "") for h in hints)])
    return f"the SQL is wrong{where}: {parts}"


def _unlike(names: list[str]) -> list[str]:
    """Names of columns of which none is there twice."""
    out: list[str] = []
    for name in names:
        free, number = name, 1
        while free in out:
            number += 1
            free = f"{name}_{number}"
        out.append(free)
    return out
