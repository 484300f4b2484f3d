"""``communique read``: articles in, readings out."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from communique.cli.output import Output
    from communique.errors import InputError
    from communique.reading import Reading

__all__ = ["command"]

_FORMATS = ("table", "json", "jsonl", "citron-json")


def _day(ctx: click.Context, parameter: click.Parameter, value: str | None) -> date | None:
    if value is None:
        return None
    from communique.errors import BadDate
    from communique.intake import parse_date

    try:
        return parse_date(value)
    except BadDate as fault:
        raise click.BadParameter(str(fault), ctx, parameter) from None


@click.command(name="read")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option(
    "--published",
    metavar="DATE",
    callback=_day,
    help="Day of publication of all articles, such as 2024-02-15; stands above what they say themselves.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(_FORMATS),
    help="table is for people, jsonl (one object a line) for programs, json indented: an object for one "
    "article, an array for more; citron-json has the claims as Citron writes them, one object a line.  "
    "[default: as the name of --output ends, else table]",
)
@click.option(
    "--workers", type=click.IntRange(1, 256), default=1, show_default=True, help="Processes that read."
)
@click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    metavar="P",
    help="Leave out events that are less sure than this, 0 to 1. The default would rather miss a marginal "
    "event than tell one that is none; 0 shows all.",
)
@click.option(
    "--codebook",
    type=click.Path(exists=True, dir_okay=False),
    help="Code the types of a trained codebook (communique codebook train) instead of PLOVER's.",
)
@click.option(
    "--actors",
    type=click.Path(exists=True, dir_okay=False),
    help="A CSV file of your own actors, which stand before the package's tables.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False),
    help="File to write; it appears when it is complete, and not at all if no article could be read.",
)
def command(
    paths: tuple[str, ...],
    published: date | None,
    form: str | None,
    workers: int,
    min_confidence: float | None,
    codebook: str | None,
    actors: str | None,
    output: str | None,
) -> int:
    """Read articles and show what they say, with their own words.

    PATH is a text file, a web page, a file of JSON lines or of news-please, a folder of these, a
    quoted glob, or - for standard input; each may be gzipped.
    """
    from communique.batch import own_reader, process
    from communique.cli.output import Output
    from communique.cli.progress import tracked
    from communique.intake import count_articles, read_articles
    from communique.pipeline import Options

    form = form or _form_of(output)
    try:
        place = Output(output)
    except OSError as error:
        wrong = f"{output} cannot be written: {error.strerror}"
        raise click.BadParameter(wrong, param_hint="--output") from None
    faults: list[InputError] = []
    finish, write = _writers(form, output)
    with place:
        reader = partial(own_reader, options=Options(min_confidence, codebook, actors))
        found = process(read_articles(paths, published=published), finish, workers, reader)
        on_screen = place.is_stdout and sys.stdout.isatty()
        answers = tracked(found, lambda: count_articles(paths), shares_screen=on_screen)
        read = write(_sifted(answers, faults), place)
        if read:
            place.keep()
    _report(faults, read)
    return 1 if faults else 0


def _form_of(output: str | None) -> str:
    ending = output.rpartition(".")[2].lower() if output else ""
    return ending if ending in _FORMATS else "table"


def _sifted(answers: Iterator[str | InputError], faults: list[InputError]) -> Iterator[str]:
    from communique.errors import InputError

    for answer in answers:
        if isinstance(answer, InputError):
            faults.append(answer)
        else:
            yield answer


def _writers(
    form: str, output: str | None
) -> tuple[Callable[[Reading], str], Callable[[Iterator[str], Output], int]]:
    """How a reading becomes text (done by the workers), and how the texts are put out."""
    if form == "jsonl":
        return as_line, _write_lines
    if form == "citron-json":
        from communique.exports.citron import as_citron

        return as_citron, _write_lines
    if form == "json":
        return as_json, _write_json
    from communique.cli.page import screen
    from communique.cli.table import AsTable

    page = AsTable(screen(to_file=output not in (None, "-")))
    return page, partial(_write_tables, width=page.screen.width)


def as_line(reading: Reading) -> str:
    """The reading as one line of JSON."""
    return reading.to_json() + "\n"


def as_json(reading: Reading) -> str:
    """The reading as indented JSON."""
    return reading.to_json(indent=1)


def _write_lines(texts: Iterator[str], place: Output) -> int:
    count = 0
    for text in texts:
        place.write(text)
        place.flush()
        count += 1
    return count


def _write_json(texts: Iterator[str], place: Output) -> int:
    # An object for one article, an array for more: so the first waits for the second.
    first = next(texts, None)
    if first is None:
        return 0
    count = 1
    for text in texts:
        place.write(f"[\n{first},\n{text}" if count == 1 else f",\n{text}")
        count += 1
    place.write(f"{first}\n" if count == 1 else "\n]\n")
    return count


def _write_tables(texts: Iterator[str], place: Output, width: int) -> int:
    encoding = (sys.stdout.encoding if place.is_stdout else None) or "utf-8"
    rule = ("─" if encoding.lower().startswith("utf") else "-") * width
    count = 0
    for text in texts:
        place.write(f"\n{rule}\n\n{text}" if count else text, encoding)
        place.flush()
        count += 1
    return count


def _report(faults: list[InputError], read: int) -> None:
    """The faults, at the end, where they are not scrolled away."""
    if not faults:
        return
    from communique.cli.visible import visible

    total = len(faults) + read
    if total > 1:
        click.echo(f"{len(faults)} of {total} could not be read:", err=True)
    indent = "  " if total > 1 else "Error: "
    for fault in faults:
        click.echo(indent + visible(str(fault)), err=True)
