"""``communique dyad``: two parties over time, as a chart."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from communique.cli.asking import answers, filtered, stored

if TYPE_CHECKING:
    from communique.cli.chart import Blocks
    from communique.cli.page import Screen
    from communique.store.questions import Answer

__all__ = ["command"]

_EPILOG = """\b
Examples:
  communique dyad JPN PRK --since 2024
  communique dyad "United States" China --by week --since 2024-01 --until 2024-06
  communique dyad Kishida "Kim Jong Un" --format csv -o dyad.csv

\b
Counted are happenings, each once, that occurred or go on and do not lie long before their article.
The score is the mean of PLOVER's, from -10 (conflict) to 10 (cooperation)."""
_QUADS = ("verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict")
_LOW, _HIGH = -10.0, 10.0  # of PLOVER's score


@click.command(name="dyad", epilog=_EPILOG)
@click.argument("first", metavar="WHO")
@click.argument("second", metavar="WHO")
@filtered
@click.option(
    "--by",
    type=click.Choice(("day", "week", "month", "year")),
    default="month",
    show_default=True,
    help="The periods.",
)
@click.option(
    "--limit",
    type=click.IntRange(0),
    help="Periods at most, the last ones; 0 shows all.  [default: 50 in a table, all in the other formats]",
)
@answers
@stored
def command(
    first: str,
    second: str,
    place: str,
    form: str | None,
    output: str | None,
    limit: int | None,
    by: str,
    **given: Any,
) -> int:
    """Show how two parties dealt with each other, period by period, in both directions."""
    from communique.cli.answers import form_of, limit_of, note_missing, put_out
    from communique.cli.asking import asked
    from communique.cli.events import statuses
    from communique.store.questions import Filters, dyad

    form = form_of(form, output)
    with asked(place) as store:
        found = dyad(store, first, second, Filters(**statuses(given)), by=by)
        rows = 2 * limit_of(limit, form)
        hidden = max(0, len(found.rows) - rows) // 2 if rows else 0
        put_out(_last(found, rows), form, output, partial(_page, by, output))
        if hidden:
            click.echo(f"{hidden} earlier periods; --limit 0 shows all.", err=True)
        note_missing(found, (first, second))
    return 0


def _last(answer: Answer, rows: int) -> Answer:
    from dataclasses import replace

    kept = answer.rows[-rows:] if rows else answer.rows
    return replace(answer, rows=kept, total=len(kept))


def _page(by: str, output: str | None, answer: Answer, screen: Screen) -> Iterator[str]:
    from communique.cli.chart import blocks, sparkline
    from communique.cli.visible import shortened

    if not answer.rows:
        return
    made_of = blocks(to_file=output not in (None, "-"))
    most = max(max(sum(row[q] for q in pair) for pair in (_QUADS[:2], _QUADS[2:])) for row in answer.rows)
    cells = made_of.cells
    for way in (0, 1):
        rows = answer.rows[way::2]
        total = sum(row["happenings"] for row in rows)
        title = f"{shortened(rows[0]['actor'], 30)} → {shortened(rows[0]['recipient'], 30)}"
        yield (
            ("\n" if way else "")
            + screen.styled(title, "bold")
            + f"  {total} happening{'' if total == 1 else 's'}\n"
        )
        line = sparkline([row["score"] for row in rows], _LOW, _HIGH, made_of)
        yield f"score {line}\n" if len(line) <= screen.width - 6 else ""
        for row in rows:
            yield _line(row, by, most, made_of, screen)
    yield (
        screen.styled(
            f"{cells[0]} verbal {cells[1]} material; conflict to the left, cooperation to the right; "
            "then the number of each, and the score",
            "dim",
        )
        + "\n"
    )


def _line(row: dict[str, Any], by: str, most: int, made_of: Blocks, screen: Screen) -> str:
    from communique.cli.chart import stacked
    from communique.cli.timeline import period_name

    half = (screen.width - 12 - 20) // 2
    calm = stacked([row[q] for q in _QUADS[:2]], most, half, made_of.cells)
    clash = stacked([row[q] for q in _QUADS[2:]], most, half, made_of.cells)
    left = " " * (half - sum(map(len, clash))) + "".join(reversed(clash))
    right = "".join(calm) + " " * (half - sum(map(len, calm)))
    counts = [sum(row[q] for q in pair) for pair in (_QUADS[2:], _QUADS[:2])]
    score = "" if row["score"] is None else f"{row['score']:+.1f}"
    line = f"{period_name(row['period'], by):<10}  {left}{made_of.axis}{screen.styled(right, 'cyan')}"
    return f"{line} {counts[0]:>5} {counts[1]:>5} {score:>6}".rstrip() + "\n"
