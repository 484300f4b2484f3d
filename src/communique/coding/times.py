"""Time expressions: what days an article speaks of, as TIMEX3 values and as first and last day.

The step needs sentences and a date of publication only; where the language network has read the
text, the tense of the verb decides between last and next Tuesday.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from datetime import date, timedelta

from communique.coding.stamps import Stamps
from communique.coding.timecalendar import FIRST_YEAR, LAST_YEAR, span_of
from communique.coding.timedates import also_day, date_rules
from communique.coding.timegrammar import BREAK, Grammar, Words, load
from communique.coding.timehit import Days, Found, Hit
from communique.coding.timerelative import relative_rules
from communique.coding.timetense import Tenses
from communique.coding.timeyears import year_rules
from communique.language.analysis import Analysis
from communique.reading import Reading, Time

__all__ = ["Times", "find_times"]

_LENGTH = re.compile(r"P(\d{1,4})([DWMY])")

_DASHES = frozenset("-–—‑")
_RULES = date_rules() | year_rules() | relative_rules()
_UNTIL = frozenset(("to", "until", "till", "through"))


class Times:
    """The step that fills ``reading.times``."""

    reads = frozenset({"sentences"})
    writes = frozenset({"times"})

    def prepare(self) -> None:
        """Load the tables."""
        load()

    def __call__(self, reading: Reading) -> Reading:
        spans = [(s.start, s.end) for s in reading.sentences]
        article = reading.article
        reading.times = find_times(article.text, article.published, spans, reading.analysis)
        return reading


def find_times(
    text: str,
    published: date | None,
    spans: Sequence[tuple[int, int]],
    analysis: Analysis | None = None,
) -> list[Time]:
    """The time expressions of a text, in order, with ids t1, t2 …; stamps of the page are none.

    Args:
        text: the article.
        published: the date that relative expressions are resolved against; without it "last week"
            has no value and no days, and "Tuesday" is 'XXXX-WXX-2'.
        spans: ``[start, end)`` of the sentences, in order; nothing is read outside or across them.
        analysis: the language network's view, for the tense of verbs; None: the words decide.
    """
    if published is not None and not FIRST_YEAR < published.year < LAST_YEAR:
        published = None
    grammar = load()
    words = grammar.words(text, spans)
    found = _join(_scan(grammar, words, published, Tenses(grammar, words, analysis)), grammar, words)
    _set_clocks(found, words, published)
    _anchor(found, words, published)
    stamps = Stamps(grammar, text)
    told = [f for f in found if (words.starts[f.first], words.ends[f.last - 1]) not in stamps]
    return [_time(f"t{n}", item, words) for n, item in enumerate(told, 1)]


def _scan(grammar: Grammar, words: Words, published: date | None, tenses: Tenses) -> list[Found]:
    out: list[Found] = []
    spoken: Found | None = None
    place, search = 0, grammar.rules.search
    historical = _is_historical(grammar, words, published)
    while match := search(words.classes, place):
        first, last = match.span()
        while last > first + 1 and words.words[last - 1] in (".", ","):
            last -= 1
        rule = grammar.names[int((match.lastgroup or "r0")[1:])]
        hit = Hit(grammar, words, first, last, published, spoken, tenses, historical)
        found = _RULES[rule](hit)
        if found is None:
            place = first + 1
            continue
        place = last
        if found.type != "none":
            out.append(found)
        if rule == "calendar" and (second := also_day(hit, found)) is not None:
            out.append(second)
            place = second.last
        # "a year earlier" is a look aside: the text goes on from where it was
        aside = hit.has("earlier", "previously") or (hit.has("ago") and found.grain == "Q")
        if found.grain and found.type in ("date", "time") and not aside:
            spoken = found
    return out


def _is_historical(grammar: Grammar, words: Words, published: date | None) -> bool:
    """Whether the text tells of times long past: most of its full dates, or of very many years, lie
    well before its own, and it has next to no weekdays, as news does."""
    if published is None:
        return False
    classes, sets = words.classes, grammar.sets
    years = [int(words.words[m.end() - 1]) for m in grammar.full_date.finditer(classes)]
    if len(years) < 4:
        years = [int(words.words[i]) for i, c in enumerate(classes) if c in sets["YEAR"]]
        if len(years) < 25:
            return False
    if 8 * sum(classes.count(c) for c in sets["WD"] | sets["DEICT"]) > len(years):
        return False
    return sum(published.year - year > 2 for year in years) >= 0.8 * len(years)


def _join(items: list[Found], grammar: Grammar, words: Words) -> list[Found]:
    """Expressions that are one: a day and its hour, the two ends of an interval."""
    out: list[Found] = []
    for item in items:
        if out:
            last = out[-1]
            between = [w.lower() for w in words.words[last.last : item.first]]
            if len(between) <= 2 and "" not in between:
                one = _day_and_hour(last, item, between) or _interval(last, item, between, grammar, words)
                if one is not None:
                    out[-1] = one
                    continue
        out.append(item)
    return [item for item in out if item.type != "part"]


def _day_and_hour(a: Found, b: Found, between: list[str]) -> Found | None:
    """'6 a.m. on Tuesday', 'Tuesday at 6 a.m.', 'the morning of 3 May'."""
    if a.clock and b.type == "date" and b.grain == "D" and "/" not in (b.value or ""):
        links = (["of"],) if a.type == "part" else ([], ["on"], [","], ["of"])
        if between in links and b.value:
            return Found(a.first, b.last, "time", b.value + a.clock, "D")
    single = a.grain == "D" and a.value and "/" not in a.value
    if b.clock and b.type == "time" and single and between in ([], ["at"], [","], [",", "at"]):
        return Found(a.first, b.last, "time", (a.value or "")[:10] + b.clock, "D")
    return None


def _interval(a: Found, b: Found, between: list[str], grammar: Grammar, words: Words) -> Found | None:
    """'between 1977 and 1983', 'from March to May 2011', '2017-2021'."""
    if len(between) != 1 or a.type != b.type or a.type not in ("date", "time"):
        return None
    before = words.words[a.first - 1].lower() if a.first else ""
    link = between[0]
    dashed = link in _DASHES and (words.ends[a.last - 1] + 1 >= words.starts[a.last] or link != "-")
    if not (dashed or (link in _UNTIL and before != "to") or (link == "and" and before == "between")):
        return None
    moving = grammar.listed("moving_words")
    if link in _UNTIL and any(w.lower() in moving for w in words.words[max(0, a.first - 8) : a.first]):
        return None
    if a.clock and b.clock:
        return Found(a.first, b.last, "time", f"{a.value}/{b.value}", clock="")
    first, last = _ends(a, b)
    if not first or not last or len(first) != len(last):
        return None
    days = span_of(first), span_of(last)
    if days[0] and days[1]:
        if days[0][0] >= days[1][0]:
            return None
    elif not (first.startswith("XXXX") and last.startswith("XXXX")):
        return None
    return Found(a.first, b.last, "date", f"{first}/{last}")


def _ends(a: Found, b: Found) -> tuple[str | None, str | None]:
    """The values of the two ends, the year of one lent to the other where only one has it."""
    first, last = a.value, b.value
    if not first or not last or "/" in first + last:
        return None, None
    if a.month and not b.month and len(first) == len(last) and last[:4].isdigit():
        year = int(last[:4])
        first = f"{year if first[4:] < last[4:] else year - 1:04d}{first[4:]}"
    elif b.month and first[:4].isdigit():
        year = int(first[:4])
        last = f"{year if last[4:] > first[4:] else year + 1:04d}{last[4:]}"
    elif a.weekday and b.weekday and a.grain == b.grain == "D":
        day = date.fromisoformat(first[:10])
        last = (day + timedelta((b.weekday - a.weekday) % 7)).isoformat()
    return first, last


def _set_clocks(items: list[Found], words: Words, published: date | None) -> None:
    """Gives a lone hour the day of its sentence, if the sentence names exactly one; if it names none, the day
    of publication."""
    if not any(item.clock for item in items):
        return
    breaks = [i for i, char in enumerate(words.classes) if char == BREAK]
    days: dict[int, set[str]] = {}
    for item in items:
        if item.grain == "D" and item.value:
            days.setdefault(bisect_left(breaks, item.first), set()).add(item.value[:10])
    for item in items:
        if not item.clock:
            continue
        named = days.get(bisect_left(breaks, item.first), set())
        if not named and published is not None:
            named = {published.isoformat()}
        if len(named) == 1:
            item.value = next(iter(named)) + item.clock


def _anchor(items: list[Found], words: Words, published: date | None) -> None:
    """Gives "two days" the day it leads from in "on Wednesday, two days after the court sentenced them":
    counted back (before: on) from the day named before it in the sentence, else that of publication."""
    breaks = [i for i, char in enumerate(words.classes) if char == BREAK]
    for k, item in enumerate(items):
        if item.type == "duration" and (item.value or "").startswith("PT"):
            item.days = _hours_from(item, items[:k], words, published)
            continue
        measured = _LENGTH.fullmatch(item.value or "") if item.type == "duration" else None
        link = words.words[item.last].lower() if item.last < len(words.words) else ""
        if measured is None or link not in ("after", "before"):
            continue
        here = bisect_left(breaks, item.first)
        before = [
            other
            for other in items[:k]
            if _fine_enough(other, measured[2]) and bisect_left(breaks, other.first) == here
        ]
        days = span_of((before[-1].value or "").split("T")[0]) if before else None
        day = days[0] if days else published
        if day is None:
            continue
        count = int(measured[1]) * (-1 if link == "after" else 1)
        item.days = _counted(day, count, measured[2])


def _hours_from(item: Found, before: list[Found], words: Words, published: date | None) -> Days | None:
    """ "hours after the vote", "hours earlier": the day last named, or that of publication."""
    inside = [w.lower() for w in words.words[item.first : item.last + 1]]
    if inside[-1] not in ("after", "before") and not {"earlier", "later"} & set(inside[:-1]):
        return None
    named = next((i for i in reversed(before) if i.grain == "D" and i.value and "/" not in i.value), None)
    day = date.fromisoformat((named.value or "")[:10]) if named else published
    return (day, day) if day else None


def _fine_enough(item: Found, unit: str) -> bool:
    """Can so many units be counted from it: days from a day, years also from a year?"""
    if not item.value or not item.grain or item.type not in ("date", "time"):
        return False
    return item.grain == "D" or (item.grain == "Y" and unit == "Y") or (item.grain == "M" and unit in "MY")


def _counted(day: date, count: int, unit: str) -> Days | None:
    """The day, month or year so many days, weeks, months or years from a day."""
    if unit in "DW":
        try:
            there = day + timedelta(count * (7 if unit == "W" else 1))
        except OverflowError:
            return None
        return there, there
    if unit == "M":
        year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
        return span_of(f"{year:04d}-{month + 1:02d}")
    return span_of(f"{day.year + count:04d}") if 0 < day.year + count < LAST_YEAR else None


def _time(name: str, item: Found, words: Words) -> Time:
    days = item.days
    if days is None and item.type in ("date", "time"):
        days = span_of("/".join(v.split("T")[0] for v in item.value.split("/"))) if item.value else None
    return Time(
        id=name,
        start=words.starts[item.first],
        end=words.ends[item.last - 1],
        type=item.type,
        value=item.value,
        start_day=days[0].isoformat() if days else None,
        end_day=days[1].isoformat() if days else None,
    )
