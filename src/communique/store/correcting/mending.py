"""A reading with corrections put into effect, and what became of each of them.

``apply`` is pure: the same reading and corrections give the same mended reading, whatever order they come in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from communique.reading import Claim, Entity, Event, Reading
from communique.store.correcting import parts
from communique.store.correcting.anchors import (
    CLAIM_KINDS,
    EVENT_KINDS,
    SIDES,
    found_again,
    overlap,
    party_at,
)
from communique.store.correcting.correction import Correction, live
from communique.store.rows import text_hash

__all__ = ["Placed", "apply", "placed"]

Thing = Event | Claim | Entity
Slot = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """A correction, and what became of it in a reading.

    Attributes:
        correction: one that is not undone.
        of: id of the event, claim or entity in the reading, also of one that was added, or that was rejected
            and is not in the mended reading any more; None of an orphan.
        state: 'holds'; 'outvoted', where a later one says otherwise; 'changed', of a confirmed event that the
            machine tells otherwise now; 'orphan', where what it speaks of is not in the reading.
    """

    correction: Correction
    of: str | None
    state: str


def apply(reading: Reading, corrections: Iterable[Correction]) -> Reading:
    """The reading as people corrected it; where they differ, the latest holds.

    Ids stay: what is left keeps its own, what is added gets the next. An event that is rejected is left out,
    and a schedule entry that points at it points at nothing; what stood in a claim that is rejected stands in
    the claim around it, and disputes that rest on it are left out. Whoever corrects a part of an event or
    claim after it was rejected takes it to be told.

    ``confidence`` becomes 1.0 where a person confirmed or added the event or gave it its type, and nobody's
    last word is another: it is that person's judgement then, no measured chance. All else keeps the
    machine's.

    Args:
        reading: as the machine made it.
        corrections: of this article, and perhaps of others, which are passed by; with the undone ones.

    Returns:
        A new reading, whose ``producer.model`` says how many corrections are in it; the very one that was
        given if none is of effect.
    """
    return _Mending(reading, corrections).reading


def placed(reading: Reading, corrections: Iterable[Correction]) -> list[Placed]:
    """What became of the corrections of a reading that are not undone, the oldest first.

    Args:
        reading: as the machine made it.
        corrections: as ``apply`` takes them.
    """
    return _Mending(reading, corrections).placed


class _Mending:
    """The mending of one reading."""

    def __init__(self, reading: Reading, corrections: Iterable[Correction]) -> None:
        hashed = text_hash(reading.article.text)
        self.reading = reading
        self.placed: list[Placed] = []
        self._all = [c for c in live(corrections) if c.hash == hashed]
        if not self._all:
            return
        self._given, self.reading = reading, _copy(reading)
        self._things: dict[str, Thing | None] = {}
        self._slots: dict[Slot, list[Correction]] = {}
        self._states: dict[str, str] = {}
        self._find()
        self._mend_parts()
        self._vouch()
        self._reject()
        parts.drop_unused(self.reading, self._given)
        self._sign()

    # Finding

    def _find(self) -> None:
        """Each correction's thing and slot. What is added stands there before the others are looked for."""
        for one in self._all:
            if one.verdict == "add" and one.kind in ("event", "claim"):
                self._things[one.id] = parts.added(self.reading, one)
        for one in self._all:
            if one.id not in self._things:
                self._things[one.id] = found_again(self.reading, one, self._all)
            slot = self._slot(one)
            if slot is None:
                self._things[one.id] = None
                self._states[one.id] = "orphan"
            else:
                self._slots.setdefault(slot, []).append(one)
        for said in self._slots.values():
            last = said[-1]
            for one in said:
                same = one is last or (one.verdict, one.value) == (last.verdict, last.value)
                self._states[one.id] = "holds" if same else "outvoted"

    def _slot(self, one: Correction) -> Slot | None:
        """What a correction decides on: of two in one slot, one holds. None of an orphan."""
        thing = self._things[one.id]
        if thing is None:
            return None
        if one.kind not in SIDES:
            return one.kind, thing.id
        assert isinstance(thing, Event), "sides are of events"
        if one.verdict == "add":
            return one.kind, thing.id, parts.entity_for(self.reading, one.value).id
        told = one.target.said.get("party") or {"name": "", "spans": []}
        spans = [(a, b) for a, b in told["spans"]]
        side = getattr(thing, SIDES[one.kind])
        of_side = [e for e in self.reading.entities if e.id in side]
        party = max(of_side, key=lambda e: _touching(e, spans), default=None)
        if party is None or not _touching(party, spans):
            party = party_at(self.reading, spans, told["name"])
        new = parts.entity_for(self.reading, one.value) if one.verdict == "mend" else None
        there = party is not None and (party.id in side or self._given_by(one.kind, thing, party))
        if there and party is not None:
            return one.kind, thing.id, party.id
        # The machine does not say so any more. That is well where nothing else was wanted.
        if one.verdict == "reject":
            return one.kind, thing.id, party.id if party else told["name"]
        if new is not None and new.id in side:
            return one.kind, thing.id, party.id if party else told["name"]
        return None

    def _given_by(self, kind: str, event: Event, party: Entity) -> bool:
        """Whether a correction puts the party on that side of the event."""
        return any(
            c.kind == kind
            and c.verdict in ("add", "mend")
            and self._things.get(c.id, found_again(self.reading, c, self._all)) is event
            and parts.entity_for(self.reading, c.value) is party
            for c in self._all
        )

    # Mending

    def _mend_parts(self) -> None:
        whole = ("event", "claim")
        for slot, said in sorted(self._slots.items(), key=lambda s: (s[1][-1].when, s[1][-1].id)):
            last = said[-1]
            thing = self._things[last.id]
            assert thing is not None, "only what was found has a slot"
            if slot[0] in SIDES:
                _mend_side(self.reading, thing, slot, last)
            elif slot[0] not in whole:
                _PARTS[slot[0]](self.reading, thing, last)

    def _vouch(self) -> None:
        before = {e.id: e for e in self._given.events}
        for event in self.reading.events:
            said = self._slots.get(("event", event.id), [])
            if said and said[-1].verdict == "confirm":
                as_said = any(
                    parts.told_as(self.reading, e, said[-1].target)
                    for e in (before.get(event.id), event)
                    if e
                )
                if not as_said:
                    self._states[said[-1].id] = "changed"
                    said = []
            for voices in (said, self._slots.get(("type", event.id), [])):
                if voices and voices[-1].verdict != "reject" and _agreed(voices):
                    event.confidence = 1.0

    def _reject(self) -> None:
        """Leave out the events and claims of which the last that was said is that they are none."""
        gone: dict[str, set[str]] = {"event": set(), "claim": set()}
        for kind, kinds in (("event", EVENT_KINDS), ("claim", CLAIM_KINDS)):
            for slot, said in self._slots.items():
                if slot[0] != kind or said[-1].verdict != "reject":
                    continue
                of_it = [
                    c for s, some in self._slots.items() if s[0] in kinds and s[1] == slot[1] for c in some
                ]
                last = max(of_it, key=lambda c: (c.when, c.id))
                if last.kind == kind:
                    gone[kind].add(slot[1])
                lost = of_it if last.kind == kind else said
                for one in lost:
                    rejects = one.kind == kind and one.verdict == "reject"
                    self._states[one.id] = "holds" if rejects and last.kind == kind else "outvoted"
        parts.take_out(self.reading, gone["event"], gone["claim"])

    def _sign(self) -> None:
        holding = 0
        for one in self._all:
            thing = self._things[one.id]
            state = self._states[one.id]
            holding += state == "holds"
            self.placed.append(Placed(one, thing.id if thing else None, state))
        if not holding:
            self.reading = self._given
            return
        made = self._given.producer
        model = f"{made.model} + {holding} correction{'s' if holding > 1 else ''}"
        self.reading.producer = replace(made, model=model)


