"""Putting the answer to a question out: as a page for people, or as JSON, CSV or Parquet for programs."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from communique.cli.page import Screen
    from communique.store.questions import Answer

__all__ = ["PAGE", "form_of", "limit_of", "note_missing", "parquet_beside", "parties", "put_out", "when"]

PAGE = 50  # rows of a table, where no limit is given
_FORMS = ("table", "json", "jsonl", "csv", "parquet")
Page = Callable[["Answer", "Screen"], Iterable[str]]


def form_of(form: str | None, output: str | None) -> str:
    """The format that is asked for, or that the name of the output ends in.

    Raises:
        click.UsageError: if Parquet would go to the screen.
    """
    ending = output.rpartition(".")[2].lower() if output else ""
    form = form or (ending if ending in _FORMS else "table")
    if form == "parquet" and output in (None, "-"):
        raise click.UsageError("Parquet is written to a file; name it with --output.")
    return form


def limit_of(limit: int | None, form: str) -> int:
    """How many rows are wanted; 0 for all."""
    return limit if limit is not None else PAGE if form == "table" else 0


def put_out(answer: Answer, form: str, output: str | None, page: Page, first: int = 0) -> None:
    """Write an answer, and say on stderr what was left out.

    Args:
        answer: to write.
        form: one of the formats, see ``form_of``.
        output: file; None or '-' is standard output.
        page: gives the parts of the table for people.
        first: rows that were passed by before these.
    """
    if form == "parquet":
        assert output is not None, "form_of has seen to it"
        _write_parquet(answer, output)
    else:
        _write(answer, form, output, page)
    if not answer.rows:
        click.echo("Nothing found.", err=True)
        return
    if answer.total is None:
        click.echo("There are more; --limit 0 shows all.", err=True)
    elif (more := answer.total - len(answer.rows) - first) > 0:
        click.echo(f"{more} more; --limit 0 shows all.", err=True)


def note_missing(answer: Answer, names: Iterable[str]) -> None:
    """Where nothing was found, say which of the parties that were asked for is perhaps a wrong code."""
    from communique.cli.visible import visible
    from communique.store.questions.parties import likely_country, wanted

    for name in names if not answer.rows else ():
        party = wanted(name)
        if party.country is None and party.kb is None and (near := likely_country(name)):
            click.echo(f"{visible(name)!r} is no country; did you mean {near}?", err=True)


def when(row: dict[str, Any]) -> str:
    """The days of an event: its own, or the article's, marked with a star; '–' where there is none."""
    from communique.cli.words import NOTHING, stretch

    if row["day"] is None:
        return NOTHING
    if row["day_from"] == "published":
        return f"{stretch(row['day'].isoformat(), row['day'].isoformat())}*"
    first, last = row["from_day"], row["to_day"] or row["from_day"]
    return stretch(first.isoformat(), last.isoformat())


def parties(row: dict[str, Any], width: int) -> str:
    """Who → whom, on one line of at most ``width`` characters."""
    from communique.cli.visible import shortened
    from communique.cli.words import NOTHING

    sides = [", ".join(row[side]) or NOTHING for side in ("actors", "recipients")]
    text = f"{sides[0]} → {sides[1]}" if row["recipients"] else sides[0]
    return shortened(text, width)


def _write(answer: Answer, form: str, output: str | None, page: Page) -> None:
    from communique.cli.output import Output
    from communique.cli.page import screen

    try:
        place = Output(output)
    except OSError as error:
        wrong = f"{output} cannot be written: {error.strerror}"
        raise click.BadParameter(wrong, param_hint="--output") from None
    with place:
        if form == "table":
            encoding = (sys.stdout.encoding if place.is_stdout else None) or "utf-8"
            for part in page(answer, screen(to_file=not place.is_stdout)):
                place.write(part, encoding)
        else:
            for part in _parts(answer, form):
                place.write(part)
        place.keep()


def _parts(answer: Answer, form: str) -> Iterator[str]:
    from communique.store.questions import plain
    from communique.store.questions.forms import cell, csv_line, json_line

    if form == "jsonl":
        for row in answer.rows:
            yield json_line(row)
    elif form == "json":
        yield json.dumps(plain(answer.rows), ensure_ascii=False, indent=1) + "\n"
    else:
        yield csv_line(answer.columns)
        for row in answer.rows:
            yield csv_line(cell(plain(value)) for value in row.values())


def _write_parquet(answer: Answer, output: str) -> None:
    beside = parquet_beside(output)
    try:
        answer.write_parquet(beside)
        os.replace(beside, os.path.realpath(output))
    except OSError as error:
        wrong = f"{output} cannot be written: {error.strerror}"
        raise click.BadParameter(wrong, param_hint="--output") from None
    finally:
        if os.path.exists(beside):
            os.unlink(beside)


def parquet_beside(output: str) -> str:
    """The file that is written first and takes the place of the output when it is whole."""
    folder, name = os.path.split(os.path.realpath(output))
    return os.path.join(folder, f".{name}.{os.getpid()}.part")
