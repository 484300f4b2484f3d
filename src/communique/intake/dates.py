"""Dates as people write them: in metadata, on a line of their own, and in a dateline.

Nothing is guessed. A date without a year gives no day, 02/03/2024 (which may be 2 March or
3 February) is refused, and a day that the calendar does not have is named as such.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, datetime
from functools import cache
from typing import NamedTuple

from communique.errors import BadDate

__all__ = ["PartialDate", "as_date", "date_line", "dateline", "parse_date", "place_line", "url_date"]

_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_MONTH_NUMBER = {name[:3]: number for number, name in enumerate(_MONTHS, 1)}
_MONTH = (
    r"(?P<month>jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|may|june?\.?|july?\.?|"
    r"aug(?:ust|\.)?|sept?(?:ember|\.)?\.?|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?)"
)
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})"
_TIME = (
    r"(?:[ T,|\-–—at.]*\d{1,2}[:.h]\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(?:[ap]\.?m\.?)?"
    r"\s*(?:z|utc|gmt|[a-z]{2,4}|\(?[a-z]{2,4}\)?)?\s*(?:[+-]\d{2}:?\d{2})?\s*(?:\([a-z]{2,4}\))?)?"
)
_DAY_FIRST = rf"{_DAY}(?:\s+of)?[\s-]+{_MONTH}"
_MONTH_FIRST = rf"{_MONTH}\s+{_DAY}"
_PARTIAL = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2}))?")
_YEAR_INSIDE = re.compile(r"(?<!\d)\d{4}(?!\d)")
_LABEL = (
    r"(?i)(?:(?:first\s+)?(?:published|posted|issued|updated|last\s+updated|date|dated)"
    r"(?:\s+(?:on|at))?)\s*:?\s+"
)
# Up to four words in capitals, as "Addis Ababa, Ethiopia, "; names of months and days are no place.
_PLACE = (
    r"(?!(?:On|In|At|By)\s)(?!\w+,?\s+(?:19|20)\d\d)[A-ZÀ-Þ][\w.'’-]*(?:\s+[A-ZÀ-Þ][\w.'’-]*){0,3}"
    r"(?:,\s+[A-ZÀ-Þ][\w.'’-]*(?:\s+[A-ZÀ-Þ][\w.'’-]*){0,2})?,\s+(?=\S)"
)
_URL = r"/(?P<year>(?:19|20)\d\d)[/-](?P<month>\d{1,2})[/-](?P<day>\d{1,2})(?:[/-]|$)"


# Compiled when the first date is met: together they take as long as an import.
@cache
def _numbers() -> re.Pattern[str]:
    return re.compile(
        rf"(?i)(?P<year>\d{{4}})(?P<sep>[-/.]?)(?P<month>\d{{2}})(?P=sep)(?P<day>\d{{2}}){_TIME}"
    )


@cache
def _slashes() -> re.Pattern[str]:
    return re.compile(rf"(?i)(?P<a>\d{{1,2}})[/.](?P<b>\d{{1,2}})[/.](?P<year>\d{{4}}){_TIME}")


@cache
def _written() -> tuple[re.Pattern[str], ...]:
    return tuple(
        re.compile(rf"(?i){_WEEKDAY}{core}(?:,?[\s-]+{_YEAR}){_TIME}\.?")
        for core in (_DAY_FIRST, _MONTH_FIRST)
    )


@cache
def _datelines() -> tuple[re.Pattern[str], ...]:
    """A place in capitals ("NEW YORK", "SEOUL, South Korea"), the day, an agency, a dash; and, as pages
    run together have it, "May 6, 2031 | By …" and "OSTRAVA | Wed Jun 4, 2031 7:05 pm CET …"."""
    return tuple(
        re.compile(pattern)
        for core in (_DAY_FIRST, _MONTH_FIRST)
        for pattern in (
            r"(?:[A-Z][A-ZÀ-Þ.'’/\- ]{2,40}(?:,\s+[A-Z][\w.' ]{1,30})?,\s+)"
            rf"(?i:{_WEEKDAY}{core}(?:,?\s+{_YEAR})?)\s*,?\s*"
            r"(?:[(\[/][^)\]/]{1,40}[)\]/])?\s*(?:[-–—:]+|$)",
            rf"(?i:{_WEEKDAY}{core},?\s+{_YEAR}{_TIME})\s*[|–—]",
            rf"[A-Z][A-Z.,' /]{{2,40}}\|\s*(?i:{_WEEKDAY}{core},?\s+{_YEAR})\b",
        )
    )


class PartialDate(NamedTuple):
    """A day whose year, month or day may be unknown (None)."""

    year: int | None
    month: int | None
    day: int | None

    def completed(self, other: PartialDate | None) -> date | None:
        """The day that both speak of, or None if they leave something open or disagree."""
        parts = []
        for mine, theirs in zip(self, other or PartialDate(None, None, None), strict=True):
            if mine is not None and theirs is not None and mine != theirs:
                return None
            parts.append(mine if mine is not None else theirs)
        year, month, day = parts
        if year is None or month is None or day is None:
            return None
        try:
            return date(year, month, day)
        except ValueError:
            return None


def parse_date(text: str, where: str | None = None) -> date:
    """The day that a date names; a time of day after it is read over.

    Args:
        text: ISO 8601 ('2024-02-15', '2024-02-15T08:00:00Z', '20240215') or a common English form
            ('15 February 2024', 'Feb. 15, 2024', 'Thu, 15 Feb 2024 08:00:00 GMT').
        where: place to name in the error.

    Raises:
        BadDate: if it is none, is incomplete, or can be read in two ways.
    """
    given = text.strip()
    shown = given if len(given) <= 40 else given[:39] + "…"
    if not given:
        raise BadDate("the date is empty; write it as YYYY-MM-DD", where)
    if len(given) > 80:
        raise BadDate(f"“{shown}” is no date that is understood; write it as YYYY-MM-DD", where)
    found = _numbers().fullmatch(given)
    if found:
        return _checked(int(found["year"]), int(found["month"]), int(found["day"]), shown, where)
    for pattern in _written():
        found = pattern.fullmatch(given)
        if found:
            return _checked(int(found["year"]), _month(found), int(found["day"]), shown, where)
    found = _slashes().fullmatch(given)
    if found:
        return _slashed(int(found["a"]), int(found["b"]), int(found["year"]), shown, where)
    if _PARTIAL.fullmatch(given):
        raise BadDate(f"“{shown}” names no day; write the date as YYYY-MM-DD", where)
    raise BadDate(f"“{shown}” is no date that is understood; write it as YYYY-MM-DD", where)


def as_date(value: object, where: str | None = None) -> date | None:
    """An option's value (``date``, ``datetime``, str or None) as a day.

    Raises:
        BadDate: as ``parse_date``, and for values of other types.
    """
    if value is None:
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, str):
        return parse_date(value, where)
    raise BadDate(f"a date is text like 2024-02-15, not {value!r:.40}", where)


def stated_date(value: object, where: str | None = None) -> date | PartialDate | None:
    """A date field of a row: a day, or what is known of it ('2024', '2024-02'), or None if empty."""
    if isinstance(value, str):
        given = value.strip()
        if given.lower() in {"", "none", "null", "nan", "nat"}:
            return None
        found = _PARTIAL.fullmatch(given)
        if found and 1 <= int(found["month"] or 1) <= 12 and 1600 <= int(found["year"]) <= 2200:
            return PartialDate(int(found["year"]), int(found["month"]) if found["month"] else None, None)
    return as_date(value, where)


def date_line(line: str) -> PartialDate | None:
    """The date that makes up a whole line ('Friday, January 4, 2019', 'Published: 4 Jan. 2019 10:15')."""
    if len(line) > 100 or not _YEAR_INSIDE.search(line):
        return None
    bare = re.sub(_LABEL, "", line.strip(), count=1).strip(" \t()[]")
    if not 8 <= len(bare) <= 60:
        return None
    for pattern in (_numbers(), *_written()):
        found = pattern.fullmatch(bare)
        if found and (pattern is not _numbers() or found["sep"]):
            month = int(found["month"]) if found["month"].isdigit() else _month(found)
            return _partial(int(found["year"]), month, int(found["day"]))
    return None


def place_line(line: str) -> PartialDate | None:
    """The date of a line that holds a place and a day alone ('Tokyo, 26 March 2024')."""
    found = re.match(_PLACE, line.strip()) if len(line) <= 100 else None
    return date_line(line.strip()[found.end() :]) if found else None


def dateline(paragraph: str) -> PartialDate | None:
    """The date in an opening dateline ('KYIV, March 3, 2024 - ', 'BERLIN, Feb. 9 (Agency) — ')."""
    head = paragraph[:120]
    if not any(c.isdigit() for c in head):
        return None
    for pattern in _datelines():
        found = pattern.match(head)
        if found:
            year = found["year"]
            return _partial(int(year) if year else None, _month(found), int(found["day"]))
    return None


def url_date(url: str | None) -> date | None:
    """The day in a path like /2024/02/15/, or None."""
    found = re.search(_URL, url) if url else None
    if not found:
        return None
    part = _partial(int(found["year"]), int(found["month"]), int(found["day"]))
    return part.completed(None) if part else None


def _partial(year: int | None, month: int, day: int) -> PartialDate | None:
    # 2024 has a 29 February: without a year that day must pass.
    if not 1 <= month <= 12 or not 1 <= day <= monthrange(year or 2024, month)[1]:
        return None
    return PartialDate(year, month, day)


def _month(found: re.Match[str]) -> int:
    return _MONTH_NUMBER[found["month"][:3].lower()]


def _slashed(a: int, b: int, year: int, shown: str, where: str | None) -> date:
    if a > 12 or a == b:
        return _checked(year, b, a, shown, where)
    if b > 12:
        return _checked(year, a, b, shown, where)
    one, other = f"{a} {_MONTHS[b - 1].title()}", f"{b} {_MONTHS[a - 1].title()}"
    raise BadDate(f"“{shown}” may be {one} or {other}; write it as YYYY-MM-DD", where)


def _checked(year: int, month: int, day: int, shown: str, where: str | None) -> date:
    if not 1600 <= year <= 2200:
        raise BadDate(f"“{shown}” is no date of an article: its year is not between 1600 and 2200", where)
    if not 1 <= month <= 12:
        raise BadDate(f"“{shown}” is no date: there is no month {month}", where)
    days = monthrange(year, month)[1]
    if not 1 <= day <= days:
        raise BadDate(f"“{shown}” is no date: {_MONTHS[month - 1].title()} {year} has {days} days", where)
    return date(year, month, day)
