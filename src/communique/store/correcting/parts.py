"""The parts of a reading that corrections change, one function a part; each works on a copy."""

from __future__ import annotations

from typing import Any

from communique.reading import Claim, Entity, Event, Mention, Reading, Sentence, Source, Span, Time
from communique.store.correcting.anchors import overlap
from communique.store.correcting.correction import Correction, Target
from communique.store.correcting.days import days_of

__all__ = [
    "added",
    "drop_unused",
    "entity_for",
    "give_act",
    "give_entity",
    "give_source",
    "give_status",
    "give_time",
    "give_type",
    "take_out",
    "told_as",
]

_SAME = 0.5  # share of the words in common by which an added thing, or a party, is one that is there


def added(reading: Reading, one: Correction) -> Event | Claim:
    """The event or claim that a correction adds: it is put into the reading, or in the place of what the
    machine has at the same words and of the same type."""
    return _added_event(reading, one) if one.kind == "event" else _added_claim(reading, one)


def entity_for(reading: Reading, value: dict[str, Any]) -> Entity:
    """The entity at the words that a value names; a new one, put into the reading, where there is none."""
    span = (value["start"], value["end"])
    best: tuple[float, Entity] | None = None
    for entity in reading.entities:
        share = max((overlap([span], [(m.start, m.end)]) for m in entity.mentions), default=0.0)
        if (share >= _SAME or (share > 0 and entity.name == value["name"])) and (
            best is None or share > best[0]
        ):
            best = (share, entity)
    if best is not None:
        return best[1]
    made = Entity(
        _next("n", reading.entities),
        value["name"],
        value["kind"],
        value["country"],
        list(value["sectors"]),
        mentions=[Mention(*span, "description")],
    )
    reading.entities.append(made)
    return made


def give_type(reading: Reading, event: Event, one: Correction) -> None:
    """The type and mode, and what follows from them: quad code, score and CAMEO code."""
    if one.value is None:
        return
    event.type, event.mode = one.value["type"], one.value["mode"]
    event.quad_code, event.intensity = one.value["quad_code"], one.value["intensity"]
    event.cameo = _cameo(event)


def give_status(reading: Reading, event: Event, one: Correction) -> None:
    """The status, as it was mended, or as it was when it was confirmed."""
    value = one.value or one.target.said
    if not value or (event.status, event.historical) == (value["status"], value["historical"]):
        return
    event.status, event.historical = value["status"], value["historical"]
    event.cameo = _cameo(event)


def give_time(reading: Reading, event: Event, one: Correction) -> None:
    """The time, as it was mended, or as it was when it was confirmed; none where it was rejected."""
    value = None if one.verdict == "reject" else one.value or one.target.said.get("time")
    event.time = None if value is None else _time_for(reading, value).id


def give_source(reading: Reading, claim: Claim, one: Correction) -> None:
    """Who makes the claim; nobody who is named, where the source was rejected."""
    if one.verdict == "reject":
        claim.source = Source(None, [], True)
    elif one.value == {"anonymous": True}:
        claim.source = Source(None, list(claim.source.spans), True)
    elif one.value is not None:
        claim.source = _source(reading, one.value, one.value["anonymous"])


def give_act(reading: Reading, claim: Claim, one: Correction) -> None:
    """The act, as it was mended, or as it was when it was confirmed."""
    claim.act = one.value or one.target.type or claim.act


def give_entity(reading: Reading, entity: Entity, one: Correction) -> None:
    """What is known of a party."""
    for name, value in (one.value or {}).items():
        setattr(entity, name, list(value) if isinstance(value, list) else value)


def told_as(reading: Reading, event: Event, target: Target) -> bool:
    """Whether an event is told as it was when somebody spoke of it: type, status and parties."""
    said = target.said
    if (event.type, event.status, event.historical) != (said["type"], said["status"], said["historical"]):
        return False
    known = {e.id: e for e in reading.entities}
    for side in ("actors", "recipients"):
        ids: list[str] = getattr(event, side)
        told = [[(a, b) for a, b in party["spans"]] for party in said[side]]
        mentions = [[(m.start, m.end) for m in known[n].mentions] for n in ids if n in known]
        if len(ids) != len(told) or not all(any(overlap(t, m) > 0 for m in mentions) for t in told if t):
            return False
    return True


