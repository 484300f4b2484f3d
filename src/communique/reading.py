"""The reading of an article: what the text says, each value with the characters that prove it.

The classes are the contract: their fields, in this order, are what ``communique read --format json``
prints (see ``docs/format.md``). Spans are ``[start, end)`` offsets into ``article.text`` in Unicode
code points. A value that is not known is None.
"""

from __future__ import annotations

import json
from collections.abc import Container
from dataclasses import dataclass, field, fields
from datetime import date
from typing import TYPE_CHECKING, Any

from communique.article import Article

if TYPE_CHECKING:
    from communique.language.analysis import Analysis

__all__ = [
    "Candidate",
    "Claim",
    "Dispute",
    "Entity",
    "Event",
    "LanguageMark",
    "Mention",
    "Place",
    "Producer",
    "Quantity",
    "Reading",
    "Schedule",
    "Sentence",
    "Source",
    "Span",
    "Time",
]

FORMAT = "communique/1"
Span = tuple[int, int]


@dataclass(slots=True)
class Producer:
    """What made the reading."""

    version: str
    model: str
    ontology: str = "plover"


@dataclass(slots=True)
class Sentence:
    """One sentence of the article."""

    id: str
    start: int
    end: int


@dataclass(slots=True)
class Mention:
    """One place in the text that names or points to an entity.

    ``form`` is 'name', 'title', 'pronoun', 'metonym' or 'description'.
    """

    start: int
    end: int
    form: str


@dataclass(slots=True)
class Entity:
    """Who or what the article speaks of, its mentions merged.

    ``kind`` is 'person', 'state', 'organization', 'group', 'media', 'place' or 'other'; ``country``
    an ISO 3166-1 alpha-3 code; ``sectors`` PLOVER sector codes, main one first.
    """

    id: str
    name: str
    kind: str
    country: str | None = None
    sectors: list[str] = field(default_factory=list)
    role: str | None = None
    kb: str | None = None
    mentions: list[Mention] = field(default_factory=list)


@dataclass(slots=True)
class Time:
    """A time expression, TIMEX3: ``type`` is 'date', 'time', 'duration' or 'set'.

    ``start_day`` and ``end_day`` ('from' and 'to' in JSON) are the first and last day, inclusive,
    as ISO dates; None where the expression cannot be resolved to days.
    """

    id: str
    start: int
    end: int
    type: str
    value: str | None
    start_day: str | None = None
    end_day: str | None = None


@dataclass(slots=True)
class Candidate:
    """Another place that a toponym may mean, and how probably."""

    name: str
    country: str | None
    latitude: float
    longitude: float
    geonames: int | None
    probability: float


@dataclass(slots=True)
class Place:
    """A toponym, with coordinates (degrees, WGS 84) where the table knows them.

    ``probability``, that this place of the name is meant, and ``second``, the next likeliest, are None where
    there was no other to choose from.
    """

    id: str
    start: int
    end: int
    name: str
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    geonames: int | None = None
    probability: float | None = None
    second: Candidate | None = None


@dataclass(slots=True)
class Event:
    """Who did what to whom. ``start`` and ``end`` are the words that tell of it (the trigger).

    ``status`` is 'occurred', 'ongoing', 'planned', 'hypothetical' or 'negated'; ``confidence`` a
    calibrated probability that the event is told as coded.
    """

    id: str
    type: str
    mode: str | None
    contexts: list[str]
    quad_code: int
    intensity: float
    cameo: str | None
    start: int
    end: int
    sentence: str
    actors: list[str]
    recipients: list[str]
    status: str
    historical: bool = False
    time: str | None = None
    place: str | None = None
    claim: str | None = None
    confidence: float = 0.0


@dataclass(slots=True)
class Source:
    """Who makes a claim: an entity where it is known, and the words that name it."""

    entity: str | None = None
    spans: list[Span] = field(default_factory=list)
    anonymous: bool = False
    count: int | None = None


@dataclass(slots=True)
class Claim:
    """Somebody said, wrote, thinks or denies something.

    ``manner`` is 'direct', 'indirect' or 'mixed'; ``act`` one of 'assert', 'deny', 'doubt', 'ask',
    'demand', 'promise', 'threaten', 'believe', 'intend', 'other'; ``certainty`` (0 to 1) how sure
    the source is made to sound.
    """

    id: str
    source: Source
    cue: list[Span]
    content: list[Span]
    manner: str
    act: str = "assert"
    certainty: float = 1.0
    within: str | None = None
    time: str | None = None


@dataclass(slots=True)
class Dispute:
    """Two statements that cannot both hold."""

    id: str
    claims: list[str | None]
    kind: str
    about: str
    spans: list[Span]


@dataclass(slots=True)
class Schedule:
    """What the article says will come. ``status`` is 'scheduled', 'expected' or 'deadline'."""

    id: str
    time: str
    event: str | None
    what: str
    start: int
    end: int
    status: str


@dataclass(slots=True)
class Quantity:
    """A number with its unit."""

    id: str
    start: int
    end: int
    value: float
    unit: str | None
    of: str | None = None
    approximate: bool = False
    claim: str | None = None


