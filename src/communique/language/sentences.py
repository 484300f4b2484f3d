"""Text to sentences, by rule: where a full stop ends one, and where it does not.

Works on spans of a text that is never altered: line breaks inside a paragraph (a PDF's wrapped lines)
do not end a sentence, paragraph breaks do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from communique.language.words import lexicon
from communique.reading import Span

__all__ = ["split_sentences"]

# A stop, marks that close with it, then white space, then what a sentence may begin with.
_STOP = re.compile(
    r"""(?P<stop>[.!?…]+|[.!?]["'”’»)\]]+\*?)["'”’»)\]*]*(?P<gap>\s+)(?=(?P<next>["'“‘«(\[*]*\S))"""
)
_BREAK = re.compile(r"\s*\n\s*\n\s*|[\u2028\u2029]\s*")
_ROMAN_OR_INITIAL = re.compile(r"(?:^|[\s(\"'“‘.])[A-Z]$")
_DATELINE = re.compile(
    r"\s*(?P<place>[A-Z][A-Z.'’\-]{2,}(?:[ ,/]+[A-Z][\w.'’\-]+){0,5}"
    r"(?:,? \d{1,2}(?:, \d{4})?)?(?:,? \([^()\n]{2,40}\))?)"
    r"\s*(?:—|–|--|-(?=\s))\s*(?=[\"“‘']?\w)"
)
LONGEST = 2500  # characters; a "sentence" longer than this is a table or a list, cut at its lines


@cache
def _endings() -> tuple[frozenset[str], frozenset[str]]:
    words = lexicon()
    return frozenset(words["abbreviations"]), frozenset(words["never_end"])


def split_sentences(text: str, blocks: Sequence[Span] = ()) -> list[Span]:
    """The sentences of a text as ``[start, end)`` offsets, in order, without surrounding space.

    Args:
        text: the article's text.
        blocks: spans of its paragraphs; without them a blank line ends a paragraph.
    """
    out: list[Span] = []
    for start, end in blocks or _paragraphs(text):
        at = start
        dateline = _DATELINE.match(text, start, end)
        if dateline:
            # "KYIV, March 3 (Agency) —" is no part of the sentence behind it, nor its subject.
            out.extend(_trimmed(text, at, dateline.end("place")))
            at = dateline.end()
        for stop in _stops(text, at, end):
            out.extend(_trimmed(text, at, stop))
            at = stop
        out.extend(_trimmed(text, at, end))
    return out


def _paragraphs(text: str) -> Iterator[Span]:
    at = 0
    for found in _BREAK.finditer(text):
        yield at, found.start()
        at = found.end()
    yield at, len(text)


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    piece = text[start:end]
    inner = piece.strip()
    if not inner:
        return
    start += len(piece) - len(piece.lstrip())
    end = start + len(inner)
    while end - start > LONGEST:
        cut = text.rfind("\n", start + 1, start + LONGEST)
        cut = cut if cut > 0 else text.rfind(" ", start + 1, start + LONGEST)
        cut = cut if cut > 0 else start + LONGEST
        yield start, cut
        start = cut + (text[cut : cut + 1].isspace())
    yield start, end


def _stops(text: str, start: int, end: int) -> Iterator[int]:
    for found in _STOP.finditer(text, start, end):
        if _ends(text, start, found):
            yield found.start("gap")


def _ends(text: str, start: int, found: re.Match[str]) -> bool:
    """Does a sentence end here?"""
    stop, following = found["stop"], found["next"]
    first = following[-1]
    if stop[0] in "!?":
        # «"Really?" he asked»: the sentence goes on when the next word is lower case.
        return not first.islower()
    if first.islower():
        return False
    if stop[0] != "." or len(stop) > 1 and stop[1] in ".…":
        return True
    before = text[max(start, found.start() - 12) : found.start()]
    word = re.search(r"[^\s(\"'“‘\-–—]*$", before)
    last = word.group() if word else ""
    abbreviations, never = _endings()
    if last in never and len(stop) == 1:
        return False
    if _ROMAN_OR_INITIAL.search(before) and len(last) == 1:
        return last == "I"  # an initial, as in "John F. Kennedy"; but "and I." may end
    rest = text[found.end() : found.end() + 30]
    if "." in last and len(last) <= 6:  # U.S. a.m.
        return _starts_sentence(rest)
    if last in abbreviations:
        return not first.isdigit() and _starts_sentence(rest)
    # "1. First point" is one line.
    opens_line = not text[start : found.start() - len(last)].strip()
    return not (last.isdigit() and len(last) <= 2 and opens_line)


_OPENERS = re.compile(
    r"[\"'“‘(\[*]*(?:The|A|An|In|On|At|He|She|It|They|We|I|But|And|This|That|These|Those|There|However|Meanwhile|Its|His|Her|Their|"
    r"As|After|Before|When|While|If|For|By|Since|Some|Many|Most|No|Not|Also|Last|With|According|Both|Under|So|What|Earlier)\b"
)


def _starts_sentence(rest: str) -> bool:
    """After an abbreviation only a word that commonly opens a sentence starts a new one."""
    return bool(_OPENERS.match(rest))
