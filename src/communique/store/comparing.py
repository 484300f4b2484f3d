"""What two readings of one article do not have in common.

Ids do not count: an entity found anew at the top gives all others a new number. So things are known by their
place in the text, and what they refer to by its name or place.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from communique.reading import Event, Reading

__all__ = ["KINDS", "Change", "Tally", "changes"]

KINDS = (
    "events",
    "entities",
    "claims",
    "times",
    "places",
    "disputes",
    "schedule",
    "quantities",
    "language",
    "sentences",
)
Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that two readings tell otherwise.

    Attributes:
        kind: which list of the reading, such as 'events'.
        how: 'added', 'dropped' or 'changed'.
        fields: what changed of it, such as 'status'.
        before: values by field; None of what was added.
        after: likewise; None of what was dropped.
    """

    kind: str
    how: str
    fields: tuple[str, ...] = ()
    before: Values | None = None
    after: Values | None = None


@dataclass(slots=True)
class Tally:
    """Changes counted, over many articles.

    Attributes:
        articles: compared.
        alike: of these, how many read the same.
        before, after: things by kind.
        counts: changes by kind and how.
        fields: changes of events by field.
    """

    articles: int = 0
    alike: int = 0
    before: Counter[str] = field(default_factory=Counter)
    after: Counter[str] = field(default_factory=Counter)
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    fields: Counter[str] = field(default_factory=Counter)

    def add(self, old: Reading, new: Reading, found: Iterable[Change]) -> None:
        """Count the changes of an article in."""
        self.articles += 1
        alike = True
        for change in found:
            alike = False
            self.counts[change.kind, change.how] += 1
            if change.kind == "events":
                self.fields.update(change.fields)
        self.alike += alike
        for kind in KINDS:
            self.before[kind] += len(getattr(old, kind))
            self.after[kind] += len(getattr(new, kind))


def changes(old: Reading, new: Reading) -> Iterator[Change]:
    """What the new reading of an article tells otherwise than the old one, kind by kind.

    Confidence and probability do not count: new weights move them all by a little.
    """
    before, after = _things(old), _things(new)
    for kind in KINDS:
        yield from _compared(kind, before[kind], after[kind])


def _compared(
    kind: str, before: list[tuple[Any, Values]], after: list[tuple[Any, Values]]
) -> Iterator[Change]:
    waiting: dict[Any, list[Values]] = defaultdict(list)
    for key, values in after:
        waiting[key].append(values)
    for key, values in before:
        alike = waiting[key]
        if not alike:
            yield Change(kind, "dropped", before=values)
            continue
        # Of several at one place the most alike; the first of these.
        best = max(range(len(alike)), key=lambda i: (sum(alike[i][n] == values[n] for n in values), -i))
        found = alike.pop(best)
        fields = tuple(n for n in values if values[n] != found[n])
        if fields:
            yield Change(kind, "changed", fields, values, found)
    for key, _ in after:
        for values in waiting.pop(key, ()):
            yield Change(kind, "added", after=values)


def _things(reading: Reading) -> dict[str, list[tuple[Any, Values]]]:
    """Each thing by what it is known by, and what may change of it."""
    names = {e.id: e.name for e in reading.entities}
    spans = {x.id: (x.start, x.end) for kind in ("times", "places", "events") for x in getattr(reading, kind)}
    said: dict[str | None, Any] = {c.id: (c.cue, c.content) for c in reading.claims}
    return {
        "events": [((e.start, e.end), _event(e, reading, names, spans, said)) for e in reading.events],
        "entities": [
            (
                e.name,
                {
                    **{n: getattr(e, n) for n in ("kind", "country", "sectors", "role", "kb")},
                    "mentions": sorted((m.start, m.end, m.form) for m in e.mentions),
                },
            )
            for e in reading.entities
        ],
        "claims": [
            (
                (tuple(c.cue), tuple(c.content)),
                {
                    "source": (names.get(c.source.entity or ""), c.source.spans),
                    "anonymous": (c.source.anonymous, c.source.count),
                    **{n: getattr(c, n) for n in ("manner", "act", "certainty")},
                    "within": said.get(c.within),
                    "time": spans.get(c.time or ""),
                },
            )
            for c in reading.claims
        ],
        "times": [
            ((t.start, t.end), {n: getattr(t, n) for n in ("type", "value", "start_day", "end_day")})
            for t in reading.times
        ],
        "places": [
            (
                (p.start, p.end),
                {n: getattr(p, n) for n in ("name", "country", "latitude", "longitude", "geonames")},
            )
            for p in reading.places
        ],
        "disputes": [
            (tuple(d.spans), {"kind": d.kind, "about": d.about, "claims": [said.get(c) for c in d.claims]})
            for d in reading.disputes
        ],
        "schedule": [
            (
                (k.start, k.end),
                {
                    "time": spans.get(k.time),
                    "event": spans.get(k.event or ""),
                    "what": k.what,
                    "status": k.status,
                },
            )
            for k in reading.schedule
        ],
        "quantities": [
            (
                (q.start, q.end),
                {
                    **{n: getattr(q, n) for n in ("value", "unit", "of", "approximate")},
                    "claim": said.get(q.claim),
                },
            )
            for q in reading.quantities
        ],
        "language": [((m.start, m.end), {"kind": m.kind}) for m in reading.language],
        "sentences": [((s.start, s.end), {}) for s in reading.sentences],
    }


def _event(
    event: Event,
    reading: Reading,
    names: dict[str, str],
    spans: dict[str, tuple[int, int]],
    said: dict[str | None, Any],
) -> Values:
    plain = ("type", "mode", "contexts", "status", "historical")
    return {
        **{n: getattr(event, n) for n in plain},
        "actors": sorted(names.get(a, a) for a in event.actors),
        "recipients": sorted(names.get(r, r) for r in event.recipients),
        "time": spans.get(event.time or ""),
        "place": spans.get(event.place or ""),
        "claim": said.get(event.claim),
        "words": reading.evidence(event),
    }
