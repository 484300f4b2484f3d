"""Time expressions that name years, quarters, decades, centuries and seasons.

One function a rule of the grammar (``r_<name>``), as in timedates.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from communique.coding.timecalendar import add_months, span_of, value_of
from communique.coding.timegrammar import NAME
from communique.coding.timehit import Days, Found, Hit, spoken_day

__all__ = ["stands_as_year", "year_rules"]


def stands_as_year(hit: Hit, i: int, licensed: bool = False) -> bool:
    """Whether a figure such as 1973 (word ``i``) is a year here, and no count or number of something.

    ``licensed`` says that what stands before it makes it one: "fiscal", a month.
    """
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
    if not stands_as_year(hit, i, licensed=bool(unit) or fiscal or hit.first != i):
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


def r_theyear(hit: Hit) -> Found | None:
    """ "for the year", "nine months of the year": that of publication."""
    unit, pub = str(hit.one("UNIT")), hit.published
    if unit not in ("1Y", "1W"):
        return None
    return hit.found("date", value_of(pub, unit[1]) if pub else None, unit[1])


def r_agoquarter(hit: Hit) -> Found | None:
    """ "the year-ago quarter": a year before the one spoken of; "the 1988 quarter": that of another year."""
    base = spoken_day(hit.spoken, "Q")
    number = int(hit.one("ORDW") or 0)
    if (year := hit.one("YEAR")) is not None:
        if base is None or hit.spoken is None or hit.spoken.grain != "Q":
            return None
        return hit.found("date", f"{year:04d}-Q{(base.month + 2) // 3}", "Q")
    if hit.one("UNIT") != "1Y" or hit.one("AFTER") == 1:
        return None
    if not number and base is not None and hit.spoken is not None and hit.spoken.grain == "Q":
        number = (base.month + 2) // 3
    now = base or spoken_day(hit.spoken, "Y") or hit.published
    return hit.found("date", f"{now.year - 1:04d}-Q{number}", "Q") if now and 1 <= number <= 4 else None


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


def year_rules() -> dict[str, Callable[[Hit], Found | None]]:
    """The rules of this module by the name they have in the grammar."""
    return {name[2:]: rule for name, rule in globals().items() if name.startswith("r_")}
