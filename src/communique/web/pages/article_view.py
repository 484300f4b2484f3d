"""What the page of an article shows: marks for its text, and the list beside it, made from a reading."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from communique.reading import Claim, Dispute, Entity, Event, Reading, Schedule, Time
from communique.store.questions.parties import folded, is_named
from communique.web.pages.frame import country_name, day, number, short, span, type_label
from communique.web.pages.marking import Mark

__all__ = ["Statement", "View", "actor_key", "view_of"]

_DEEPEST = 3  # shades of what is told within what is told
_STATUS = {"negated": "did not happen", "hypothetical": "may happen"}


@dataclass(slots=True)
class Statement:
    """A claim in the chain: who says what, the events within it, and what it passes on of others."""

    claim: Claim
    source: str
    key: str | None
    cue: str
    words: str
    time: str
    depth: int
    events: list[Event] = field(default_factory=list)
    inner: list[Statement] = field(default_factory=list)


@dataclass(slots=True)
class View:
    """A reading as its page shows it."""

    reading: Reading
    marks: list[Mark]
    chain: list[Statement]
    own_events: list[Event]
    actors: list[dict[str, Any]]
    disputes: list[dict[str, Any]]
    ahead: list[dict[str, Any]]
    times: list[dict[str, Any]]
    places: list[dict[str, Any]]
    numbers: list[dict[str, Any]]
    loaded: list[dict[str, Any]]

    def parties(self, ids: list[str]) -> list[tuple[str, str]]:
        """Names and keys of entities."""
        found = [self.reading.entity(i) for i in ids]
        return [(e.name, actor_key(e)) for e in found if e]

    def when(self, event: Event) -> str:
        """The days of an event's time, or its words; '' where the text names none."""
        return _when(self.reading, event.time)

    def place(self, event: Event) -> str:
        """Where an event happened."""
        return next((p.name for p in self.reading.places if p.id == event.place), "")

    def with_(self, event: Event) -> str:
        """Keys of what belongs to an event: its parties, time, place and claim."""
        parts = [*event.actors, *event.recipients, event.time, event.place, event.claim]
        return " ".join(dict.fromkeys(p for p in parts if p))

    def words(self, part: Any, width: int = 160) -> str:
        """The words of a span."""
        return short(self.reading.evidence(part), width)


def actor_key(entity: Entity) -> str:
    """The key under which an actor has its page: its id among the known, else '~' and its folded name."""
    return entity.kb or f"~{folded(entity.name)}"


def view_of(reading: Reading) -> View:
    """What is shown of a reading."""
    chain, depths = _chain(reading)
    inside = {event.id for one in _walk(chain) for event in one.events}
    disputes = [_dispute(reading, d) for d in reading.disputes]
    return View(
        reading=reading,
        marks=list(_marks(reading, depths)),
        chain=chain,
        own_events=[e for e in reading.events if e.id not in inside],
        actors=_actors(reading),
        disputes=disputes,
        ahead=[_coming(reading, k) for k in reading.schedule],
        times=[
            {"id": t.id, "words": short(reading.evidence(t), 60), "days": _days(t), "type": t.type}
            for t in reading.times
        ],
        places=[
            {"id": p.id, "name": p.name, "country": country_name(p.country), "known": p.latitude is not None}
            for p in reading.places
        ],
        numbers=[
            {
                "id": q.id,
                "value": number(q.value),
                "unit": q.unit if q.unit != "unknown" else None,
                "of": q.of,
                "approximate": q.approximate,
                "words": short(reading.evidence(q), 60),
                "claim": q.claim,
            }
            for q in reading.quantities
        ],
        loaded=[
            {"id": f"l{i}", "words": short(reading.evidence(m), 60), "kind": m.kind}
            for i, m in enumerate(reading.language, 1)
        ],
    )


def _chain(reading: Reading) -> tuple[list[Statement], dict[str, int]]:
    """Claims as nesting, in the order of the text; and how deep each lies, from 1."""
    made: dict[str, Statement] = {}
    for claim in reading.claims:
        entity = reading.entity(claim.source.entity)
        source = entity.name if entity else " … ".join(reading.evidence(s) for s in claim.source.spans)
        made[claim.id] = Statement(
            claim=claim,
            source=short(source, 80) or ("somebody unnamed" if claim.source.anonymous else ""),
            key=actor_key(entity) if entity else None,
            cue=short(" … ".join(reading.evidence(s) for s in claim.cue), 60),
            words=short(" … ".join(reading.evidence(s) for s in claim.content), 220),
            time=_when(reading, claim.time),
            depth=len(reading.chain(claim.id)),
        )
    roots = []
    for one in made.values():
        outer = made.get(one.claim.within or "")
        # A circle of claims would never be reached from a root.
        if outer is None or one.depth <= outer.depth:
            roots.append(one)
        else:
            outer.inner.append(one)
    for event in reading.events:
        if event.claim in made:
            made[event.claim].events.append(event)
    return roots, {key: one.depth for key, one in made.items()}


