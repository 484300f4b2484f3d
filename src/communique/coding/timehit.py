"""What the rules for time expressions work with: the hit, what is found, and measured amounts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from communique.coding.timecalendar import span_of
from communique.coding.timegrammar import Grammar, Words
from communique.coding.timetense import Tenses

__all__ = ["GRAINS", "Days", "Found", "Hit", "amount_of", "grain_of", "period", "spoken_day", "unit_of"]

Days = tuple[date, date]
GRAINS = "DWMQYEC"


@dataclass(slots=True)
class Found:
    """A time expression as the rules see it.

    Attributes:
        first, last: its words, ``[first, last)``.
        type: 'date', 'time', 'duration' or 'set'; 'part' for "the morning", which only counts in
            "the morning of 3 May", and 'none' for what must not be read ("44 years old").
        value: TIMEX3 value or None.
        grain: 'D', 'W', 'M', 'Q', 'Y', 'E' (decade), 'C', or '' where the value is no definite day
            or period; it says what later expressions can be anchored on.
        days: first and last day, where the value alone does not tell.
        month, day: as written, if the year was not: the year may come from a neighbour.
        weekday: 1 to 7 for a lone weekday.
        clock: for a lone time of day, "T06:00".
    """

    first: int
    last: int
    type: str
    value: str | None
    grain: str = ""
    days: Days | None = None
    month: int = 0
    day: int = 0
    weekday: int = 0
    clock: str = ""


@dataclass(slots=True)
class Hit:
    """A match of a rule: the words ``[first, last)`` of a text.

    In a ``historical`` text a date without a year is of the year last spoken of, not of the year of
    publication.
    """

    grammar: Grammar
    words: Words
    first: int
    last: int
    published: date | None
    spoken: Found | None
    tenses: Tenses
    historical: bool = False

    def all(self, name: str) -> Iterator[tuple[int, Any]]:
        """Place and value of the words of a class, in order."""
        chars, classes = self.grammar.sets[name], self.words.classes
        for i in range(self.first, self.last):
            if classes[i] in chars:
                word = self.words.words[i]
                value = self.grammar.values.get((name, word.lower()))
                if value is None and word[0].isdigit():
                    digits = re.match(r"\d+", word)
                    value = int(digits[0]) if digits else None
                yield i, value

    def one(self, name: str) -> Any:
        """Value of the last word of a class, or None."""
        found = list(self.all(name))
        return found[-1][1] if found else None

    def any(self, *names: str) -> bool:
        """Whether a word of one of these classes is in the match."""
        chars, classes = self.grammar.sets, self.words.classes
        return any(classes[i] in chars[n] for n in names for i in range(self.first, self.last))

    def has(self, *words: str) -> bool:
        """Whether one of these words is among the words of the match."""
        return any(self.words.words[i].lower() in words for i in range(self.first, self.last))

    def near(self, i: int) -> str:
        """The word at a place, '' outside the text."""
        return self.words.words[i] if 0 <= i < len(self.words.words) else ""

    def tense(self) -> str | None:
        return self.tenses.of(self.first, self.last)

    def listed(self, table: str) -> frozenset[str]:
        return self.grammar.listed(table)

    def found(self, kind: str, value: str | None, grain: str = "", **more: Any) -> Found:
        return Found(self.first, self.last, kind, value, grain if value else "", **more)

    def month(self) -> int:
        for name in ("MONTH", "MABBR", "AMONTH"):
            for _, value in self.all(name):
                return int(value)
        return 0

    def shift(self) -> int:
        """-1, 0 or 1 for last, this, next; the last such word counts ("this past Sunday")."""
        return int(self.one("SHIFT") or 0)

    def shifted_year(self) -> int | None:
        """The year of "1998", "last year" or "that year" in the match; 0 if there is none of these,
        None if it cannot be known."""
        if (year := self.one("YEAR")) is not None:
            return int(year)
        if any(v != "1Y" for _, v in self.all("UNIT")):
            return None
        if self.any("SHIFT") and self.any("UNIT"):
            return self.published.year + self.shift() if self.published else None
        if (step := self.one("SEQ")) is not None:
            base = spoken_day(self.spoken, "Y")
            return base.year + int(step) if base else None
        return 0

    def told_year(self, month: int) -> int:
        """The year a historical text has come to when it names a month; 0 if it does not say."""
        days = span_of(self.spoken.value) if self.historical and self.spoken else None
        if days is None or self.spoken is None or self.spoken.grain in "EC":
            return 0
        # such a text goes forward: after December 1914, March is March 1915
        passed = self.spoken.grain != "Y" and month < days[0].month - 6
        return days[0].year + passed

    def nearest(self, spans: list[Days], lean: str | None) -> Days | None:
        """Of some spans of days the one nearest to publication, leaning to the past or future."""
        if self.published is None or not spans:
            return None
        pub = self.published

        def distance(span: Days) -> float:
            if span[0] <= pub <= span[1]:
                return 0
            if span[1] < pub:
                return (pub - span[1]).days * (0.25 if lean == "past" else 1)
            return (span[0] - pub).days * (0.1 if lean == "future" else 1)

        return min(spans, key=distance)


def spoken_day(spoken: Found | None, grain: str) -> date | None:
    """First day of the date last spoken of, if it is known at least to this grain."""
    if spoken is None or not spoken.grain or GRAINS.index(spoken.grain) > GRAINS.index(grain):
        return None
    days = spoken.days or span_of(spoken.value)
    return days[0] if days else None


_AFTER_HUNDRED = ("and", "hundred", "thousand")


def amount_of(hit: Hit) -> float | None:
    """The number in "two and a half years"; None for "several" and for "two or three"."""
    sets, classes = hit.grammar.sets, hit.words.classes
    groups: list[float] = []
    tens = False
    vague = article = half = False
    for i in range(hit.first, hit.last):
        char, word = classes[i], hit.near(i).lower()
        if char in sets["INT"] or char in sets["MONEY"]:
            try:
                groups.append(float(word.replace(",", "")))
            except ValueError:
                vague = True
            tens = False
        elif char in sets["FRAC"]:
            top, bottom = word.split("/")
            groups = groups or [0.0]
            groups[-1] += int(top) / int(bottom)
        elif char in sets["TENS"] or char in sets["NUMW"]:
            number = hit.grammar.values.get(("TENS", word)) or hit.grammar.values["NUMW", word]
            after_hundred = bool(groups) and groups[-1] >= 100 and hit.near(i - 1).lower() in _AFTER_HUNDRED
            if after_hundred or (groups and tens and number < 10):
                groups[-1] += number
            else:
                groups.append(float(number))
            tens = char in sets["TENS"]
        elif char in sets["HUND"]:
            groups = groups or [1.0]
            groups[-1] *= hit.grammar.values["HUND", word]
        elif char in sets["HALF"]:
            half = True
        elif char in sets["ART"]:
            article = True
        elif char in sets["COUPLE"]:
            groups.append(2.0)
        elif (char in sets["VAGUE"] and word != "some") or char in sets["PLENTY"]:
            vague = True
    plural = hit.any("UNITS", "QUARTERS")
    if vague or len(groups) > 1:
        return None
    if half:
        return (groups[0] if groups else 1.0) + 0.5 if hit.has("and") else 0.5
    if groups:
        return groups[0]
    return None if plural and not article else 1.0


def unit_of(hit: Hit) -> tuple[int, str]:
    """How many of which TIMEX3 unit the match speaks of: decades are (10, 'Y')."""
    for name in ("UNITS", "UNIT", "CENT", "QUARTERS", "QUARTER"):
        for _, value in hit.all(name):
            number = re.match(r"\d+", value)
            assert number is not None
            return int(number[0]), value[number.end() :]
    return 1, "D"


def grain_of(unit: tuple[int, str]) -> str:
    return {(10, "Y"): "E", (100, "Y"): "C", (3, "M"): "Q"}.get(unit, unit[1])


def period(number: float | None, unit: tuple[int, str]) -> str:
    """TIMEX3 value of a duration: P2Y6M, PT36H, PXW."""
    times, letter = unit
    clock, letter = ("T", letter[1]) if letter.startswith("T") else ("", letter)
    if number is None:
        return f"P{clock}X{letter}"
    number *= times
    whole = int(number)
    if number == whole:
        return f"P{clock}{whole}{letter}"
    if number - whole == 0.5:
        head = f"{whole}{letter}" if whole else ""
        if not clock and letter == "Y":
            return f"P{head}6M"
        if not clock and letter == "D":
            return f"P{head}T12H"
        if clock and letter in "HM":
            return f"PT{head}30{'M' if letter == 'H' else 'S'}"
    return f"P{clock}{round(number, 2):g}{letter}"
