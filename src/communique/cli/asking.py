"""What the commands that ask a store have in common: its place, the filters, and how faults are told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from communique.store import Store

__all__ = ["answers", "asked", "corrected_too", "filtered", "paged", "stored"]

C = TypeVar("C", bound=Callable[..., Any])

_FORMATS = ("table", "json", "jsonl", "csv", "parquet")


class _Refused(click.ClickException):
    """A question that cannot be asked, in one sentence."""

    exit_code = 2


@contextmanager
def asked(path: str) -> Iterator[Store]:
    """A store to be asked; a question of no sense ends the command with status 2.

    Args:
        path: of the store.

    Raises:
        StoreError: if it cannot be opened or read.
    """
    from communique.cli.visible import visible
    from communique.errors import BadQuestion, StoreMissing
    from communique.store import open_store

    try:
        with open_store(path, create=False, read_only=True) as store:
            yield store
    except StoreMissing as missing:
        raise StoreMissing(f"{missing}; make one with communique ingest, or name one with --store") from None
    except BadQuestion as fault:
        raise _Refused(visible(str(fault))) from None


def stored(command: C) -> C:
    """Adds the option that names the store."""
    option = click.option(
        "--store",
        "place",
        default="communique.duckdb",
        show_default=True,
        envvar="COMMUNIQUE_STORE",
        show_envvar=True,
        type=click.Path(dir_okay=False),
        metavar="FILE",
        help="The store to ask.",
    )
    return option(command)


def answers(command: C) -> C:
    """Adds the options that say how the answer is put out."""
    for option in (
        click.option(
            "-o",
            "--output",
            type=click.Path(dir_okay=False),
            help="File to write; it appears when it is complete.",
        ),
        click.option(
            "--format",
            "form",
            type=click.Choice(_FORMATS),
            help="table is for people; parquet needs --output.  [default: as --output ends, else table]",
        ),
    ):
        command = option(command)
    return command


def paged(command: C) -> C:
    """Adds the options of a page."""
    for option in (
        click.option("--offset", type=click.IntRange(0), default=0, help="Rows to pass by first."),
        click.option(
            "--limit",
            type=click.IntRange(0),
            help="Rows at most; 0 shows all.  [default: 50 in a table, all in the other formats]",
        ),
    ):
        command = option(command)
    return command


def corrected_too(command: C) -> C:
    """Adds the option that gives rows as people corrected them."""
    option = click.option(
        "--corrected",
        is_flag=True,
        help="As people corrected it, without what they rejected; see communique corrections. Filters go by "
        "what the machine read.",
    )
    return option(command)


def filtered(command: C) -> C:
    """Adds the filters of events; what each means is told by ``communique.store.questions.Filters``."""
    party = "Country code or name, or a part of a person's or organisation's name; may be given again."
    options = [
        click.option("--actor", multiple=True, metavar="WHO", help=f"Who did it. {party}"),
        click.option("--recipient", multiple=True, metavar="WHO", help="To whom; see --actor."),
        click.option("--between", nargs=2, metavar="WHO WHO", help="Either of the two to the other."),
        click.option("--since", metavar="DATE", help="First day: 2024, 2024-01 or 2024-01-15."),
        click.option("--until", metavar="DATE", help="Last day; of a year or month its last."),
        click.option("--type", multiple=True, metavar="TYPE", help="PLOVER's type, such as CONSULT."),
        click.option("--mode", multiple=True, metavar="MODE", help="The finer kind, such as visit."),
        click.option(
            "--status",
            multiple=True,
            metavar="STATUS",
            help="occurred, ongoing, planned, hypothetical, negated; all is every one.",
        ),
        click.option(
            "--quad",
            multiple=True,
            metavar="CODE",
            help="1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.",
        ),
        click.option("--country", multiple=True, metavar="COUNTRY", help="Where it happened."),
        click.option(
            "--min-confidence", type=float, metavar="P", help="Only events as sure as this, 0 to 1."
        ),
        click.option("--text", metavar="WORDS", help="Words that stand in the sentence of the event."),
        click.option(
            "--historical/--no-historical",
            default=None,
            help="Only, or no, events long before their article.",
        ),
    ]
    for option in reversed(options):
        command = option(command)
    return command
