"""``communique timeline``: what happened, day by day, out of a store."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from communique.cli.asking import answers, filtered, paged, stored

if TYPE_CHECKING:
    from communique.cli.page import Screen
    from communique.store.questions import Answer

__all__ = ["command", "period_name"]

_EPILOG = """\b
Examples:
  communique timeline --between JPN PRK --since 2024
  communique timeline --actor Kishida --by month
  communique timeline --status planned --since 2024-03 --limit 100 --offset 100

\b
A day with a star is that of the article, where the text names none."""
_WHEN = 14


@click.command(name="timeline", epilog=_EPILOG)
@filtered
@click.option(
    "--by",
    type=click.Choice(("day", "week", "month", "year")),
    default="day",
    show_default=True,
    help="Put a heading above each.",
)
@click.option(
    "--happenings/--tellings",
    default=True,
    show_default=True,
    help="A line a happening, or one for each article that tells it.",
)
@paged
@answers
@stored
def command(
    place: str,
    form: str | None,
    output: str | None,
    limit: int | None,
    offset: int,
    by: str,
    happenings: bool,
    **given: Any,
) -> int:
    """Show what happened, the oldest first, a line each.

    Without --status, what occurred or goes on.
    """
    from communique.cli.answers import form_of, limit_of, note_missing, put_out
    from communique.cli.asking import asked
    from communique.cli.events import statuses
    from communique.store.questions import Filters, timeline

    form = form_of(form, output)
    with asked(place) as store:
        filters = Filters(**statuses(given))
        found = timeline(
            store, filters, by=by, happenings=happenings, limit=limit_of(limit, form), offset=offset
        )
        put_out(found, form, output, partial(_page, by), offset)
        note_missing(found, (*given["actor"], *given["recipient"], *(given["between"] or ())))
    return 0


def period_name(first: date | None, by: str) -> str:
    """What a period is called: '2024-03', or by its first day."""
    if first is None:
        return "without a day"
    if by == "year":
        return f"{first.year:04}"
    return f"{first.year:04}-{first.month:02}" if by == "month" else first.isoformat()


def _page(by: str, answer: Answer, screen: Screen) -> Iterator[str]:
    from communique.cli.events import own_day_note

    last: Any = ()
    for row in answer.rows:
        if by != "day" and row["period"] != last:
            name = period_name(row["period"], by)
            heading = f"week of {name}" if by == "week" and row["period"] else name
            yield ("\n" if last != () else "") + screen.styled(heading, "bold") + "\n"
            last = row["period"]
        yield _line(row, screen)
    yield own_day_note(answer, screen)


def _line(row: dict[str, Any], screen: Screen) -> str:
    from communique.cli.answers import parties, when
    from communique.cli.page import GAP, columns
    from communique.cli.visible import shortened

    what = f"{row['type']} {row['mode'].replace('_', ' ')}" if row["mode"] else row["type"]
    if row["status"] not in ("occurred", "ongoing"):
        what += f", {row['status']}"
    if row["historical"]:
        what += ", long ago"
    told = f" ({row['tellings']} articles)" if row["tellings"] > 1 else ""
    widths = [_WHEN, 0, 24]
    widths[1] = screen.width - sum(widths) - GAP * (len(widths) - 1)
    who = parties(row, max(20, widths[1] - len(told) - min(len(row["words"]), 18) - 4))
    words = shortened(row["words"], max(8, widths[1] - len(told) - len(who) - 4))
    cells = [
        (shortened(when(row), _WHEN), ""),
        (f"{who}: “{words}”{told}", ""),
        (shortened(what, widths[2]), "bold"),
    ]
    return columns(screen, cells, widths)
