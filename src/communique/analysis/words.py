"""Words by which two texts are compared: their stems, and how much each of them tells.

A word that stands in most of the news tells little, a name or a rare word much. How common a word is, is
known from two sides: from a table of common words, and from the collection at hand, where "Cairo" may be as
common as "the". The collection has its say by its size, so that of two articles alone not every word that
both have looks common.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from math import fsum, log, sqrt
from pathlib import Path

__all__ = ["Vector", "WordWeights", "cosine", "stem", "stems"]

Vector = dict[str, float]  # stem to weight; the length of the whole is 1

_DATA = Path(__file__).parent / "data"
_WORD = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)?")
_RAREST = 0.0008  # share of articles that a word has at least, however rare
_DAMPING = (
    40  # articles that the collection needs before it is heard: as many more are thought to lack the word
)
_MOST = 0.35  # a word of a larger share of the table's articles is no content word
_KEPT = 1 << 17  # stems that are remembered


@cache
def _forms() -> dict[str, str]:
    from communique.language.lemmas import irregular

    return irregular()


def _stem(word: str) -> str:
    word = _forms().get(word, word)
    if len(word) > 4 and word.endswith("ies"):
        word = word[:-3] + "y"
    elif len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for end in ("ing", "ed", "er"):
        if len(word) > len(end) + 3 and word.endswith(end):
            word = word[: -len(end)]
            if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz":
                word = word[:-1]
            break
    return word[:-1] if len(word) > 4 and word.endswith("e") else word


_stems: dict[str, str] = {}


def stem(word: str) -> str:
    """What the forms of a word have in common ("meetings", "met", "meet": meet); rough, and lower case."""
    found = _stems.get(word)
    if found is None:
        plain = word.casefold().replace("’", "'")
        found = _stem(plain.removesuffix("'s").replace("'", ""))
        if len(_stems) >= _KEPT:
            _stems.clear()
        _stems[word] = found
    return found


def stems(text: str, most: int | None = None) -> list[str]:
    """The stems of a text's words, in order.

    Args:
        text: any.
        most: words that are looked at, from the beginning; None means all.
    """
    words = _WORD.findall(text)
    return [s for w in words[:most] if len(s := stem(w)) > 1 or s.isdigit()]


@cache
def _common() -> dict[str, float]:
    """Stem to the share of articles in which it stands."""
    shares: dict[str, float] = {}
    for line in (_DATA / "word_shares.csv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith(("#", "word,")):
            word, share = line.split(",")
            shares[stem(word)] = max(shares.get(stem(word), 0.0), float(share))
    return shares


class WordWeights:
    """How much each word tells in a collection.

    Args:
        texts: of each article, its words (stems), in any order.
    """

    def __init__(self, texts: Iterable[Iterable[str]]) -> None:
        self._counts: Counter[str] = Counter()
        self._articles = 0
        for text in texts:
            self._counts.update(set(text))
            self._articles += 1
        self._weights: dict[str, float] = {}

    def __getitem__(self, word: str) -> float:
        """The weight of a stem; 0 for one that is in every other article."""
        found = self._weights.get(word)
        if found is None:
            common = _common().get(word, 0.0)
            here = self._counts[word] / (self._articles + _DAMPING)
            share = max(_RAREST, common, here)
            found = 0.0 if common >= _MOST else -log(share)
            self._weights[word] = found
        return found

    def vector(self, counts: Mapping[str, float]) -> Vector:
        """Words with their counts as a vector of length 1; empty if none of them tells anything."""
        raw = {w: (1 + log(n)) * self[w] if n > 1 else n * self[w] for w, n in counts.items()}
        length = sqrt(sum(x * x for x in raw.values()))
        return {w: x / length for w, x in raw.items() if x > 0} if length else {}


def cosine(one: Vector, other: Vector) -> float:
    """How alike two vectors of length 1 are; 0 to 1."""
    # fsum, for the sum of floats depends on their order else, and the order of a set on the process.
    return fsum([one[w] * other[w] for w in one.keys() & other.keys()])
