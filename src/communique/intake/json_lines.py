"""JSON lines: one row a line, read as a stream."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import date
from typing import BinaryIO

from communique.article import Article
from communique.errors import BadRow, EmptyInput, InputError
from communique.intake.decoding import decode
from communique.intake.files import peek, read_all
from communique.intake.rows import article_of

__all__ = ["MAX_LINE", "read"]

MAX_LINE = 16 * 1024 * 1024  # bytes of one row


def read(stream: BinaryIO, where: str, published: date | None = None) -> Iterator[Article | InputError]:
    """The articles of a JSON lines file; a broken row is yielded as its fault, the others are read."""
    if peek(stream, where).startswith((b"\xff\xfe", b"\xfe\xff")):
        # UTF-16 cannot be cut into lines at a byte.
        stream = io.BytesIO(decode(read_all(stream, where), where).encode("utf-8", "surrogatepass"))
    number = 0
    rows = 0
    while line := stream.readline(MAX_LINE + 1):
        number += 1
        place = f"{where}:{number}"
        if len(line) > MAX_LINE:
            while line and not line.endswith(b"\n"):
                line = stream.readline(MAX_LINE)
            rows += 1
            yield BadRow(f"is longer than {MAX_LINE // 1024**2} MiB, the limit for one row", place)
            continue
        if not line.strip():
            continue
        rows += 1
        yield _row(line, place, published)
    if not rows:
        yield EmptyInput("is empty", where)


def _row(line: bytes, place: str, published: date | None) -> Article | InputError:
    try:
        return article_of(parse(decode(line, place), place), place, published)
    except InputError as fault:
        return fault


def parse(text: str, where: str) -> object:
    """JSON text as Python values.

    Raises:
        BadRow: if it is no JSON; the message gives the column.
    """
    try:
        # Tabs and line feeds inside strings are a writer's slip that leaves the text readable.
        return json.loads(text.rstrip("\r\n"), strict=False)
    except json.JSONDecodeError as error:
        at = f"line {error.lineno}, column {error.colno}" if error.lineno > 1 else f"column {error.colno}"
        said = error.msg[:1].lower() + error.msg[1:].removesuffix(" at")
        raise BadRow(f"is no valid JSON: {said} at {at}", where) from None
    except (RecursionError, ValueError):
        raise BadRow("is no valid JSON: it is nested too deep or holds a number too long", where) from None
