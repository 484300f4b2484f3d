"""``communique query``: SQL of one's own to a store, which it can only read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from communique.cli.asking import answers, stored

if TYPE_CHECKING:
    from communique.cli.page import Screen
    from communique.store.questions import Answer

__all__ = ["command"]

_EPILOG = """\b
Examples:
  communique query "SELECT day, actors, type, recipients FROM who_did_what ORDER BY day"
  communique query "SELECT who, count(*) AS claims FROM said GROUP BY who ORDER BY claims DESC"
  communique query "FROM upcoming" --format csv -o upcoming.csv
  communique query "DESCRIBE who_did_what"

\b
Views: who_did_what, dyad_days, upcoming, said. SHOW TABLES names the tables.
The SQL is DuckDB's. It is run on a store that is open for reading only, and reaches no other file."""
_WIDEST = 60  # columns of one value


@click.command(name="query", epilog=_EPILOG)
@click.argument("sql")
@click.option(
    "--limit",
    type=click.IntRange(0),
    help="Rows at most; 0 shows all.  [default: 50 in a table, all in the other formats]",
)
@answers
@stored
def command(sql: str, place: str, form: str | None, output: str | None, limit: int | None) -> int:
    """Ask a store in SQL: one SELECT."""
    from communique.cli.answers import form_of, limit_of, parquet_beside, put_out
    from communique.cli.asking import asked
    from communique.store.questions import locked, query

    form = form_of(form, output)
    with asked(place) as store:
        if form == "parquet" and output:
            locked(store, writes=[parquet_beside(output)])
        found = query(store, sql, limit=limit_of(limit, form))
        put_out(found, form, output, _page)
    return 0


def _page(answer: Answer, screen: Screen) -> Iterator[str]:
    import io

    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from communique.cli.visible import visible

    table = Table(box=None, header_style="dim")
    for name, kind in answer.columns.items():
        number = kind.startswith(("DECIMAL", "DOUBLE", "FLOAT", "REAL")) or kind.endswith(("INT", "INTEGER"))
        table.add_column(Text(visible(name)), justify="right" if number else "left", max_width=_WIDEST)
    for row in answer.rows:
        table.add_row(*(Text(_shown(value)) for value in row.values()))
    page = io.StringIO()
    colors: Any = "standard" if screen.colors else None
    Console(
        file=page, width=screen.width, force_terminal=screen.colors, color_system=colors, legacy_windows=False
    ).print(table)
    # The last column is filled up with blanks.
    yield "".join(line.rstrip() + "\n" for line in page.getvalue().splitlines())


def _shown(value: Any) -> str:
    from communique.cli.visible import visible
    from communique.store.questions import plain

    value = plain(value)
    if value is None:
        return "–"
    if isinstance(value, float):
        return f"{value:.6g}"
    if isinstance(value, list):
        return ", ".join(_shown(v) for v in value)
    return visible(str(value))
