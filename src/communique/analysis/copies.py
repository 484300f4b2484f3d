"""Near copies: is this text, cut or edited, one that is known already?

A wire story is printed by many: its end cut off, its headline new, a few words changed, an outlet's own
lines around it. Two looks find it. The first is quick: of the hashes of all runs of five words the smallest
under each of 64 orders is kept (MinHash), and texts that agree in several of the 64 are candidates. The
second is exact: which share of the shorter text's words stands, in runs of five, in the longer one, and how
long is the longest passage that does not? Both need the text alone, so that a copy is found before anything
costly is done with it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from hashlib import sha256
from typing import TYPE_CHECKING
from zlib import crc32

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Hashes = NDArray[np.uint64]

__all__ = ["AGREEING", "ORDERS", "PASSAGE", "Fingerprint", "Likeness", "agreeing", "fingerprint", "likeness"]

ORDERS = 64  # smallest hashes that are kept of a text
AGREEING = 4  # so many of them in common make a candidate; texts that share a tenth have six on average
_RUN = 5  # words of a run: the same five are seldom written twice by chance
# Chosen by benchmarks/copies.py on one half of its articles.
_FEWEST = 30  # words below which a text is too short to be told from another
_SHARED = 0.7  # share of the shorter text's words that stand in the longer one
PASSAGE = 60  # words on end that stand in one text alone; more is a passage of its own: something new is told
_PHRASE = 8  # words in common that may be no more than a stock phrase
_WORD = re.compile(r"[^\W_]+")
_APOSTROPHES = str.maketrans("", "", "'’‘`´")
_PRIME = (1 << 31) - 1


@dataclass(frozen=True, eq=False)
class Fingerprint:
    """What is kept of a text to find its copies.

    Attributes:
        words: hashes of its words, in order, spelling of quotes, dashes and capitals aside.
    """

    words: Hashes

    @cached_property
    def smallest(self) -> NDArray[np.uint32]:
        """The smallest hash of a run of words under each order; empty if the text is too short to judge."""
        import numpy as np

        if len(self.words) < _FEWEST:
            return np.empty(0, np.uint32)
        runs = (np.unique(self.runs) >> np.uint64(33)).astype(np.uint64)
        factors, summands = _orders()
        # Below 2^31 each, so that the product stays within 64 bits.
        ordered = (factors[:, None] * runs + summands[:, None]) % np.uint64(_PRIME)
        smallest: NDArray[np.uint32] = ordered.min(axis=1).astype(np.uint32)
        return smallest

    @cached_property
    def runs(self) -> Hashes:
        """Hashes of the runs of five words, in order."""
        return _runs(self.words, _RUN)


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much two texts have in common.

    Attributes:
        shared: share of the shorter text's words that stand, in runs of five, in the longer one; 0 to 1.
        own_run: words of the longest passage of the shorter text that does not stand in the longer one.
        copy: whether one is a copy of the other.
        more: words of the longest passage of the first text that does not stand in the second.
    """

    shared: float
    own_run: int
    copy: bool
    more: int


def fingerprint(text: str, blocks: Iterable[Sequence[int]] = ()) -> Fingerprint:
    """The fingerprint of a text.

    Args:
        text: the article.
        blocks: spans of its paragraphs, page furniture left out; none means all of the text.
    """
    import numpy as np

    body = "\n".join(text[a:b] for a, b in blocks) or text
    plain = unicodedata.normalize("NFKC", body).casefold().translate(_APOSTROPHES)
    # surrogatepass: a broken text is compared as it is.
    hashes = [crc32(word.encode("utf-8", "surrogatepass")) for word in _WORD.findall(plain)]
    return Fingerprint(np.array(hashes, dtype=np.uint64))


def likeness(one: Fingerprint, other: Fingerprint) -> Likeness:
    """How alike two texts are, word for word."""
    in_one, in_other = _found(one, other), _found(other, one)
    shorter = in_one if len(in_one) <= len(in_other) else in_other
    shared = float(shorter.mean()) if len(shorter) else 0.0
    own_run = _longest_gap(shorter)
    copy = len(shorter) >= _FEWEST and shared >= _SHARED and own_run <= PASSAGE
    return Likeness(shared, own_run, copy, _longest_gap(in_one))


def agreeing(one: Fingerprint, others: Sequence[Fingerprint]) -> list[int]:
    """Which of the others are candidates, by their place in the sequence, the likeliest first."""
    import numpy as np

    if not len(one.smallest):
        return []
    counts = [int(np.sum(one.smallest == o.smallest)) if len(o.smallest) else 0 for o in others]
    return sorted((i for i, n in enumerate(counts) if n >= AGREEING), key=lambda i: (-counts[i], i))


def _found(one: Fingerprint, other: Fingerprint) -> NDArray[np.bool_]:
    """Of each word of one text: does it stand in a run that the other has too?"""
    import numpy as np

    found = np.zeros(len(one.words), dtype=np.bool_)
    common = np.isin(one.runs, other.runs)
    for offset in range(_RUN):
        found[offset : offset + len(common)] |= common
    return found


def _longest_gap(found: NDArray[np.bool_]) -> int:
    """Words of the longest passage that is not found; a stock phrase that is found does not end a passage."""
    import numpy as np

    ends = np.flatnonzero(np.diff(np.concatenate(([False], found, [False]))))
    bounds = [0]
    for start, stop in zip(ends[::2].tolist(), ends[1::2].tolist(), strict=True):
        if stop - start > _PHRASE or start == 0 or stop == len(found):
            bounds += [start, stop]
    bounds.append(len(found))
    return max(b - a for a, b in zip(bounds[::2], bounds[1::2], strict=True))


def _runs(words: Hashes, length: int) -> Hashes:
    """A hash of each run of words of that length."""
    import numpy as np

    count = len(words) - length + 1
    if count < 1:
        return np.empty(0, np.uint64)
    mixed = np.zeros(count, np.uint64)
    for offset in range(length):
        mixed = (mixed ^ words[offset : offset + count]) * np.uint64(0x9E3779B97F4A7C15)
        mixed ^= mixed >> np.uint64(29)
    return mixed


@cache
def _orders() -> tuple[Hashes, Hashes]:
    """Factors and summands that put hashes into 64 different orders; always the same."""
    import numpy as np

    # From a hash: numpy's generators may draw other numbers in another version, and fingerprints are kept.
    draws = [int.from_bytes(sha256(b"%d" % i).digest()[:8]) % (_PRIME - 1) + 1 for i in range(2 * ORDERS)]
    return np.array(draws[:ORDERS], dtype=np.uint64), np.array(draws[ORDERS:], dtype=np.uint64)
