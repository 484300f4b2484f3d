"""Rows of answers and parts of readings as items that can be cited."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from communique.article import Article
from communique.mcp.models import (
    DisputeItem,
    EventItem,
    Marked,
    Origin,
    Party,
    Quote,
    SaidItem,
    Side,
    Voice,
)
from communique.reading import Claim, Dispute, Event, Reading, Span
from communique.store.questions import QUADS

__all__ = [
    "LONGEST",
    "claim_item",
    "dispute_item",
    "event_item",
    "event_of_row",
    "iso",
    "marked_claim",
    "marked_event",
    "origin",
    "party",
    "quote",
    "quotes",
    "sentence_at",
    "side_of_row",
    "voice",
]

LONGEST = 600  # characters of one quote


def quote(article: int | None, text: str, span: Span, longest: int = LONGEST) -> Quote:
    """Words of a text at a span, no more than so many."""
    start, end = span
    stop = min(end, start + longest)
    return Quote(article=article, span=(start, stop), words=text[start:stop], cut=stop < end)


def quotes(article: int | None, text: str, spans: Iterable[Span], most: int = 5) -> list[Quote]:
    """The words at the first few spans."""
    return [quote(article, text, span) for span in list(spans)[:most]]


def iso(value: Any) -> str | None:
    """A day as text."""
    return value.isoformat() if value is not None else None


def origin(row: dict[str, Any], side: str = "") -> Origin:
    """Where the article of a row is from; ``side`` is the end of the columns' names."""
    return Origin(
        title=row[f"title{side}"],
        publisher=row[f"publisher{side}"],
        published=iso(row[f"published{side}"]),
        url=row[f"url{side}"],
    )


def event_of_row(row: dict[str, Any]) -> EventItem:
    """An event from a row of the questions ``events`` and ``timeline``."""
    article, start = row["article"], row["sentence_start"]
    sentence = None
    if row["sentence"]:
        words = row["sentence"][:LONGEST]
        cut = len(words) < len(row["sentence"])
        sentence = Quote(article=article, span=(start, start + len(words)), words=words, cut=cut)
    return EventItem(
        id=f"{article}/e{row['event']}",
        article=article,
        day=iso(row["day"]),
        day_from=row["day_from"],
        period=iso(row.get("period")),
        actors=row["actors"],
        type=row["type"],
        mode=row["mode"],
        recipients=row["recipients"],
        status=row["status"],
        historical=row["historical"],
        quad=QUADS[row["quad_code"]],
        intensity=row["intensity"],
        confidence=row["confidence"],
        place=row["place"],
        said_by=[name or "somebody" for name in row["said_by"]],
        quote=Quote(article=article, span=(row["start"], row["stop"]), words=row["words"]),
        sentence=sentence,
        happening=row["happening"],
        tellings=row["tellings"],
        source=origin(row),
    )


def side_of_row(row: dict[str, Any], side: str) -> Side:
    """A side, '_a' or '_b', from a row of the question ``disputes``."""
    start, words = row[f"start{side}"], row[f"words{side}"]
    shown = words[:LONGEST]
    return Side(
        said_by=[name or "somebody" for name in row[f"said_by{side}"]],
        quote=Quote(
            article=row[f"article{side}"],
            span=(start, start + len(shown)),
            words=shown,
            cut=len(shown) < len(words),
        ),
        source=origin(row, side),
    )


def source_of(article: Article) -> Origin:
    """Where an article is from."""
    return Origin(
        title=article.title, publisher=article.publisher, published=iso(article.published), url=article.url
    )


def speaker(reading: Reading, claim: Claim) -> str | None:
    """Who makes a claim: the entity's name, else the words that name the source."""
    entity = reading.entity(claim.source.entity)
    if entity is not None:
        return entity.name
    return reading.evidence(claim.source.spans[0]) if claim.source.spans else None


def sentence_at(reading: Reading, start: int) -> Span | None:
    """The sentence in which a place of the text stands."""
    return next(((s.start, s.end) for s in reading.sentences if s.start <= start < s.end), None)


