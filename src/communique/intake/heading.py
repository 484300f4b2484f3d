"""The top of a plain text: headline, byline and date line, taken only when the layout shows them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from communique.intake.dates import PartialDate, date_line, dateline, place_line
from communique.intake.lines import Line, ends_sentence, tables

__all__ = ["Heading", "read_heading"]

_TOP = 8  # lines among which a heading is looked for
_LONGEST_TITLE = 180  # characters
_NAME_PART = r"(?:[A-ZÀ-Þ][\w'’.-]*|de|da|di|del|van|von|der|den|bin|ibn|al|el|la|le|du|dos|ter)"
_NAME = re.compile(rf"[A-ZÀ-Þ][\w'’.-]*(?:\s+{_NAME_PART}){{1,4}}")
_NAMES = re.compile(rf"{_NAME.pattern}(?:(?:,\s+|\s+and\s+|,\s+and\s+|\s*&\s*){_NAME.pattern})*")
_PARTING = re.compile(r"\s+[|•·–—]\s+|\s*\|\s*")
_MARKUP = re.compile(r"^(?:#{1,6}\s+|(?:title|headline)\s*:\s*)", re.IGNORECASE)


@dataclass(slots=True)
class Heading:
    """What stands above the article.

    ``date`` may lack its year (a dateline 'BERLIN, Feb. 9'); ``used`` holds the indices of the lines
    that are no part of the running text.
    """

    title: str | None = None
    author: str | None = None
    date: PartialDate | None = None
    used: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Mark:
    """What a line of the heading tells."""

    date: PartialDate | None = None
    author: str | None = None


def read_heading(lines: Sequence[Line], title: str | None = None) -> Heading:
    """The heading of a text.

    Args:
        lines: its lines that are not blank.
        title: the headline, where metadata gives it; then only its repetition is looked for.
    """
    heading = Heading()
    marks = _marks(lines[:_TOP])
    first_mark, after = _leading(lines, marks, title, heading)
    if title is None:
        _take_title(lines, first_mark, heading)
    _take_marks(lines, marks, heading, after)
    if heading.date is None:
        body = next((line for i, line in enumerate(lines[: _TOP + 2]) if i not in heading.used), None)
        heading.date = dateline(body.text) if body else None
    return heading


def _marks(top: Sequence[Line]) -> dict[int, _Mark]:
    """Lines that are a date, a byline (the author's name as given), or both in parts."""
    marks: dict[int, _Mark] = {}
    for i, line in enumerate(top):
        if len(line.text) > 120:
            continue
        day = date_line(line.text) or (place_line(line.text) if i else None)
        if day is not None:
            marks[i] = _Mark(date=day)
        elif parted := _parted(line.text):
            marks[i] = parted
        elif author := _byline(line.text):
            marks[i] = _Mark(author=author)
    signed = any(mark.author for mark in marks.values())
    for i, line in enumerate(top):
        # A bare name is a byline only next to the date; where one stands with its "By", an agency's.
        if i in marks or not 5 <= len(line.text) <= 60 or not _NAMES.fullmatch(line.text):
            continue
        if any(j in marks and marks[j].date for j in (i + 1, i - 1)) and not (signed and i == 0):
            marks[i] = _Mark(author=None if signed else line.text)
    return marks


def _byline(text: str) -> str | None:
    said = tables().byline.match(text)
    if said and not ends_sentence(text) and text[said.end() : said.end() + 1].isupper():
        return text[said.end() :].strip()
    return None


def _parted(text: str) -> _Mark | None:
    """A line of parts of which one is the date: "Daily Post | By Anna Berg | 15 February 2024"."""
    parts = [part.strip() for part in _PARTING.split(text)]
    days = [day for part in parts if (day := date_line(part) or place_line(part))]
    if len(parts) < 2 or len(days) != 1 or any(ends_sentence(part) for part in parts[:-1]):
        return None
    return _Mark(days[0], next((name for part in parts if (name := _byline(part))), None))


def _leading(
    lines: Sequence[Line], marks: dict[int, _Mark], title: str | None, heading: Heading
) -> tuple[int | None, int]:
    """First date or byline of the heading, and the index of the first line of running text."""
    first: int | None = None
    end = 0
    wanted = _folded(title) if title else None
    for i, line in enumerate(lines[:_TOP]):
        if wanted and _folded(_MARKUP.sub("", line.text)) == wanted:
            heading.used.add(i)
            end = i + 1
        elif i in marks:
            first = i if first is None else first
            end = i + 1
        elif not _headline_like(line) and not (0 < i < 3 and _ends_headline(line)):
            break
    return first, end


def _take_title(lines: Sequence[Line], first_mark: int | None, heading: Heading) -> None:
    if not lines:
        return
    at = 0
    if first_mark == 0:
        return  # the date stands on top: what follows may as well be a caption
    line = lines[at]
    bare = _MARKUP.sub("", line.text)
    if not _headline_like(line) or len(bare) > _LONGEST_TITLE or not bare:
        return
    if bare != line.text:
        size = 1
    elif first_mark is not None and first_mark <= 3:
        # Lines of one wrapped headline stand together, a standfirst apart.
        size = next((i for i in range(1, first_mark) if lines[i].gap), first_mark)
    elif _stands_apart(lines):
        size = 1
    else:
        return
    joined = " ".join(lines[i].text for i in range(at, at + size))
    heading.title = _MARKUP.sub("", joined).strip(" *_") or None
    heading.used.update(range(at, at + size))


def _stands_apart(lines: Sequence[Line]) -> bool:
    """A short first line, a blank line, then running text of some length."""
    if len(lines) < 2 or lines[1].gap < 1:
        return False
    first, rest = lines[0].text, lines[1:]
    if len(first.split()) < 3 or first.endswith((",", "-", "–", "—", ";")):
        return False
    if first.split()[-1] in tables().unfinished or (ends_sentence(first) and not first.endswith("?")):
        return False
    body = rest[0].text
    opens = not body[0].islower()
    return opens and sum(len(x.text) for x in rest) >= 300 and len(body) >= 60


def _take_marks(lines: Sequence[Line], marks: dict[int, _Mark], heading: Heading, end: int) -> None:
    for i, mark in marks.items():
        if i >= end:
            continue
        heading.used.add(i)
        heading.date = heading.date or mark.date
        if heading.author is None and mark.author:
            heading.author = re.sub(r"\s*[|/].*$", "", mark.author).strip(" *_,") or None


def _headline_like(line: Line) -> bool:
    text = line.text.rstrip("\"'”’*_ ")
    return not text.endswith((".", ":", ";", ",")) and not text[:1].islower() and len(text) <= _LONGEST_TITLE


def _ends_headline(line: Line) -> bool:
    """May the line be the second or third of a wrapped headline?"""
    return line.gap == 0 and len(line.text) <= 100 and not line.text.endswith((".", ":", ";", ","))


def _folded(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text).strip().casefold()
