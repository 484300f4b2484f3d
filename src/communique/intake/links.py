"""Where articles stand that a feed or a sitemap only names, and the XML of both."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

from communique.errors import BadDate
from communique.intake.dates import PartialDate, stated_date
from communique.intake.decoding import decode
from communique.intake.files import read_all

__all__ = ["Link", "day_of", "xml_of"]

_DECLARATION = re.compile(r"\s*<\?xml\b.{0,200}?\?>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Link:
    """A page that is named, and what was said of it.

    Attributes:
        url: its address.
        title: its headline, or None.
        published: its day of publication, or None.
        publisher: the outlet, or None.
        language: ISO 639 code that was stated, or None.
        is_sitemap: it is a further sitemap, not a page.
    """

    url: str
    title: str | None = None
    published: date | None = None
    publisher: str | None = None
    language: str | None = None
    is_sitemap: bool = False


def day_of(text: str | None) -> date | None:
    """The day that a feed's or sitemap's date names, or None where it is wrong: feeds often are."""
    if not text:
        return None
    try:
        day = stated_date(text)
    except BadDate:
        return None
    return None if isinstance(day, PartialDate) else day


def xml_of(stream: BinaryIO, where: str, limit: int) -> bytes:
    """An XML file as UTF-8 without its declaration, which is often wrong about the encoding.

    Raises:
        InputError: if it is larger than ``limit`` bytes, damaged, or no text.
    """
    text = decode(read_all(stream, where, limit), where)
    found = _DECLARATION.match(text)
    return text[found.end() if found else 0 :].lstrip().encode("utf-8", "replace")
