"""Time expressions that are counted from another date, or from none: weekdays, "two weeks ago",
durations, sets, hours, now and then.

One function a rule of the grammar (``r_<name>``), as in timedates.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from communique.coding.timecalendar import shifted, value_of
from communique.coding.timegrammar import NAME
from communique.coding.timehit import (
    GRAINS,
    Days,
    Found,
    Hit,
    amount_of,
    grain_of,
    period,
    spoken_day,
    unit_of,
)

__all__ = ["relative_rules"]

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
    alone = hit.last == hit.first + 1 and hit.first > 0
    if alone and word[0].isupper() and hit.words.classes[hit.first - 1] == NAME:
        return None  # USA Today
    steps = hit.one("DEICT")
    if steps is None:
        steps = 0 if hit.one("TONIGHT") else hit.shift()
        if steps > 0:
            return None
    elif hit.any("UNIT"):
        if steps == 0 or hit.one("UNIT") != "1D":
            return None
        steps *= 2
    return _with_part(hit, hit.published + timedelta(steps) if hit.published else None)


def r_partof(hit: Hit) -> Found | None:
    return hit.found("part", None, clock=str(hit.one("PART")))


def r_partofday(hit: Hit) -> Found | None:
    """ "in the afternoon", "overnight": of the day spoken of, as a lone hour is."""
    clock = f"T{hit.one('PART') or 'NI'}".replace("TT", "T")
    return hit.found("time", f"XXXX-XX-XX{clock}", clock=clock)


def r_daybefore(hit: Hit) -> Found | None:
    """ "the day before", "the evening before": that of publication."""
    if hit.one("UNIT") not in (None, "1D"):
        return None
    follows = hit.near(hit.last)
    if follows.isalnum() and follows.lower() not in hit.listed("after_dates"):
        return None  # "the day before officials met"
    day = hit.published
    if day is None:
        return hit.found("date", None)
    value = (day - timedelta(1)).isoformat()
    part = hit.one("PART")
    return hit.found("time" if part else "date", value + (part or ""), "D")


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
    elif shift == 0 and pub.isoweekday() < 5 and step is None and hit.tense() == "past":
        shift = -1  # "was held this weekend", told on a Monday
    return hit.found("date", value_of(saturday + timedelta(7 * shift), "W") + "-WE", "")


# ---- so long ago, last week, that year --------------------------------------------------------


def _moved(hit: Hit, base: date | None, sign: int, vague: str | None, keep: str = "") -> Found:
    """So many units from a day, to the grain of the unit ("six weeks ago" is a week)."""
    number, unit = amount_of(hit), unit_of(hit)
    if unit[1].startswith("T"):
        return hit.found("duration", period(number, unit))
    if number is None:
        return hit.found("date", vague)
    times, letter = unit
    grain = keep or grain_of(unit)
    number *= times
    if number != int(number) and letter in "YW":
        number, letter = (number * 12, "M") if letter == "Y" else (number * 7, "D")
        grain = keep or letter
    if base is None:
        return hit.found("date", None)
    day = shifted(base, sign * round(number), letter)
    return hit.found("date", value_of(day, grain) if day else None, grain)


def r_ago(hit: Hit) -> Found | None:
    if hit.spoken and hit.spoken.grain == "Q" and grain_of(unit_of(hit)) == "Y":
        return r_later(hit, -1)  # of a quarter's figures, "a year ago" is that quarter of the year before
    return _moved(hit, hit.published, -1, "PAST_REF")


def r_vagueago(hit: Hit) -> Found | None:
    return hit.found("date", "PAST_REF")


def r_fromnow(hit: Hit) -> Found | None:
    steps = hit.one("DEICT") or 0
    base = hit.published + timedelta(steps) if hit.published else None
    return _moved(hit, base, 1, "FUTURE_REF")


def r_later(hit: Hit, step: int = 0) -> Found | None:
    grain = grain_of(unit_of(hit))
    if grain not in GRAINS:
        return hit.found("duration", period(amount_of(hit), unit_of(hit)))
    base = spoken_day(hit.spoken, grain)
    # a year before the third quarter is a third quarter
    keep = hit.spoken.grain if base and hit.spoken and hit.spoken.grain in "QM" and grain in "YE" else ""
    return _moved(hit, base, step or int(hit.one("AFTER")), None, keep)


def r_measured(hit: Hit) -> Found | None:
    """A number of units, and what is said of it: ago, later, from now, the last …, or nothing."""
    if hit.has("old", "olds", "age") or _is_title(hit):
        return r_none(hit)
    for told, rule in (("ago",), r_ago), (("from", "hence"), r_fromnow):
        if hit.has(*told):
            return rule(hit)
    if hit.one("AFTER") is not None:
        return r_later(hit)
    if hit.any("SHIFT"):
        return r_shiftduration(hit)
    if hit.any("QUARTER", "QUARTERS"):
        return None  # a quarter of the seats
    return r_duration(hit)


def _is_title(hit: Hit) -> bool:
    """ "60 Minutes", "This Week": capitals where the words around have none."""
    unit = hit.near(hit.last - 1)
    if not unit[:1].isupper() or unit.isupper() or hit.last - hit.first < 2:
        return False
    before = hit.near(hit.first - 1)
    return before[:1].islower() or before in ("“", "‘", "`", "'", '"')


def _stretch(hit: Hit, number: float | None, unit: tuple[int, str], shift: int) -> Days | None:
    pub = hit.published
    if pub is None or number is None or not shift or unit[1].startswith("T") or number != int(number):
        return None
    other = shifted(pub, shift * int(number) * unit[0], unit[1])
    return ((other, pub) if shift < 0 else (pub, other)) if other else None


def r_shiftduration(hit: Hit) -> Found | None:
    unit, number = unit_of(hit), amount_of(hit)
    single = not hit.any("UNITS", "QUARTERS")
    if single and (unit[1] == "D" or unit[1].startswith("T")):
        return None  # the last day is the final one
    shift = -1 if hit.has("past") else hit.shift()
    return hit.found("duration", period(number, unit), days=_stretch(hit, number, unit, shift))


def r_shiftunit(hit: Hit) -> Found | None:
    unit, shift, pub = unit_of(hit), hit.shift(), hit.published
    grain = grain_of(unit)
    if grain not in GRAINS or unit == (2, "W"):
        return None
    if _is_title(hit):
        return r_none(hit)
    if grain == "D" and shift:
        return r_sequence(hit) if shift > 0 else None
    if hit.has("past"):
        return hit.found("duration", period(1, unit), days=_stretch(hit, 1, unit, -1))
    if pub is None:
        return hit.found("date", None)
    spoken = spoken_day(hit.spoken, grain)
    before = [hit.near(hit.first - n).lower() for n in (2, 1)]
    aside = before[1] == "the" and before[0] not in hit.listed("year_licence")
    earlier = shifted(pub, -1, grain)
    if shift > 0 and aside and spoken and earlier and spoken < earlier:
        pub = spoken  # "In 2019 police raided the offices; the case was dropped the next year"
    day = shifted(pub, shift, grain)
    return hit.found("date", value_of(day, grain) if day else None, grain)


def r_sequence(hit: Hit) -> Found | None:
    step = hit.one("SEQ") if hit.one("SEQ") is not None else hit.shift()
    part = hit.one("PART")
    grain = "D" if part else grain_of(unit_of(hit))
    if grain not in GRAINS or (hit.one("SEQ") is None and grain != "D"):
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
    return hit.found("duration", period(amount_of(hit), unit_of(hit)))


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
    if hit.has("per") and unit_of(hit)[1].startswith("T"):
        return None  # miles per hour
    number = 2.0 if hit.has("other") else amount_of(hit)
    return hit.found("set", period(number, unit_of(hit)))


def r_clock(hit: Hit) -> Found | None:
    noon = hit.one("NOON")
    if noon is not None:
        clock = noon
    else:
        names = ("CLOCKN", "DOTTED", "DAYN", "NUMW", "YEAR", "NUM")
        chars = frozenset().union(*(hit.grammar.sets[name] for name in names))
        word = next(hit.near(i) for i in range(hit.first, hit.last) if hit.words.classes[i] in chars)
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
    if hit.any("UNITS") and not hit.has("days"):
        return None
    kind = "FUTURE_REF" if hit.has("future") else "PAST_REF" if hit.has("past") else "PRESENT_REF"
    return hit.found("date", kind)


def relative_rules() -> dict[str, Callable[[Hit], Found | None]]:
    """The rules of this module by the name they have in the grammar."""
    return {name[2:]: rule for name, rule in globals().items() if name.startswith("r_")}
