"""How the parts of a reading are called on a screen: names for ids, days for ISO dates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from communique.cli.visible import shortened, visible
from communique.reading import Claim, Event, Reading, Time

__all__ = ["day", "days", "names", "origin", "source", "speaker", "status", "stretch", "what"]

NOTHING = "–"
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_ORIGINS = {"option": "as given", "metadata": "from its metadata", "text": "from its own text"}
_NAME = 48  # characters of a name that are shown


def day(iso: str) -> str:
    """'2024-02-09' as '9 Feb 2024'; what is no ISO day, as it is."""
    try:
        value = date.fromisoformat(iso)
    except ValueError:
        return visible(iso)
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def days(reading: Reading, time: Time | None) -> str:
    """When a time expression is: a day, month, year or range; its own words where it has no days."""
    if time is None:
        return NOTHING
    if time.start_day is None or time.end_day is None:
        return shortened(reading.evidence(time), 24)
    return stretch(time.start_day, time.end_day)


def stretch(start: str, end: str) -> str:
    """From one ISO day to another, both included, in few words: a day, month, year or range."""
    if start == end:
        return day(start)
    try:
        first, last = date.fromisoformat(start), date.fromisoformat(end)
    except ValueError:
        return visible(f"{start}–{end}")
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"
    if first.day == 1 and _ends_month(last):
        if (first.year, first.month) == (last.year, last.month):
            return f"{_MONTHS[first.month - 1]} {first.year}"
        if first.year == last.year:
            return f"{_MONTHS[first.month - 1]}–{_MONTHS[last.month - 1]} {first.year}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day(end)}"
    return f"{day(start)} – {day(end)}"


def _ends_month(value: date) -> bool:
    return value == date.max or (value + timedelta(days=1)).day == 1


def names(reading: Reading, ids: Sequence[str]) -> str:
    """The names of entities."""
    found = [reading.entity(i) for i in ids]
    return ", ".join(shortened(e.name, _NAME) for e in found if e) or NOTHING


def what(event: Event) -> str:
    """Type and mode: 'CONSULT visit'."""
    return f"{event.type} {event.mode.replace('_', ' ')}" if event.mode else event.type


def status(event: Event) -> str:
    """Whether it happened; 'long ago' for what stands outside the article's own time."""
    return f"{event.status}, long ago" if event.historical else event.status


def source(reading: Reading, claim: Claim) -> str:
    """Who makes a claim: the entity, else the words that name it."""
    entity = reading.entity(claim.source.entity)
    if entity:
        return shortened(entity.name, _NAME)
    words = " … ".join(reading.evidence(s) for s in claim.source.spans)
    if words:
        return shortened(words, _NAME)
    return "anonymous" if claim.source.anonymous else NOTHING


def speaker(reading: Reading, claim_id: str | None) -> str:
    """Whose word a value rests on: the source, and who passes it on; '' for the article itself.

    Of those who pass it on, the ones that are not known are left out.
    """
    claims = {c.id: c for c in reading.claims}
    chain: list[str] = []
    seen: set[str] = set()
    while claim_id in claims and claim_id not in seen:
        seen.add(claim_id)
        name = source(reading, claims[claim_id])
        if not chain or name not in (NOTHING, chain[-1]):
            chain.append(name)
        claim_id = claims[claim_id].within
    if len(chain) > 1 and chain[0] == NOTHING:
        chain[0] = "somebody"
    return ", told by ".join(chain)


def origin(reading: Reading) -> str:
    """The day of publication, and where it comes from."""
    published = reading.article.published
    if published is None:
        return "no date (give one with --published)"
    where = _ORIGINS.get(reading.article.published_from or "", "")
    return f"{day(published.isoformat())}{f' ({where})' if where else ''}"
