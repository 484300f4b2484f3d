"""What each kind of time expression means: one function a rule of the grammar.

A function gets the hit (which words, which date the text was published, which date was last spoken
of) and returns what was found, or None where the words are no time expression after all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from communique.coding.timecalendar import add_months, day_of, holiday, shifted, span_of, value_of
from communique.coding.timegrammar import NAME, Grammar, Words
from communique.coding.timetense import Tenses

__all__ = ["RULES", "Found", "Hit", "amount_of"]

Days = tuple[date, date]
_GRAINS = "DWMQYEC"


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
        value = None
        for _, value in self.all(name):
            pass
        return value

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
        if any(True for _ in self.all("SHIFT")) and any(True for _ in self.all("UNIT")):
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
            return (span[0] - pub).days * (0.33 if lean == "future" else 1)

        return min(spans, key=distance)


def spoken_day(spoken: Found | None, grain: str) -> date | None:
    """First day of the date last spoken of, if it is known at least to this grain."""
    if spoken is None or not spoken.grain or _GRAINS.index(spoken.grain) > _GRAINS.index(grain):
        return None
    days = spoken.days or span_of(spoken.value)
    return days[0] if days else None


# ---- dates of the calendar --------------------------------------------------------------------


def r_iso(hit: Hit) -> Found | None:
    word = hit.near(hit.first)
    value = word if span_of(word) else None
    return hit.found("time" if "T" in word else "date", value, "D")


def r_numeric(hit: Hit) -> Found | None:
    word = hit.near(hit.first)
    parts = re.split(r"[/.-]", word)
    a, b, c = (int(part) for part in parts)
    if "/" not in word and len(parts[0]) != 4 and len(parts[2]) != 4:
        return None  # 1.2.30 may be a version or a paragraph
    if len(parts[0]) == 4:
        day = day_of(a, b, c)
    else:
        if len(parts[2]) == 2:
            c = (c + 2000 if hit.published and c + 2000 <= hit.published.year + 5 else c + 1900) if hit.published else 0
        american, british = day_of(c, a, b), day_of(c, b, a)
        day = american if american == british or british is None else british if american is None else None
    if day is None and "/" not in word:
        return None
    return hit.found("date", day.isoformat() if day else None, "D")


def r_nineeleven(hit: Hit) -> Found | None:
    if hit.published and hit.published < date(2001, 9, 11):
        return None
    return hit.found("date", "2001-09-11", "D")


def _dated(hit: Hit, month: int, day: int, year: int, weekday: int = 0) -> Found:
    """A day of a month; without a year (0) the one nearest to publication."""
    if year:
        known = day_of(year, month, day)
        return hit.found("date", known.isoformat() if known else None, "D")
    if told := hit.told_year(month):
        known = day_of(told, month, day)
        return hit.found("date", known.isoformat() if known else None, "D")
    if hit.published is None or hit.historical:
        real = day_of(2000, month, day)
        return hit.found("date", f"XXXX-{month:02d}-{day:02d}" if real else None, "", month=month, day=day)
    days = [d for y in range(-4, 5) if (d := day_of(hit.published.year + y, month, day))]
    if weekday:
        days = [d for d in days if d.isoweekday() == weekday] or days
    best = hit.nearest([(d, d) for d in days], hit.tense())
    return hit.found("date", best[0].isoformat() if best else None, "D", month=month, day=day)


def _day_number(hit: Hit) -> list[int]:
    places = sorted((i, v) for name in ("DAYN", "ORDN", "ORDW") for i, v in hit.all(name))
    return [int(value) for _, value in places]


def _landmark_year(hit: Hit, month: int, day: int) -> int:
    """The year of a day that is known by its date alone, as in "the September 11 attacks"."""
    year = int(hit.grammar.tables["landmarks"].get(f"{month:02d}-{day:02d}", 0))
    follows = [hit.near(i).lower() for i in (hit.last, hit.last + 1)]
    word = follows[1] if follows[0] in ("'s", "’s") else follows[0]
    if not year or word not in hit.listed("landmark_nouns"):
        return 0
    return year if hit.published is None or hit.published >= date(year, month, day) else 0


def r_calendar(hit: Hit) -> Found | None:
    month, days = hit.month(), _day_number(hit)
    if not month or len(days) != 1:
        return None
    ordinal = [i for i, _ in hit.all("ORDW")]
    if ordinal and not hit.has("of") and hit.near(ordinal[0]).lower() in ("first", "second"):
        return None  # "in May first", "his second May visit"
    if ordinal and ordinal[0] < max(i for n in ("MONTH", "MABBR", "AMONTH") for i, _ in hit.all(n)) and not hit.has("of"):
        return None
    year = int(hit.one("YEAR") or 0)
    weekday = int(hit.one("WD") or hit.one("WABBR") or 0)
    return _dated(hit, month, days[0], year or _landmark_year(hit, month, days[0]), weekday)


def r_dayrange(hit: Hit) -> Found | None:
    month, days = hit.month(), _day_number(hit)
    if len(days) != 2 or days[0] >= days[1]:
        return None
    ends = [_dated(hit, month, day, int(hit.one("YEAR") or 0)) for day in days]
    if any(end.value is None for end in ends):
        return hit.found("date", None)
    if hit.published is not None and not hit.one("YEAR"):
        ends[0] = _dated(hit, month, days[0], int((ends[1].value or "")[:4]))
    return hit.found("date", f"{ends[0].value}/{ends[1].value}", ends[0].grain)


def r_monthyear(hit: Hit) -> Found | None:
    month, year = hit.month(), hit.shifted_year()
    if year is None:
        return hit.found("date", None, month=month) if hit.published is None else None
    if hit.one("YEAR") and not _stands_as_year(hit, hit.last - 1, licensed=True):
        return None
    return hit.found("date", f"{year:04d}-{month:02d}", "M")


def r_month(hit: Hit) -> Found | None:
    month, pub = hit.month(), hit.published
    if told := hit.told_year(month):
        return hit.found("date", f"{told:04d}-{month:02d}", "M")
    if pub is None or hit.historical:
        return hit.found("date", f"XXXX-{month:02d}", month=month)
    # news looks back: without a sign of the future a month is the last of its name
    lean = hit.tense()
    if lean is None and hit.near(hit.first - 1).lower() in ("by", "until", "till"):
        lean = "future"
    if lean != "future":
        year = pub.year - (month > pub.month)
        return hit.found("date", f"{year:04d}-{month:02d}", "M", month=month)
    spans = [s for y in (-1, 0, 1) if (s := span_of(f"{pub.year + y:04d}-{month:02d}"))]
    best = hit.nearest(spans, "future")
    return hit.found("date", value_of(best[0], "M") if best else None, "M", month=month)


def r_shiftmonth(hit: Hit) -> Found | None:
    month, pub, shift = hit.month(), hit.published, hit.shift()
    if pub is None:
        return hit.found("date", f"XXXX-{month:02d}", month=month)
    year = pub.year
    if shift < 0 and month >= pub.month:
        year -= 1
    elif shift > 0 and month <= pub.month:
        year += 1
    return hit.found("date", f"{year:04d}-{month:02d}", "M")


def r_holiday(hit: Hit) -> Found | None:
    words = " ".join(hit.near(i).lower() for i in range(hit.first, hit.last)).replace("’", "'").replace(" 's", "'s")
    name = next((n for n in sorted(hit.grammar.tables["holidays"], key=len, reverse=True) if n in words), None)
    if name is None or not hit.near(hit.last - 1)[0].isupper() and not hit.near(hit.last - 1).isdigit():
        return None
    rule, year, pub = hit.grammar.tables["holidays"][name], hit.one("YEAR"), hit.published
    if year:
        day = holiday(rule, int(year))
        return hit.found("date", day.isoformat() if day else None, "D")
    if pub is None:
        fixed = re.fullmatch(r"\d\d-\d\d", rule)
        return hit.found("date", f"XXXX-{rule}" if fixed else None)
    days = [d for y in (-1, 0, 1) if (d := holiday(rule, pub.year + y))]
    shift = hit.one("SHIFT")
    if shift:
        days = [d for d in days if (d < pub if shift < 0 else d > pub)]
        days = days[-1:] if shift < 0 else days[:1]
    best = hit.nearest([(d, d) for d in days], hit.tense())
    return hit.found("date", best[0].isoformat() if best else None, "D")


def r_yearend(hit: Hit) -> Found | None:
    if hit.one("UNIT") != "1Y":
        return None
    pub = hit.published
    return hit.found("date", str(pub.year) if pub else None, "Y")


# ---- years, quarters, decades, centuries, seasons ---------------------------------------------


def _stands_as_year(hit: Hit, i: int, licensed: bool = False) -> bool:
    """Whether a figure such as 1973 is a year here, and no count or number of something."""
    number = int(hit.near(i))
    before, after = hit.near(hit.first - 1).lower(), hit.near(i + 1)
    if after in hit.listed("not_year_after") or (after == "-" and hit.near(i + 2).lower() in ("year", "day", "meter", "mile")):
        return False
    if not licensed:
        if before in hit.listed("not_year_before") or before.endswith("$"):
            return False
        if before == "." and hit.near(hit.first - 2).lower() in ("no", "nos"):
            return False
        if before == "and" and hit.near(hit.first - 3).lower() in ("resolutions", "articles", "sections"):
            return False
        if before == "-" and hit.words.starts[hit.first] == hit.words.ends[hit.first - 1] and hit.first > 1:
            if hit.words.classes[hit.first - 2] == NAME and hit.words.ends[hit.first - 2] == hit.words.starts[hit.first - 1]:
                return False  # Su-2000
    if after in ("-", "–") and re.fullmatch(r"[12]\d{3}|\d\d", hit.near(i + 2)):
        licensed = True
    licence = before in hit.listed("year_licence") or licensed
    if not 1900 <= number <= 2099 and not licence:
        return False
    plural = after.islower() and after.isalpha() and after.endswith("s") and after not in ("as", "is", "was", "has", "its", "his")
    if (number % 100 == 0 or not 1900 <= number <= 2099) and plural:
        return False
    if number % 100 == 0 and not licence and after.islower() and after.isalpha() and before != "the":
        return False
    return True


def r_year(hit: Hit) -> Found | None:
    i, year = next(hit.all("YEAR"))
    unit = hit.one("UNIT")
    if unit not in (None, "1Y"):
        return None
    fiscal = any(True for _ in hit.all("FISCAL"))
    if not _stands_as_year(hit, i, licensed=bool(unit) or fiscal or hit.first != i):
        return None
    return hit.found("date", f"{year:04d}", "Y")


def r_spokenyear(hit: Hit) -> Found | None:
    first = next(hit.all("TEEN"))
    rest = [v for n in ("TENS", "NUMW") for i, v in hit.all(n) if i > first[0]]
    tail = sum(rest)
    if tail < 10 or tail > 99:
        return None
    return hit.found("date", str(first[1] * 100 + tail), "Y")


def r_yearspan(hit: Hit) -> Found | None:
    text = hit.words.text[hit.words.starts[hit.first] : hit.words.ends[hit.last - 1]]
    first, last = (int(x) for x in re.findall(r"\d+", text))
    end = last if last > 99 else first - first % 100 + last
    if first < end <= first + 60:
        return hit.found("date", f"{first:04d}/{end:04d}")
    if 1 <= last <= 12:
        return hit.found("date", f"{first:04d}-{last:02d}", "M")
    return None


def r_quarter(hit: Hit) -> Found | None:
    number = 4 if hit.has("final") else int(hit.one("ORDW") or hit.one("QN") or 0)
    half = any(True for _ in hit.all("HALF"))
    if not number and any(True for _ in hit.all("QUARTER")):
        return _latest_quarter(hit)
    if not 1 <= number <= (2 if half else 4):
        return None
    year = hit.shifted_year()
    mark = "H" if half else "Q"
    if year is None:
        return hit.found("date", None)
    if year:
        return hit.found("date", f"{year:04d}-{mark}{number}", "" if half else "Q")
    if half:
        return None
    if hit.published is None:
        return hit.found("date", f"XXXX-Q{number}")
    spans = [s for y in (-1, 0, 1) if (s := span_of(f"{hit.published.year + y:04d}-Q{number}"))]
    best = hit.nearest([(last, last) for _, last in spans], None)
    return hit.found("date", value_of(best[0], "Q") if best else None, "Q")


def _latest_quarter(hit: Hit) -> Found:
    """"The quarter" of a report is the one that ended last."""
    day = add_months(hit.published, -3) if hit.published else None
    return hit.found("date", value_of(day, "Q") if day else None, "Q")


def r_century(hit: Hit) -> Found | None:
    number = sum(int(v) for n in ("ORDW", "ORDN", "TENS") for _, v in hit.all(n))
    return hit.found("date", f"{number - 1:02d}", "C") if 1 <= number <= 22 else None


def r_decade(hit: Hit) -> Found | None:
    if (full := hit.one("DECD")) is not None:
        return hit.found("date", str(full)[:3], "E")
    if (word := hit.one("DECW")) is not None:
        return hit.found("date", str(word), "E")
    if not any(True for _ in hit.all("APOS")) and not hit.has("the"):
        return None
    decade = int(hit.one("DEC2")) // 10
    if decade >= 3:
        return hit.found("date", f"19{decade}", "E")
    # the '20s are those of this century only once they have come
    late = hit.published is not None and hit.published.year >= 2000 + 10 * decade
    return hit.found("date", f"20{decade}" if late else None, "E")


def r_season(hit: Hit) -> Found | None:
    season = hit.one("SEASON") or hit.one("FALL")
    year, pub = hit.shifted_year(), hit.published
    if year:
        return hit.found("date", f"{year:04d}-{season}")
    if (step := hit.one("SEQ")) is not None:
        base = spoken_day(hit.spoken, "Y") if not step else None
        return hit.found("date", f"{base.year:04d}-{season}" if base else None)
    middle = {"SP": 4, "SU": 7, "FA": 10, "WI": 1}[season]
    if told := hit.told_year(middle):
        return hit.found("date", f"{told:04d}-{season}")
    if pub is None or year is None or hit.historical:
        return hit.found("date", f"XXXX-{season}")
    shift = hit.one("SHIFT")
    days = [date(pub.year + y, middle, 15) for y in (-1, 0, 1)]
    if shift == 0:
        best: Days | None = (days[1], days[1]) if season != "WI" else hit.nearest([(d, d) for d in days], None)
    elif shift:
        near = [d for d in days if (d < pub - timedelta(45) if shift < 0 else d > pub + timedelta(45))]
        best = (near[-1 if shift < 0 else 0],) * 2 if near else None
    else:
        best = hit.nearest([(d, d) for d in days], hit.tense() or "past")
    return hit.found("date", f"{best[0].year:04d}-{season}" if best else None)


# ---- days of the week and of today ------------------------------------------------------------


def _with_part(hit: Hit, day: date | None, otherwise: str | None = None, **more: Any) -> Found:
    part = hit.one("PART") or hit.one("TONIGHT")
    value = day.isoformat() if day else otherwise
    if part and value:
        value += part
    return hit.found("time" if part else "date", value, "D" if day else "", **more)


def r_weekday(hit: Hit) -> Found | None:
    number = int(hit.one("WD") or hit.one("WABBR"))
    before, after = hit.near(hit.first - 1), hit.near(hit.last)
    if before.lower() in hit.listed("not_weekday_before") or after in hit.listed("not_weekday_after"):
        return None
    pub, shift, step = hit.published, hit.one("SHIFT"), hit.one("SEQ")
    if step is not None:
        base = spoken_day(hit.spoken, "D")
        if base and step:
            gap = (number - base.isoweekday()) % 7 or 7
            base += timedelta(gap if step > 0 else gap - 7 if gap < 7 else -7)
        elif base:
            base += timedelta((number - base.isoweekday() + 3) % 7 - 3)
        return _with_part(hit, base, f"XXXX-WXX-{number}")
    if pub is None:
        return _with_part(hit, None, f"XXXX-WXX-{number}", weekday=number)
    back = (pub.isoweekday() - number) % 7
    if shift is None:
        ahead = hit.tense() == "future"
        day = pub + timedelta(-back % 7) if ahead else pub - timedelta(back)
    elif shift < 0:
        day = pub - timedelta(back or 7)
    elif shift > 0:
        day = pub + timedelta(-back % 7 or 7)
    else:
        day = pub - timedelta(back) if hit.tense() == "past" else pub + timedelta(-back % 7)
    return _with_part(hit, day, weekday=number if shift is None else 0)


def r_weekdayshift(hit: Hit) -> Found | None:
    if hit.one("UNIT") != "1W":
        return None
    number, pub = int(hit.one("WD")), hit.published
    if pub is None:
        return hit.found("date", f"XXXX-WXX-{number}")
    return hit.found("date", (pub + timedelta(7 * hit.shift() + number - pub.isoweekday())).isoformat(), "D")


def r_deictic(hit: Hit) -> Found | None:
    word = hit.near(hit.first)
    if hit.last == hit.first + 1 and word[0].isupper() and hit.first and hit.words.classes[hit.first - 1] == NAME:
        return None  # USA Today
    steps = hit.one("DEICT")
    if steps is None:
        steps = 0 if hit.one("TONIGHT") else hit.shift()
        if steps > 0:
            return None
    elif any(True for _ in hit.all("UNIT")):
        if steps == 0 or hit.one("UNIT") != "1D":
            return None
        steps *= 2
    return _with_part(hit, hit.published + timedelta(steps) if hit.published else None)


def r_partof(hit: Hit) -> Found | None:
    return hit.found("part", None, clock=str(hit.one("PART")))


def r_weekend(hit: Hit) -> Found | None:
    pub, step = hit.published, hit.one("SEQ")
    if step is not None:
        pub = spoken_day(hit.spoken, "D")
    shift = hit.one("SHIFT") if step is None else step
    if pub is None:
        return hit.found("date", None)
    saturday = pub + timedelta(6 - pub.isoweekday())
    if shift is None:
        shift = 0 if hit.tense() == "future" or pub.isoweekday() >= 6 else -1
    elif shift < 0 and pub.isoweekday() == 7:
        shift = -1
    return hit.found("date", value_of(saturday + timedelta(7 * shift), "W") + "-WE", "")


# ---- so long ago, last week, that year --------------------------------------------------------


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
            if groups and (tens and number < 10 or groups[-1] >= 100 and hit.near(i - 1).lower() in ("and", "hundred", "thousand")):
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
        elif char in sets["VAGUE"] and word != "some" or char in sets["PLENTY"] or word == "multi":
            vague = True
    plural = any(True for n in ("UNITS", "QUARTERS") for _ in hit.all(n))
    if vague or len(groups) > 1:
        return None
    if half:
        return (groups[0] if groups else 1.0) + 0.5 if hit.has("and") else 0.5
    if groups:
        return groups[0]
    return None if plural and not article else 1.0


def _unit(hit: Hit) -> tuple[int, str]:
    """How many of which TIMEX3 unit the match speaks of: decades are (10, 'Y')."""
    for name in ("UNITS", "UNIT", "CENT", "QUARTERS", "QUARTER"):
        for _, value in hit.all(name):
            number = re.match(r"\d+", value)
            assert number is not None
            return int(number[0]), value[number.end() :]
    return 1, "D"


def _grain(unit: tuple[int, str]) -> str:
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


def _moved(hit: Hit, base: date | None, sign: int, vague: str | None, keep: str = "") -> Found:
    """So many units from a day, to the grain of the unit ("six weeks ago" is a week)."""
    number, unit = amount_of(hit), _unit(hit)
    if unit[1].startswith("T"):
        return hit.found("duration", period(number, unit))
    if number is None:
        return hit.found("date", vague)
    times, letter = unit
    grain = keep or _grain(unit)
    number *= times
    if number != int(number) and letter in "YW":
        number, letter = (number * 12, "M") if letter == "Y" else (number * 7, "D")
        grain = keep or letter
    if base is None:
        return hit.found("date", None)
    day = shifted(base, sign * round(number), letter)
    return hit.found("date", value_of(day, grain) if day else None, grain)


def r_ago(hit: Hit) -> Found | None:
    return _moved(hit, hit.published, -1, "PAST_REF")


def r_vagueago(hit: Hit) -> Found | None:
    return hit.found("date", "PAST_REF")


def r_fromnow(hit: Hit) -> Found | None:
    steps = hit.one("DEICT") or 0
    base = hit.published + timedelta(steps) if hit.published else None
    return _moved(hit, base, 1, "FUTURE_REF")


def r_later(hit: Hit) -> Found | None:
    grain = _grain(_unit(hit))
    if grain not in _GRAINS:
        return hit.found("duration", period(amount_of(hit), _unit(hit)))
    base = spoken_day(hit.spoken, grain)
    # a year before the third quarter is a third quarter
    keep = hit.spoken.grain if base and hit.spoken and hit.spoken.grain in "QM" and grain in "YE" else ""
    return _moved(hit, base, int(hit.one("AFTER")), None, keep)


def r_measured(hit: Hit) -> Found | None:
    """A number of units, and what is said of it: ago, later, from now, the last …, or nothing."""
    if hit.has("old", "olds", "age"):
        return r_none(hit)
    for told, rule in (("ago",), r_ago), (("from", "hence"), r_fromnow):
        if hit.has(*told):
            return rule(hit)
    if hit.one("AFTER") is not None:
        return r_later(hit)
    if any(True for _ in hit.all("SHIFT")):
        return r_shiftduration(hit)
    if any(True for n in ("QUARTER", "QUARTERS") for _ in hit.all(n)):
        return None  # a quarter of the seats
    return r_duration(hit)


def _stretch(hit: Hit, number: float | None, unit: tuple[int, str], shift: int) -> Days | None:
    pub = hit.published
    if pub is None or number is None or not shift or unit[1].startswith("T") or number != int(number):
        return None
    other = shifted(pub, shift * int(number) * unit[0], unit[1])
    return ((other, pub) if shift < 0 else (pub, other)) if other else None


def r_shiftduration(hit: Hit) -> Found | None:
    unit, number = _unit(hit), amount_of(hit)
    single = not any(True for n in ("UNITS", "QUARTERS") for _ in hit.all(n))
    if single and (unit[1] == "D" or unit[1].startswith("T")):
        return None  # the last day is the final one
    shift = -1 if hit.has("past") else hit.shift()
    return hit.found("duration", period(number, unit), days=_stretch(hit, number, unit, shift))


def r_shiftunit(hit: Hit) -> Found | None:
    unit, shift, pub = _unit(hit), hit.shift(), hit.published
    grain = _grain(unit)
    if grain not in _GRAINS or unit == (2, "W"):
        return None
    if grain == "D" and shift:
        return r_sequence(hit) if shift > 0 else None
    if hit.has("past"):
        return hit.found("duration", period(1, unit), days=_stretch(hit, 1, unit, -1))
    if pub is None:
        return hit.found("date", None)
    day = shifted(pub, shift, grain)
    return hit.found("date", value_of(day, grain) if day else None, grain)


def r_sequence(hit: Hit) -> Found | None:
    step = hit.one("SEQ") if hit.one("SEQ") is not None else hit.shift()
    part = hit.one("PART")
    grain = "D" if part else _grain(_unit(hit))
    if grain not in _GRAINS or (hit.one("SEQ") is None and grain != "D"):
        return None
    base = spoken_day(hit.spoken, grain)
    day = shifted(base, int(step), grain) if base else None
    if part:
        return _with_part(hit, day)
    return hit.found("date", value_of(day, grain) if day else None, grain)


# ---- durations, sets, clocks, now and then ----------------------------------------------------


def r_none(hit: Hit) -> Found | None:
    return hit.found("none", None)


def r_duration(hit: Hit) -> Found | None:
    if (value := hit.one("LONG")) is not None:
        return hit.found("duration", value) if value else None
    if hit.near(hit.last) in ("-", "‑") and hit.near(hit.last + 1).lower() == "old":
        return hit.found("none", None)
    return hit.found("duration", period(amount_of(hit), _unit(hit)))


def r_recent(hit: Hit) -> Found | None:
    return hit.found("date", "PAST_REF" if hit.has("recent") else "FUTURE_REF")


def r_setof(hit: Hit) -> Found | None:
    part = hit.one("PART") or hit.one("PARTS") or ""
    if (value := hit.one("FREQ")) is not None:
        return hit.found("set", value)
    for name, form in (("WD", "XXXX-WXX-{}"), ("WDS", "XXXX-WXX-{}"), ("SEASON", "XXXX-{}")):
        if (value := hit.one(name)) is not None:
            return hit.found("set", form.format(value) + part)
    if month := hit.month():
        return hit.found("set", f"XXXX-{month:02d}")
    if hit.one("WEEKEND"):
        return hit.found("set", "XXXX-WXX-WE")
    if part:
        return hit.found("set", f"XXXX-XX-XX{part}")
    if hit.has("per") and _unit(hit)[1].startswith("T"):
        return None  # miles per hour
    number = 2.0 if hit.has("other") else amount_of(hit)
    return hit.found("set", period(number, _unit(hit)))


def r_clock(hit: Hit) -> Found | None:
    noon = hit.one("NOON")
    if noon is not None:
        clock = noon
    else:
        names = ("CLOCKN", "DOTTED", "DAYN", "NUMW", "YEAR", "NUM")
        place = next((i for i in range(hit.first, hit.last) for n in names if hit.words.classes[i] in hit.grammar.sets[n]))
        word = hit.near(place)
        if word.isdigit() and len(word) == 4:
            hour, minute = int(word[:2]), int(word[2:])
        elif word[0].isdigit():
            pieces = re.findall(r"\d+", word)
            hour, minute = int(pieces[0]), int(pieces[1]) if len(pieces) > 1 else 0
        else:
            hour, minute = int(hit.grammar.values["NUMW", word.lower()]), 0
        half, part = hit.one("AMPM"), hit.one("PART")
        if half is None and part:
            half = 0 if part == "TMO" else 12
        if half is not None:
            if not 1 <= hour <= 12:
                return None
            hour = hour % 12 + half
        if hour > 24 or minute > 59:
            return None
        clock = f"T{hour:02d}:{minute:02d}"
    clock += hit.one("ZONE") or ""
    return hit.found("time", f"XXXX-XX-XX{clock}", clock=clock)


def r_reference(hit: Hit) -> Found | None:
    if (value := hit.one("REF")) is not None:
        return hit.found("date", value)
    if any(True for _ in hit.all("UNITS")) and not hit.has("days"):
        return None
    kind = "FUTURE_REF" if hit.has("future") else "PAST_REF" if hit.has("past") else "PRESENT_REF"
    return hit.found("date", kind)


RULES: dict[str, Callable[[Hit], Found | None]] = {
    name[2:]: rule for name, rule in list(globals().items()) if name.startswith("r_")
}
