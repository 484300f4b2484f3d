"""``communique corrections``: what people said of readings, to see, share, take back and train on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from communique.cli.asking import answers, stored

if TYPE_CHECKING:
    from communique.cli.page import Screen
    from communique.store import Store
    from communique.store.corrections import Correction, Corrections
    from communique.store.questions import Answer

__all__ = ["command"]

_EPILOG = """\b
Examples:
  communique corrections list --store news.duckdb
  communique corrections export --store news.duckdb -o rows.jsonl
  communique corrections export --store news.duckdb --format jsonl --who Ada -o ada.jsonl
  communique corrections import ada.jsonl --store news.duckdb
  communique corrections undo 3f9a1c --who Ada --store news.duckdb

Corrections are made on the page of communique serve --edit, and stay in NAME.corrections.sqlite beside the
store; docs/corrections.md tells what can be said, and what holds."""


@click.group(name="corrections", epilog=_EPILOG)
def command() -> None:
    """Show, share and take back what people said of readings, and make rows of it to train on."""


@command.command(name="list")
@click.option("--article", type=click.IntRange(1), metavar="N", help="Only of the article of that number.")
@click.option("--who", metavar="NAME", help="Only those of one person.")
@click.option("--history", is_flag=True, help="Also those that were undone.")
@answers
@stored
def listing(
    place: str, form: str | None, output: str | None, article: int | None, who: str | None, history: bool
) -> int:
    """Show corrections, the latest first, and what became of each.

    \b
    A correction
      holds      is in effect
      outvoted   is not, for somebody said otherwise later
      changed    confirmed an event that the machine tells otherwise now
      orphan     speaks of what a newer reading has not
      gone       is such a one, and rejected what is not read any more
      undone     was taken back
    """
    from communique.cli.answers import form_of, put_out
    from communique.store.correcting.listing import listed

    form = form_of(form, output)
    with _both(place) as (store, kept):
        said = kept.all()
        if article is not None:
            said = kept.of(store.reading(article)) if store is not None else []
        if who is not None:
            mine = {c.id for c in said if c.who == who}
            said = [c for c in said if c.id in mine or c.undoes in mine]
        put_out(listed(store, said, history), form, output, _page)
    return 0


@command.command()
@click.option(
    "--format",
    "form",
    type=click.Choice(["training", "jsonl"]),
    default="training",
    show_default=True,
    help="training: a line an article, as training.annotations compiles them; jsonl: the corrections.",
)
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False), help="File to write.  [default: standard output]"
)
@click.option("--who", metavar="NAME", help="Only what one person said.")
@click.option("--since", metavar="DATE", help="jsonl: only what was said on that day (UTC) or later.")
@click.option("--partly", is_flag=True, help="training: also sentences of which not all events were judged.")
@click.option(
    "--standoff",
    metavar="CORPUS",
    help="training: no text, but its SHA-256 and the name of the corpus that has it; to give away.",
)
@stored
def export(
    place: str,
    form: str,
    output: str | None,
    who: str | None,
    since: str | None,
    partly: bool,
    standoff: str | None,
) -> int:
    """Write what people said as rows to train on, or as it is, to share."""
    from communique.cli.output import Output

    if form == "jsonl" and (partly or standoff):
        raise click.UsageError("--partly and --standoff are for --format training.")
    if form == "training" and since:
        raise click.UsageError("--since is for --format jsonl; what holds rests on all that was said.")
    try:
        target = Output(output)
    except OSError as error:
        raise click.BadParameter(
            f"{output} cannot be written: {error.strerror}", param_hint="--output"
        ) from None
    with target, _both(place, needed=form == "training") as (store, kept):
        if form == "jsonl":
            lines = [one.to_json() for one in _of(kept.all(since=_day(since)), who)]
        else:
            lines = list(_rows(store, _of(kept.all(), who), partly, standoff))
        for line in lines:
            target.write(line + "\n")
        target.keep()
    return 0


@command.command(name="import")
@click.argument(
    "files", nargs=-1, required=True, metavar="FILE...", type=click.Path(dir_okay=False, allow_dash=True)
)
@stored
def importing(place: str, files: tuple[str, ...]) -> int:
    """Add the corrections of FILE (from export --format jsonl); those that are there already are passed by.

    What is no correction is told, with its line, and left out; the status is 1 then.
    """
    from communique.cli.visible import visible
    from communique.errors import BadCorrection
    from communique.store.corrections import Correction, check

    good: list[Correction] = []
    faults = away = 0
    with _both(place) as (store, kept):
        for where, line in _lines(files):
            try:
                one = Correction.from_dict(json.loads(line))
                number = store.known(one.hash) if store is not None else None
                check(one, store.reading(number) if store is not None and number is not None else None)
            except (BadCorrection, ValueError, RecursionError) as fault:
                faults += 1
                what = str(fault) if isinstance(fault, BadCorrection) else "this is no JSON"
                click.echo(visible(f"Error: {where}: {what}"), err=True)
                continue
            away += number is None
            good.append(one)
        new = kept.add(*good) if good else 0
    click.echo(f"{new} new, {len(good) - new} there already, in {visible(kept.path)}.", err=True)
    if away:
        click.echo(f"{away} are of articles that the store has not; they wait for them.", err=True)
    return 1 if faults else 0


@command.command()
@click.argument("correction", metavar="ID")
@click.option("--who", required=True, metavar="NAME", help="Who takes it back.")
@click.option("--note", default="", help="Why.")
@stored
def undo(place: str, correction: str, who: str, note: str) -> int:
    """Take the correction ID back; six characters of it are enough. Both stay in the history."""
    from communique.cli.visible import visible
    from communique.store.corrections import Corrections

    kept = Corrections.beside(place, create=False)
    undone = kept.get(correction)
    kept.undo(undone.id, who, note)
    click.echo(
        visible(f"Undone: {undone.verdict} {undone.kind}, “{undone.target.words}”, by {undone.who}."),
        err=True,
    )
    return 0


@contextmanager
def _both(place: str, needed: bool = False) -> Iterator[tuple[Store | None, Corrections]]:
    """The store, if it is there, and the corrections beside it."""
    import os

    from communique.cli.asking import asked
    from communique.store.corrections import Corrections

    kept = Corrections.beside(place)
    if not needed and not os.path.exists(place) and os.path.exists(kept.path):
        yield None, kept
        return
    with asked(place) as store:
        yield store, kept


def _of(said: list[Correction], who: str | None) -> list[Correction]:
    if who is None:
        return said
    mine = {c.id for c in said if c.who == who and c.kind != "undo"}
    return [c for c in said if c.id in mine or c.undoes in mine]


def _day(since: str | None) -> str | None:
    from communique.errors import BadQuestion
    from communique.store.questions.filters import first_day

    try:
        day = first_day(since, "since")
    except BadQuestion as fault:
        raise click.BadParameter(str(fault), param_hint="--since") from None
    return day.isoformat() if day else None


def _rows(store: Store | None, said: list[Correction], partly: bool, corpus: str | None) -> Iterator[str]:
    from communique.store.correcting.listing import readings_of
    from communique.store.correcting.training import LeftOut, training_row

    left_out = LeftOut()
    written, seen = 0, set()
    for _, reading, of_it in readings_of(store, said):
        seen.add(of_it[0].hash)
        row = training_row(reading, of_it, left_out, partly=partly, corpus=corpus)
        if row is not None:
            written += 1
            yield json.dumps(row, ensure_ascii=False)
    if missing := {c.hash for c in said} - seen:
        left_out["articles that the store has not"] = len(missing)
    reasons = ", ".join(f"{n} {why}" for why, n in sorted(left_out.items()))
    click.echo(f"{written} articles written" + (f"; left out: {reasons}." if reasons else "."), err=True)


def _lines(files: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for path in files:
        name = "standard input" if path == "-" else path
        try:
            with click.open_file(path, encoding="utf-8", errors="replace") as lines:
                for number, line in enumerate(lines, start=1):
                    if line.strip():
                        yield f"{name} line {number}", line
        except OSError as error:
            raise click.BadParameter(f"{path} cannot be read: {error.strerror}", param_hint="FILE") from None


def _page(answer: Answer, screen: Screen) -> Iterator[str]:
    from communique.cli.page import GAP, columns
    from communique.cli.visible import shortened
    from communique.cli.words import NOTHING

    widths = [10, 14, 17, 0, 0, 10]
    rest = screen.width - sum(widths) - GAP * (len(widths) - 1)
    widths[3], widths[4] = rest // 2, rest - rest // 2
    names = ("id", "who, when", "what", "of", "was → now", "state")
    if answer.rows:
        yield columns(screen, [(name, "dim") for name in names], widths)
    for row in answer.rows:
        of = f"article {row['article']} {row['of'] or ''}" if row["article"] else row["title"] or row["hash"]
        change = f"{row['was'] or NOTHING} → {row['now'] or NOTHING}"
        cells = [
            (row["id"][:10], ""),
            (shortened(f"{row['who']}, {row['when'][:10]}", 3 * widths[1]), ""),
            (f"{row['verdict']} {row['kind']}", "bold"),
            (shortened(f"{of.strip()}: “{row['words']}”", 3 * widths[3]), ""),
            (shortened(change if row["verdict"] in ("mend", "add") else row["was"], 3 * widths[4]), ""),
            (row["state"], ""),
        ]
        yield columns(screen, cells, widths)
        if row["note"]:
            yield (
                " " * (widths[0] + GAP)
                + screen.styled(shortened(row["note"], screen.width - 14), "dim")
                + "\n"
            )
