"""Plain text: one file, one article."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import BinaryIO

from communique.article import Article
from communique.intake.building import build
from communique.intake.decoding import decode
from communique.intake.files import read_all

__all__ = ["read"]


def read(stream: BinaryIO, where: str, published: date | None = None) -> Iterator[Article]:
    """The article in a text file.

    Raises:
        InputError: if it cannot be read.
    """
    yield build(decode(read_all(stream, where), where), option=published, where=where)
