"""A reading as rows: which value of it stands in which table.

The columns stand in the order of ``schema.sql``. ``rebuilding.py`` is the way back.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from communique.article import Article
from communique.reading import Entity, Event, Reading, Span, Time

__all__ = ["TABLES", "article_row", "reading_rows", "text_hash", "writable"]

Row = tuple[Any, ...]

# The tables that hold what a reading says, by which it can be taken out again.
TABLES = (
    "readings",
    "sentences",
    "entities",
    "mentions",
    "times",
    "places",
    "events",
    "parties",
    "claims",
    "disputes",
    "schedule",
    "quantities",
    "language",
)
_HALVES = re.compile(r"[\ud800-\udfff]")


def writable(text: str) -> str:
    """The text without half characters, which no encoding can write; each becomes U+FFFD, as at intake."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return _HALVES.sub("\ufffd", text)
    return text


def text_hash(text: str) -> str:
    """By which two articles of the same text are known: 32 hexadecimal digits of its SHA-256."""
    return hashlib.sha256(writable(text).encode("utf-8")).hexdigest()[:32]


def article_row(number: int, article: Article, hashed: str, now: datetime) -> Row:
    """The row of ``articles``."""
    return (
        number,
        article.id,
        hashed,
        article.title,
        article.author,
        article.publisher,
        article.url,
        article.language,
        article.published,
        article.published_from,
        article.text,
        _flat(article.blocks),
        now,
    )


def reading_rows(number: int, reading: Reading, now: datetime) -> dict[str, list[Row]]:
    """The rows of a reading, by table.

    Args:
        number: of its article.
        reading: to store.
        now: when it was coded, UTC.

    Raises:
        ValueError: if the reading is not as the format has it: an id that is not its kind's letter and a
            number, a reference to nothing, a day that is none.
    """
    made = reading.producer
    times = {t.id: t for t in reading.times}
    entities = {e.id: e for e in reading.entities}
    return {
        "readings": [(number, made.version, made.model, made.ontology, now)],
        "sentences": [(number, _n(s.id, "s"), s.start, s.end) for s in reading.sentences],
        "entities": [
            (number, _n(e.id, "n"), e.name, e.kind, e.country, e.sectors, e.role, e.kb)
            for e in reading.entities
        ],
        "mentions": [
            (number, n, m.start, m.end, m.form)
            for e in reading.entities
            for n in [_n(e.id, "n")]
            for m in e.mentions
        ],
        "times": [
            (number, _n(t.id, "t"), t.start, t.end, t.type, t.value, _day(t.start_day), _day(t.end_day))
            for t in reading.times
        ],
        "places": _place_rows(number, reading),
        "events": [_event_row(number, e, times) for e in reading.events],
        "parties": [row for e in reading.events for row in _party_rows(number, e, entities)],
        "claims": _claim_rows(number, reading),
        "disputes": [
            (number, _n(d.id, "d"), d.kind, d.about, [_ref(c, "c") for c in d.claims], _flat(d.spans))
            for d in reading.disputes
        ],
        "schedule": [
            (
                *(number, _n(k.id, "k"), _n(k.time, "t"), *_days(k.time, times), _ref(k.event, "e")),
                *(k.what, k.start, k.end, k.status),
            )
            for k in reading.schedule
        ],
        "quantities": [
            (
                *(number, _n(q.id, "q"), q.start, q.end, q.value),
                *(q.unit, q.of, q.approximate, _ref(q.claim, "c")),
            )
            for q in reading.quantities
        ],
        "language": [(number, m.start, m.end, m.kind) for m in reading.language],
    }


def _place_rows(number: int, reading: Reading) -> list[Row]:
    return [
        (
            *(number, _n(p.id, "p"), p.start, p.end, p.name, p.country),
            *(p.latitude, p.longitude, p.geonames, p.probability),
            None
            if p.second is None
            else {
                "name": writable(p.second.name),
                "country": p.second.country,
                "latitude": float(p.second.latitude),
                "longitude": float(p.second.longitude),
                "geonames": p.second.geonames,
                "probability": float(p.second.probability),
            },
        )
        for p in reading.places
    ]


def _event_row(number: int, event: Event, times: dict[str, Time]) -> Row:
    return (
        *(number, _n(event.id, "e"), event.type, event.mode, event.contexts),
        *(event.quad_code, event.intensity, event.cameo, event.start, event.end),
        *(_n(event.sentence, "s"), event.status, event.historical),
        *(_ref(event.time, "t"), *_days(event.time, times)),
        *(_ref(event.place, "p"), _ref(event.claim, "c"), event.confidence),
    )


def _party_rows(number: int, event: Event, entities: dict[str, Entity]) -> Iterable[Row]:
    for side, ids in (("actor", event.actors), ("recipient", event.recipients)):
        for rank, id_ in enumerate(ids, start=1):
            party = entities.get(id_)
            if party is None:
                raise ValueError(f"event {event.id} has the {side} {id_!r}, and there is no such entity")
            sector = party.sectors[0] if party.sectors else None
            yield (
                *(number, _n(event.id, "e"), side, rank, _n(id_, "n")),
                *(party.name, party.country, sector, party.kb),
            )


def _claim_rows(number: int, reading: Reading) -> list[Row]:
    return [
        (
            *(number, _n(c.id, "c"), _ref(c.source.entity, "n"), _flat(c.source.spans)),
            *(c.source.anonymous, c.source.count, _flat(c.cue), _flat(c.content)),
            *(c.manner, c.act, c.certainty, _ref(c.within, "c"), _ref(c.time, "t")),
        )
        for c in reading.claims
    ]


def _n(id_: str, letter: str) -> int:
    """The number of an id such as 'e3'."""
    digits = id_[1:]
    if (
        id_[:1] != letter
        or not (digits.isascii() and digits.isdecimal())
        or (digits[0] == "0" and digits != "0")
    ):
        raise ValueError(f"the id {id_!r} is not {letter!r} and a number")
    return int(digits)


def _ref(id_: str | None, letter: str) -> int | None:
    return None if id_ is None else _n(id_, letter)


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    day = date.fromisoformat(text)
    if day.isoformat() != text:
        raise ValueError(f"{text!r} is no day such as 2024-02-15")
    return day


def _days(time: str | None, times: dict[str, Time]) -> tuple[date | None, date | None]:
    if time is None:
        return None, None
    if time not in times:
        raise ValueError(f"there is no time {time!r}")
    return _day(times[time].start_day), _day(times[time].end_day)


def _flat(spans: Iterable[Span]) -> list[int]:
    return [offset for start, end in spans for offset in (start, end)]
