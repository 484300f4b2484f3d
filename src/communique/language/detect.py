"""Which language a text is in.

English shows in its function words, which is checked first and costs a millisecond. Only where that
leaves a doubt the language model of py3langid is loaded (0.7 s).
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

__all__ = ["detect", "language_name"]

_SAMPLE = 30_000  # characters that are looked at
_WORD = re.compile(r"[^\W\d_]+")
_PLAIN = 0.22  # share of function words above which a text is English; Dutch, the nearest, has .16
_MIXED = 0.15  # share above which a text with English articles is English with much else in it
# The model's answers to tables and noise, and to headlines full of names.
_NO_LANGUAGE = {"zxx", "pcm"}
_FEW_WORDS = 12  # a text this short may be all names
_ENGLISH_PART = 0.35  # share of an article's letters that must stand in English lines
_LATIN_SCRIPT = re.compile("[A-Za-z\u00c0-\u024f]")


def detect(text: str) -> str:
    """The language of a text, as an ISO 639 code of two letters (three where there is no other).

    A very short text in Latin script, and one with no language in it, counts as English ('en'), and
    so does an article that quotes at length in another language.
    """
    sample = text[:_SAMPLE]
    words = _WORD.findall(sample)
    if not words:
        return "en"
    latin = sum(1 for w in words if _LATIN_SCRIPT.match(w)) * 2 > len(words)
    if latin and (_share(words) >= _PLAIN or len(words) < _FEW_WORDS):
        return "en"
    if _english_lines(sample):
        return "en"
    found = _model(sample)
    if found in _NO_LANGUAGE:
        return "en"  # lists and figures: nothing says that it is another language
    if found != "en" and latin and _share(words) >= _MIXED and _articles(words) >= 0.02:
        return "en"  # names and lists among English sentences mislead the model
    return found


def language_name(code: str) -> str | None:
    """The English name of a language ('French' for 'fr'), or None if the code is not known."""
    return _names().get(code)


def _share(words: list[str]) -> float:
    table = _function_words()
    return sum(1 for w in words if w.lower() in table) / len(words)


def _articles(words: list[str]) -> float:
    return sum(1 for w in words if w.lower() == "the") / len(words)


def _english_lines(sample: str) -> bool:
    english = letters = 0
    for line in sample.splitlines():
        words = _WORD.findall(line)
        size = sum(map(len, words))
        letters += size
        if len(words) >= 6 and _share(words) >= _PLAIN:
            english += size
    return english > 0 and english >= letters * _ENGLISH_PART


def _model(sample: str) -> str:
    import py3langid  # type: ignore[import-untyped, unused-ignore]

    return str(py3langid.classify(sample)[0])


@cache
def _function_words() -> frozenset[str]:
    return frozenset(w for line in _rows("function_words.csv") for w in line.split(","))


@cache
def _names() -> dict[str, str]:
    return dict(line.split(",", 1) for line in _rows("languages.csv"))


def _rows(name: str) -> list[str]:
    table = files("communique.language").joinpath(name).read_text(encoding="utf-8")
    return [line.strip() for line in table.splitlines() if line.strip() and not line.startswith("#")]