def event_item(reading: Reading, number: int | None, event: Event) -> EventItem:
    """An event of a reading."""
    text = reading.article.text
    time = next((t for t in reading.times if t.id == event.time), None)
    place = next((p for p in reading.places if p.id == event.place), None)
    names = {e.id: e.name for e in reading.entities}
    sentence = sentence_at(reading, event.start)
    told = time.start_day if time else None
    day = told or iso(reading.article.published)
    return EventItem(
        id=event.id if number is None else f"{number}/{event.id}",
        article=number,
        day=day,
        day_from="text" if told else "published" if day else None,
        period=None,
        actors=[names[n] for n in event.actors if n in names],
        type=event.type,
        mode=event.mode,
        recipients=[names[n] for n in event.recipients if n in names],
        status=event.status,
        historical=event.historical,
        quad=QUADS[event.quad_code],
        intensity=event.intensity,
        confidence=event.confidence,
        place=place.name if place else None,
        said_by=[speaker(reading, c) or "somebody" for c in reversed(reading.chain(event.claim))],
        quote=quote(number, text, (event.start, event.end)),
        sentence=quote(number, text, sentence) if sentence else None,
        source=source_of(reading.article),
    )


def claim_item(reading: Reading, number: int | None, claim: Claim) -> SaidItem:
    """A claim of a reading."""
    time = next((t for t in reading.times if t.id == claim.time), None)
    told = time.start_day if time else None
    day = told or iso(reading.article.published)
    outer = reading.chain(claim.id)[:-1]
    return SaidItem(
        id=claim.id if number is None else f"{number}/{claim.id}",
        article=number,
        day=day,
        day_from="text" if told else "published" if day else None,
        who=speaker(reading, claim),
        anonymous=claim.source.anonymous,
        act=claim.act,
        manner=claim.manner,
        certainty=claim.certainty,
        told_by=[speaker(reading, c) or "somebody" for c in reversed(outer)],
        quotes=quotes(number, reading.article.text, claim.content),
        source=source_of(reading.article),
    )


def dispute_item(reading: Reading, number: int | None, dispute: Dispute) -> DisputeItem:
    """A dispute of a reading."""
    sides = []
    for claim, span in zip(dispute.claims, dispute.spans, strict=False):
        said_by = [speaker(reading, c) or "somebody" for c in reversed(reading.chain(claim))]
        sides.append(
            Side(
                said_by=said_by,
                quote=quote(number, reading.article.text, span),
                source=source_of(reading.article),
            )
        )
    return DisputeItem(
        kind=dispute.kind,  # type: ignore[arg-type]  # one of the four, as the format has it
        about=dispute.about,
        day=iso(reading.article.published),
        happening=None,
        sides=sides,
    )


def party(reading: Reading, number: int | None, id_: str, event: Event) -> Party | None:
    """An actor or recipient of an event, with the places of its sentence that name it."""
    entity = reading.entity(id_)
    if entity is None:
        return None
    low, high = sentence_at(reading, event.start) or (event.start, event.end)
    spans = [(m.start, m.end) for m in entity.mentions]
    inside = [s for s in spans if low <= s[0] < high]
    return Party(
        name=entity.name,
        kind=entity.kind,
        country=entity.country,
        role=entity.role,
        kb=entity.kb,
        quotes=quotes(number, reading.article.text, inside or spans[:1]),
    )


def voice(reading: Reading, number: int | None, claim: Claim) -> Voice:
    """A claim as a step of a chain."""
    text = reading.article.text
    return Voice(
        id=claim.id if number is None else f"{number}/{claim.id}",
        who=speaker(reading, claim),
        anonymous=claim.source.anonymous,
        act=claim.act,
        manner=claim.manner,
        certainty=claim.certainty,
        source=quotes(number, text, claim.source.spans),
        cue=quotes(number, text, claim.cue),
    )


def marked_event(reading: Reading, number: int | None, event: Event) -> Marked:
    """An event in short."""
    what = f"{event.type}{f'/{event.mode}' if event.mode else ''}, {event.status}"
    return Marked(
        id=event.id if number is None else f"{number}/{event.id}",
        what=what,
        quote=quote(number, reading.article.text, (event.start, event.end)),
    )


def marked_claim(reading: Reading, number: int | None, claim: Claim) -> Marked:
    """A claim in short; its words are the first of what was said."""
    return Marked(
        id=claim.id if number is None else f"{number}/{claim.id}",
        what=f"{claim.act}, by {speaker(reading, claim) or 'somebody'}",
        quote=quote(number, reading.article.text, (claim.content or claim.cue)[0], 200),
    )
