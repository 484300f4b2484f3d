"""``communique said``: what somebody said, out of a store."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from communique.cli.asking import answers, corrected_too, paged, stored

if TYPE_CHECKING:
    from communique.cli.page import Screen
    from communique.store.questions import Answer

__all__ = ["command"]

_EPILOG = """\b
Examples:
  communique said Kishida
  communique said Kishida --about abduct --since 2024-02
  communique said JPN --act deny --format jsonl

\b
A day with a star is that of the article, where the text names none."""
_LINES = 4  # of what was said


@click.command(name="said", epilog=_EPILOG)
@click.argument("who")
@click.option("--about", metavar="WORDS", help="Words that stand in what was said.")
@click.option(
    "--act",
    multiple=True,
    metavar="ACT",
    help="assert, deny, doubt, ask, demand, promise, threaten, believe, intend or other.",
)
@click.option("--since", metavar="DATE", help="First day: 2024, 2024-01 or 2024-01-15.")
@click.option("--until", metavar="DATE", help="Last day; of a year or month its last.")
@corrected_too
@paged
@answers
@stored
def command(
    who: str,
    place: str,
    form: str | None,
    output: str | None,
    limit: int | None,
    offset: int,
    about: str | None,
    act: tuple[str, ...],
    since: str | None,
    until: str | None,
    corrected: bool,
) -> int:
    """Show what WHO said, the latest first, and who passes it on.

    WHO is a part of a name, or a country's code or name for all who speak for it or are of it.
    """
    from communique.cli.answers import form_of, limit_of, put_out
    from communique.cli.asking import asked
    from communique.store.correcting.showing import as_corrected, claim_rows
    from communique.store.questions import said

    form = form_of(form, output)
    with asked(place) as store:
        found = said(
            store,
            who,
            about=about,
            act=act,
            since=since,
            until=until,
            limit=limit_of(limit, form),
            offset=offset,
        )
        if corrected:
            found = as_corrected(store, found, claim_rows)
        put_out(found, form, output, _page, offset)
    return 0


def _page(answer: Answer, screen: Screen) -> Iterator[str]:
    from communique.cli.page import GAP, columns
    from communique.cli.visible import shortened
    from communique.cli.words import NOTHING, day

    widths = [12, 20, 9, 0]
    widths[3] = screen.width - sum(widths) - GAP * (len(widths) - 1)
    heads = [(name, "dim") for name in ("when", "who", "act", "what, and where")]
    if answer.rows:
        yield columns(screen, heads, widths)
    starred = False
    for row in answer.rows:
        star = "*" if row["day_from"] == "published" else ""
        starred = starred or bool(star)
        names = [row["who"], *row["told_by"]]
        # Who passes on what he said himself is named once.
        told = ", told by ".join(
            shortened(name or NOTHING, 40)
            for name, before in zip(names[1:], names, strict=False)
            if name != before
        )
        source = shortened(row["publisher"] or row["title"] or f"article {row['article']}", 40)
        words = shortened(row["words"], widths[3] * _LINES - 8)
        if row["manner"] == "direct":
            words = f"“{words}”"
        cells = [
            (f"{day(row['day'].isoformat())}{star}" if row["day"] else NOTHING, ""),
            (shortened(row["who"] or NOTHING, 60), "bold"),
            (row["act"], ""),
            (f"{words}\n— {f'told by {told}, ' if told else ''}{source}", ""),
        ]
        yield columns(screen, cells, widths)
    if starred:
        yield screen.styled("* day of the article; the text names none", "dim") + "\n"
