"""``communique export``: readings, in the formats of other tools."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING

import click

from communique.cli.output import opened

if TYPE_CHECKING:
    from communique.errors import InputError
    from communique.exports.rows import Tally

__all__ = ["command"]

# As communique.exports.writing has them, which is not imported for the help.
_FORMATS = (
    "polecat",
    "plover-jsonl",
    "gdelt-events",
    "gdelt-mentions",
    "icews",
    "acled-like",
    "citron-json",
    "ftm-json",
    "parquet",
)
_EPILOG = """\b
Examples:
  communique export polecat communique.duckdb -o 2024-02.txt
  communique export gdelt-events readings.jsonl -o 20240215.export.CSV
  communique read news/ --format jsonl | communique export icews - --min-confidence 0.8
  communique export parquet communique.duckdb -o tables/

Formats and their columns are told in docs/exports.md."""


@click.command(name="export", epilog=_EPILOG)
@click.argument("form", metavar="FORMAT", type=click.Choice(_FORMATS))
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option(
    "-o",
    "--output",
    metavar="FILE|FOLDER",
    help="File to write; it appears when it is complete. For parquet a folder (one file a table) or a name "
    "that ends with .parquet (the events alone).  [default: standard output]",
)
@click.option(
    "--all-statuses",
    is_flag=True,
    help="Also tell what is planned, hypothetical, negated or long past. The older formats have no way to "
    "say which is which, so by default they are left out; parquet and citron-json have all anyway.",
)
@click.option(
    "--min-confidence", type=click.FloatRange(0, 1), metavar="P", help="Leave out events less sure than this."
)
@click.option(
    "--corrected",
    is_flag=True,
    help="As people corrected it; see communique corrections. For stores.",
)
@click.option(
    "--evidence",
    type=click.Path(dir_okay=False),
    metavar="FILE.tsv",
    help="Where to write the words behind each row, and who says so.  [default: beside --output, as "
    "NAME_evidence.tsv, for polecat, gdelt-events, icews and acled-like]",
)
@click.option("--no-evidence", is_flag=True, help="Write no evidence beside --output.")
@click.option(
    "--intensity-name",
    type=click.Choice(["Intensity", "Event Intensity"]),
    default="Intensity",
    show_default=True,
    help="Name of polecat's column of intensity; published files have either.",
)
def command(
    form: str,
    sources: tuple[str, ...],
    output: str | None,
    all_statuses: bool,
    min_confidence: float | None,
    corrected: bool,
    evidence: str | None,
    no_evidence: bool,
    intensity_name: str,
) -> int:
    """Write what was read in the formats of other tools.

    SOURCE is a store, a file of readings (communique read --format jsonl), or - for standard input.

    \b
    FORMAT is one of
      polecat         POLECAT's 40 columns
      plover-jsonl    PLOVER's record, one object a line
      gdelt-events    GDELT 2.0's 61 columns of events
      gdelt-mentions  GDELT 2.0's 16 columns of mentions
      icews           ICEWS's 20 columns
      acled-like      a table of ACLED's 31 columns (not ACLED data)
      citron-json     claims, as Citron writes quotes
      ftm-json        FollowTheMoney entities
      parquet         the native tables
    """
    _check(form, output, evidence, no_evidence, sources)
    if corrected:
        _check_stores(sources)
    if form == "parquet":
        return _parquet(sources, str(output), min_confidence, corrected)
    from communique.exports.rows import Selection
    from communique.exports.sources import readings_of
    from communique.exports.writing import WITH_EVIDENCE, writer

    made = writer(form, Selection(all_statuses, min_confidence), intensity_name=intensity_name)
    beside = None if no_evidence or form not in WITH_EVIDENCE else evidence or _beside(output)
    faults: list[InputError] = []
    with ExitStack() as stack:
        place = stack.enter_context(opened(output, "--output"))
        sidecar = stack.enter_context(opened(beside, "--evidence")) if beside else None
        for text in _tracked(made.texts(readings_of(sources, corrected), faults), place.is_stdout):
            place.write(text, made.encoding)
            if sidecar:
                sidecar.write("".join(made.evidence))
            made.evidence.clear()
        if made.tally.written or not faults:
            place.keep()
            if sidecar:
                sidecar.keep()
    _report(made.tally, faults)
    return 1 if faults else 0


def _check(
    form: str, output: str | None, evidence: str | None, no_evidence: bool, sources: tuple[str, ...]
) -> None:
    from communique.exports.writing import WITH_EVIDENCE

    if evidence and no_evidence:
        raise click.UsageError("--evidence and --no-evidence exclude each other.")
    if evidence and form not in WITH_EVIDENCE:
        raise click.UsageError(f"{form} has no evidence file; it is for {', '.join(WITH_EVIDENCE)}.")
    if form == "parquet" and output in (None, "-"):
        raise click.UsageError("parquet needs --output: a folder, or a name that ends with .parquet.")
    for source in sources:
        if source != "-" and not os.path.exists(source):
            raise click.BadParameter(f"{source} does not exist.", param_hint="SOURCE")
        if os.path.isdir(source):
            raise click.BadParameter(
                f"{source} is a folder; give a store or a file of readings.", param_hint="SOURCE"
            )
    if output and any(s != "-" and os.path.exists(output) and os.path.samefile(s, output) for s in sources):
        raise click.UsageError("--output is one of the sources.")


def _beside(output: str | None) -> str | None:
    if output is None or output == "-" or (os.path.exists(output) and not os.path.isfile(output)):
        return None
    return f"{os.path.splitext(output)[0]}_evidence.tsv"


def _check_stores(sources: tuple[str, ...]) -> None:
    from communique.exports.sources import is_store

    for source in sources:
        if not is_store(source):
            raise click.UsageError(f"--corrected is for stores, and {source} is none.")


def _parquet(sources: tuple[str, ...], target: str, min_confidence: float | None, corrected: bool) -> int:
    from communique.exports.parquet import parquet_of_readings, parquet_of_store
    from communique.exports.sources import is_store, readings_of

    faults: list[InputError] = []
    try:
        if len(sources) == 1 and is_store(sources[0]) and not corrected:
            parquet_of_store(sources[0], target, min_confidence)
        elif not parquet_of_readings(readings_of(sources, corrected), target, faults, min_confidence):
            click.echo("There was no reading, so nothing was written.", err=True)
    except OSError as error:
        wrong = f"{error.filename or target} cannot be written: {error.strerror or error}"
        raise click.BadParameter(wrong, param_hint="--output") from None
    _report(None, faults)
    return 1 if faults else 0


def _tracked(texts: Iterator[str], to_stdout: bool) -> Iterator[str]:
    from communique.cli.progress import tracked

    return tracked(texts, lambda: None, shares_screen=to_stdout and sys.stdout.isatty())


def _report(tally: Tally | None, faults: list[InputError]) -> None:
    """What was left out and what could not be read, on stderr."""
    from communique.cli.visible import visible

    if tally and tally.left_out:
        reasons = ", ".join(f"{n} {reason}" for reason, n in sorted(tally.left_out.items()))
        rows = "1 row" if tally.written == 1 else f"{tally.written} rows"
        click.echo(f"{rows} written; events left out: {reasons}.", err=True)
    for fault in faults:
        click.echo(f"Error: {visible(str(fault))}", err=True)
