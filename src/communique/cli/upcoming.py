"""``communique upcoming``: what articles say will come, out of a store; also as a calendar."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from communique.cli.asking import answers, paged, stored

if TYPE_CHECKING:
    from communique.cli.page import Screen
    from communique.store.questions import Answer

__all__ = ["command"]

_EPILOG = """\b
Examples:
  communique upcoming
  communique upcoming --from 2024-04 --until 2024-06 --actor Kishida
  communique upcoming --from 2024-04-01 --ics ahead.ics"""


@click.command(name="upcoming", epilog=_EPILOG)
@click.option("--from", "start", metavar="DATE", help="First day, such as 2024-04-01.  [default: today]")
@click.option("--until", metavar="DATE", help="Last day on which something begins.")
@click.option(
    "--actor",
    multiple=True,
    metavar="WHO",
    help="Who takes part: country, or a part of a name; may be given again.",
)
@click.option("--status", multiple=True, metavar="STATUS", help="scheduled, expected or deadline.")
@click.option(
    "--ics",
    type=click.Path(dir_okay=False),
    metavar="FILE.ics",
    help="Also write what is shown as a calendar that any calendar program opens.",
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
    start: str | None,
    until: str | None,
    actor: tuple[str, ...],
    status: tuple[str, ...],
    ics: str | None,
) -> int:
    """Show what articles say will come, day by day, what several of them announce told once.

    With --ics and no --limit, all of it.
    """
    from communique.cli.answers import form_of, limit_of, note_missing, put_out
    from communique.cli.asking import asked
    from communique.store.questions import upcoming

    form = form_of(form, output)
    rows = 0 if ics and limit is None else limit_of(limit, form)
    with asked(place) as store:
        found = upcoming(
            store, start=start, until=until, actor=actor, status=status, limit=rows, offset=offset
        )
        if ics:
            _write_calendar(found, ics)
        put_out(found, form, output, _page, offset)
        note_missing(found, actor)
    return 0


def _write_calendar(answer: Answer, path: str) -> None:
    from communique.cli.output import Output
    from communique.exports.calendar import as_calendar, entry_of_row

    try:
        place = Output(path)
    except OSError as error:
        wrong = f"{path} cannot be written: {error.strerror}"
        raise click.BadParameter(wrong, param_hint="--ics") from None
    with place:
        place.write(as_calendar(entry_of_row(row) for row in answer.rows))
        place.keep()


def _page(answer: Answer, screen: Screen) -> Iterator[str]:
    from communique.cli.page import GAP, columns
    from communique.cli.visible import shortened
    from communique.cli.words import stretch

    widths = [16, 0, 10, 26]
    widths[1] = screen.width - sum(widths) - GAP * (len(widths) - 1)
    heads = [(name, "dim") for name in ("when", "what", "status", "according to")]
    if answer.rows:
        yield columns(screen, heads, widths)
    for row in answer.rows:
        cells: list[Any] = [
            (stretch(row["day"].isoformat(), row["to_day"].isoformat()), ""),
            (shortened(row["what"], 3 * widths[1]), "bold"),
            (row["status"], ""),
            (_source(row, widths[3]), ""),
        ]
        yield columns(screen, cells, widths)


def _source(row: dict[str, Any], width: int) -> str:
    from communique.cli.visible import shortened

    more = f" and {row['articles'] - 1} more" if row["articles"] > 1 else ""
    name = row["publisher"] or row["title"] or f"article {row['article']}"
    return shortened(name, 2 * width - len(more)) + more
