"""The text of an article with its marks: spans that nest, meet and cross become tags that only nest.

A mark is cut where another crosses it: the longer and lighter of the two (what somebody said) and not the
shorter (the words that tell of an event), which a reader follows as a link. No link stands within a link.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

__all__ = ["LAYERS", "Close", "Mark", "Open", "Paragraph", "paragraphs"]

# From the heaviest, which is cut last, to the lightest.
LAYERS = ("event", "cue", "number", "time", "place", "actor", "loaded", "ahead", "at", "dispute", "said")
_WEIGHT = {name: i for i, name in enumerate(LAYERS)}


@dataclass(frozen=True, slots=True)
class Mark:
    """Words of an article that say something.

    Attributes:
        start, stop: code points of the text, ``stop`` not included.
        layer: of ``LAYERS``.
        key: of what they tell, such as 'e3'; the words of one claim have one key.
        kinds: further classes, such as 'q4'.
        note: what it is, in a few words.
        link: a reader can follow it to its entry in the list.
    """

    start: int
    stop: int
    layer: str
    key: str
    kinds: tuple[str, ...] = ()
    note: str = ""
    link: bool = False


@dataclass(frozen=True, slots=True)
class Open:
    """A tag opens. ``first`` is true where the key is met for the first time, which gives the tag its id."""

    mark: Mark
    first: bool
    link: bool


@dataclass(frozen=True, slots=True)
class Close:
    """The innermost tag closes. ``last`` is true where the words of the mark are over."""

    mark: Mark
    last: bool
    link: bool


Token = str | Open | Close


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A stretch of the text: what to print, in order; ``furniture`` is none of the article's own words."""

    tokens: tuple[Token, ...]
    furniture: bool = False


@dataclass(slots=True)
class _Tag:
    mark: Mark
    link: bool


def paragraphs(text: str, blocks: Sequence[tuple[int, int]], marks: Iterable[Mark]) -> list[Paragraph]:
    """The text as paragraphs of tokens; all of its characters are there, each once and in order, but for
    white space between paragraphs.

    Args:
        text: of the article.
        blocks: spans of its paragraphs, in order; what stands between them is furniture. None: paragraphs
            are parted by empty lines.
        marks: in any order. What lies outside of the text, or holds nothing, is left out.
    """
    good = [m for m in marks if 0 <= m.start < m.stop <= len(text)]
    good.sort(key=lambda m: (m.start, -m.stop, -_WEIGHT[m.layer], m.key))
    known: set[str] = set()
    out = []
    coming = 0
    here: list[Mark] = []
    for start, stop, furniture in _stretches(text, blocks):
        # Stretches and marks are in order: those that are over are let go, those that begin by now taken in.
        while coming < len(good) and good[coming].start < stop:
            here.append(good[coming])
            coming += 1
        here = [m for m in here if m.stop > start]
        inside = [m for m in here if m.start < stop]
        tokens = tuple(_tokens(text, start, stop, inside, known))
        if tokens:
            out.append(Paragraph(tokens, furniture))
    return out


def _stretches(text: str, blocks: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, bool]]:
    at = 0
    for start, stop in blocks or [(0, len(text))]:
        start, stop = max(at, start), min(stop, len(text))
        if start >= stop:
            continue
        yield from ((a, b, True) for a, b in _lines(text, at, start))
        if blocks:
            yield start, stop, False
        else:
            yield from ((a, b, False) for a, b in _lines(text, start, stop))
        at = stop
    yield from ((a, b, True) for a, b in _lines(text, at, len(text)))


def _lines(text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """Parts of a stretch that are parted by empty lines, without the white space around them."""
    at = start
    while at < stop:
        end = text.find("\n\n", at, stop)
        end = stop if end < 0 else end
        part = text[at:end]
        if part.strip():
            yield at + len(part) - len(part.lstrip()), at + len(part.rstrip())
        at = end + 1


def _tokens(text: str, start: int, stop: int, marks: list[Mark], known: set[str]) -> Iterator[Token]:
    """The tokens of one stretch."""
    edges = {start, stop}
    for m in marks:
        edges |= {max(start, m.start), min(stop, m.stop)}
    waiting = iter(marks)
    coming = next(waiting, None)
    stack: list[_Tag] = []
    for at, after in pairwise(sorted(edges)):
        opening = []
        while coming is not None and max(start, coming.start) <= at:
            opening.append(coming)
            coming = next(waiting, None)
        yield from _closed(stack, at, stop, opening)
        for mark in opening:
            stack.append(_Tag(mark, mark.link and not any(t.link for t in stack)))
            yield _opened(stack[-1], known)
        yield text[at:after]
    while stack:
        tag = stack.pop()
        yield Close(tag.mark, tag.mark.stop <= stop, tag.link)


def _closed(stack: list[_Tag], at: int, stop: int, opening: list[Mark]) -> Iterator[Token]:
    """Close what ends here, and what must open anew within what begins; the latter joins ``opening``, which
    is then in the order in which tags nest."""
    # A tag that goes on is cut here if something below it ends here, or if what begins is heavier and goes on
    # beyond its end.
    lowest = next((i for i, t in enumerate(stack) if min(t.mark.stop, stop) <= at), len(stack))
    for new in opening:
        for i, tag in enumerate(stack[:lowest]):
            if at < tag.mark.stop < min(new.stop, stop) and _WEIGHT[tag.mark.layer] > _WEIGHT[new.layer]:
                lowest = i
                break
    again = []
    while len(stack) > lowest:
        tag = stack.pop()
        ended = min(tag.mark.stop, stop) <= at
        yield Close(tag.mark, ended, tag.link)
        if not ended:
            again.append(tag.mark)
    opening.extend(again)
    opening.sort(key=lambda m: (-min(m.stop, stop), -_WEIGHT[m.layer], m.key))


def _opened(tag: _Tag, known: set[str]) -> Open:
    first = tag.mark.key not in known
    known.add(tag.mark.key)
    return Open(tag.mark, first, tag.link)
