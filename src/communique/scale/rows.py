"""From a reading to the rows of the tables: names, days and words are laid beside what they belong to."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from communique.reading import Claim, Entity, Reading, Span
from communique.store import text_hash

__all__ = ["Row", "rows_of"]

Row = dict[str, Any]


def rows_of(reading: Reading, key: str, whole: bool = True) -> Iterator[tuple[str, Row]]:
    """The rows of one reading, in a stable order.

    Args:
        reading: what was read.
        key: the article's key in all tables.
        whole: also the row of ``readings``, which holds the reading itself.

    Yields:
        The name of a table (as in ``columns.yaml``) and a row of it.
    """
    view = _View(reading, key)
    yield "articles", view.article()
    for table in ("events", "claims", "schedule", "disputes", "quantities"):
        for item in getattr(reading, table):
            yield table, getattr(view, f"of_{table}")(item)
    if whole:
        yield "readings", {"article": key, "reading": _without_text(reading)}


class _View:
    """A reading with its parts by id."""

    def __init__(self, reading: Reading, key: str) -> None:
        self.reading = reading
        self.key = key
        self.entities = {e.id: e for e in reading.entities}
        self.times = {t.id: t for t in reading.times}
        self.places = {p.id: p for p in reading.places}
        self.claims = {c.id: c for c in reading.claims}
        self.events = {e.id: e for e in reading.events}
        self.sentences = {s.id: s for s in reading.sentences}
        article = reading.article
        self.published = article.published.isoformat() if article.published else None
        self.origin: Row = {
            "published": self.published,
            "publisher": article.publisher,
            "title": article.title,
            "url": article.url,
        }

    def article(self) -> Row:
        a, made = self.reading.article, self.reading.producer
        return {
            "article": self.key,
            "id": a.id,
            "hash": text_hash(a.text),
            "title": a.title,
            "author": a.author,
            "publisher": a.publisher,
            "url": a.url,
            "language": a.language,
            "published": self.published,
            "published_from": a.published_from,
            "text": a.text,
            "blocks": _flat(a.blocks),
            "events": len(self.reading.events),
            "claims": len(self.reading.claims),
            "version": made.version,
            "model": made.model,
        }

    def of_events(self, event: Any) -> Row:
        from_day, to_day = self._days(event.time)
        place = self.places.get(event.place)
        claim = self.claims.get(event.claim)
        sentence = self.sentences.get(event.sentence)
        return {
            "article": self.key,
            "n": _number(event.id),
            "day": from_day or self.published,
            "from_day": from_day,
            "to_day": to_day,
            "type": event.type,
            "mode": event.mode,
            "contexts": event.contexts,
            "quad_code": event.quad_code,
            "intensity": event.intensity,
            "cameo": event.cameo,
            "status": event.status,
            "historical": event.historical,
            "confidence": event.confidence,
            **self._parties(event.actors, "actors", "actor"),
            **self._parties(event.recipients, "recipients", "recipient"),
            "place": place and place.name,
            "place_country": place and place.country,
            "latitude": place and place.latitude,
            "longitude": place and place.longitude,
            "geonames": place and place.geonames,
            "claim": _number(event.claim),
            "said_by": self._source(claim),
            "said_by_country": _of(self._speaker(claim), "country"),
            "said_act": claim and claim.act,
            "said_certainty": claim and claim.certainty,
            "said_chain": [self._source(c) for c in self.reading.chain(event.claim)],
            "words": self.reading.evidence(event),
            "start": event.start,
            "stop": event.end,
            "sentence": self.reading.evidence(sentence) if sentence else None,
            **self.origin,
        }

    def of_claims(self, claim: Any) -> Row:
        who = self._speaker(claim)
        said_from, said_to = self._days(claim.time)
        return {
            "article": self.key,
            "n": _number(claim.id),
            "who": self._source(claim),
            "who_country": _of(who, "country"),
            "who_sector": who.sectors[0] if who and who.sectors else None,
            "who_role": _of(who, "role"),
            "who_id": _of(who, "kb"),
            "source_words": self._words(claim.source.spans),
            "anonymous": claim.source.anonymous,
            "number": claim.source.count,
            "act": claim.act,
            "manner": claim.manner,
            "certainty": claim.certainty,
            "cue": self._words(claim.cue),
            "words": self._words(claim.content),
            "start": claim.content[0][0] if claim.content else None,
            "stop": claim.content[-1][1] if claim.content else None,
            "within": _number(claim.within),
            "said_from": said_from,
            "said_to": said_to,
            **self.origin,
        }

    def of_schedule(self, entry: Any) -> Row:
        from_day, to_day = self._days(entry.time)
        event = self.events.get(entry.event)
        return {
            "article": self.key,
            "n": _number(entry.id),
            "from_day": from_day,
            "to_day": to_day,
            "status": entry.status,
            "what": entry.what,
            "event": _number(entry.event),
            "event_type": event and event.type,
            "actors": self._names(event.actors if event else []),
            "recipients": self._names(event.recipients if event else []),
            "words": self.reading.evidence(entry),
            "start": entry.start,
            "stop": entry.end,
            **self.origin,
        }

    def of_disputes(self, dispute: Any) -> Row:
        return {
            "article": self.key,
            "n": _number(dispute.id),
            "kind": dispute.kind,
            "about": dispute.about,
            "sides": [self._source(self.claims.get(c or "")) for c in dispute.claims],
            "words": [self.reading.evidence(s) for s in dispute.spans],
            "spans": _flat(dispute.spans),
            **self.origin,
        }

    def of_quantities(self, quantity: Any) -> Row:
        return {
            "article": self.key,
            "n": _number(quantity.id),
            "value": quantity.value,
            "unit": quantity.unit,
            "of_what": quantity.of,
            "approximate": quantity.approximate,
            "claim": _number(quantity.claim),
            "said_by": self._source(self.claims.get(quantity.claim or "")),
            "words": self.reading.evidence(quantity),
            "start": quantity.start,
            "stop": quantity.end,
            "published": self.published,
        }

    def _parties(self, ids: list[str], names: str, one: str) -> Row:
        found = [self.entities[i] for i in ids if i in self.entities]
        return {
            names: [e.name for e in found],
            f"{one}_countries": [e.country for e in found],
            f"{one}_sectors": [e.sectors[0] if e.sectors else None for e in found],
            f"{one}_ids": [e.kb for e in found],
        }

    def _names(self, ids: list[str]) -> list[str]:
        return [self.entities[i].name for i in ids if i in self.entities]

    def _days(self, time: str | None) -> tuple[str | None, str | None]:
        found = self.times.get(time or "")
        return (found.start_day, found.end_day) if found else (None, None)

    def _speaker(self, claim: Claim | None) -> Entity | None:
        return self.entities.get(claim.source.entity or "") if claim else None

    def _source(self, claim: Claim | None) -> str | None:
        if claim is None:
            return None
        who = self._speaker(claim)
        return who.name if who else self._words(claim.source.spans)

    def _words(self, spans: list[Span]) -> str | None:
        return " … ".join(self.reading.evidence(s) for s in spans) or None


def _of(entity: Entity | None, field: str) -> Any:
    return getattr(entity, field) if entity else None


def _number(id: str | None) -> int | None:
    return int(id[1:]) if id else None


def _flat(spans: Any) -> list[int]:
    return [x for span in spans for x in span]


def _without_text(reading: Reading) -> str:
    row = reading.to_dict()
    del row["article"]["text"]
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"))
