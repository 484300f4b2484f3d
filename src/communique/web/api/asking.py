"""What the addresses of the API have in common: their filters, their pages, and the forms of an answer."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from fastapi import Depends, Query, Request, Response
from pydantic import AfterValidator, StringConstraints, WithJsonSchema

from communique.store.questions import STATUSES, Answer, Filters, plain
from communique.store.questions.forms import cell, csv_line, harmless, json_line
from communique.web.api.models import Listed
from communique.web.problems import NotFound

__all__ = [
    "Asked",
    "Countries",
    "Day",
    "EventFilters",
    "Flag",
    "Paging",
    "Period",
    "Statuses",
    "Word",
    "Words",
    "filtered",
    "listing",
    "of_json",
    "of_row",
    "reply",
    "sliced",
    "statuses",
    "whole_day",
    "yes",
]

_MOST_VALUES = 20  # of one filter
_ROWS = 50  # of a page, where no limit is given
_MOST_ROWS = 10_000
_FURTHEST = 10_000_000  # rows that a page may begin with
_PART = re.compile(r"[1-9]\d{3}(-(0[1-9]|1[0-2]))?")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_FORMS = {"json": "application/json", "ndjson": "application/x-ndjson", "csv": "text/csv"}
_PARTY = "A country's code or name, a part of the name of a person or organisation, or an actor's key."


def _day(value: str) -> date | str:
    if _PART.fullmatch(value):
        return value
    if _DAY.fullmatch(value):
        return date.fromisoformat(value)
    raise ValueError("a day is 2024, 2024-01 or 2024-01-15")


def whole_day(value: str) -> str:
    """A day as it is given, if it is one."""
    if not _DAY.fullmatch(value):
        raise ValueError("a day is written as 2024-01-15")
    date.fromisoformat(value)
    return value


Day = Annotated[
    str,
    AfterValidator(_day),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "format": "date"},
                {"type": "string", "pattern": r"^[1-9][0-9]{3}-(0[1-9]|1[0-2])$"},
                {"type": "string", "pattern": r"^[1-9][0-9]{3}$"},
            ]
        }
    ),
]
Word = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Words = Annotated[tuple[Word, ...], Query(max_length=_MOST_VALUES)]
Countries = Annotated[
    tuple[Word, ...],
    Query(max_length=_MOST_VALUES, description="An ISO 3166-1 code, such as JPN."),
]
Flag = Literal["true", "false"]
Period = Literal["day", "week", "month", "year"]
Status = Literal["occurred", "ongoing", "planned", "hypothetical", "negated", "all"]
Statuses = Annotated[
    tuple[Status, ...], Query(max_length=_MOST_VALUES, description="What became of it; all is every one.")
]


def statuses(given: tuple[Any, ...]) -> tuple[str, ...]:
    """The statuses that are meant: 'all' stands for every one."""
    return STATUSES if "all" in given else tuple(given)


def yes(given: Flag | None) -> bool | None:
    """What a flag says."""
    return None if given is None else given == "true"


def filtered(
    actor: Annotated[
        tuple[Word, ...], Query(max_length=_MOST_VALUES, description=f"Who did it. {_PARTY}")
    ] = (),
    recipient: Annotated[
        tuple[Word, ...], Query(max_length=_MOST_VALUES, description=f"To whom. {_PARTY}")
    ] = (),
    between: Annotated[
        tuple[Word, ...] | None,
        Query(min_length=2, max_length=2, description="Two parties, either of which did it to the other."),
    ] = None,
    since: Annotated[Day | None, Query(description="First day: 2024, 2024-01 or 2024-01-15.")] = None,
    until: Annotated[Day | None, Query(description="Last day; of a year or month its last.")] = None,
    type: Annotated[tuple[Word, ...], Query(max_length=_MOST_VALUES, description="Types of events.")] = (),
    mode: Annotated[tuple[Word, ...], Query(max_length=_MOST_VALUES, description="The finer kinds.")] = (),
    status: Statuses = (),
    quad: Annotated[
        tuple[Literal["1", "2", "3", "4"], ...],
        Query(
            max_length=_MOST_VALUES,
            description="1 verbal and 2 material cooperation, 3 verbal and 4 material conflict.",
        ),
    ] = (),
    country: Countries = (),
    place: Annotated[
        tuple[Word, ...],
        Query(max_length=_MOST_VALUES, description="Where it happened: a name, or its number at GeoNames."),
    ] = (),
    min_confidence: Annotated[
        float | None, Query(ge=0, le=1, description="Only events as sure as this.")
    ] = None,
    text: Annotated[Word | None, Query(description="Words that stand in the sentence of the event.")] = None,
    historical: Annotated[
        Flag | None, Query(description="Only, or no, events that lie long before their article.")
    ] = None,
) -> Filters:
    """The filters of events, as the command line has them."""
    return Filters(
        actor=actor,
        recipient=recipient,
        between=between or (),
        since=since,
        until=until,
        type=type,
        mode=mode,
        status=statuses(status),
        quad=tuple(quad),
        country=country,
        place=place,
        min_confidence=min_confidence,
        text=text,
        historical=yes(historical),
    )


EventFilters = Annotated[Filters, Depends(filtered)]


@dataclass(frozen=True)
class Asked:
    """Which page of an answer is asked for, and in which form.

    Attributes:
        form: 'json', 'ndjson' or 'csv'.
        limit: rows at most.
        offset: rows that are passed by first.
        of: stands for the question, so that a cursor fits no other.
    """

    form: str
    limit: int
    offset: int
    of: str

    @property
    def page(self) -> dict[str, int]:
        """Limit and offset, as the questions take them."""
        return {"limit": self.limit, "offset": self.offset}


def _paging(
    request: Request,
    limit: Annotated[
        int | None,
        Query(ge=1, le=_MOST_ROWS, description=f"Rows at most; if not given, {_ROWS} in JSON, else all."),
    ] = None,
    cursor: Annotated[
        str | None,
        Query(min_length=1, max_length=100, description="Where the page begins: from the page before."),
    ] = None,
    format: Annotated[
        Literal["json", "ndjson", "csv"] | None,
        Query(description="Form of the answer; it stands above Accept."),
    ] = None,
) -> Asked:
    of = _mark(request)
    form = format or _accepted(request.headers.get("accept", ""))
    return Asked(form, limit or (_ROWS if form == "json" else _MOST_ROWS), _offset(cursor, of), of)


Paging = Annotated[Asked, Depends(_paging)]


def listing(row: Any) -> dict[int | str, dict[str, Any]]:
    """The description of an answer of rows, in all its forms."""
    text = {"schema": {"type": "string"}}
    return {
        200: {
            "model": Listed[row],
            "description": "Rows. As NDJSON a row a line; as CSV with a head, several names in a cell parted "
            "by '; ', and an apostrophe before text that a spreadsheet would take for a formula.",
            "content": {_FORMS["ndjson"]: text, _FORMS["csv"]: text},
            "headers": {
                "Link": {
                    "description": 'The next page: <…>; rel="next".',
                    "schema": {"type": "string"},
                    "required": False,
                }
            },
        }
    }


def reply(request: Request, asked: Asked, answer: Answer, left_out: int = 0) -> Response:
    """A page of rows in the form that is asked for.

    Args:
        request: that is answered.
        asked: the page.
        answer: its rows.
        left_out: rows of the page that are not in the answer; the next page begins after them too.
    """
    following = asked.offset + len(answer.rows) + left_out
    more = following < answer.total if answer.total is not None else following - asked.offset == asked.limit
    address = _address(request, following, asked) if more and following > asked.offset else None
    headers = {"vary": "accept"}
    if address:
        headers["link"] = f'<{address}>; rel="next"'
    if asked.form == "json":
        body = {"rows": [of_row(row) for row in answer.rows], "total": answer.total, "next": address}
        return of_json(body, headers)
    name = re.sub(r"[^a-z]+", "-", request.url.path.removeprefix("/api/v1/").lower()).strip("-")
    end = {"ndjson": "ndjson", "csv": "csv"}[asked.form]
    headers["content-disposition"] = f'attachment; filename="{name[:60] or "answer"}.{end}"'
    if asked.form == "ndjson":
        text = "".join(json_line(of_row(row)) for row in answer.rows)
    else:
        rows = (csv_line(harmless(cell(v)) for v in of_row(row).values()) for row in answer.rows)
        text = csv_line(answer.columns) + "".join(rows)
    # A half character, which UTF-8 has not, cannot come out of the store.
    return Response(text.encode(), headers=headers, media_type=_FORMS[asked.form])


def of_row(row: dict[str, Any]) -> dict[str, Any]:
    """A row as JSON has it; times of the store are UTC and say so."""
    return {name: _utc(value) if isinstance(value, datetime) else plain(value) for name, value in row.items()}


def _utc(value: datetime) -> str:
    return value.isoformat() + ("Z" if value.tzinfo is None else "")


def sliced(answer: Answer, asked: Asked) -> Answer:
    """A page of an answer that was found whole."""
    rows = answer.rows[asked.offset : asked.offset + asked.limit]
    return replace(answer, rows=rows, total=len(answer.rows))


def of_json(body: Any, headers: dict[str, str] | None = None) -> Response:
    """An answer of JSON."""
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return Response(text.encode(), headers=headers, media_type=_FORMS["json"])


def _accepted(accept: str) -> str:
    """The form that a request would have: the likeliest of those that there are, JSON where none is."""
    best, form = 0.0, "json"
    for part in accept.split(","):
        kind, *parameters = [p.strip().lower() for p in part.split(";")]
        weight = 1.0
        for parameter in parameters:
            if parameter.startswith("q="):
                try:
                    weight = float(parameter[2:])
                except ValueError:
                    weight = 0.0
        known = {"application/ndjson": "ndjson", **{media: name for name, media in _FORMS.items()}}
        if kind in known and weight > best:
            best, form = weight, known[kind]
    return form


def _mark(request: Request) -> str:
    aside = ("cursor", "limit", "format", "token")
    given = sorted((k, v) for k, v in request.query_params.multi_items() if k not in aside)
    text = json.dumps([request.url.path, given])
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:12]


def _address(request: Request, offset: int, asked: Asked) -> str:
    pairs = [(k, v) for k, v in request.query_params.multi_items() if k not in ("cursor", "token")]
    raw = f"{offset}.{asked.of}".encode()
    cursor = base64.urlsafe_b64encode(raw).decode().rstrip("=")
    if asked.form != "json" and "format" not in request.query_params:
        pairs.append(("format", asked.form))
    path: bytes = request.scope.get("raw_path") or request.url.path.encode()
    return f"{path.partition(b'?')[0].decode('ascii', 'replace')}?{urlencode([*pairs, ('cursor', cursor)])}"


def _offset(cursor: str | None, of: str) -> int:
    """The row that a cursor points to.

    Raises:
        NotFound: if it is of another question, or of none.
    """
    if cursor is None:
        return 0
    try:
        raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        number, _, mark = raw.decode("ascii").partition(".")
        offset = int(number) if number.isdigit() and len(number) < 9 else -1
    except (binascii.Error, ValueError):
        offset, mark = -1, ""
    if mark != of or not 0 <= offset <= _FURTHEST:
        raise NotFound("cursor: there is no such page of this list; begin without, and follow next")
    return offset
