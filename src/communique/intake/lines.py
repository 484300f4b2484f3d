"""The lines of a text, as spans, and what the layout tables say of a line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

__all__ = ["Line", "Tables", "ends_sentence", "is_title_case", "lines_of", "tables"]

_LINE = re.compile(r"[^\r\n\x0b\x0c\x85\u2028\u2029]+")
_BREAKS = re.compile(r"\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
_SPACE = " \t\xa0\u1680\u2000-\u200b\u202f\u205f\u3000\ufeff"
_EDGE = re.compile(rf"^[{_SPACE}]+|[{_SPACE}]+$")
_CLOSING = "\"'”’»*_ \t\xa0"
_SMALL = frozenset(
    (
        "a",
        "an",
        "and",
        "as",
        "at",
        "but",
        "by",
        "for",
        "from",
        "in",
        "into",
        "of",
        "on",
        "or",
        "over",
        "the",
        "to",
        "with",
    )
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank.

    Attributes:
        start, end: its span in the text, without white space at the edges.
        text: ``article.text[start:end]``.
        indent: characters of white space before it.
        gap: blank lines between it and the line before (0 for the first).
    """

    start: int
    end: int
    text: str
    indent: int
    gap: int


@dataclass(frozen=True, slots=True)
class Tables:
    """``layout.yaml``, compiled."""

    furniture: re.Pattern[str]
    galleries: re.Pattern[str]
    notices: re.Pattern[str]
    tail_headings: re.Pattern[str]
    byline: re.Pattern[str]
    cut: re.Pattern[str]
    unfinished: frozenset[str]
    titles: frozenset[str]
    openers: frozenset[str]


@cache
def tables() -> Tables:
    """The layout tables, read when the first text with more than one line comes."""
    import yaml

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    with files("communique.intake").joinpath("layout.yaml").open(encoding="utf-8") as stream:
        raw = yaml.load(stream, Loader=loader)

    def pattern(key: str) -> re.Pattern[str]:
        return re.compile("|".join(f"(?:{p})" for p in raw[key]), re.IGNORECASE)

    return Tables(
        furniture=pattern("furniture"),
        galleries=pattern("galleries"),
        notices=pattern("notices"),
        tail_headings=pattern("tail_headings"),
        byline=pattern("byline"),
        cut=pattern("cut"),
        unfinished=frozenset(raw["unfinished"]),
        titles=frozenset(raw["titles"]),
        openers=frozenset(raw["openers"]),
    )


def lines_of(text: str) -> list[Line]:
    """The lines of a text that are not blank, in order."""
    return list(_lines(text))


def _lines(text: str) -> Iterator[Line]:
    before: int | None = None
    for found in _LINE.finditer(text):
        raw = found.group()
        bare = _EDGE.sub("", raw)
        if not bare or bare.isspace():
            continue
        indent = raw.find(bare)
        start = found.start() + indent
        gap = 0
        if before is not None:
            gap = max(0, sum(1 for _ in _BREAKS.finditer(text, before, start)) - 1)
        before = start + len(bare)
        yield Line(start, before, bare, indent, gap)


def ends_sentence(line: str) -> bool:
    """Does the line end as a sentence does: with a stop, closing quotes and brackets aside?"""
    bare = line.rstrip(_CLOSING)
    return bare.endswith((".", "!", "?", "…", ":", ")", "]", "。"))


def is_title_case(line: str) -> bool:
    """Are all longer words of the line capitalised, as in a headline or a name?"""
    words = re.findall(r"[^\W\d_][\w'’-]*", line)
    return bool(words) and all(w[0].isupper() or w.lower() in _SMALL for w in words)