def _agreed(said: list[Correction]) -> bool:
    """Whether everybody's last word is that which holds."""
    last = {c.who: c for c in said}
    final = said[-1]
    if final.kind == "type":
        return len({(c.value or {}).get("type", c.target.type) for c in last.values()}) == 1
    return all((c.verdict == "reject") == (final.verdict == "reject") for c in last.values())


def _touching(entity: Entity, spans: list[tuple[int, int]]) -> float:
    return sum(overlap(spans, [(m.start, m.end)]) for m in entity.mentions)


def _mend_side(reading: Reading, thing: Thing, slot: Slot, one: Correction) -> None:
    side: list[str] = getattr(thing, SIDES[one.kind])
    old = slot[2]
    if one.verdict == "add":
        if old not in side:
            side.append(old)
    elif one.verdict == "reject":
        side[:] = [n for n in side if n != old]
    elif one.verdict == "mend":
        new = parts.entity_for(reading, one.value).id
        side[:] = list(dict.fromkeys(new if n == old else n for n in side))


_PARTS: dict[str, Callable[[Reading, Any, Correction], None]] = {
    "type": parts.give_type,
    "status": parts.give_status,
    "time": parts.give_time,
    "source": parts.give_source,
    "act": parts.give_act,
    "party": parts.give_entity,
}


def _copy(reading: Reading) -> Reading:
    """A reading whose lists and things may be changed while those of the other stay; what the network said of
    it is not carried on."""
    events = [
        replace(e, contexts=[*e.contexts], actors=[*e.actors], recipients=[*e.recipients])
        for e in reading.events
    ]
    return replace(
        reading,
        sentences=[*reading.sentences],
        entities=[replace(e) for e in reading.entities],
        times=[*reading.times],
        places=[*reading.places],
        events=events,
        claims=[replace(c) for c in reading.claims],
        disputes=[*reading.disputes],
        schedule=[replace(k) for k in reading.schedule],
        quantities=[replace(q) for q in reading.quantities],
        language=[*reading.language],
        analysis=None,
    )
