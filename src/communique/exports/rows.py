"""What all exports of events start from: a told event with its parties, day, place and stable name.

An event's name (``Telling.id``) is made of the article's text, the place of its words and its type, and of
nothing else. So it is the same in every run and version that finds the same event, and in every format.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from urllib.parse import urlsplit

from communique.article import Article
from communique.reading import Entity, Event, Place, Reading, Span
from communique.store import text_hash

__all__ = [
    "Day",
    "Dyad",
    "Origin",
    "Row",
    "Selection",
    "Tally",
    "Telling",
    "article_key",
    "dyads",
    "number",
    "publisher_of",
    "tellings",
]

HAPPENED = frozenset(("occurred", "ongoing"))


@dataclass(frozen=True, slots=True)
class Selection:
    """Which events are told.

    Attributes:
        all_statuses: also what is planned, hypothetical or negated, or lies long before the article.
        min_confidence: 0 to 1; None tells all.
    """

    all_statuses: bool = False
    min_confidence: float | None = None


@dataclass(slots=True)
class Tally:
    """How many rows were written, and how many events were left out, by reason."""

    written: int = 0
    left_out: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Origin:
    """What a store knows of an event beyond the article's reading.

    Attributes:
        happening: the happening it is a telling of; None outside a store, or where it has none.
        mentions: how often the happening is told, copies of articles counted.
        sources: by how many publishers.
        articles: in how many articles, copies counted.
    """

    happening: object | None = None
    mentions: int = 1
    sources: int = 1
    articles: int = 1


@dataclass(frozen=True, slots=True)
class Day:
    """When an event was: first and last day inclusive.

    ``told`` is False where only the day of publication is known.
    """

    first: date
    last: date
    told: bool


@dataclass(frozen=True, slots=True)
class Telling:
    """One event as one article tells it."""

    id: str
    story: str
    reading: Reading
    event: Event
    actors: tuple[Entity, ...]
    recipients: tuple[Entity, ...]
    day: Day | None
    place: Place | None
    sentence: Span | None
    sentence_number: int
    origin: Origin = Origin()
    coded: datetime | None = None

    @property
    def words(self) -> str:
        """The words that tell of it."""
        return self.reading.evidence(self.event)

    @property
    def sentence_words(self) -> str:
        """The sentence they stand in."""
        return self.reading.evidence(self.sentence) if self.sentence else self.words

    def span_of(self, entity: Entity) -> Span | None:
        """Where the entity is named: in the event's sentence, nearest to its words, else first of all."""
        spans = [(m.start, m.end) for m in entity.mentions]
        low, high = self.sentence or (self.event.start, self.event.end)
        inside = [s for s in spans if low <= s[0] < high]
        return min(inside, key=lambda s: abs(s[0] - self.event.start)) if inside else next(iter(spans), None)


@dataclass(frozen=True, slots=True)
class Dyad:
    """One actor and one recipient of a telling; either may be missing. ``id`` names the pair."""

    id: str
    actor: Entity | None
    recipient: Entity | None


@dataclass(frozen=True, slots=True)
class Row:
    """A row of an export: its id there, its cells, and what it tells of whom, for the evidence."""

    id: str
    cells: list[str]
    telling: Telling
    actors: tuple[Entity, ...]
    recipients: tuple[Entity, ...]


def article_key(article: Article) -> str:
    """The article's name: 32 hexadecimal digits of the SHA-256 of its text, as in the store."""
    return text_hash(article.text)


def number(mark: str, bits: int) -> int:
    """A positive number of at most so many bits that always is the same for a mark."""
    digest = hashlib.sha256(mark.encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:8], "big") % ((1 << bits) - 1) + 1


def publisher_of(article: Article) -> str:
    """The publisher, else the host of its address, else ''."""
    if article.publisher:
        return article.publisher
    try:
        return urlsplit(article.url or "").hostname or ""
    except ValueError:
        return ""


def tellings(
    reading: Reading,
    selection: Selection | None = None,
    tally: Tally | None = None,
    origins: dict[str, Origin] | None = None,
    coded: datetime | None = None,
) -> Iterator[Telling]:
    """The events of a reading that are to be told, in its order.

    Args:
        reading: the article's reading.
        selection: which events; the default leaves out what did not happen.
        tally: counts what is left out.
        origins: what the store knows, by the event's id in the reading.
        coded: when the reading was made, where it is known.
    """
    selection = selection or Selection()
    story = article_key(reading.article)
    entities = {e.id: e for e in reading.entities}
    places = {p.id: p for p in reading.places}
    sentences = {s.id: (n, (s.start, s.end)) for n, s in enumerate(reading.sentences, 1)}
    seen: Counter[str] = Counter()
    for event in reading.events:
        mark = f"{story}\0{event.start}\0{event.end}\0{event.type}"
        seen[mark] += 1
        if seen[mark] > 1:
            mark += f"\0{seen[mark]}"
        reason = _left_out(event, selection)
        if reason:
            if tally:
                tally.left_out[reason] += 1
            continue
        order, span = sentences.get(event.sentence, (0, None))
        yield Telling(
            f"{story[:16]}_{hashlib.sha256(mark.encode()).hexdigest()[:12]}",
            story,
            reading,
            event,
            tuple(entities[n] for n in event.actors if n in entities),
            tuple(entities[n] for n in event.recipients if n in entities),
            _day(reading, event),
            places.get(event.place or ""),
            span,
            order,
            (origins or {}).get(event.id, Origin()),
            coded,
        )


def dyads(telling: Telling, symmetric: bool = False) -> list[Dyad]:
    """Every actor with every recipient, in their order.

    Args:
        telling: an event; one that lacks a side gives dyads that lack it, one that lacks both gives none.
        symmetric: what its actors do, they do to each other; without recipients, each pair of actors is a
            dyad.
    """
    pairs: list[tuple[Entity | None, Entity | None]]
    actors, recipients = telling.actors, telling.recipients
    if actors and recipients:
        pairs = [(a, r) for a in actors for r in recipients if a is not r] or [(actors[0], recipients[0])]
    elif symmetric and len(actors) > 1:
        pairs = [(a, b) for i, a in enumerate(actors) for b in actors[i + 1 :]]
    else:
        pairs = [(a, None) for a in actors] + [(None, r) for r in recipients]
    return [Dyad(f"{telling.id}\0{i}", a, r) for i, (a, r) in enumerate(pairs)]


def _left_out(event: Event, selection: Selection) -> str:
    if not selection.all_statuses:
        if event.status not in HAPPENED:
            return "planned, hypothetical or negated"
        if event.historical:
            return "long before the article"
    if selection.min_confidence is not None and event.confidence < selection.min_confidence:
        return "below --min-confidence"
    return ""


def _day(reading: Reading, event: Event) -> Day | None:
    when = next((t for t in reading.times if t.id == event.time), None)
    days = [_date(d) for d in (when.start_day, when.end_day)] if when else []
    known = [d for d in days if d]
    if known:
        return Day(min(known), max(known), True)
    published = reading.article.published
    return Day(published, published, False) if published else None


def _date(day: str | None) -> date | None:
    try:
        return date.fromisoformat(day) if day else None
    except ValueError:
        return None