def _walk(chain: list[Statement]) -> Iterator[Statement]:
    for one in chain:
        yield one
        yield from _walk(one.inner)


def _marks(reading: Reading, depths: dict[str, int]) -> Iterator[Mark]:
    for e in reading.events:
        who = ", ".join(x.name for i in e.actors if (x := reading.entity(i)))
        whom = ", ".join(x.name for i in e.recipients if (x := reading.entity(i)))
        note = f"{type_label(e.type)}: {who or 'nobody named'}{f' → {whom}' if whom else ''}"
        if e.status != "occurred":
            note += f" ({_STATUS.get(e.status, e.status)})"
        yield Mark(e.start, e.end, "event", e.id, (f"q{e.quad_code}", f"is-{e.status}"), note, link=True)
    for c in reading.claims:
        entity = reading.entity(c.source.entity)
        who = entity.name if entity else " ".join(reading.evidence(s) for s in c.source.spans) or "somebody"
        depth = min(depths[c.id], _DEEPEST)
        for start, end in c.cue:
            yield Mark(start, end, "cue", c.id, (), f"{short(who, 60)}: {c.act}", link=True)
        for start, end in c.content:
            kinds = (f"deep-{depth}", f"by-{c.manner}")
            yield Mark(start, end, "said", c.id, kinds, f"said by {short(who, 60)}")
    for d in reading.disputes:
        for start, end in d.spans:
            yield Mark(start, end, "dispute", d.id, (), f"disputed: {d.kind}")
    for n in reading.entities:
        layer = "place" if n.kind == "place" else "actor"
        facts = [n.name, n.role, country_name(n.country) if n.country else None]
        note = ", ".join(f for f in facts if f)
        for m in n.mentions:
            yield Mark(m.start, m.end, layer, n.id, (f"form-{m.form}",), note)
    for t in reading.times:
        yield Mark(t.start, t.end, "time", t.id, (), _days(t) or t.type)
    for p in reading.places:
        where = ", ".join(x for x in (p.name, country_name(p.country)) if x)
        yield Mark(p.start, p.end, "place", p.id, (), where)
    for q in reading.quantities:
        yield Mark(q.start, q.end, "number", q.id, (), f"{number(q.value)} {q.unit or ''}".strip())
    for k in reading.schedule:
        yield Mark(k.start, k.end, "ahead", k.id, (), f"{k.status}: {_when(reading, k.time)}")
    for i, word in enumerate(reading.language, 1):
        note = f"the article's own word: {word.kind}"
        yield Mark(word.start, word.end, "loaded", f"l{i}", (word.kind,), note)


def _actors(reading: Reading) -> list[dict[str, Any]]:
    """Who the article speaks of, those with a part in events first, then by mentions; no places. Who has only
    a pronoun is not ``named``."""
    parts: dict[str, int] = {}
    for e in reading.events:
        for i in {*e.actors, *e.recipients}:
            parts[i] = parts.get(i, 0) + 1
    said: dict[str, int] = {}
    for c in reading.claims:
        if c.source.entity:
            said[c.source.entity] = said.get(c.source.entity, 0) + 1
    there = [n for n in reading.entities if n.kind != "place"]
    there.sort(key=lambda n: (-parts.get(n.id, 0) - said.get(n.id, 0), -len(n.mentions)))
    return [
        {
            "id": n.id,
            "name": n.name,
            "key": actor_key(n),
            "named": is_named(n.name, n.kb),
            "role": n.role,
            "country": country_name(n.country) if n.country else "",
            "kind": n.kind,
            "sectors": n.sectors,
            "mentions": len(n.mentions),
            "events": parts.get(n.id, 0),
            "claims": said.get(n.id, 0),
        }
        for n in there
    ]


def _dispute(reading: Reading, dispute: Dispute) -> dict[str, Any]:
    sides = []
    for claim_id, where in zip(dispute.claims, dispute.spans, strict=True):
        voices = [_source(reading, c) for c in reversed(reading.chain(claim_id))] if claim_id else []
        sides.append({"voices": voices, "words": short(reading.evidence(where), 260), "claim": claim_id})
    return {"id": dispute.id, "kind": dispute.kind, "about": dispute.about, "sides": sides}


def _source(reading: Reading, claim: Claim) -> str:
    entity = reading.entity(claim.source.entity)
    words = " … ".join(reading.evidence(s) for s in claim.source.spans)
    return short(entity.name if entity else words, 80)


def _coming(reading: Reading, entry: Schedule) -> dict[str, Any]:
    return {
        "id": entry.id,
        "what": short(entry.what, 120),
        "when": _when(reading, entry.time),
        "status": entry.status,
        "event": entry.event,
    }


def _when(reading: Reading, time_id: str | None) -> str:
    time = next((t for t in reading.times if t.id == time_id), None)
    if time is None:
        return ""
    return _days(time) or short(reading.evidence(time), 40)


def _days(time: Time) -> str:
    if time.start_day and time.end_day:
        return span(time.start_day, time.end_day)
    return day(time.value) if time.value and len(time.value) == 10 else ""
