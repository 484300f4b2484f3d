"""Time expressions that name a day or a month of the calendar.

One function a rule of the grammar (``r_<name>``). It gets the hit and returns what was found, or None
where the words are no time expression after all.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from communique.coding.timecalendar import day_of, holiday, span_of, value_of
from communique.coding.timehit import Found, Hit
from communique.coding.timeyears import stands_as_year

__all__ = ["also_day", "date_rules"]


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
    tense = hit.tense()
    best = hit.nearest([(d, d) for d in days], tense)
    if tense == "past" and best and best[0] > hit.published and (year := _landmark(hit, month, day)):
        return _dated(hit, month, day, year)  # "has not been seen since Oct. 7", told in August
    return hit.found("date", best[0].isoformat() if best else None, "D", month=month, day=day)


def _day_number(hit: Hit) -> list[int]:
    places = sorted((i, v) for name in ("DAYN", "ORDN", "ORDW") for i, v in hit.all(name))
    return [int(value) for _, value in places]


def _landmark_year(hit: Hit, month: int, day: int) -> int:
    """The year of a day that is known by its date alone, as in "the September 11 attacks"."""
    follows = [hit.near(i).lower() for i in (hit.last, hit.last + 1)]
    word = follows[1] if follows[0] in ("'s", "’s") else follows[0]
    return _landmark(hit, month, day) if word in hit.listed("landmark_nouns") else 0


def _landmark(hit: Hit, month: int, day: int) -> int:
    """The year that made the day known, if it had come when the article was published; else 0."""
    year = int(hit.grammar.tables["landmarks"].get(f"{month:02d}-{day:02d}", 0))
    known = year and (hit.published is None or hit.published >= date(year, month, day))
    return year if known else 0


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


def r_weekof(hit: Hit) -> Found | None:
    """ "the week of March 6": that in which the day lies."""
    days = _day_number(hit)
    if not hit.month() or len(days) != 1:
        return None
    day = _dated(hit, hit.month(), days[0], int(hit.one("YEAR") or 0))
    if not day.value or day.grain != "D":
        return hit.found("date", None)
    return hit.found("date", value_of(date.fromisoformat(day.value), "W"), "W")


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
    if hit.one("YEAR") and not stands_as_year(hit, hit.last - 1, licensed=True):
        return None
    return hit.found("date", f"{year:04d}-{month:02d}", "M")


def r_month(hit: Hit) -> Found | None:
    month, pub = hit.month(), hit.published
    if hit.any("AMONTH") and hit.last == hit.first + 1 and hit.near(hit.first - 1).lower() == "the":
        noun = hit.near(hit.last)
        if not (noun.isalpha() and noun.islower()) or noun in hit.listed("not_after_month"):
            return None  # "the March on Rome"
    if told := hit.told_year(month):
        return hit.found("date", f"{told:04d}-{month:02d}", "M")
    if pub is None or hit.historical:
        return hit.found("date", f"XXXX-{month:02d}", month=month)
    # news looks back: without a sign of the future a month is the last of its name
    lean = hit.tense()
    if lean is None and hit.near(hit.first - 1).lower() in ("by", "until", "till", "through"):
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
    """ "year-end", "the month's end": the year, month or week of publication."""
    grain = str(hit.one("UNIT"))[1:]
    if hit.one("UNIT") not in ("1Y", "1M", "1W") or (grain == "W" and not hit.any("POSS")):
        return None
    pub = hit.published
    return hit.found("date", value_of(pub, grain) if pub else None, grain)


def also_day(hit: Hit, found: Found) -> Found | None:
    """The second day of "April 24 and 25", where no noun follows that it might count."""
    at, follows = found.last + 1, hit.near(found.last + 2)
    if found.grain != "D" or hit.near(found.last) != "and" or not hit.near(at).isdigit():
        return None
    if follows[:1].isalnum() and follows.lower() not in hit.listed("after_dates"):
        return None
    first = date.fromisoformat((found.value or "")[:10])
    day = day_of(first.year, first.month, int(hit.near(at)[:3]))
    return Found(at, at + 1, "date", day.isoformat(), "D") if day and day > first else None


def date_rules() -> dict[str, Callable[[Hit], Found | None]]:
    """The rules of this module by the name they have in the grammar."""
    return {name[2:]: rule for name, rule in globals().items() if name.startswith("r_")}
