"""``communique recode``: stored articles read again by this version, and what changes shown before."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from communique.cli.reading_options import as_day, reading_options, workers_option

if TYPE_CHECKING:
    from communique.pipeline import Options
    from communique.store import Store
    from communique.store.comparing import Change
    from communique.store.recoding import Recoding

__all__ = ["command"]

_EPILOG = """\b
Examples:
  communique recode news.duckdb --dry-run
  communique recode news.duckdb --workers 4
  communique recode news.duckdb --since 2024-01-01 --yes
  communique recode news.duckdb --all --actors own.csv

\b
The reading that is replaced stays in the table `history`. Own actors, places and a codebook are not in
the store: give those that the articles were read with. Articles coded by another codebook than the one
given are left alone, but with --all.
Exit status: 0 all well, 1 some articles could not be read (they keep their reading), 2 wrong usage,
130 ended by Ctrl-C."""


@click.command(name="recode", epilog=_EPILOG)
@click.argument("store", type=click.Path(dir_okay=False), metavar="STORE")
@click.option("--dry-run", is_flag=True, help="Show what would change and write nothing.")
@click.option("--yes", is_flag=True, help="Write without asking.")
@click.option("--all", "everything", is_flag=True, help="Also articles that this very version has read.")
@click.option(
    "--since", metavar="DATE", callback=as_day, help="Only articles published on that day or later."
)
@click.option(
    "--examples", type=click.IntRange(0, 1000), default=10, show_default=True, help="Events to show."
)
@click.option(
    "--format",
    "form",
    type=click.Choice(("table", "json", "jsonl", "csv")),
    default="table",
    show_default=True,
    help="Of what changes.",
)
@workers_option
@reading_options
def command(
    store: str,
    dry_run: bool,
    yes: bool,
    everything: bool,
    since: date | None,
    examples: int,
    form: str,
    workers: int | None,
    min_confidence: float | None,
    codebook: str | None,
    actors: str | None,
    places: str | None,
) -> int:
    """Read the articles of STORE again that another version or other weights have read.

    First it is shown what the new readings tell otherwise; they are written when that was agreed to.
    """
    from communique.batch import own_reader
    from communique.cli.waiting import open_when_free
    from communique.pipeline import Options
    from communique.store.recoding import Recoding

    if dry_run and yes:
        raise click.UsageError("--dry-run writes nothing, and --yes writes without asking: give one of them.")
    options = Options(min_confidence, codebook, actors, places)
    if not dry_run:
        # Now, not after an hour of reading: is it there, may it be written, is its schema of today?
        open_when_free(store, create=False).close()
    numbers = _numbers(store, options, since, everything)
    if not numbers:
        click.echo("Nothing to do: no such article was read by another version or other weights.", err=True)
        return 0
    with Recoding(numbers, workers, partial(own_reader, options=options), examples) as recoding:
        _read(recoding, store)
        _show(recoding, form)
        if _agreed(store, recoding.tally.articles, dry_run, yes):
            _write(recoding, store)
    return 1 if recoding.faults else 0


def _numbers(store: str, options: Options, since: date | None, everything: bool) -> Sequence[int]:
    from communique.cli.visible import visible
    from communique.cli.waiting import open_when_free
    from communique.store.recoding import apart, producer_of, stale

    producer = producer_of(options)
    with open_when_free(store, read_only=True) as opened:
        if not everything:
            for ontology, count in apart(opened, producer).items():
                what = f"Left alone, for they were coded by {ontology!r}: {count}"
                click.echo(visible(f"{what}; --codebook or --all reads them again."), err=True)
        return stale(opened, producer, since, everything)


def _read(recoding: Recoding, store: str) -> None:
    from communique.cli.progress import tracked
    from communique.cli.waiting import open_when_free

    with open_when_free(store, read_only=True) as opened:
        for _ in tracked(recoding.read(opened), lambda: len(recoding.numbers)):
            pass


def _agreed(store: str, count: int, dry_run: bool, yes: bool) -> bool:
    if dry_run or not count:
        click.echo("Nothing was written.", err=True)
        return False
    if yes:
        return True
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        click.echo(
            "Nothing was written, for nobody can be asked here; --yes writes without asking.", err=True
        )
        return False
    from communique.cli.visible import visible

    with suppress(click.Abort):
        if click.confirm(f"Replace {count} readings in {visible(store)}?", err=True):
            return True
    click.echo("Nothing was written.", err=True)
    return False


def _write(recoding: Recoding, store: str) -> None:
    from communique.analysis.happenings import update
    from communique.cli.visible import visible
    from communique.cli.waiting import open_when_free

    written = 0
    try:
        with open_when_free(store, create=False) as opened:
            for _ in recoding.write(opened):
                written += 1
            # What was read anew has left its happenings; they are found again.
            update(opened)
            _tell_orphans(opened)
    finally:
        click.echo(f"{written} of {recoding.tally.articles} readings replaced in {visible(store)}.", err=True)


def _tell_orphans(store: Store) -> None:
    """Say how many corrections by people speak of what the new readings have not."""
    from communique.store.correcting.listing import listed
    from communique.store.corrections import Corrections

    said = listed(store, Corrections.beside(store.path, create=False).all())
    if count := sum(row["state"] == "orphan" for row in said.rows):
        what = "1 correction has" if count == 1 else f"{count} corrections have"
        click.echo(f"{what} lost what was spoken of; see communique corrections list.", err=True)


def _show(recoding: Recoding, form: str) -> None:
    rows = _rows(recoding)
    if form == "json":
        import json

        click.echo(json.dumps(rows, indent=1))
    elif form == "jsonl":
        import json

        for row in rows:
            click.echo(json.dumps(row))
    elif form == "csv":
        import csv

        writer = csv.DictWriter(sys.stdout, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    else:
        _table(recoding, rows)
    _report(recoding)


def _rows(recoding: Recoding) -> list[dict[str, Any]]:
    from communique.store.comparing import KINDS

    tally = recoding.tally
    return [
        {
            "kind": kind,
            "before": tally.before[kind],
            "after": tally.after[kind],
            **{how: tally.counts[kind, how] for how in ("added", "dropped", "changed")},
        }
        for kind in KINDS
    ]


def _table(recoding: Recoding, rows: list[dict[str, Any]]) -> None:
    from rich.console import Console
    from rich.table import Table

    tally = recoding.tally
    click.echo(f"{tally.articles} articles read again, {tally.alike} of them tell the same.")
    table = Table(box=None)
    for name in rows[0]:
        table.add_column(name, justify="left" if name == "kind" else "right")
    for row in rows:
        table.add_row(*(str(value) for value in row.values()))
    Console(highlight=False).print(table)
    if tally.fields:
        parts = ", ".join(f"{name} {count}" for name, count in tally.fields.most_common())
        click.echo(f"Of the events changed: {parts}.")
    for number, change in recoding.shown:
        click.echo(_line(number, change))


def _line(number: int, change: Change) -> str:
    """An event that changed, on one line."""
    from communique.cli.visible import visible

    told = change.after or change.before or {}
    who, whom = (", ".join(told[side]) or "–" for side in ("actors", "recipients"))
    what = f"{told['type']} {told['status']}: {who} → {whom}, “{told['words']}”"
    if change.how == "changed" and change.before and change.after:
        fields = (f for f in change.fields if f in ("type", "mode", "status", "actors", "recipients"))
        parts = [f"{f} was {_words(change.before[f])}" for f in fields]
        others = [f for f in change.fields if f not in ("type", "mode", "status", "actors", "recipients")]
        what += f" ({'; '.join(parts + ([', '.join(others) + ' changed'] if others else []))})"
    return visible(f"  article {number}, {change.how}: {what}")


def _words(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(value) or "–"
    return "–" if value is None else str(value)


def _report(recoding: Recoding) -> None:
    from communique.cli.visible import visible

    if recoding.faults:
        click.echo(
            f"{len(recoding.faults)} could not be read again and keep the reading they have:", err=True
        )
        for fault in recoding.faults:
            click.echo("  " + visible(str(fault)), err=True)
