"""Cells of tables without quoting: no tab, line break or quotation mark may stand in them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

from communique.exports.codes import table

__all__ = ["ascii_text", "cell", "joined", "line", "one_line"]

# Controls, surrogates, and what some readers take for the end of a line.
_BREAKS = re.compile("[\x00-\x20\x7f-\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
_LONE = re.compile("[\ud800-\udfff]")


def one_line(text: str | None) -> str:
    """The text on one line: white space and control characters as single spaces, lone surrogates as '?'."""
    return _LONE.sub("?", _BREAKS.sub(" ", text or "")).strip()


def cell(text: str | None) -> str:
    """Text for a cell: on one line, and the quotation mark as an apostrophe.

    Readers differ in whether they take a quotation mark for a quotation; without one they agree.
    """
    return one_line(text).replace('"', "'")


def joined(values: Iterable[str | None], empty: str = "", by: str = "; ") -> str:
    """Several values in one cell, each once, in their order; what parts them cannot stand in them.

    Args:
        values: None and '' are left out.
        empty: what is written for no value.
        by: what parts them.
    """
    mark = by.strip()
    cells = dict.fromkeys(cell(value).replace(mark, "," if mark != "," else " ") for value in values if value)
    return by.join(c for c in cells if c) or empty


def line(cells: Iterable[str]) -> str:
    """The cells as a line, parted by tabs."""
    return "\t".join(cells) + "\n"


def ascii_text(text: str) -> str:
    """The text in ASCII, for readers that disagree on the encoding: accents taken off, letters spelled out
    by ``data/letters.yaml``; what has no such spelling becomes '?'."""
    if text.isascii():
        return text
    spelled = unicodedata.normalize("NFKD", text.translate(_letters()))
    # Once more: what NFKD takes apart may hold letters of the table.
    bare = "".join(c for c in spelled.translate(_letters()) if not unicodedata.combining(c))
    return "".join(c if c.isascii() else "?" for c in bare)


@cache
def _letters() -> dict[int, str]:
    return {ord(letter): str(spelling) for letter, spelling in table("letters").items()}
