"""``communique disputes``: what cannot both be true, out of a store."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from communique.cli.asking import answers, paged, stored

if TYPE_CHECKING:
    from communique.cli.page import Screen
    from communique.store.questions import Answer

__all__ = ["command"]

_EPILOG = """\b
Examples:
  communique disputes
  communique disputes --about abductees --kind number
  communique disputes --since 2024-02 --format json"""
_LINES = 3  # of what a side says


@click.command(name="disputes", epilog=_EPILOG)
@click.option("--about", metavar="WORDS", help="Words that stand in what it is about, or in a side's words.")
@click.option("--kind", multiple=True, metavar="KIND", help="number, denial, status or attribution.")
@click.option("--since", metavar="DATE", help="First day of the later article: 2024, 2024-01 or 2024-01-15.")
@click.option("--until", metavar="DATE", help="Last day of it; of a year or month its last.")
@paged
@answers
@stored
def command(
    place: str,
    form: str | None,
    output: str | None,
    limit: int | None,
    offset: int,
    about: str | None,
    kind: tuple[str, ...],
    since: str | None,
    until: str | None,
) -> int:
    """Show statements that cannot both hold, within an article and between articles that tell the same."""
    from communique.cli.answers import form_of, limit_of, put_out
    from communique.cli.asking import asked
    from communique.store.questions import disputes

    form = form_of(form, output)
    with asked(place) as store:
        found = disputes(
            store,
            about=about,
            kind=kind,
            since=since,
            until=until,
            limit=limit_of(limit, form),
            offset=offset,
        )
        put_out(found, form, output, _page, offset)
    return 0


def _page(answer: Answer, screen: Screen) -> Iterator[str]:
    from communique.cli.page import GAP, columns
    from communique.cli.visible import shortened
    from communique.cli.words import NOTHING, day

    widths = [12, 22, 0]
    widths[2] = screen.width - sum(widths) - GAP * (len(widths) - 1)
    heads = [(name, "dim") for name in ("kind", "who", "says, and where")]
    if answer.rows:
        yield columns(screen, heads, widths)
    for row in answer.rows:
        lead = row["kind"]
        for side in "ab":
            who = ", told by ".join(n or NOTHING for n in row[f"said_by_{side}"]) or "the article"
            source = row[f"publisher_{side}"] or row[f"title_{side}"] or f"article {row[f'article_{side}']}"
            published = row[f"published_{side}"]
            where = shortened(source, 40) + (f", {day(published.isoformat())}" if published else "")
            cells = [
                (lead, "bold"),
                (shortened(who, 60), ""),
                (f"{shortened(row[f'words_{side}'], widths[2] * _LINES - 8)}\n— {where}", ""),
            ]
            yield columns(screen, cells, widths)
            lead = ""
