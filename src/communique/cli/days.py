"""Days of options: read as the intake reads them."""

from __future__ import annotations

from datetime import date

import click

__all__ = ["as_day"]


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