def take_out(reading: Reading, events: set[str], claims: set[str]) -> None:
    """Leave events and claims out, and let nothing point at them."""
    reading.events = [e for e in reading.events if e.id not in events]
    for entry in reading.schedule:
        if entry.event in events:
            entry.event = None
    if not claims:
        return
    around = {c.id: c.within for c in reading.claims}

    def outer(claim: str | None) -> str | None:
        seen: set[str] = set()
        while claim in claims and claim not in seen:
            seen.add(str(claim))
            claim = around.get(str(claim))
        return claim

    reading.claims = [c for c in reading.claims if c.id not in claims]
    for claim in reading.claims:
        claim.within = outer(claim.within)
    for event in reading.events:
        event.claim = outer(event.claim)
    for quantity in reading.quantities:
        quantity.claim = outer(quantity.claim)
    reading.disputes = [d for d in reading.disputes if not claims.intersection(c for c in d.claims if c)]


def drop_unused(reading: Reading, given: Reading) -> None:
    """Leave out the entities and times that were made for corrections which do not hold."""
    named = {n for e in reading.events for n in (*e.actors, *e.recipients)}
    named |= {str(c.source.entity) for c in reading.claims} | {e.id for e in given.entities}
    used = {str(e.time) for e in reading.events} | {t.id for t in given.times}
    reading.entities = [e for e in reading.entities if e.id in named]
    reading.times = [t for t in reading.times if t.id in used]


def _added_event(reading: Reading, one: Correction) -> Event:
    value = one.value
    span: Span = (value["start"], value["end"])
    there = [e for e in reading.events if e.type == value["type"] and overlap([span], [(e.start, e.end)]) > 0]
    event = max(there, key=lambda e: overlap([span], [(e.start, e.end)]), default=None)
    if event is None:
        claim = reading.innermost(span[0])
        event = Event(
            *(
                _next("e", reading.events),
                value["type"],
                None,
                [],
                value["quad_code"],
                value["intensity"],
                None,
            ),
            *(*span, _sentence_at(reading, span[0]), [], [], value["status"]),
            claim=claim.id if claim else None,
        )
        reading.events.append(event)
    event.mode, event.status, event.historical = value["mode"], value["status"], value["historical"]
    event.quad_code, event.intensity = value["quad_code"], value["intensity"]
    event.actors = [entity_for(reading, p).id for p in value["actors"]]
    event.recipients = [entity_for(reading, p).id for p in value["recipients"]]
    event.time = None if value["time"] is None else _time_for(reading, value["time"]).id
    if value["place"] is not None:
        at = [(value["place"]["start"], value["place"]["end"])]
        place = next((p for p in reading.places if overlap(at, [(p.start, p.end)]) > 0), None)
        event.place = place.id if place else event.place
    event.cameo = _cameo(event)
    return event


def _added_claim(reading: Reading, one: Correction) -> Claim:
    value = one.value
    cue = [(a, b) for a, b in value["cue"]]
    content = [(a, b) for a, b in value["content"]]
    source = Source(None, [], value["anonymous"])
    if value["source"] is not None:
        source = _source(reading, value["source"], value["anonymous"])
    for claim in reading.claims:
        if overlap(content, claim.content) >= _SAME and (
            not cue or not claim.cue or overlap(cue, claim.cue) > 0
        ):
            claim.source, claim.act, claim.manner = source, value["act"], value["manner"]
            return claim
    around = reading.innermost((cue or content)[0][0])
    made = Claim(
        _next("c", reading.claims), source, cue, content, value["manner"], value["act"],
        within=around.id if around else None,
    )  # fmt: skip
    reading.claims.append(made)
    for event in reading.events:
        if reading.innermost(event.start) is made:
            event.claim = made.id
    return made


def _source(reading: Reading, value: dict[str, Any], anonymous: bool) -> Source:
    entity = entity_for(reading, value)
    return Source(None if anonymous else entity.id, [(value["start"], value["end"])], anonymous)


def _time_for(reading: Reading, value: dict[str, Any]) -> Time:
    start, end, name = value["start"], value["end"], value["value"]
    for time in reading.times:
        if (time.start, time.end) == (start, end) and name in (None, time.value):
            return time
    days = days_of(name) if name else None
    made = Time(
        _next("t", reading.times), start, end, "time" if name and "T" in name else "date", name, *(days or ())
    )
    reading.times.append(made)
    return made


def _sentence_at(reading: Reading, start: int) -> str:
    here: list[Sentence] = [s for s in reading.sentences if s.start <= start < s.end]
    # ``values`` has refused an event outside all sentences; a newer version may cut them otherwise.
    return (here or sorted(reading.sentences, key=lambda s: abs(s.start - start)))[0].id


def _cameo(event: Event) -> str | None:
    from communique.ontology import cameo, event_types

    if event.type not in event_types():
        return None
    return cameo(event.type, event.mode, status=event.status, contexts=event.contexts)


def _next(letter: str, things: list[Any]) -> str:
    return f"{letter}{max((int(t.id[1:]) for t in things), default=0) + 1}"
