"""Words to the network's vocabulary: WordPiece (Wu et al. 2016), uncased, with a letter-case class.

The encoder's vocabulary has no capitals; the class of a word's letters is a feature of its own.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

__all__ = ["CASES", "WordPiece", "case_class"]

CASES = ("none", "lower", "title", "upper", "initial", "mixed", "digit", "mark")
CLS, SEP, UNK, PAD = "[CLS]", "[SEP]", "[UNK]", "[PAD]"
LONGEST = 40  # a longer run of characters is no word of any language; it is UNK
# Treebanks are written with straight quotes, newspapers with curly ones.
_PLAIN = str.maketrans(
    {
        "‘": "'",
        "’": "'",
        "‚": "'",
        "“": '"',
        "”": '"',
        "„": '"',
        "«": '"',
        "»": '"',
        "–": "-",
        "—": "-",
        "‑": "-",
        "…": ".",
    }
)


@lru_cache(1 << 16)
def case_class(word: str) -> int:
    """Index into ``CASES`` of a word's letter case."""
    if word.islower():
        return 6 if any(c.isdigit() for c in word) else 1
    if any(c.isdigit() for c in word):
        return 6
    if word.isupper():
        letters = sum(c.isalpha() for c in word)
        return 3 if letters > 1 else 4
    if word[:1].isupper() and word[1:].islower():
        return 2
    return 5 if any(c.isalpha() for c in word) else 7


class WordPiece:
    """Greedy longest-match WordPiece over words, with a memory of words seen.

    Args:
        vocabulary: the pieces, in the order of the network's embedding.
    """

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self.ids = {piece: i for i, piece in enumerate(vocabulary)}
        self.cls, self.sep = self.ids[CLS], self.ids[SEP]
        self.unk, self.pad = self.ids[UNK], self.ids[PAD]
        self._seen: dict[str, tuple[int, ...]] = {}

    @classmethod
    def load(cls, path: Path) -> WordPiece:
        """From a ``vocab.txt``, one piece a line."""
        return cls(path.read_text(encoding="utf-8").split("\n")[:-1])

    def pieces(self, word: str) -> tuple[int, ...]:
        """Ids of the pieces of one word, at least one."""
        known = self._seen.get(word)
        if known is None:
            known = tuple(self._split(word))
            if len(self._seen) < 200_000:
                self._seen[word] = known
        return known

    def _split(self, word: str) -> list[int]:
        plain = word.translate(_PLAIN).lower()
        plain = "".join(
            c
            for c in unicodedata.normalize("NFD", plain)
            if unicodedata.category(c) not in ("Mn", "Cf", "Cc")
        )
        plain = plain.removeprefix("\\") or plain
        if not plain or len(plain) > LONGEST:
            return [self.unk]
        out: list[int] = []
        for part in _parts(plain):
            out.extend(self._longest(part))
        return out

    def _longest(self, part: str) -> list[int]:
        out, at = [], 0
        while at < len(part):
            for end in range(len(part), at, -1):
                found = self.ids.get(("##" if at else "") + part[at:end])
                if found is not None:
                    out.append(found)
                    at = end
                    break
            else:
                return [self.unk]
        return out


def _parts(word: str) -> list[str]:
    """A word cut at its marks, as the vocabulary was made ("u.s." is four pieces)."""
    out, letters = [], ""
    for c in word:
        if c.isalnum() or unicodedata.category(c)[0] == "M":
            letters += c
        else:
            if letters:
                out.append(letters)
            out.append(c)
            letters = ""
    if letters:
        out.append(letters)
    return out
