"""What articles say will come, as a calendar (RFC 5545) that calendar programs open.

A happening stands on the days its time names, all day; with the hour where the article tells it, in no zone,
since it seldom tells one. What is expected or may be is TENTATIVE. The description is the sentence.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from communique.reading import Reading

__all__ = ["Entry", "as_calendar", "entries_of", "entry_of_row"]

_ADDRESS = re.compile(r"https?://[^\s\x00-\x20\x7f-\xa0]+", re.IGNORECASE)
_HOUR = re.compile(r"(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})")


@dataclass(frozen=True, slots=True)
class Entry:
    """One coming happening: ``first`` and ``last`` day inclusive, ``hour`` where it is told."""

    uid: str
    what: str
    status: str
    first: date
    last: date
    hour: time | None
    place: str | None
    sentence: str
    article: str
    url: str | None
    told: date


def entries_of(reading: Reading) -> list[Entry]:
    """The schedule of one reading, in its order."""
    times = {t.id: t for t in reading.times}
    events = {e.id: e for e in reading.events}
    places = {p.id: p for p in reading.places}
    out = []
    for one in reading.schedule:
        when = times[one.time]
        if not when.start_day or not when.end_day or reading.article.published is None:
            continue
        event = events.get(one.event or "")
        place = places.get(event.place or "") if event else None
        match = _HOUR.match(when.value or "")
        sentence = next((s for s in reading.sentences if s.start <= one.start < s.end), None)
        mark = f"{reading.article.id}\0{one.id}\0{one.start}\0{when.value}".encode()
        out.append(
            Entry(
                f"{hashlib.sha256(mark).hexdigest()[:24]}@communique",
                one.what,
                one.status,
                date.fromisoformat(when.start_day),
                date.fromisoformat(when.end_day),
                time(int(match[2]) % 24, int(match[3])) if match else None,
                place.name if place else None,
                " ".join(reading.evidence(sentence).split()) if sentence else "",
                reading.article.title or str(reading.article.id),
                reading.article.url,
                reading.article.published,
            )
        )
    return out


def entry_of_row(row: dict[str, Any]) -> Entry:
    """The entry for a row of ``communique.store.questions.upcoming``, which several articles may tell."""
    match = _HOUR.match(row["time"] or "")
    # The mark stays when another article tells it too: a calendar then changes its entry and adds none.
    mark = row["mark"].encode()
    more = f" and {row['articles'] - 1} more" if row["articles"] > 1 else ""
    return Entry(
        f"{hashlib.sha256(mark).hexdigest()[:24]}@communique",
        row["what"],
        row["status"],
        row["day"],
        row["to_day"],
        time(int(match[2]) % 24, int(match[3])) if match else None,
        row["place"],
        " ".join((row["sentence"] or row["words"]).split()),
        (row["title"] or row["publisher"] or f"article {row['article']}") + more,
        row["url"],
        row["published"] or row["day"],
    )


def as_calendar(entries: Iterable[Entry]) -> str:
    """The calendar as text; the same entries give the same bytes."""
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//communique//what is ahead//EN")
    calendar.add("version", "2.0")
    for one in sorted(entries, key=lambda e: (e.first, e.last, e.uid)):
        event = Event()
        event.add("uid", one.uid)
        # The day the article told it, not the day of writing: the same input gives the same bytes.
        event.add("dtstamp", datetime.combine(one.told, time(), UTC))
        what = _printable(one.what)
        event.add("summary", f"Deadline: {what}" if one.status == "deadline" else what)
        if one.hour is not None and one.first == one.last:
            event.add("dtstart", datetime.combine(one.first, one.hour))
        else:
            event.add("dtstart", one.first)
            if one.last < date.max:
                event.add("dtend", one.last + timedelta(days=1))
        event.add("status", "TENTATIVE" if one.status == "expected" else "CONFIRMED")
        event.add("categories", [one.status])
        if one.place:
            event.add("location", _printable(one.place))
        event.add("description", _printable(f"{one.sentence}\n\n{one.article}, {one.told.isoformat()}"))
        if one.url and _ADDRESS.fullmatch(one.url):
            event.add("url", one.url)
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return str(calendar.to_ical(), "utf-8")


def _printable(text: str) -> str:
    """The text without control characters, which a calendar file may not have; lines stay lines."""
    return "".join(c for c in text if c == "\n" or unicodedata.category(c) != "Cc")
