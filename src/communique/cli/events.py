"""``communique events``: who did what to whom, out of a store."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from communique.cli.asking import answers, corrected_too, filtered, paged, stored

if TYPE_CHECKING:
    from communique.cli.page import Screen
    from communique.store.questions import Answer

__all__ = ["command", "own_day_note", "statuses"]

_EPILOG = """\b
Examples:
  communique events --actor JPN --recipient PRK --since 2024-01
  communique events --between Japan "North Korea" --type CONSULT --status planned
  communique events --actor Kishida --text abduct --format csv -o events.csv
  communique events --quad 4 --happenings --min-confidence 0.8 --limit 0
  communique events --corrected --format jsonl

\b
A day with a star is that of the article, where the text names none."""
_WHEN = 12
_EVIDENCE_LINES = 2


@click.command(name="events", epilog=_EPILOG)
@filtered
@click.option("--happenings", is_flag=True, help="A row a happening, however many articles tell it.")
@corrected_too
@paged
@answers
@stored
def command(
    place: str,
    form: str | None,
    output: str | None,
    limit: int | None,
    offset: int,
    happenings: bool,
    corrected: bool,
    **given: Any,
) -> int:
    """Show events of a store, the latest first, with the words that tell of them."""
    from communique.cli.answers import form_of, limit_of, note_missing, put_out
    from communique.cli.asking import asked
    from communique.store.correcting.showing import as_corrected, event_rows
    from communique.store.questions import Filters, events

    form = form_of(form, output)
    with asked(place) as store:
        filters = Filters(**statuses(given))
        found = events(store, filters, happenings=happenings, limit=limit_of(limit, form), offset=offset)
        if corrected:
            found = as_corrected(store, found, event_rows)
        put_out(found, form, output, _page, offset)
        note_missing(found, (*given["actor"], *given["recipient"], *(given["between"] or ())))
    return 0


def statuses(given: dict[str, Any]) -> dict[str, Any]:
    """The options as filters: 'all' stands for every status."""
    from communique.store.questions import STATUSES

    chosen = STATUSES if "all" in given["status"] else given["status"]
    return {**given, "status": chosen}


def own_day_note(answer: Answer, screen: Screen) -> str:
    """The line under a table that says what a star means, if there is one."""
    if any(row["day_from"] == "published" for row in answer.rows):
        return screen.styled("* day of the article; the text names none", "dim") + "\n"
    return ""


def _page(answer: Answer, screen: Screen) -> Iterator[str]:
    from communique.cli.answers import parties, when
    from communique.cli.page import GAP, columns
    from communique.cli.visible import shortened
    from communique.cli.words import NOTHING

    widths = [_WHEN, 0, 14, 12, 18]
    widths[1] = screen.width - sum(widths) - GAP * (len(widths) - 1)
    heads = [(name, "dim") for name in ("when", "who → whom", "what", "status", "according to")]
    if answer.rows:
        yield columns(screen, heads, widths)
    for row in answer.rows:
        status = f"{row['status']}, long ago" if row["historical"] else row["status"]
        if row.get("corrected"):
            status += ", corrected"
        what = f"{row['type']} {row['mode'].replace('_', ' ')}" if row["mode"] else row["type"]
        teller = ", told by ".join(n or NOTHING for n in row["said_by"]) or "the article"
        cells = [
            (when(row), ""),
            (parties(row, 3 * widths[1]), ""),
            (what, "bold"),
            (status, ""),
            (shortened(teller, 3 * widths[4]), ""),
        ]
        yield columns(screen, cells, widths)
        yield _evidence(row, screen)
    yield own_day_note(answer, screen)


def _evidence(row: dict[str, Any], screen: Screen) -> str:
    """The words of the event within their sentence, and where they stand."""
    from communique.cli.page import GAP, wrapped
    from communique.cli.visible import excerpt, shortened

    room = screen.width - _WHEN - GAP
    sentence = row["sentence"] or row["words"]
    start = row["start"] - row["sentence_start"] if row["sentence"] else 0
    focus = (start, start + row["stop"] - row["start"])
    parts = excerpt(sentence, focus, (0, len(sentence)), room * _EVIDENCE_LINES - 8)
    source = shortened(row["publisher"] or row["title"] or f"article {row['article']}", 40)
    if row["tellings"] > 1:
        source += f" and {row['tellings'] - 1} more"
    styled = [*zip(parts, ("dim", "underline", "dim"), strict=True), (f"  — {source}", "dim")]
    out = ""
    for line in wrapped(styled, room):
        out += " " * (_WHEN + GAP) + "".join(screen.styled(*part) for part in line) + "\n"
    return out
