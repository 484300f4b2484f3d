"""What people said of an article as a row to train on, in the shape of ``training.annotations``.

Whoever learns from a row takes a word that is no event there for one that tells of none. So a sentence goes
in only when each event that the machine read in it was judged; the others are left out and counted.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from communique.reading import Claim, Event, Reading, Span
from communique.store.correcting.anchors import CLAIM_KINDS, EVENT_KINDS, named_at
from communique.store.correcting.correction import Correction
from communique.store.correcting.mending import Placed, apply, placed

__all__ = ["LeftOut", "training_row"]

LeftOut = Counter[str]


@dataclass(slots=True)
class _Judged:
    """Ids of the events and claims of which something was said, and of those of which the time was."""

    events: set[str] = field(default_factory=set)
    claims: set[str] = field(default_factory=set)
    timed: set[str] = field(default_factory=set)


def training_row(
    reading: Reading,
    corrections: Iterable[Correction],
    left_out: LeftOut,
    *,
    partly: bool = False,
    corpus: str | None = None,
) -> dict[str, Any] | None:
    """The row of an article, or None if nothing in it can be learned from.

    Args:
        reading: as the machine made it.
        corrections: of this article, with the undone ones.
        left_out: counts sentences and claims that are left out, by reason.
        partly: also sentences of which only some events were judged; the others are as the machine has them.
        corpus: writes the text's SHA-256 and the name of this corpus in the place of the text, so that the
            row can be given to others.
    """
    said = list(corrections)
    mended, judged = apply(reading, said), _judged(placed(reading, said))
    taken = _sentences(reading, mended, judged, partly, left_out)
    number = {span: i for i, span in enumerate(taken, start=1)}

    def of(start: int) -> int | None:
        return next((n for (a, b), n in number.items() if a <= start < b), None)

    events = [_event(mended, e, n) for e in mended.events if (n := of(e.start)) is not None]
    claims = []
    for claim in mended.claims:
        if claim.id in judged.claims:
            where = of((claim.cue or claim.content)[0][0])
            if where is None:
                left_out["claims in sentences whose events nobody judged"] += 1
            else:
                claims.append(_claim(mended, claim, where))
    if not taken:
        return None
    article = reading.article
    text = {"text": article.text}
    if corpus is not None:
        hashed = hashlib.sha256(article.text.encode("utf-8", "surrogatepass")).hexdigest()
        text = {"sha256": hashed, "corpus": corpus, "article": article.id}
    return {
        "id": article.id,
        "published": article.published.isoformat() if article.published else None,
        **text,
        "sentences": [list(span) for span in taken],
        "events": sorted(events, key=lambda e: e["trigger"]),
        "claims": claims,
        "times": _times(mended, judged, of),
    }


def _judged(found: list[Placed]) -> _Judged:
    out = _Judged()
    for one in found:
        if one.of is None or one.state == "changed":
            continue
        if one.correction.kind in EVENT_KINDS:
            out.events.add(one.of)
        elif one.correction.kind in CLAIM_KINDS:
            out.claims.add(one.of)
        if one.correction.kind == "time" and one.state == "holds":
            out.timed.add(one.of)
    return out


def _sentences(
    reading: Reading, mended: Reading, judged: _Judged, partly: bool, left_out: LeftOut
) -> list[Span]:
    from communique.ontology import event_types

    plover = event_types()
    # What was rejected is only in the machine's reading, what was added only in the mended one.
    events = {e.id: e for e in (*reading.events, *mended.events)}
    taken = []
    for sentence in reading.sentences:
        here = [e for e in events.values() if sentence.start <= e.start < sentence.end]
        known = [e for e in here if e.id in judged.events]
        if not known:
            continue
        if len(known) < len(here) and not partly:
            left_out["sentences of which not all events were judged"] += 1
        elif any(e.type not in plover for e in here):
            left_out["sentences with types that are not PLOVER's"] += 1
        else:
            taken.append((sentence.start, sentence.end))
    return taken


def _event(reading: Reading, event: Event, sentence: int) -> dict[str, Any]:
    time = next((t for t in reading.times if t.id == event.time), None)
    place = next((p for p in reading.places if p.id == event.place), None)
    return {
        "sentence": sentence,
        "type": event.type,
        "mode": event.mode,
        "status": event.status,
        "historical": event.historical,
        "same": False,
        "trigger": [event.start, event.end],
        "actors": _parties(reading, event, event.actors),
        "recipients": _parties(reading, event, event.recipients),
        "time": None if time is None else {"span": [time.start, time.end], "value": time.value},
        "place": None if place is None else [place.start, place.end],
    }


def _parties(reading: Reading, event: Event, ids: list[str]) -> list[list[int]]:
    known = {e.id: e for e in reading.entities}
    spans = [named_at(reading, known[n], event) for n in ids if n in known]
    return [list(span) for span in spans if span is not None]


def _claim(reading: Reading, claim: Claim, sentence: int) -> dict[str, Any]:
    return {
        "sentence": sentence,
        "act": claim.act,
        "manner": claim.manner,
        "source": [list(s) for s in claim.source.spans],
        "cue": [list(s) for s in claim.cue],
        "content": [list(s) for s in claim.content],
    }


def _times(reading: Reading, judged: _Judged, of: Any) -> list[dict[str, Any]]:
    """The times that somebody said are those of an event, each once."""
    wanted = {e.time for e in reading.events if e.id in judged.timed}
    return [
        {"sentence": n, "type": t.type, "span": [t.start, t.end], "value": t.value}
        for t in reading.times
        if t.id in wanted and (n := of(t.start)) is not None
    ]
