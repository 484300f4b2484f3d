"""``communique read``: articles in, readings out."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from communique.cli.output import Output, opened
from communique.cli.reading_options import published_option, reading_options, workers_option

if TYPE_CHECKING:
    from communique.errors import InputError
    from communique.exports.calendar import Entry
    from communique.reading import Reading

__all__ = ["command"]

_FORMATS = ("table", "json", "jsonl", "citron-json")


@click.command(name="read")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@published_option
@click.option(
    "--format",
    "form",
    type=click.Choice(_FORMATS),
    help="table is for people, jsonl (one object a line) for programs, json indented: an object for one "
    "article, an array for more; citron-json has the claims as Citron writes them, one object a line.  "
    "[default: as the name of --output ends, else table]",
)
@workers_option
@reading_options
@click.option(
    "--calendar",
    type=click.Path(dir_okay=False),
    metavar="FILE.ics",
    help="Also write what the articles say will come as a calendar that any calendar program opens.",
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
    workers: int | None,
    min_confidence: float | None,
    codebook: str | None,
    actors: str | None,
    places: str | None,
    calendar: str | None,
    output: str | None,
) -> int:
    """Read articles and show what they say, with their own words.

    PATH is a text, a web page, a PDF, a table (CSV, Parquet), JSON lines, a file of news-please, a
    feed, a WARC file, a folder of these, a quoted glob, an address (https://…), or - for standard
    input; each may be gzipped.
    """
    from communique.batch import own_reader, process
    from communique.cli.progress import tracked
    from communique.intake import count_articles, read_articles
    from communique.pipeline import Options

    form = form or _form_of(output)
    place = opened(output, "--output")
    faults: list[InputError] = []
    finish, write = _writers(form, output)
    ahead = _Ahead(finish, calendar) if calendar else None
    with place, ahead or nullcontext():
        reader = partial(own_reader, options=Options(min_confidence, codebook, actors, places))
        found = process(
            read_articles(paths, published=published), ahead.finish if ahead else finish, workers, reader
        )
        on_screen = place.is_stdout and sys.stdout.isatty()
        answers = tracked(found, lambda: count_articles(paths), shares_screen=on_screen)
        texts = _sifted(answers, faults)
        read = write(ahead.taken(texts) if ahead else texts, place)
        if read:
            place.keep()
            if ahead:
                ahead.write()
    _report(faults, read)
    return 1 if faults else 0


class _Ahead:
    """The calendar beside the output: takes the schedule out of the answers as they pass."""

    def __init__(self, finish: Callable[[Reading], str], path: str) -> None:
        self.finish = _WithSchedule(finish)
        self.place = opened(path, "--calendar")
        self.entries: list[Entry] = []

    def __enter__(self) -> None:
        self.place.__enter__()

    def __exit__(self, *fault: Any) -> None:
        self.place.__exit__(*fault)

    def taken(self, answers: Iterator[tuple[str, list[Entry]]]) -> Iterator[str]:
        for text, entries in answers:
            self.entries += entries
            yield text

    def write(self) -> None:
        from communique.exports.calendar import as_calendar

        self.place.write(as_calendar(self.entries))
        self.place.keep()


class _WithSchedule:
    """The reading's text, and what it says will come; done by the workers."""

    def __init__(self, finish: Callable[[Reading], str]) -> None:
        self.finish = finish

    def __call__(self, reading: Reading) -> tuple[str, list[Entry]]:
        from communique.exports.calendar import entries_of

        return self.finish(reading), entries_of(reading)


def _form_of(output: str | None) -> str:
    ending = output.rpartition(".")[2].lower() if output else ""
    return ending if ending in _FORMATS else "table"


def _sifted(answers: Iterator[Any], faults: list[InputError]) -> Iterator[Any]:
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
