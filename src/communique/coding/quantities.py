"""How many and how much: numbers with their unit, what they count, and whose claim they are.

Figures and number words, ranges, "dozens", percent, money in any currency, measures, counts of people and
things. Numbers that are part of a date, a duration, a name or an age are none. The tables are in
``data/quantities.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from communique.coding.clauses import base
from communique.coding.disputes import happening
from communique.coding.lexicons import DATA, load_yaml
from communique.coding.sources import load_sources
from communique.language.analysis import Parsed, Word
from communique.reading import Claim, Quantity, Reading

__all__ = ["Quantities", "value_of"]

FIGURE = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(bn|mn|mln|bln|m|k|tn)?", re.I)
RANGE = re.compile(r"(\d[\d,.]*)[-–—](\d[\d,.]*)")
JOINING = frozenset({"and", "-"})
BACK = 4  # words before a number that may make it a rough one


@cache
def _tables() -> dict[str, Any]:
    raw: dict[str, Any] = load_yaml(DATA / "quantities.yaml")
    return raw


@dataclass(frozen=True, slots=True)
class _Number:
    """A number in words ``first`` to ``last``, with one value or the two of a range."""

    first: int
    last: int
    values: tuple[float, ...]
    vague: bool = False


def value_of(words: list[str]) -> float | None:
    """The value of a run of number words and figures ("1.5 million", "two hundred and five"), or None.

    A figure and the scales after it are multiplied; number words are summed below each scale.
    """
    tables = _tables()
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


class Quantities:
    """Finds the quantities of an article."""

    reads = frozenset({"sentences", "entities", "times", "claims"})
    writes = frozenset({"quantities"})

    def prepare(self) -> None:
        """Load the tables."""
        _tables()

    def __call__(self, reading: Reading) -> Reading:
        """Fill ``reading.quantities``, in text order."""
        assert reading.analysis is not None
        out: list[Quantity] = []
        times = sorted((t.start, t.end) for t in reading.times)
        for sentence in reading.analysis.sentences:
            within = [(a, b) for a, b in times if a < sentence.end and b > sentence.start]
            for number in _numbers(sentence):
                start, end = sentence.words[number.first].start, sentence.words[number.last].end
                if any(a < end and b > start for a, b in within) or _names(sentence, number):
                    continue
                out += _quantities(sentence, number, reading)
        for i, one in enumerate(out, start=1):
            one.id = f"q{i}"
        reading.quantities = out
        return reading


def _numbers(sentence: Parsed) -> Iterator[_Number]:
    words, at = sentence.words, 0
    while at < len(words):
        found = _number_at(words, at)
        if found is None:
            at += 1
        else:
            yield found
            at = found.last + 1


def _number_at(words: list[Word], at: int) -> _Number | None:
    tables = _tables()
    low = words[at].text.lower()
    if low in tables["tens"] and at + 2 < len(words) and words[at + 1].text == "of":
        scale = tables["scales"].get(words[at + 2].text.lower().rstrip("s"))
        if scale and scale >= 1000:
            return _Number(at, at + 2, (2.0 * tables["tens"][low] * scale,), True)
    if low in tables["vague"] and words[at].upos in ("NOUN", "NUM"):
        return _Number(at, at, (float(tables["vague"][low]),), True)
    if (match := RANGE.fullmatch(words[at].text)) is not None:
        pair = [value_of([match[1]]), value_of([match[2]])]
        if None not in pair and not _year_like(pair):
            end, scale = _scaled(words, at + 1)
            return _Number(at, end, tuple(float(v or 0) * scale for v in pair))
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
    return _range(words, at, last, value) or _Number(at, last, (value,))


def _range(words: list[Word], at: int, last: int, low: float) -> _Number | None:
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
    if words[other.last].text.lower() in _tables()["scales"] and low < 1000 and high >= 1000:
        low *= _tables()["scales"][words[other.last].text.lower()]
    return _Number(at, other.last, (low, high) if low < high else ()) if low != high else None


def _hyphened(low: str) -> bool:
    parts, numbers = low.split("-"), _tables()["numbers"]
    return len(parts) > 1 and all(p in numbers or p in _tables()["scales"] or p == "and" for p in parts)


def _goes_on(words: list[Word], last: int) -> bool:
    """Does the number go on with the next word ("two hundred", "hundred and five", "1.5 million")?"""
    tables = _tables()
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
    if at < len(words) and (scale := _tables()["scales"].get(words[at].text.lower())):
        return at, float(scale)
    return at - 1, 1.0


def _year_like(values: list[float | None]) -> bool:
    return all(v is not None and 1000 <= v <= 2100 for v in values)


def _names(sentence: Parsed, number: _Number) -> bool:
    """Is it part of a name, a score, an age, a clock, a place in a row, or the pronoun "one"?"""
    words = sentence.words
    if not number.values:
        return True  # a score, "34-6"
    first, last = words[number.first], words[number.last]
    before = words[number.first - 1].text.lower().rstrip(".") if number.first else ""
    after = words[number.last + 1].text if number.last + 1 < len(words) else ""
    if any(n.first <= number.first <= n.last and n.label not in LOOSE for n in sentence.names):
        return True
    if before in _tables()["naming"] or before in ("#", "/", ":", "aged", "age") or after in ("/", ":"):
        return True
    if first.upos == "PROPN" and first.text[:1].isalpha():
        return True
    if before in ("-", "–", "‑") and number.first > 1 and words[number.first - 2].upos != "NUM":
        return True  # "SA-7"
    named = number.first > 0 and words[number.first - 1].upos == "PROPN"
    if named and (base(first.deprel) != "nummod" or first.head < number.first):
        return True  # "France 2", "Apollo 11"
    if _is_age(sentence, number) or (
        first.text.startswith("0") and len(first.text) > 1 and "." not in first.text
    ):
        return True
    if after.lower() in TIMES or (before == "in" and first.text.lower() == "two" and after == ","):
        return True
    if {"aged", "age", "ages"} & {w.text.lower() for w in words[max(0, number.first - 3) : number.first]}:
        return True
    if after in ("-", "–", "‑") and not _measured(words, number.last + 2):
        return True  # "47-year-old", "two-state"
    if after.lower() == "of" and number.last + 2 < len(words) and words[number.last + 2].text.isdigit():
        return True  # "Caption 3 of 25"
    if before == "of" and number.first > 1 and words[number.first - 2].text.isdigit():
        return True
    if number.values == (1.0,) and first is last and first.text.lower() == "one":
        head = words[first.head] if first.head >= 0 else None
        if base(first.deprel) != "nummod" or head is None:
            return True
        return not _counts_somebody(sentence, head)
    if base(first.deprel) in ("appos", "list") and before == "," and 5 < number.values[0] < 110:
        return True  # "Nurhayati, 34, a teacher"
    alone = base(last.deprel) not in ("nummod", "compound") and first is last
    if alone and first.text.isdigit() and len(first.text) == 4 and 1000 <= number.values[0] <= 2100:
        return True
    return (
        base(first.deprel) in ("dep", "list", "nmod:unmarked") and first is last and alone and first.head < 0
    )


def _measured(words: list[Word], at: int) -> bool:
    """Is the word a unit of measure, with nothing of an age behind it ("400-km")?"""
    if at >= len(words):
        return False
    lemma = words[at].lemma.lower()
    tables = _tables()
    return lemma in tables["units"] or lemma in tables["currencies"] or words[at].text in tables["units"]


def _counts_somebody(sentence: Parsed, head: Word) -> bool:
    """Is "one" a count worth telling ("one person was killed") rather than "at one point"?"""
    lists = load_sources()
    lemma = head.lemma.lower()
    if (
        lemma in lists.people
        or lemma in lists.withheld
        or lemma in ("death", "person", "civilian", "seat", "vote")
    ):
        return True
    verb = sentence.words[head.head] if head.head >= 0 else None
    return verb is not None and happening(verb.lemma) is not None


def _is_age(sentence: Parsed, number: _Number) -> bool:
    """ "She was 16", "Sarah, 47, said": a bare number of years that somebody has."""
    words, first = sentence.words, sentence.words[number.first]
    if first.index != number.last or not 0 < number.values[0] < 115 or number.values[0] % 1:
        return False
    before = words[number.first - 1] if number.first else None
    after = words[number.last + 1] if number.last + 1 < len(words) else None
    if after is not None and after.upos in ("NOUN", "ADJ", "PROPN", "SYM", "NUM"):
        return False
    if before is not None and before.text == "," and after is not None and after.text in (",", ".", ")"):
        name = words[number.first - 2] if number.first > 1 else None
        return name is not None and name.upos == "PROPN"
    person = next(
        (words[i] for i in sentence.children(first.index) if base(words[i].deprel) == "nsubj"), None
    )
    copula = any(base(words[i].deprel) == "cop" for i in sentence.children(first.index))
    return copula and person is not None and person.text.lower() in ("he", "she", "i", "who")


TIMES = frozenset(
    {
        "year",
        "years",
        "yrs",
        "month",
        "months",
        "week",
        "weeks",
        "day",
        "days",
        "hour",
        "hours",
        "minute",
        "minutes",
    }
    | {"second", "seconds", "decade", "decades", "century", "centuries", "a.m.", "p.m.", "am", "pm"}
)
LOOSE = frozenset({"Money", "Cardinal", "Quantity", "Percent", "NUM", "MISC"})


def _quantities(sentence: Parsed, number: _Number, reading: Reading) -> list[Quantity]:
    words = sentence.words
    unit, first, last, of = _unit(sentence, number)
    rough = number.vague or len(number.values) > 1 or _is_rough(sentence, number, last)
    start, end = words[first].start, words[last].end
    claim = _innermost(words[number.first].start, reading.claims)
    return [Quantity("", start, end, _tidy(v), unit, of, rough, claim) for v in number.values]


def _tidy(value: float) -> float:
    return int(value) if value == int(value) else round(value, 6)


def _unit(sentence: Parsed, number: _Number) -> tuple[str | None, int, int, str | None]:
    """Unit, first and last word of the quantity, and what it is of."""
    words, tables = sentence.words, _tables()
    first, last = number.first, number.last
    before = words[first - 1].text if first else ""
    if before in tables["symbols"]:
        return tables["symbols"][before], first - 1, last, _of(sentence, last)
    if before == "$" or before.endswith("$"):
        return tables["symbols"].get(before, "USD"), first - 1, last, _of(sentence, last)
    after = words[last + 1] if last + 1 < len(words) else None
    if after is not None:
        low = after.text.lower()
        if low in tables["percent"]:
            end = last + 1
            if low == "percentage" and end + 1 < len(words) and words[end + 1].lemma == "point":
                return "percentage points", first, end + 1, _of(sentence, end + 1)
            return "percent", first, end, _of(sentence, end)
        if low == "per" and last + 2 < len(words) and words[last + 2].text.lower() == "cent":
            return "percent", first, last + 2, _of(sentence, last + 2)
        if after.text in tables["symbols"]:
            return tables["symbols"][after.text], first, last + 1, _of(sentence, last + 1)
    if after is not None and after.text in ("-", "–", "‑") and last + 2 < len(words):
        unit_word = words[last + 2]
        name = tables["units"].get(unit_word.text) or tables["units"].get(unit_word.lemma.lower())
        if name:
            return name, first, last + 2, None
    noun = _counted(sentence, number)
    if noun is None:
        if after is not None and _single(after.text) in tables["currencies"]:
            return tables["currencies"][_single(after.text)], first, last + 1, _of(sentence, last + 1)
        return None, first, last, None
    lemma = _single(noun.text) if _single(noun.text) in tables["currencies"] else noun.lemma.lower()
    modifier = " ".join(w.text for w in words[last + 1 : noun.index])
    if f"{modifier} {lemma}" in tables["by_country"]:
        return tables["by_country"][f"{modifier} {lemma}"], first, noun.index, _of(sentence, noun.index)
    if lemma in tables["currencies"] and (lemma != "pound" or not modifier) and lemma not in ("real", "won"):
        return tables["currencies"][lemma], first, noun.index, _of(sentence, noun.index)
    if noun.text in tables["units"] or lemma in tables["units"]:
        unit = tables["units"].get(noun.text) or tables["units"][lemma]
        end = noun.index
        if (
            end + 2 < len(words)
            and words[end + 1].text == "per"
            and words[end + 2].lemma in ("hour", "second")
        ):
            unit, end = f"{unit} per {words[end + 2].lemma}", end + 2
        return unit, first, end, _of(sentence, end)
    if any(w.upos == "NUM" for w in words[last + 1 : noun.index]):
        return noun.text, first, last, None  # "21 of the more than 200 girls"
    lead = [w for w in words[last + 1 : noun.index + 1] if w.upos not in ("ADP", "DET", "PRON")]
    of = " ".join(w.text for w in lead) if len(lead) > 1 else None
    return noun.text, first, max(last, noun.index), of


def _single(word: str) -> str:
    return word.lower().removesuffix("s")


def _counted(sentence: Parsed, number: _Number) -> Word | None:
    """The noun that is counted."""
    words = sentence.words
    for k in range(number.last, number.first - 1, -1):
        word = words[k]
        if base(word.deprel) in ("nummod", "det", "amod", "compound") and word.head > number.last:
            head = words[word.head]
            if head.upos in ("NOUN", "PROPN", "SYM") and word.head - number.last <= 6:
                return head
    # "Hundreds of people", "a dozen of the prisoners".
    after = number.last + 1
    if after + 1 < len(words) and words[after].text == "of":
        for k in (*sentence.children(number.last), *sentence.children(number.first)):
            child = words[k]
            case = sentence.child(k, "case")
            if base(child.deprel) == "nmod" and case is not None and case.index == after:
                return child if child.upos in ("NOUN", "PROPN") else None
    if after < len(words) and words[after].upos == "NOUN" and words[after].xpos == "NNS":
        return words[after]
    return None


def _of(sentence: Parsed, last: int) -> str | None:
    """ "Of voters", "in aid": what a share or a sum is of."""
    words = sentence.words
    if last + 2 >= len(words) or words[last + 1].text.lower() not in ("of", "in"):
        return None
    for word in words[last + 2 : last + 8]:
        if word.upos == "NOUN" and (word.index + 1 >= len(words) or words[word.index + 1].upos != "NOUN"):
            case = sentence.child(word.index, "case")
            if case is not None and case.index == last + 1:
                lead = [w for w in words[last + 2 : word.index + 1] if w.upos not in ("DET", "PRON")]
                return " ".join(w.text for w in lead)
    return None


def _is_rough(sentence: Parsed, number: _Number, last: int) -> bool:
    words = sentence.words
    before = " " + " ".join(w.text.lower() for w in words[max(0, number.first - BACK) : number.first]) + " "
    before = before.replace(" $ ", " ").replace(" a ", " ").replace(" an ", " ")
    after = " ".join(w.text.lower() for w in words[last + 1 : last + 3])
    rough = _tables()["rough"]
    return any(before.endswith(f" {r} ") for r in rough) or after.startswith("or so")


def _innermost(at: int, claims: list[Claim]) -> str | None:
    inside = [
        (sum(b - a for a, b in c.content), i, c.id)
        for i, c in enumerate(claims)
        if any(a <= at < b for a, b in c.content)
    ]
    return min(inside)[2] if inside else None
