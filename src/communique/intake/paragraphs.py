"""Paragraphs of a text, whatever its layout: one a line, hard-wrapped, or split by a page break.

The text is never altered; a paragraph is a ``[start, end)`` span that may run across line ends and
blank lines.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

from communique.intake.lines import Line, ends_sentence, is_title_case, tables

__all__ = ["find_blocks", "furniture"]

Span = tuple[int, int]

_WIDEST = 160  # characters; lines of wrapped text are shorter
_BULLET = re.compile(r"(?:[-–—•·▪◦*]|\(?\d{1,2}[.)]|\(?[a-z]\))\s")
_LOWER = re.compile(r"[\"'“‘(\[]*[a-zà-ÿ][a-zà-ÿ'’-]*(?:[\s,;?!)\"”’]|\.(?:\s|$)|$)")
_CUT_QUOTE = re.compile(r"[!?.,]\s?[\"”’]\s*$")
_LAST_WORD = re.compile(r"([\w'’]+)\W*$")
_FIRST_WORD = re.compile(r"\W*([\w]+)")
_TITLE_STOP = re.compile(r"\b([A-Z][a-z]{1,4})\.$")


def find_blocks(lines: Sequence[Line], left_out: Collection[int] = ()) -> tuple[Span, ...]:
    """The paragraphs that a text's lines make up, in order.

    Args:
        lines: its lines that are not blank.
        left_out: indices of lines that are no running text; no paragraph runs across them.
    """
    kept = [i for i in range(len(lines)) if i not in left_out]
    if not kept:
        return ()
    wrap = _wrapping([lines[i] for i in kept])
    broken = _breaks_pages(lines, kept)
    blocks: list[Span] = []
    for at, i in enumerate(kept):
        line = lines[i]
        before = lines[kept[at - 1]] if at and kept[at - 1] == i - 1 else None
        if before is not None and _goes_on(before, line, wrap, broken):
            blocks[-1] = (blocks[-1][0], line.end)
        else:
            blocks.append((line.start, line.end))
    return tuple(blocks)


def furniture(lines: Sequence[Line], left_out: Collection[int] = ()) -> set[int]:
    """Indices of lines that are page furniture: page numbers, galleries of pictures, captions' credits,
    contact notices."""
    table = tables()
    out = {
        i
        for i, line in enumerate(lines)
        if (len(line.text) <= 260 and table.furniture.fullmatch(line.text))
        or table.galleries.fullmatch(line.text)
    }
    size = sum(len(line.text) for line in lines)
    rest = 0
    for i in range(len(lines) - 1, 0, -1):
        text = lines[i].text
        rest += len(text)
        # What stands below a notice or a heading of links may be dropped only while it is little.
        if rest > min(1500, size * 0.25):
            break
        if i in left_out:
            continue
        if len(text) <= 200 and table.notices.fullmatch(text) and rest <= 600:
            out.update(range(i, len(lines)))
        elif len(text) <= 60 and table.tail_headings.fullmatch(text):
            below = [lines[j].text for j in range(i + 1, len(lines)) if j not in out]
            if sum(not ends_sentence(t) for t in below) * 2 >= len(below):
                out.update(range(i, len(lines)))
    return out


@dataclass(frozen=True, slots=True)
class _Wrap:
    """How the lines of a text are hard-wrapped.

    ``width`` and ``full`` are characters (the longest line, and what a line with the next word added
    must reach to count as full), ``gap`` the blank lines between any two lines.
    """

    width: int
    full: float
    gap: int = 0


def _wrapping(lines: Sequence[Line]) -> _Wrap | None:
    """How the lines are wrapped, or None if each is a paragraph of its own."""
    pairs = list(pairwise(lines))
    together = [(a, b) for a, b in pairs if b.gap == 0]
    if len(together) >= 4:
        return _wrap_of(together, 0)
    if 1 <= len(pairs) < 4:
        return _wrap_of_few(pairs)
    # Wrapped text may also be double-spaced.
    return _wrap_of([(a, b) for a, b in pairs if b.gap == 1], 1)


def _wrap_of(pairs: Sequence[tuple[Line, Line]], gap: int) -> _Wrap | None:
    if len(pairs) < 4:
        return None
    lengths = sorted(len(a.text) for a, _ in pairs)
    width = lengths[int(len(lengths) * 0.9)]
    if not 30 <= width <= _WIDEST or lengths[-1] > 2 * width:
        return None
    # Length that each line would have had with the first word of the next.
    grown = [len(a.text) + 1 + len(b.text.split(maxsplit=1)[0]) for a, b in pairs]
    open_ended = [size for size, (a, _) in zip(grown, pairs, strict=True) if not ends_sentence(a.text)]
    if len(open_ended) * 2 <= len(pairs) or sum(size > width * 0.85 for size in grown) < 0.7 * len(grown):
        return None
    # A program fills every line as far as it can, a page of print does not.
    exact = sum(size > lengths[-1] for size in open_ended) >= 0.97 * len(open_ended)
    return _Wrap(width, lengths[-1] if exact else width * 0.85, gap)


def _wrap_of_few(pairs: Sequence[tuple[Line, Line]]) -> _Wrap | None:
    """Two to four lines that stand together, each but the last open: one wrapped paragraph."""
    if any(b.gap for _, b in pairs) or any(ends_sentence(a.text) for a, _ in pairs):
        return None
    lengths = [len(a.text) for a, _ in pairs]
    near = max(lengths) <= 1.3 * min(lengths) and 40 <= max(lengths) <= _WIDEST
    return _Wrap(max(lengths), max(lengths) * 0.85) if near else None


def _goes_on(a: Line, b: Line, wrap: _Wrap | None, broken: bool) -> bool:
    """Does line ``b`` go on with the paragraph that ``a`` is in?"""
    if _BULLET.match(b.text):
        return False
    if wrap and b.gap == wrap.gap and len(a.text) <= 1.5 * wrap.width:
        if b.indent >= a.indent + 2 and ends_sentence(a.text):
            return False
        if len(a.text) + 1 + len(b.text.split(maxsplit=1)[0]) > wrap.full:
            return True
        if ends_sentence(a.text) or not b.text[0].islower():
            return False  # a short line: the end of a paragraph, or a heading
    return _continues(a.text, b.text, broken and b.gap > 0)


def _continues(a: str, b: str, broken: bool) -> bool:
    if _LOWER.match(b) and not _lower_name(b):
        if not ends_sentence(a):
            words = len(a.split())
            return a[-1] in ",-–" or not (words <= 2 or (words <= 6 and is_title_case(a)))
        return bool(_CUT_QUOTE.search(a))
    return _cut_off(a, b) or (broken and _cut_in_sentence(a, b))


def _cut_off(a: str, b: str) -> bool:
    """Does the line end where no sentence ends?"""
    if not (b[0].isalnum() or b[0] in "\"'“‘*$£€"):
        return False
    bare = a.rstrip("\"'”’»*_ ")
    words = len(a.split())
    if bare.endswith(","):
        return words > 4 or not a.startswith("Dear ")
    if re.search(r"\w[-–]$", bare) and words > 1:
        return True
    first = _FIRST_WORD.match(b)
    if first is not None and first.group(1) in tables().openers:
        return False  # "… as the rain set in" may end a paragraph whose full stop is missing
    found = _TITLE_STOP.search(bare)
    if found and found.group(1) in tables().titles:
        return True
    last = _LAST_WORD.search(a)
    return words >= 8 and last is not None and not ends_sentence(a) and last.group(1) in tables().unfinished


def _cut_in_sentence(a: str, b: str) -> bool:
    """In a text that page breaks have cut, a long open paragraph and what follows it."""
    if (
        len(a) < 100
        or len(b) < 25
        or ends_sentence(a)
        or not ends_sentence(b)
        or not re.search(r"[.!?][\"”’]?\s+[\"“‘]?[A-Z]", a)
    ):
        return False
    first = _FIRST_WORD.match(b)
    return first is not None and first.group(1) not in tables().openers and b[0] not in '"“‘'


def _breaks_pages(lines: Sequence[Line], kept: Sequence[int]) -> bool:
    """Is some paragraph plainly cut in two by blank lines, as at the end of a page?"""
    pairs = ((lines[i], lines[j]) for i, j in pairwise(kept) if j == i + 1)
    return any(
        b.gap > 0 and len(a.text) >= 100 and not ends_sentence(a.text) and _continues(a.text, b.text, False)
        for a, b in pairs
    )


def _lower_name(b: str) -> bool:
    """A name that begins in lower case ("iPhone", "d'Amore", "updated:") opens a paragraph."""
    word = b.split()[0]
    return word.endswith(":") or bool(re.match(r"[a-z]+['’]?[A-Z]", word)) or "/" in word or "@" in word
