"""``communique who``: who is meant by a name, on a day."""

from __future__ import annotations

import click

__all__ = ["command"]

_EPILOG = """\b
Examples:
  communique who Kishida --on 2024-02-15
  communique who Kim --near "North Korean leader" --on 2018-06-12
  communique who Zelenskiy --format json"""


@click.command(name="who", epilog=_EPILOG)
@click.argument("name")
@click.option("--on", "day", metavar="DATE", help="The day; without it, the last office counts.")
@click.option("--near", default="", metavar="TEXT", help="Words beside the name: a country, an office.")
@click.option("--actors", type=click.Path(dir_okay=False), help="A CSV file of your own actors.")
@click.option("-n", "--limit", type=click.IntRange(1, 100), default=5, show_default=True, help="How many.")
@click.option("--format", "shape", type=click.Choice(["table", "json", "jsonl"]), default="table")
def command(name: str, day: str | None, near: str, actors: str | None, limit: int, shape: str) -> int:
    """Print who may be meant by NAME, best first, with offices and dates.

    The status is 1 where nobody of such a name is known.
    """
    import json

    from communique.intake import parse_date
    from communique.knowledge.own import actors_of, using
    from communique.knowledge.who import candidates

    with using(actors_of(actors) if actors else None):
        found = candidates(name, parse_date(day) if day else None, near, limit)
    rows = [
        {
            "name": c.person.name,
            "country": c.person.country,
            "offices": [
                {"title": o.title, "from": o.start, "to": o.end} for o in (c.offices or c.person.held(None))
            ],
            "kb": c.person.id,
            "score": c.score,
        }
        for c in found
    ]
    if shape == "json":
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    elif shape == "jsonl":
        for row in rows:
            click.echo(json.dumps(row, ensure_ascii=False))
    elif rows:
        _table(rows)
    if not rows:
        click.echo(f"Nobody called {name!r} is in the table of people.", err=True)
        return 1
    return 0


def _table(rows: list[dict]) -> None:  # type: ignore[type-arg]
    import sys

    from rich.console import Console
    from rich.table import Table

    from communique.cli.visible import visible

    table = Table(box=None)
    for head in ("name", "country", "office", "from", "to", "score", "kb"):
        table.add_column(head, no_wrap=True)
    for row in rows:
        offices = row["offices"] or [{"title": "", "from": "", "to": ""}]
        for k, office in enumerate(offices[:6]):
            ends = ("" if office["to"] is None else office["to"]) if office["from"] else ""
            first = k == 0
            table.add_row(
                visible(row["name"]) if first else "",
                (row["country"] or "") if first else "",
                visible(office["title"]),
                office["from"],
                ends,
                f"{row['score']:.2f}" if first else "",
                row["kb"] if first else "",
            )
    # A row is a line, also where nobody looks: ids are to be copied whole.
    Console(width=None if sys.stdout.isatty() else 160).print(table)
