"""Stamps of a page: "Updated 3:45 p.m.", "Last modified on 3 May", "Copyright 2018".

They tell when the page was changed, not when anything in the story happened, so that they are none of its
times. The words stand in ``data/times.yaml``.
"""

from __future__ import annotations

import re
from functools import lru_cache

from communique.coding.timegrammar import Grammar

__all__ = ["Stamps"]

_REACH = 80  # characters before a time in which its stamp begins
_CLOCK = re.compile(r"\d{1,2}[:.]\d\d|\d\s*[ap]\.?m\b", re.IGNORECASE)


class Stamps:
    """Tells stamps from the times of a story.

    Args:
        grammar: has the words of stamps.
        text: the article.
    """

    def __init__(self, grammar: Grammar, text: str) -> None:
        self._text = text
        stamp, rights = "|".join(sorted(grammar.listed("stamp_words"))), grammar.listed("rights_words")
        self._led, self._opened, self._headed, self._owned = _patterns(stamp, "|".join(sorted(rights)))

    def __contains__(self, span: tuple[int, int]) -> bool:
        """Is the time expression at ``[start, end)`` part of a stamp?"""
        start, end = span
        before = self._text[max(0, start - _REACH) : start]
        if self._led.search(before) or self._owned.search(before):
            return True
        if opened := self._opened.search(before):  # "(published in 2009)" is the story's
            return _CLOCK.search(opened[0] + self._text[start:end]) is not None
        if not self._headed.search(before):
            return False
        # So is "Posted on Friday, the video shows …".
        after = self._text[end : end + 2].lstrip(" ")
        return after[:1] != "," or _CLOCK.search(self._text, start, end) is not None


@lru_cache(maxsize=4)
def _patterns(stamp: str, rights: str) -> tuple[re.Pattern[str], ...]:
    word = rf"(?:(?:last|first|originally|page)\s+){{0,2}}(?:{stamp})"
    return tuple(
        re.compile(p, re.IGNORECASE)
        for p in (
            rf"\b{word}\s*:\s*(?:(?:at|on)\s+)?$",  # "updated: Thu May 03 2012"
            rf"[(\[]\s*{word}\b[^)\]]*$",  # "(Posted 4:10 p.m. in Lima, 5:10 p.m. ET"
            rf"(?:^|[\n|•])\s*{word}\s+(?:(?:at|on)\s+)?$",  # on a line of its own, or after a bar
            rf"(?:\b(?:{rights})|[©]|\(c\))\s*(?:©|\(c\))?\s*$",
        )
    )
