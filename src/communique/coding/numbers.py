"""Numbers in words and figures: where they stand in a sentence, and their value.

"12", "1.5 million", "two hundred and five", "half a million", "dozens", "20-25", "between 30 and 40". The
words are in ``data/quantities.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from communique.coding.lexicons import DATA, load_yaml
from communique.language.analysis import Parsed, Word

__all__ = ["Number", "number_tables", "numbers_in", "value_of"]

FIGURE = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(bn|mn|mln|bln|m|k|tn)?", re.I)
RANGE = re.compile(r"(\d[\d,.]*)[-–—](\d[\d,.]*)")
JOINING = frozenset({"and", "-"})


@cache
def number_tables() -> dict[str, Any]:
    """``data/quantities.yaml``, read once."""
    raw: dict[str, Any] = load_yaml(DATA / "quantities.yaml")
    return raw


@dataclass(frozen=True, slots=True)
class Number:
    """A number in words ``first`` to ``last``, with one value or the two of a range."""

    first: int
    last: int
    values: tuple[float, ...]
    vague: bool = False


def value_of(words: list[str]) -> float | None:
    """The value of a run of number words and figures ("1.5 million", "two hundred and five"), or None.

    A figure and the scales after it are multiplied; number words are summed below each scale.
    """
    tables = number_tables()
    numbers, scales = tables["numbers"], tables["scales"]
    total, current, seen = 0.0, 0.0, False
    for word in words:
        for part in word.lower().split("-") if not word[:1].isdigit() else [word]:
            if part in JOINING or not part:
                continue
            if part in numbers:
                current += numbers[part]
            elif part in scales and (seen or part not in ("m", "k")):
                scale = scales[part]
                current = (current if seen and current else 1.0) * scale
                if scale >= 1000:
                    total, current = total + current, 0.0
            elif (match := FIGURE.fullmatch(part)) is not None:
                figure = float(match[1].replace(",", "") + (match[2] or ""))
                current += figure * (scales[match[3].lower()] if match[3] else 1)
            elif part == "half":
                current += 0.5
            elif part in ("a", "an"):
                continue
            else:
                return None
            seen = True
    return total + current if seen else None


def numbers_in(sentence: Parsed) -> Iterator[Number]:
    """The numbers of a sentence, in order; one without values is a score ("34-6")."""
    words, at = sentence.words, 0
    while at < len(words):
        found = _number_at(words, at)
        if found is None:
            at += 1
        else:
            yield found
            at = found.last + 1


@lru_cache(1 << 14)
def _may_begin(text: str) -> bool:
    """May a number begin with this word? Of most it need not be asked twice."""
    low, tables = text.lower(), number_tables()
    if low in ("a", "half") or any(low in tables[name] for name in ("tens", "vague", "numbers")):
        return True
    return bool(FIGURE.fullmatch(low) or RANGE.fullmatch(text)) or _hyphened(low)


def _number_at(words: list[Word], at: int) -> Number | None:
    if not _may_begin(words[at].text):
        return None
    tables = number_tables()
    low = words[at].text.lower()
    if low in tables["tens"] and at + 2 < len(words) and words[at + 1].text == "of":
        scale = tables["scales"].get(words[at + 2].text.lower().rstrip("s"))
        if scale and scale >= 1000:
            return Number(at, at + 2, (2.0 * tables["tens"][low] * scale,), True)
    if low in tables["vague"] and words[at].upos in ("NOUN", "NUM"):
        return Number(at, at, (float(tables["vague"][low]),), True)
    if (match := RANGE.fullmatch(words[at].text)) is not None:
        pair = [value_of([match[1]]), value_of([match[2]])]
        if None not in pair and not _year_like(pair):
            end, scale = _scaled(words, at + 1)
            return Number(at, end, tuple(float(v or 0) * scale for v in pair))
        return None
    begins = low in tables["numbers"] or bool(FIGURE.fullmatch(low)) or _hyphened(low)
    after = [w.text.lower() for w in words[at + 1 : at + 3]]
    article = low == "a" and after[:1] and after[0] in tables["scales"]
    article = article or (low == "half" and after[:1] == ["a"] and after[1:] and after[1] in tables["scales"])
    if not begins and not article:
        return None
    last = at
    while last + 1 < len(words) and _goes_on(words, last):
        last += 2 if words[last + 1].text.lower() in JOINING else 1
    value = value_of([w.text for w in words[at : last + 1]])
    if value is None:
        return None
    return _range(words, at, last, value) or Number(at, last, (value,))


def _range(words: list[Word], at: int, last: int, low: float) -> Number | None:
    """ "20-25", "30 to 40", "between 30 and 40", "two or three"."""
    if last + 2 >= len(words):
        return None
    sign, before = words[last + 1].text.lower(), words[at - 1].text.lower() if at else ""
    joined = sign in ("-", "–", "—", "or") or (sign == "to" and before != "from")
    if not joined and not (sign == "and" and before == "between"):
        return None
    other = _number_at(words, last + 2)
    if other is None or len(other.values) != 1 or other.vague or _year_like([low, other.values[0]]):
        return None
    high = other.values[0]
    if words[other.last].text.lower() in number_tables()["scales"] and low < 1000 and high >= 1000:
        low *= number_tables()["scales"][words[other.last].text.lower()]
    return Number(at, other.last, (low, high) if low < high else ()) if low != high else None


def _hyphened(low: str) -> bool:
    parts, numbers = low.split("-"), number_tables()["numbers"]
    return len(parts) > 1 and all(p in numbers or p in number_tables()["scales"] or p == "and" for p in parts)


def _goes_on(words: list[Word], last: int) -> bool:
    """Does the number go on with the next word ("two hundred", "hundred and five", "1.5 million")?"""
    tables = number_tables()
    low = words[last + 1].text.lower()
    before = words[last].text.lower()
    if low in tables["scales"] and low not in ("m", "k"):
        return True
    if before == "half" and low == "a":
        return True
    if low == "-" and last + 2 < len(words) and 20 <= tables["numbers"].get(before, 0) <= 90:
        unit = int(tables["numbers"].get(words[last + 2].text.lower(), 0))
        return 0 < unit < 10  # "forty-two" in three words
    if before in tables["scales"]:
        if low == "and" and last + 2 < len(words):
            return words[last + 2].text.lower() in tables["numbers"] or _hyphened(
                words[last + 2].text.lower()
            )
        return low in tables["numbers"] or _hyphened(low)
    return (
        before in tables["numbers"]
        and low in tables["numbers"]
        and tables["numbers"][before] >= 20 > tables["numbers"][low]
    )


def _scaled(words: list[Word], at: int) -> tuple[int, float]:
    if at < len(words) and (scale := number_tables()["scales"].get(words[at].text.lower())):
        return at, float(scale)
    return at - 1, 1.0


def _year_like(values: list[float | None]) -> bool:
    return all(v is not None and 1000 <= v <= 2100 for v in values)
