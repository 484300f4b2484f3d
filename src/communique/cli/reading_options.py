"""Options that every command which reads articles has, in the same words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

import click

__all__ = ["as_day", "published_option", "reading_options", "workers_option"]

F = TypeVar("F", bound=Callable[..., Any])


def as_day(ctx: click.Context, parameter: click.Parameter, value: str | None) -> date | None:
    """The day that an option's words name; a wrong one is wrong usage."""
    if value is None:
        return None
    from communique.errors import BadDate
    from communique.intake import parse_date

    try:
        return parse_date(value)
    except BadDate as fault:
        raise click.BadParameter(str(fault), ctx, parameter) from None


def published_option(command: F) -> F:
    """``--published``, a ``date`` or None."""
    return click.option(
        "--published",
        metavar="DATE",
        callback=as_day,
        help="Day of publication of all articles, such as 2024-02-15; stands above what they say themselves.",
    )(command)


def workers_option(command: F) -> F:
    """``--workers``, an ``int`` or None."""
    return click.option(
        "--workers",
        type=click.IntRange(1, 256),
        metavar="N",
        help="Cores that read, each in a process of its own. Without it one process reads, on up to four "
        "cores where an article is long.",
    )(command)


def reading_options(command: F) -> F:
    """``--min-confidence``, ``--codebook``, ``--actors``, ``--places``: the fields of ``Options``."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


_OPTIONS = (
    click.option(
        "--min-confidence",
        type=click.FloatRange(0, 1),
        metavar="P",
        help="Leave out events that are less sure than this, 0 to 1. The default would rather miss a "
        "marginal event than tell one that is none; 0 shows all.",
    ),
    click.option(
        "--codebook",
        type=click.Path(exists=True, dir_okay=False),
        help="Code the types of a trained codebook (communique codebook train) instead of PLOVER's.",
    ),
    click.option(
        "--actors",
        type=click.Path(exists=True, dir_okay=False),
        help="A CSV file of your own actors, which stand before the package's tables.",
    ),
    click.option(
        "--places",
        type=click.Path(exists=True, dir_okay=False),
        help="A CSV file of your own places, which stand before the package's tables.",
    ),
)
