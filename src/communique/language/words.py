"""Text to words, Universal Dependencies style.

"don't" is two words, "Japan's" two, "US-led" three; every word keeps its offsets, and no character
that is not white space is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from communique.reading import Span

__all__ = ["lexicon", "split_words"]

APOSTROPHE = "['’‘]"


@cache
def lexicon() -> dict[str, Any]:
    """The tokenizer's word lists, from ``tokens.yaml``."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = (Path(__file__).parent / "tokens.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.load(text, Loader=loader)
    return loaded


@cache
def _pattern() -> re.Pattern[str]:
    words = lexicon()
    abbreviations = "|".join(sorted(map(re.escape, words["abbreviations"]), key=len, reverse=True))
    prefixes = "|".join(words["hyphen_prefixes"])
    return re.compile(
        rf"""
        (?P<keep>
            https?://[^\s<>"”]+[^\s<>"”.,;:!?)\]'’]     # addresses of pages and mailboxes
          | www\.[^\s<>"”]+[^\s<>"”.,;:!?)\]'’]
          | [\w.+-]+@[\w-]+(?:\.[\w-]+)+
          | [@\#]\w+
          | \b(?:{abbreviations})\.(?!\w)                       # Mr. Gen. Feb.
          | \b(?:[A-Za-z]\.){{2,}}(?:[A-Z]\b(?!\w))?            # U.S. a.m. U.S.A
          | \b[A-Z]\.(?=\s+[A-Z])                               # the initial in John F. Kennedy
          | \b(?:Ph\.D|[A-Z]\&[A-Z]|[A-Z]+\&[A-Z]+)\b\.?
          | \b(?:{prefixes})-\w+                                # e-mail, co-operate: one word in UD
          | (?:US|A|AU|C|HK|NZ|S|R|NT)\$(?=\d)
          | \d+(?:[.,:]\d+)*(?:st|nd|rd|th|s)?(?![\w])          # 1,200 3.5 10:30 20th 1990s
          | \d+(?:[.,]\d+)*(?=[A-Za-z%])                        # 5 in 5pm
        )
      | (?P<word>\w+(?:{APOSTROPHE}\w+)*{APOSTROPHE}?)
      | (?P<mark>\.{{2,}}|-{{2,}}|[!?]+|\\?[^\w\s])
        """,
        re.VERBOSE,
    )


# A contraction's second half, longest first; the first half is what is left.
_CLITIC = re.compile(r"(?i)(?:(?<=\w)n['’‘]t|['’‘](?:s|re|ve|ll|d|m))$")
_FUSED = {"cannot": 3, "gonna": 3, "gotta": 3, "wanna": 3}


def split_words(text: str, start: int, end: int) -> list[Span]:
    """The words of ``text[start:end]`` as ``[start, end)`` offsets into ``text``."""
    return list(_pieces(text, start, end))


def _pieces(text: str, start: int, end: int) -> Iterator[Span]:
    for found in _pattern().finditer(text, start, end):
        first, last = found.span()
        if found.lastgroup != "word":
            yield first, last
            continue
        word = text[first:last]
        tail = None
        if word[-1] in "'’‘":
            # "workers'" is a possessive, "'90s'" a quotation: in both the mark is a word of its own.
            tail = (last - 1, last)
            last -= 1
            word = word[:-1]
        cut = _CLITIC.search(word)
        if cut and cut.start() > 0:
            yield first, first + cut.start()
            yield first + cut.start(), last
        elif word.lower() in _FUSED:
            middle = first + _FUSED[word.lower()]
            yield first, middle
            yield middle, last
        elif word:
            yield first, last
        if tail:
            yield tail
