"""FollowTheMoney entities, one JSON object a line: who and what the events are about, for Aleph and its kin.

Ids are made of the article's text or of an entity's id in the tables of who is who, so that they are the same
in every run. Whom the tables know is one entity across all articles, written at the end; all others are
entities of their article.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from communique.exports.cells import one_line
from communique.exports.codes import country_codes
from communique.exports.rows import Telling, article_key, publisher_of
from communique.knowledge.wikidata import wikidata_of
from communique.ontology import event_types
from communique.reading import Entity, Reading

__all__ = ["FtmJson"]

LANGUAGES = {"en": "eng"}
_STATE_ARMS = frozenset(("GOV", "LEG", "JUD", "MIL", "COP", "SPY"))
_LISTED = ("person", "state", "organization", "media", "group", "other")

Proxy = dict[str, Any]


class FtmJson:
    """Turns readings into FollowTheMoney entities: call ``lines`` for each, then ``end``."""

    def __init__(self) -> None:
        self._known: dict[str, Proxy] = {}

    def lines(self, reading: Reading, told: list[Telling]) -> Iterator[str]:
        """The article, its own entities, its events, and what links the article to them.

        Args:
            reading: the article's reading.
            told: the events of it that are to be told.
        """
        if not told:
            return
        article = _article(reading)
        yield _line(article)
        parties = {e.id for t in told for e in (*t.actors, *t.recipients)}
        entities = [e for e in reading.entities if e.id in parties and e.kind in _LISTED]
        ids: dict[str, str] = {}
        for entity in entities:
            proxy = _party(reading, entity)
            ids[entity.id] = proxy["id"]
            if entity.kb:
                self._merge(proxy)
            else:
                yield _line(proxy)
        for telling in told:
            event = _event(telling, ids, article["id"])
            yield _line(event)
            yield _line(_link(article["id"], event["id"], "reports", reading))
        for ftm_id in dict.fromkeys(ids.values()):
            yield _line(_link(article["id"], ftm_id, "mentions", reading))

    def end(self) -> Iterator[str]:
        """Those whom the tables of who is who know, in the order in which they came up."""
        for proxy in self._known.values():
            yield _line(proxy)

    def _merge(self, proxy: Proxy) -> None:
        known = self._known.setdefault(proxy["id"], proxy)
        for name, values in proxy["properties"].items():
            kept = known["properties"].setdefault(name, [])
            kept += [v for v in values if v not in kept]


def _article(reading: Reading) -> Proxy:
    article = reading.article
    story = article_key(article)
    day = article.published.isoformat() if article.published else None
    return _proxy(
        f"cq-article-{story}",
        "Article",
        name=article.title or reading.article.text[:80],
        title=article.title,
        fileName=str(article.id),
        author=article.author,
        publisher=publisher_of(article),
        sourceUrl=article.url,
        publishedAt=day,
        language=LANGUAGES.get(article.language, article.language),
        contentHash=hashlib.sha1(article.text.encode("utf-8", "surrogatepass")).hexdigest(),
    )


def _party(reading: Reading, entity: Entity) -> Proxy:
    mark = entity.kb or f"{article_key(reading.article)}\0{entity.name}\0{entity.id}"
    digest = hashlib.sha256(mark.encode("utf-8", "surrogatepass")).hexdigest()[:24]
    properties: dict[str, Any] = {
        "name": entity.name,
        "country": country_codes(entity.country).alpha2.lower(),
        "notes": f"PLOVER sectors: {', '.join(entity.sectors)}" if entity.sectors else None,
    }
    schema = _schema(entity)
    if schema == "Person":
        properties["position"] = entity.role
        properties["wikidataId"] = wikidata_of(entity.kb)
    return _proxy(f"cq-entity-{digest}", schema, **properties)


def _schema(entity: Entity) -> str:
    if entity.kind == "person":
        return "Person"
    if entity.kind == "state" or (entity.kind == "organization" and _STATE_ARMS & set(entity.sectors)):
        return "PublicBody"
    return "Organization" if entity.kind in ("organization", "media") else "LegalEntity"


def _event(telling: Telling, ids: dict[str, str], article_id: str) -> Proxy:
    event, day = telling.event, telling.day
    known = event_types().get(event.type)
    label = known.label if known else event.type
    sides = [", ".join(e.name for e in side) for side in (telling.actors, telling.recipients)]
    who = " – ".join(side for side in sides if side)
    marks = [event.type, event.mode, *event.contexts]
    if event.status != "occurred":
        marks.append(event.status)
    if event.historical:
        marks.append("historical")
    place = telling.place
    return _proxy(
        # An id may have no underscore there.
        f"cq-event-{telling.id.replace('_', '-')}",
        "Event",
        name=f"{label}: {who}" if who else label,
        summary=telling.sentence_words,
        date=day.first.isoformat() if day and day.first == day.last else None,
        startDate=day.first.isoformat() if day and day.first != day.last else None,
        endDate=day.last.isoformat() if day and day.first != day.last else None,
        location=place.name if place else None,
        country=country_codes(place.country).alpha2.lower() if place else None,
        organizer=[ids[e.id] for e in telling.actors if e.id in ids],
        involved=[ids[e.id] for e in telling.recipients if e.id in ids],
        keywords=marks,
        proof=article_id,
        recordId=telling.id,
        publisher=publisher_of(telling.reading.article),
        sourceUrl=telling.reading.article.url,
    )


def _link(article_id: str, other: str, role: str, reading: Reading) -> Proxy:
    digest = hashlib.sha256(f"{article_id}\0{other}\0{role}".encode()).hexdigest()[:24]
    day = reading.article.published
    return _proxy(
        f"cq-link-{digest}",
        "Documentation",
        document=article_id,
        entity=other,
        role=role,
        date=day.isoformat() if day else None,
    )


def _proxy(ftm_id: str, schema: str, **properties: Any) -> Proxy:
    """An entity whose properties are lists, as FollowTheMoney has them; empty ones are left out."""
    kept: dict[str, list[str]] = {}
    for name, value in properties.items():
        values = value if isinstance(value, list) else [value]
        cells = list(dict.fromkeys(one_line(v) for v in values if v))
        if any(cells):
            kept[name] = [c for c in cells if c]
    return {"id": ftm_id, "schema": schema, "properties": kept}


def _line(proxy: Proxy) -> str:
    return json.dumps(proxy, ensure_ascii=False, separators=(",", ":")) + "\n"
