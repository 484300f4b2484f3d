"""The arguments of the tools: their types, bounds and descriptions, the same in all."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from communique.errors import BadQuestion

__all__ = [
    "MOST",
    "About",
    "Act",
    "Actors",
    "Between",
    "Confidence",
    "Country",
    "Cursor",
    "DisputeKind",
    "Expectation",
    "Happenings",
    "Historical",
    "Id",
    "Limit",
    "Mode",
    "Period",
    "Publisher",
    "Quad",
    "Recipients",
    "Since",
    "Status",
    "Text",
    "Type",
    "Until",
    "Who",
    "Words",
    "cursor_after",
    "offset_of",
]

MOST = 100  # rows of an answer
_FARTHEST = 1_000_000  # rows that a cursor may pass by
_CURSOR = re.compile(r"after-(\d{1,7})", re.ASCII)


def _listed(value: Any) -> Any:
    """A value that stands alone, as a list of it: models often forget the brackets."""
    return [value] if isinstance(value, (str, int)) else value


_Name = Annotated[str, Field(min_length=1, max_length=200)]
_Names = Annotated[list[_Name], Field(max_length=20)]
_Word = Annotated[str, Field(min_length=1, max_length=200)]
_Day = Annotated[str, Field(min_length=4, max_length=40)]
_Many = BeforeValidator(_listed)
_PARTY = (
    "A country's code or name (JPN, Japan) stands for all that is of the country; else any part of the name "
    "of a person or organisation, or an id that `who` or `evidence` gives. Of several, any."
)

Words = Annotated[
    str,
    Field(
        min_length=1,
        max_length=200,
        description='Words that must all be there, in any form: talks finds talked. "in this order", -not, '
        "begin* and this OR that are understood.",
    ),
]
Actors = Annotated[_Names | None, _Many, Field(description=f"Who did it. {_PARTY}")]
Recipients = Annotated[_Names | None, _Many, Field(description=f"To whom. {_PARTY}")]
Between = Annotated[
    Annotated[list[_Name], Field(min_length=2, max_length=2)] | None,
    Field(description="Two parties, either of which did it to the other."),
]
Since = Annotated[_Day | None, Field(description="First day: 2024, 2024-01 or 2024-01-15.")]
Until = Annotated[_Day | None, Field(description="Last day; of a year or month its last.")]
Type = Annotated[
    _Names | None,
    _Many,
    Field(
        description="PLOVER's types: AGREE, CONSULT, SUPPORT, CONCEDE, COOPERATE, AID, RETREAT "
        "(cooperation), REQUEST, ACCUSE, REJECT, THREATEN, PROTEST, SANCTION, MOBILIZE, COERCE, ASSAULT "
        "(conflict); or those of the codebook that the store was coded with.",
    ),
]
Mode = Annotated[_Names | None, _Many, Field(description="The finer kind, such as visit.")]
Status = Annotated[
    list[Literal["occurred", "ongoing", "planned", "hypothetical", "negated"]] | None,
    _Many,
    Field(description="What happened is occurred or ongoing. negated: told as not having happened."),
]
Quad = Annotated[
    list[Literal["verbal-cooperation", "material-cooperation", "verbal-conflict", "material-conflict"]]
    | None,
    _Many,
    Field(description="Kinds of cooperation and conflict."),
]
Country = Annotated[
    _Names | None,
    _Many,
    Field(description="Where it happened: codes or names of countries."),
]
Confidence = Annotated[
    Annotated[float, Field(ge=0, le=1)] | None, Field(description="Only events as sure as this.")
]
Text = Annotated[
    str | None,
    Field(min_length=1, max_length=200, description="Words that stand in the sentence of the event."),
]
Historical = Annotated[
    bool | None, Field(description="true: only events long before their article; false: none of them.")
]
Limit = Annotated[int, Field(ge=1, le=MOST, description="Items at most.")]
Cursor = Annotated[
    str | None,
    Field(max_length=40, description="`next_cursor` of the answer before, with all else the same."),
]
Period = Annotated[
    Literal["day", "week", "month", "year"], Field(description="What `period` is the first day of.")
]
Publisher = Annotated[
    _Names | None,
    _Many,
    Field(description="A part of the publisher's name; of several, any."),
]
About = Annotated[_Word | None, Field(description="Words that stand in what was said.")]
_Act = Literal[
    "assert", "deny", "doubt", "ask", "demand", "promise", "threaten", "believe", "intend", "other"
]
Who = Annotated[
    _Word | None,
    Field(
        description="A part of the source's name, or a country's code or name for all its sources; none: "
        "everybody."
    ),
]
Happenings = Annotated[bool, Field(description="true: each happening once, however many articles tell it.")]
Act = Annotated[list[_Act] | None, _Many, Field(description="What the source does by saying it.")]
DisputeKind = Annotated[
    list[Literal["number", "denial", "status", "attribution"]] | None,
    _Many,
    Field(
        description="number: two figures for one thing; denial; status: done or not; attribution: who did it."
    ),
]
Expectation = Annotated[
    list[Literal["scheduled", "expected", "deadline"]] | None, _Many, Field(description="How sure it is.")
]
Id = Annotated[
    str,
    Field(
        max_length=40,
        description="As the other tools give it: 7/e3 is event 3 of article 7, 7/c2 claim 2.",
    ),
]


def cursor_after(offset: int, shown: int, total: int | None) -> str | None:
    """The cursor for what comes after some rows; None where they are the last.

    Args:
        offset: rows that were passed by.
        shown: rows that were given.
        total: how many there are; None where more are known to be there.
    """
    after = offset + shown
    more = shown > 0 and (total is None or after < total)
    return f"after-{after}" if more else None


def offset_of(cursor: str | None) -> int:
    """How many rows a cursor passes by.

    Raises:
        BadQuestion: if it is none.
    """
    if cursor is None:
        return 0
    found = _CURSOR.fullmatch(cursor.strip())
    if found is None or int(found[1]) > _FARTHEST:
        raise BadQuestion("this is no cursor; give the next_cursor of an answer, or none for the first items")
    return int(found[1])
