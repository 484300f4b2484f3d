"""A JSON file as news-please writes it: one dict, or a list of dicts; our own rows pass as well."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import date
from typing import BinaryIO

from communique.article import Article
from communique.errors import EmptyInput, InputError
from communique.intake import json_lines
from communique.intake.decoding import decode
from communique.intake.files import read_all
from communique.intake.rows import article_of

__all__ = ["MAX_FILE", "read"]

MAX_FILE = 256 * 1024 * 1024  # bytes; more is better kept as JSON lines, which are read as a stream


def read(stream: BinaryIO, where: str, published: date | None = None) -> Iterator[Article | InputError]:
    """The articles of a JSON file; an item that is none is yielded as its fault.

    Raises:
        InputError: if the file as a whole cannot be read.
    """
    text = decode(read_all(stream, where, MAX_FILE), where)
    if not text.strip():
        raise EmptyInput("is empty", where)
    if _is_lines(text):
        lines = io.BufferedReader(io.BytesIO(text.encode("utf-8", "surrogatepass")))
        yield from json_lines.read(lines, where, published)
        return
    content = json_lines.parse(text, where)
    if not isinstance(content, list):
        yield article_of(content, where, published)
        return
    if not content:
        raise EmptyInput("is an empty list", where)
    for number, row in enumerate(content, 1):
        try:
            yield article_of(row, f"{where}, item {number}", published)
        except InputError as fault:
            yield fault


def _is_lines(text: str) -> bool:
    """Is it JSON lines under the wrong suffix: a whole object on the first line, and more below?"""
    first, _, rest = text.lstrip().partition("\n")
    if not first.startswith("{") or not rest.strip():
        return False
    try:
        json.loads(first)
    except (ValueError, RecursionError):
        return False
    return True
