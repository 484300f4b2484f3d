"""What a correction hangs on: the words of a thing and what the machine said of it, and finding it again.

A newer reading numbers its events anew, so a correction does not know its event by number. The event is the
one whose trigger overlaps and whose type is that of the old one, or that which a correction gave it; of
several, the one that overlaps most and has most of the parties. A claim is known by its cue, a party by its
mentions.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from communique.errors import BadCorrection
from communique.reading import Claim, Entity, Event, Reading, Span
from communique.store.correcting.correction import Correction, Target

__all__ = [
    "CLAIM_KINDS",
    "EVENT_KINDS",
    "SIDES",
    "found_again",
    "named_at",
    "overlap",
    "party_at",
    "target_of",
]

EVENT_KINDS = ("event", "type", "status", "time", "actor", "recipient")
CLAIM_KINDS = ("claim", "source", "act")
SIDES = {"actor": "actors", "recipient": "recipients"}
_LEAST = 0.7  # share of the words in common by which the content of a claim is known, where there is no cue


def target_of(reading: Reading, kind: str, of: str, party: str | None = None) -> Target:
    """What a correction of a thing hangs on.

    Args:
        reading: as the machine made it, or as it was mended.
        kind: of ``KINDS``.
        of: id of the event, claim or, for the kind 'party', the entity.
        party: id of the entity, for the kinds 'actor' and 'recipient'; None where one is to be added.

    Raises:
        BadCorrection: if there is no such thing.
    """
    if kind in EVENT_KINDS:
        event = _one(reading.events, of, "event", reading)
        said = _event_said(reading, event)
        if party is not None:
            side = getattr(event, SIDES[kind])
            if party not in side:
                raise BadCorrection(
                    f"{party[:40]!r} is no {kind} of {event.id}, which has {', '.join(side) or 'none'}"
                )
            said["party"] = _party_said(reading, party, event)
        return Target(((event.start, event.end),), event.type, reading.evidence(event), said)
    if kind in CLAIM_KINDS:
        claim = _one(reading.claims, of, "claim", reading)
        spans = tuple(claim.cue or claim.content)
        return Target(spans, claim.act, _words(reading, spans), _claim_said(reading, claim))
    entity = _one(reading.entities, of, "party", reading)
    spans = tuple((m.start, m.end) for m in entity.mentions)
    return Target(spans, None, _words(reading, spans), _entity_said(entity))


def found_again(
    reading: Reading, correction: Correction, others: Iterable[Correction] = ()
) -> Event | Claim | Entity | None:
    """The thing in a reading of which a correction speaks; None where it is not there (an orphan).

    Args:
        reading: the reading.
        correction: of an article of this text.
        others: corrections of the same article: where one of them gave the event another type, the event is
            known by either.
    """
    target = correction.target
    if correction.kind in EVENT_KINDS:
        return _event_again(reading, target, {target.type} | _retyped(target, (correction, *others)))
    if correction.kind in CLAIM_KINDS:
        return _claim_again(reading, target)
    return party_at(reading, target.spans, str(target.said.get("name") or ""))


def party_at(reading: Reading, spans: Iterable[Span], name: str = "") -> Entity | None:
    """The entity whose mentions overlap most with some spans; of equals the one of that name."""
    wanted = list(spans)
    ranked = [
        (sum(overlap(wanted, [(m.start, m.end)]) for m in e.mentions), e.name == name, -i, e)
        for i, e in enumerate(reading.entities)
    ]
    best = max(ranked, key=lambda r: r[:3], default=None)
    return best[3] if best and best[0] > 0 else None


def named_at(reading: Reading, entity: Entity, near: Event | Claim | None = None) -> Span | None:
    """Where an entity is named: in the sentence of an event nearest to its words, else first of all."""
    spans = sorted((m.start, m.end) for m in entity.mentions)
    if isinstance(near, Event):
        bounds = next((s for s in reading.sentences if s.id == near.sentence), None)
        inside = [s for s in spans if bounds and bounds.start <= s[0] < bounds.end]
        if inside:
            return min(inside, key=lambda s: abs(s[0] - near.start))
    return spans[0] if spans else None


def overlap(one: Sequence[Span], other: Sequence[Span]) -> float:
    """Characters in common, as a share of those of either; 0 where there are none."""
    both = sum(max(0, min(b, d) - max(a, c)) for a, b in one for c, d in other)
    either = sum(b - a for a, b in (*one, *other)) - both
    return both / either if either > 0 else 0.0


def _event_again(reading: Reading, target: Target, types: set[str | None]) -> Event | None:
    here = [e for e in reading.events if overlap(target.spans, [(e.start, e.end)]) > 0]
    fit = [e for e in here if e.type == target.type] or [e for e in here if e.type in types]
    return max(
        fit,
        key=lambda e: (overlap(target.spans, [(e.start, e.end)]), _shared(reading, e, target)),
        default=None,
    )


def _retyped(target: Target, corrections: Iterable[Correction]) -> set[str | None]:
    """The types that corrections gave to the event of a target, and those that they took from it."""
    found: set[str | None] = set()
    for one in corrections:
        if one.kind == "type" and one.value and overlap(target.spans, one.target.spans) > 0:
            pair = {one.target.type, one.value["type"]}
            if target.type in pair:
                found |= pair
    return found


def _shared(reading: Reading, event: Event, target: Target) -> int:
    """How many of the parties that the target had the event has."""
    found = 0
    for side in SIDES.values():
        ids = set(getattr(event, side))
        for told in target.said.get(side, ()):
            entity = party_at(reading, [(a, b) for a, b in told["spans"]], told["name"])
            found += entity is not None and entity.id in ids
    return found


def _claim_again(reading: Reading, target: Target) -> Claim | None:
    cue = [(a, b) for a, b in target.said.get("cue", ())]
    content = [(a, b) for a, b in target.said.get("content", ())]

    def fits(claim: Claim) -> bool:
        if cue and claim.cue:
            return overlap(cue, claim.cue) > 0
        return overlap(content, claim.content) >= _LEAST

    fit = [c for c in reading.claims if fits(c)]
    return max(fit, key=lambda c: (overlap(content, c.content), overlap(cue, c.cue)), default=None)


def _one(things: Sequence[Any], id_: str, name: str, reading: Reading) -> Any:
    found = next((t for t in things if t.id == id_), None)
    if found is None:
        there = f"; it has {things[0].id} to {things[-1].id}" if things else ""
        raise BadCorrection(f"the article has no {name} {str(id_)[:40]!r}{there}")
    return found


def _words(reading: Reading, spans: Sequence[Span]) -> str:
    return reading.evidence(spans[0]) if spans else ""


def _event_said(reading: Reading, event: Event) -> dict[str, Any]:
    time = next((t for t in reading.times if t.id == event.time), None)
    return {
        "type": event.type,
        "mode": event.mode,
        "status": event.status,
        "historical": event.historical,
        "actors": [_party_said(reading, n, event) for n in event.actors],
        "recipients": [_party_said(reading, n, event) for n in event.recipients],
        "time": None if time is None else {"start": time.start, "end": time.end, "value": time.value},
        "confidence": event.confidence,
        "model": reading.producer.model,
    }


def _claim_said(reading: Reading, claim: Claim) -> dict[str, Any]:
    entity = reading.entity(claim.source.entity)
    return {
        "act": claim.act,
        "manner": claim.manner,
        "source": {"name": entity.name if entity else None, "spans": [list(s) for s in claim.source.spans]},
        "anonymous": claim.source.anonymous,
        "cue": [list(s) for s in claim.cue],
        "content": [list(s) for s in claim.content],
        "model": reading.producer.model,
    }


def _entity_said(entity: Entity) -> dict[str, Any]:
    return {
        "name": entity.name,
        "kind": entity.kind,
        "country": entity.country,
        "sectors": list(entity.sectors),
        "role": entity.role,
    }


def _party_said(reading: Reading, id_: str, event: Event) -> dict[str, Any]:
    entity = reading.entity(id_)
    if entity is None:
        return {"name": id_, "spans": []}
    place = named_at(reading, entity, event)
    return {"name": entity.name, "spans": [list(place)] if place else []}
