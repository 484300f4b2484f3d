"""PLOVER's own record, one JSON object a line, by the fields of its manual.

Names are those of the manual's first form of an entity; ``start`` and ``end`` in ``text_info`` are the
event's words in the article's text, so that they can be checked.
"""

from __future__ import annotations

import json
from typing import Any

from communique.exports.cells import one_line
from communique.exports.codes import country_name
from communique.exports.places import kind_of
from communique.exports.rows import Telling, publisher_of
from communique.knowledge.wikidata import wikidata_of
from communique.reading import Entity, Place

__all__ = ["plover_line", "plover_record"]

# PLOVER's auxiliary modes, for what did not simply happen.
AUXILIARY = {"planned": "future", "hypothetical": "hypothetical", "negated": "negation"}
RESOLUTION = {"town": 3, "state": 2, "region": 2, "country": 1}


def plover_record(telling: Telling) -> dict[str, Any]:
    """The event as PLOVER's record. What is not known is null; lists may be empty."""
    reading, event, day = telling.reading, telling.event, telling.day
    article = reading.article
    depth = len(reading.chain(event.claim))
    voice = (
        f"told inside {depth} claim{'s' if depth > 1 else ''}" if depth else "told in the article's own voice"
    )
    return {
        "id": telling.id,
        "has_event": True,
        "date": day.first.isoformat() if day else None,
        "enddate": day.last.isoformat() if day and day.last != day.first else None,
        "actor": [_entity(telling, e) for e in telling.actors],
        "recipient": [_entity(telling, e) for e in telling.recipients],
        "event": [event.type],
        "event_loc": _location(telling, telling.place) if telling.place else None,
        "event_text": one_line(telling.words),
        "quad_code": event.quad_code,
        "event_scale": event.intensity,
        "mode": [m for m in (event.mode, AUXILIARY.get(event.status)) if m]
        + (["historical"] if event.historical else []),
        "context": list(event.contexts),
        "text": one_line(telling.sentence_words),
        "text_info": {
            "sequence": telling.sentence_number,
            "start": event.start,
            "end": event.end,
            "text_story": telling.story,
        },
        "cite_info": {
            "citation": str(article.id),
            "url": article.url,
            "title": article.title,
            "language": article.language,
            "publication": publisher_of(article) or None,
            "coder": reading.producer.model,
            "codebook": "PLOVER",
            "version": reading.producer.version,
        },
        "coder": "communique",
        "comment": f"status {event.status}; confidence {event.confidence:g}; {voice}",
    }


def plover_line(telling: Telling) -> str:
    """The record as a line of JSON."""
    return json.dumps(plover_record(telling), ensure_ascii=False, separators=(",", ":")) + "\n"


def _entity(telling: Telling, entity: Entity) -> dict[str, Any]:
    span = telling.span_of(entity)
    return {
        "code": entity.country,
        "sector": list(entity.sectors),
        "entity_text": telling.reading.evidence(span) if span else entity.name,
        "identifier_id": entity.kb,
        "identifier_text": entity.name,
        "office": entity.role,
        "wikidata_id": wikidata_of(entity.kb),
    }


def _location(telling: Telling, place: Place) -> dict[str, Any]:
    kind = kind_of(place)
    return {
        "extracted_place": telling.reading.evidence(place),
        "resolved_place": place.name,
        "geonameid": place.geonames,
        "lat": place.latitude,
        "lon": place.longitude,
        "city": place.name if kind == "town" else None,
        "district": None,
        "province": place.name if kind == "state" else None,
        "country": country_name(place.country) or None,
        "country_code": place.country,
        "feature_class": "P" if kind == "town" else None,
        "feature_code": None,
        "resolution": RESOLUTION[kind],
    }
