"""Quotation marks: which stretches of a text are quoted."""

from __future__ import annotations

import re
from collections.abc import Sequence

from communique.reading import Span

__all__ = ["find_quotes", "overlap", "quoted_words"]

_MARK = re.compile(r"[\"“”„«»]|(?<!\w)[‘'](?=\w)|(?<=[\w.,!?])['’](?!\w)")
_OPENS, _CLOSES = "“„«", "”»"
SINGLE_MOST = 400  # a single-quoted stretch longer than this is an apostrophe gone astray


def find_quotes(text: str, blocks: Sequence[Span]) -> list[Span]:
    """Quoted stretches, marks included, in order and not overlapping.

    A quotation that runs over several paragraphs opens anew in each, so an open one ends with its
    paragraph.
    """
    out: list[Span] = []
    for start, end in blocks:
        opened: tuple[int, str] | None = None
        for found in _MARK.finditer(text, start, end):
            mark, at = found.group(), found.start()
            if mark in "'‘’":
                if opened is None and mark in "'‘" and (at == start or not text[at - 1].isalnum()):
                    opened = (at, "'")
                elif (
                    opened
                    and opened[1] == "'"
                    and mark in "'’"
                    and not text[at - 1 : at].isspace()
                    and _single_closes(text, opened[0], at, end)
                ):
                    out.append((opened[0], at + 1))
                    opened = None
            elif opened is None or opened[1] == "'":
                if mark not in _CLOSES:
                    opened = (at, mark)
            elif mark not in _OPENS:
                out.append((opened[0], at + 1))
                opened = None
            else:
                opened = (at, mark)
        if opened and opened[1] != "'":
            out.append((opened[0], end))
    return out


def _single_closes(text: str, start: int, at: int, end: int) -> bool:
    if at - start > SINGLE_MOST:
        return False
    # "the workers' union": a possessive looks the same; it is followed by a word.
    follows = text[at + 1 : min(at + 2, end)]
    return (
        not follows.strip()
        or follows in ",.;:!?)"
        or text[at - 1] in ".,!?"
        or text.count("'", at + 1, end) == 0
    )


def overlap(span: Span, quotes: Sequence[Span]) -> int:
    """Code points of a span that are quoted."""
    return sum(max(0, min(span[1], b) - max(span[0], a)) for a, b in quotes)


def quoted_words(words: Sequence[Span], quotes: Sequence[Span]) -> list[int]:
    """1 for each word that stands in a quotation, its marks among them, else 0."""
    out, k = [], 0
    for start, end in words:
        while k < len(quotes) and quotes[k][1] <= start:
            k += 1
        out.append(int(k < len(quotes) and quotes[k][0] < end))
    return out
