"""Time expressions that name a date of the calendar: days, months, years, quarters, seasons.

One function a rule of the grammar (``r_<name>``). It gets the hit and returns what was found, or None
where the words are no time expression after all.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from communique.coding.timecalendar import add_months, day_of, holiday, span_of, value_of
from communique.coding.timegrammar import NAME
from communique.coding.timehit import Days, Found, Hit, spoken_day

__all__ = ["date_rules"]


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
            # of two figures, the century is that of publication or the one before; 0 is no year
            c = 0 if hit.published is None else c + 2000 if c + 2000 <= hit.published.year + 5 else c + 1900
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
    if ordinal and not hit.has("of"):
        follows = any(c in hit.grammar.sets["ANYMON"] for c in hit.words.classes[hit.first : ordinal[0]])
        if not follows or hit.near(ordinal[0]).lower() in ("first", "second"):
            return None  # "his third May visit", "in May first"
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
    if lean not in ("future", "near"):
        year = pub.year - (month > pub.month)
        return hit.found("date", f"{year:04d}-{month:02d}", "M", month=month)
    spans = [s for y in (-1, 0, 1) if (s := span_of(f"{pub.year + y:04d}-{month:02d}"))]
    best = hit.nearest(spans, lean)
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
    holidays, final = hit.grammar.tables["holidays"], hit.near(hit.last - 1)
    words = " ".join(hit.near(i).lower() for i in range(hit.first, hit.last))
    words = words.replace("’", "'").replace(" 's", "'s")
    name = next((n for n in sorted(holidays, key=len, reverse=True) if n in words), None)
    if name is None or not (final[0].isupper() or final.isdigit()):
        return None
    rule, year, pub = holidays[name], hit.one("YEAR"), hit.published
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
    before, after, second = hit.near(hit.first - 1).lower(), hit.near(i + 1), hit.near(i + 2)
    opens = before == "in" and hit.near(hit.first - 1)[0].isupper()  # "In 2017 police killed"
    if after in hit.listed("not_year_after") and not (opens and 1900 <= number <= 2099):
        return False
    if after == "-" and second.lower() in ("year", "day", "meter", "metre", "mile"):
        return False
    if after == "-" and second.isalpha() and not second.islower():
        return False  # 2019-nCoV
    if not licensed and _numbers_a_thing(hit, before):
        return False
    common = 1900 <= number <= 2099
    licence = licensed or before in hit.listed("year_licence")
    licence = licence or (after in ("-", "–") and re.fullmatch(r"[12]\d{3}|\d\d", second) is not None)
    if not common and not licence:
        return False
    noun = after.islower() and after.isalpha()
    plural = noun and after.endswith("s") and after not in ("as", "is", "was", "has", "its", "his")
    if plural and (number % 100 == 0 or not common):
        return False
    return not (noun and number % 100 == 0 and not licence and before != "the")


def _numbers_a_thing(hit: Hit, before: str) -> bool:
    """'Resolution 1973', 'No. 1970', 'Resolutions 1970 and 1973', 'Su-2000'."""
    if before in hit.listed("not_year_before") or before.endswith("$"):
        return True
    if before == ".":
        return hit.near(hit.first - 2).lower() in ("no", "nos")
    if before == "and":
        return hit.near(hit.first - 3).lower() in ("resolutions", "articles", "sections")
    if before == "-" and hit.first > 1 and hit.words.classes[hit.first - 2] == NAME:
        ends, starts = hit.words.ends, hit.words.starts
        return ends[hit.first - 1] == starts[hit.first] and ends[hit.first - 2] == starts[hit.first - 1]
    return False


def r_year(hit: Hit) -> Found | None:
    i, year = next(hit.all("YEAR"))
    unit = hit.one("UNIT")
    if unit not in (None, "1Y"):
        return None
    fiscal = hit.any("FISCAL")
    if not _stands_as_year(hit, i, licensed=bool(unit) or fiscal or hit.first != i):
        return None
    return hit.found("date", f"{year:04d}", "Y")


def r_era(hit: Hit) -> Found | None:
    """ "Reiwa 6", "2567 BE"; a lunar year has no year of ours, and must not be taken for one."""
    calendar = hit.one("CALENDAR")
    if calendar is not None:
        year = int(next(v for name in ("YEAR", "NUM") for _, v in hit.all(name)))
        if calendar == "hijri":
            return hit.found("date", None) if 1200 <= year <= 1500 else None
        return hit.found("date", f"{year + int(calendar):04d}", "Y") if 2400 <= year <= 2700 else None
    count = next((v for name in ("DAYN", "NUM", "NUMW") for _, v in hit.all(name)), 0)
    # The longest era of these had 64 years, the Republic's and Juche go on.
    return hit.found("date", str(int(hit.one("ERA") or 0) + int(count)), "Y") if 1 <= count <= 130 else None


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
    half = hit.any("HALF")
    if not number and hit.any("QUARTER"):
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
    """ "The quarter" of a report is the one that ended last."""
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
    if not hit.any("APOS") and not hit.has("the"):
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
        this = (days[1], days[1])
        best: Days | None = hit.nearest([(d, d) for d in days], None) if season == "WI" else this
    elif shift:
        near = [d for d in days if (d < pub - timedelta(45) if shift < 0 else d > pub + timedelta(45))]
        best = (near[-1 if shift < 0 else 0],) * 2 if near else None
    else:
        best = hit.nearest([(d, d) for d in days], hit.tense() or "past")
    return hit.found("date", f"{best[0].year:04d}-{season}" if best else None)


def date_rules() -> dict[str, Callable[[Hit], Found | None]]:
    """The rules of this module by the name they have in the grammar."""
    return {name[2:]: rule for name, rule in globals().items() if name.startswith("r_")}
