"""``communique code``: files of articles in, a folder of Parquet parts out; on this machine or on many."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from communique.cli.reading_options import published_option, reading_options

if TYPE_CHECKING:
    from communique.scale.engines import Tick
    from communique.scale.parts import Coded, Failed, Outcome
    from communique.scale.planning import Plan

__all__ = ["command"]

_EPILOG = """\b
Examples:
  communique code news/*.jsonl.gz --out coded --workers 4
  communique code archive/2026/08/ --out coded/2026-08 --engine ray
  duckdb -c "SELECT type, count(*) FROM 'coded/events/*.parquet' GROUP BY ALL"

\b
The same command again codes only what is new, was changed, or was coded by
another version. Exit status: 0 all well, 1 some parts or articles could not
be coded."""
_SHOWN = 20  # faults of articles that are told on the screen; all stand in the folder


@click.command(name="code", epilog=_EPILOG)
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option(
    "--out",
    required=True,
    type=click.Path(file_okay=False),
    metavar="DIR",
    help="Folder to write to: a Parquet file a table and part, and a completion marker a part.",
)
@click.option(
    "--engine",
    type=click.Choice(["local", "ray"]),
    default="local",
    show_default=True,
    help="Who codes: processes of this machine, or the Ray cluster that is running (ray start --head).",
)
@click.option(
    "--workers",
    type=click.IntRange(1, 4096),
    help="Parts that are coded at once, each on a core of its own.  [default: as many as there are cores]",
)
@click.option(
    "--part-size",
    type=click.IntRange(0),
    metavar="ROWS",
    help="Rows of a file of JSON lines that make one part; 0 makes every file one part.  [default: 2000]",
)
@published_option
@reading_options
@click.option(
    "--readings/--no-readings",
    default=True,
    show_default=True,
    help="Also keep the whole readings, from which a store can be filled; the folder is larger with them.",
)
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
def command(
    inputs: tuple[str, ...],
    out: str,
    engine: str,
    workers: int | None,
    part_size: int | None,
    published: date | None,
    min_confidence: float | None,
    codebook: str | None,
    actors: str | None,
    places: str | None,
    readings: bool,
    form: str,
) -> int:
    """Code many files of articles into a folder of Parquet files that DuckDB reads as it is.

    INPUT is a file of any kind that `communique read` takes, a folder of these, or a quoted glob. Each file
    is a part; a long file of JSON lines is several. What is complete in DIR is passed by.
    """
    from communique.options import Options
    from communique.scale.run import PART_SIZE, code_files

    tally = _Tally()
    with _bar() as shown:
        for outcome in code_files(
            inputs,
            out,
            engine=engine,
            workers=workers,
            part_size=PART_SIZE if part_size is None else part_size,
            published=published,
            options=Options(min_confidence, codebook, actors, places),
            readings=readings,
            planned=shown.planned,
            tick=shown.tick,
        ):
            tally.add(outcome)
            shown.part(outcome)
    _show(tally, form)
    _report(tally, out)
    return 1 if tally.failed or tally.faults else 0


class _Tally:
    """What a run came to."""

    def __init__(self) -> None:
        self.began = time.monotonic()
        self.coded: list[Coded] = []
        self.before = 0
        self.failed: list[Failed] = []
        self.counts: dict[str, int] = {}
        self.faults = 0
        self.bytes = 0

    def add(self, outcome: Outcome) -> None:
        from communique.scale.parts import Failed

        if isinstance(outcome, Failed):
            self.failed.append(outcome)
            return
        marker = outcome.marker
        if outcome.fresh:
            self.coded.append(outcome)
        else:
            self.before += 1
        for table, rows in marker.counts.items():
            self.counts[table] = self.counts.get(table, 0) + rows
        self.faults += marker.faults
        self.bytes += sum(marker.bytes.values())

    def row(self) -> dict[str, Any]:
        seconds = time.monotonic() - self.began
        fresh = sum(c.marker.counts.get("articles", 0) for c in self.coded)
        return {
            "parts_coded": len(self.coded),
            "parts_complete_before": self.before,
            "parts_failed": len(self.failed),
            **{
                name: self.counts.get(name, 0)
                for name in ("articles", "events", "claims", "schedule", "disputes")
            },
            "faults": self.faults,
            "megabytes": round(self.bytes / 1e6, 2),
            "seconds": round(seconds, 1),
            "articles_per_second": round(fresh / seconds, 2) if fresh and seconds else None,
        }


def _show(tally: _Tally, form: str) -> None:
    row = tally.row()
    if form == "json":
        import json

        click.echo(json.dumps(row, ensure_ascii=False, indent=1))
        return
    width = max(map(len, row))
    for name, value in row.items():
        if value is not None:
            click.echo(f"{name.replace('_', ' '):<{width}}  {value:>12,}")


def _report(tally: _Tally, out: str) -> None:
    """What could not be coded, at the end, where it is not scrolled away."""
    from communique.cli.visible import visible

    for failed in tally.failed:
        click.echo(visible(f"Error: {failed.part}: {failed.message}"), err=True)
    if not tally.faults:
        return
    click.echo(visible(f"{tally.faults} could not be coded; all stand in {out}/faults:"), err=True)
    for shown, (place, message) in enumerate(_faults(out)):
        if shown == _SHOWN:
            click.echo("  …", err=True)
            break
        click.echo("  " + visible(f"{place}: {message}" if place else message), err=True)


def _faults(out: str) -> Iterator[tuple[str, str]]:
    from communique.scale.folder import read_folder

    with read_folder(out) as connection:
        yield from connection.execute(
            "SELECT place, message FROM faults ORDER BY part, place LIMIT ?", [_SHOWN + 1]
        ).fetchall()


class _Bar:
    """A bar on stderr, for a person who watches: parts, articles a second, time left."""

    def __init__(self, bar: Any, task: Any) -> None:
        self.bar = bar
        self.task = task
        self.began = time.monotonic()
        self.done = 0  # articles of parts that are complete
        self.running: dict[Any, int] = {}

    def planned(self, plan: Plan) -> None:
        self.began = time.monotonic()
        if self.bar:
            self.bar.update(self.task, total=len(plan.parts))

    def tick(self, tick: Tick) -> None:
        self.running[tick.part] = tick.articles
        self._draw()

    def part(self, outcome: Outcome) -> None:
        self.running.pop(outcome.part, None)
        if getattr(outcome, "fresh", False):
            self.done += outcome.marker.counts.get("articles", 0)  # type: ignore[union-attr]
            if self.bar:
                self.bar.advance(self.task)
        self._draw()

    def _draw(self) -> None:
        if self.bar:
            articles = self.done + sum(self.running.values())
            rate = articles / max(1e-9, time.monotonic() - self.began)
            self.bar.update(self.task, said=f"{articles:,} articles, {rate:.1f}/s")


@contextmanager
def _bar() -> Iterator[_Bar]:
    import sys

    if not sys.stderr.isatty():
        yield _Bar(None, None)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    with Progress(
        TextColumn("Parts"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[said]}"),
        TimeRemainingColumn(elapsed_when_finished=True),
        TextColumn("left"),
        console=Console(stderr=True),
        transient=True,
    ) as bar:
        yield _Bar(bar, bar.add_task("", total=None, said=""))