@dataclass(slots=True)
class LanguageMark:
    """A word in the article's own voice that judges rather than reports."""

    start: int
    end: int
    kind: str


@dataclass(slots=True)
class Reading:
    """All that was read in one article. ``analysis`` is the language network's view of the text:
    the steps decode it; it is not part of the JSON."""

    producer: Producer
    article: Article
    sentences: list[Sentence] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)
    times: list[Time] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    disputes: list[Dispute] = field(default_factory=list)
    schedule: list[Schedule] = field(default_factory=list)
    quantities: list[Quantity] = field(default_factory=list)
    language: list[LanguageMark] = field(default_factory=list)
    analysis: Analysis | None = field(default=None, repr=False, compare=False)

    def evidence(self, span: Any) -> str:
        """The words of a span, or of anything with ``start`` and ``end``."""
        start, end = span if isinstance(span, (tuple, list)) else (span.start, span.end)
        return self.article.text[start:end]

    def entity(self, entity_id: str | None) -> Entity | None:
        """The entity of that id, or None."""
        return next((e for e in self.entities if e.id == entity_id), None)

    def innermost(self, start: int, acts: Container[str] | None = None) -> Claim | None:
        """The smallest claim in whose content a place of the text stands, of those acts; None where the
        article speaks in its own voice."""
        inside = [
            (sum(b - a for a, b in c.content), i)
            for i, c in enumerate(self.claims)
            if any(a <= start < b for a, b in c.content) and (acts is None or c.act in acts)
        ]
        return self.claims[min(inside)[1]] if inside else None

    def chain(self, claim_id: str | None) -> list[Claim]:
        """Who says that who says it: the claims around one and it itself, the outermost first; empty for what
        the article tells in its own voice."""
        by_id = {c.id: c for c in self.claims}
        out: list[Claim] = []
        at = by_id.get(claim_id or "")
        while at is not None and at not in out:
            out.append(at)
            at = by_id.get(at.within or "")
        return out[::-1]

    def to_dict(self) -> dict[str, Any]:
        """The reading as plain lists and dicts, in the order of the format."""
        article = {
            "id": self.article.id,
            "title": self.article.title,
            "author": self.article.author,
            "publisher": self.article.publisher,
            "url": self.article.url,
            "language": self.article.language,
            "published": self.article.published.isoformat() if self.article.published else None,
            "published_from": self.article.published_from,
            "text": self.article.text,
        }
        parts = {name: [_plain(x) for x in getattr(self, name)] for name in _PARTS}
        return {"format": FORMAT, "producer": _plain(self.producer), "article": article, **parts}

    def to_json(self, indent: int | None = None) -> str:
        """The reading as JSON text; the same reading gives the same bytes."""
        separators = (",", ":") if indent is None else None
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=indent, separators=separators)

    @classmethod
    def from_dict(cls, row: dict[str, Any]) -> Reading:
        """A reading from what ``to_dict`` gave.

        Raises:
            ValueError: if the row is not in this format.
        """
        if row.get("format") != FORMAT:
            raise ValueError(f"not a {FORMAT} reading: format is {row.get('format')!r}")
        article = dict(row["article"])
        day = article.pop("published")
        made = Article(published=date.fromisoformat(day) if day else None, **article)
        parts: dict[str, Any] = {name: [_made(kind, x) for x in row[name]] for name, kind in _PARTS.items()}
        return cls(producer=Producer(**row["producer"]), article=made, **parts)

    @classmethod
    def from_json(cls, text: str) -> Reading:
        """A reading from what ``to_json`` gave."""
        return cls.from_dict(json.loads(text))


_PARTS: dict[str, Any] = {
    "sentences": Sentence,
    "entities": Entity,
    "times": Time,
    "places": Place,
    "events": Event,
    "claims": Claim,
    "disputes": Dispute,
    "schedule": Schedule,
    "quantities": Quantity,
    "language": LanguageMark,
}
# 'from' is a keyword in Python, so the two fields of Time have other names here.
_JSON_NAMES = {"start_day": "from", "end_day": "to"}
_FIELD_NAMES = {v: k for k, v in _JSON_NAMES.items()}
_NESTED: dict[tuple[Any, str], Any] = {
    (Entity, "mentions"): Mention,
    (Claim, "source"): Source,
    (Place, "second"): Candidate,
}
_SPANS = {"spans", "cue", "content"}


def _plain(value: Any) -> Any:
    if hasattr(value, "__dataclass_fields__"):
        return {_JSON_NAMES.get(f.name, f.name): _plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, (list, tuple)):
        return [_plain(x) for x in value]
    return value


def _made(kind: Any, row: dict[str, Any]) -> Any:
    values: dict[str, Any] = {}
    for key, value in row.items():
        name = _FIELD_NAMES.get(key, key) if kind is Time else key
        nested = _NESTED.get((kind, name))
        if nested is not None and value is not None:
            value = [_made(nested, x) for x in value] if isinstance(value, list) else _made(nested, value)
        elif name in _SPANS:
            value = [tuple(span) for span in value]
        values[name] = value
    return kind(**values)
