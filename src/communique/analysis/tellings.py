"""What is compared to find one happening: an event as one article tells it.

A telling is made of a reading, or of the rows of a store, which has less to carry than whole readings.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from communique.analysis.rules import rules
from communique.analysis.words import stem, stems

if TYPE_CHECKING:
    from communique.reading import Entity, Reading
    from communique.store import Store

__all__ = ["Lead", "Number", "Party", "Telling", "leads_of", "read", "read_store"]

LEAD_LETTERS = 2400  # of a text, that its first words are taken from


@dataclass(frozen=True, slots=True, eq=False)
class Party:
    """Who takes part, as far as it can be compared; those that are alike are one object.

    Attributes:
        name: as the article has it at its fullest.
        country: ISO 3166-1 alpha-3.
        kb: id in the tables of who is who.
        words: stems of the name that tell who it is; empty for "they" and "some".
        kind: what sort of people a name means that is none ("demonstrators": crowd), else ''.
        named: it is a name, not a description ("teenage girl").
        last: stem of its last word.
    """

    name: str
    country: str | None
    kb: str | None
    words: frozenset[str]
    kind: str
    named: bool
    last: str


@dataclass(frozen=True, slots=True)
class Number:
    """A quantity in the sentence of a telling; ``start`` and ``stop`` count from the article's beginning."""

    start: int
    stop: int
    value: float
    unit: str | None
    of: str | None
    approximate: bool
    claim: int | None


@dataclass(slots=True, eq=False)
class Telling:
    """An event, as one article tells it.

    Attributes:
        article, event: its numbers; an event ``e3`` is 3.
        first_day, last_day: of its own time, as proleptic ordinals; None where the text names none.
        published: day of its article, likewise.
        act: of the claim inside which it is told; '' in the article's own voice.
        words: the words of the event itself (the trigger).
        sentence: the text of its sentence, which begins at ``start`` of the article.
    """

    article: int
    event: int
    type: str
    mode: str | None
    status: str
    historical: bool
    confidence: float
    first_day: int | None
    last_day: int | None
    published: int | None
    place: str | None
    country: str | None
    claim: int | None
    act: str
    words: str
    sentence: str
    start: int
    actors: tuple[Party, ...] = ()
    recipients: tuple[Party, ...] = ()
    numbers: tuple[Number, ...] = ()
    cue: str = field(init=False)  # stem of the word that tells of it

    def __post_init__(self) -> None:
        some = stems(self.words)
        self.cue = max(some, key=len) if some else ""

    @property
    def key(self) -> tuple[int, int]:
        """Article and event."""
        return self.article, self.event


@dataclass(slots=True)
class Lead:
    """The beginning of an article.

    Attributes:
        article: its number.
        published: its day, as a proleptic ordinal, or None.
        title: its headline, or ''.
        text: its first words.
    """

    article: int
    published: int | None
    title: str
    text: str


def read(readings: Iterable[tuple[int, Reading]]) -> tuple[list[Telling], list[Lead]]:
    """The tellings and the leads of readings, each with its article's number."""
    tellings: list[Telling] = []
    leads: list[Lead] = []
    for number, reading in readings:
        tellings += _tellings(number, reading)
        leads.append(_lead(number, reading))
    return tellings, leads


def leads_of(readings: Iterable[Reading]) -> list[Lead]:
    """The leads of readings, numbered from 0."""
    return [_lead(number, reading) for number, reading in enumerate(readings)]


def _lead(number: int, reading: Reading) -> Lead:
    article = reading.article
    text = _beginning(article.text, article.blocks)
    return Lead(number, _ordinal(article.published), article.title or "", text)


def _beginning(text: str, blocks: Iterable[Any]) -> str:
    spans = list(blocks)
    start = spans[0][0] if spans else 0
    return text[start : start + LEAD_LETTERS]


def _tellings(number: int, reading: Reading) -> Iterator[Telling]:
    entities = {e.id: e for e in reading.entities}
    times = {t.id: t for t in reading.times}
    places = {p.id: p for p in reading.places}
    claims = {c.id: c for c in reading.claims}
    sentences = {s.id: s for s in reading.sentences}
    numbers = _by_sentence(
        [(s.start, s.end) for s in reading.sentences],
        [
            Number(q.start, q.end, q.value, q.unit, q.of, q.approximate, _number(q.claim))
            for q in reading.quantities
        ],
    )
    published = _ordinal(reading.article.published)
    for event in reading.events:
        sentence = sentences.get(event.sentence)
        start, stop = (sentence.start, sentence.end) if sentence else (event.start, event.end)
        time, place = times.get(event.time or ""), places.get(event.place or "")
        claim = claims.get(event.claim or "")
        yield Telling(
            number,
            int(event.id[1:]),
            event.type,
            event.mode,
            event.status,
            event.historical,
            event.confidence,
            _ordinal(time.start_day) if time else None,
            _ordinal(time.end_day) if time else None,
            published,
            place.name if place else None,
            place.country if place else None,
            _number(event.claim),
            claim.act if claim else "",
            reading.article.text[event.start : event.end],
            reading.article.text[start:stop],
            start,
            _parties(event.actors, entities),
            _parties(event.recipients, entities),
            numbers.get(start, ()),
        )


def _parties(ids: Iterable[str], entities: dict[str, Entity]) -> tuple[Party, ...]:
    return tuple(_party(e.name, e.country, e.kb) for i in ids if (e := entities.get(i)) is not None)


_TELLINGS = """SELECT e.article, e.n, e.type, e.mode, e.status, e.historical, e.confidence,
  e.from_day, e.to_day, a.published, p.name, p.country, e.claim, coalesce(c.act, ''),
  substr(a.text, e.start + 1, e.stop - e.start), substr(a.text, s.start + 1, s.stop - s.start), s.start
FROM events e JOIN articles a USING (article)
JOIN sentences s ON s.article = e.article AND s.n = e.sentence
LEFT JOIN places p ON p.article = e.article AND p.n = e.place
LEFT JOIN claims c ON c.article = e.article AND c.n = e.claim
ORDER BY e.article, e.n"""
_PARTIES = "SELECT article, event, side, name, country, kb FROM parties ORDER BY article, event, side, rank"
_NUMBERS = """SELECT DISTINCT q.article, s.start, q.start, q.stop, q.value, q.unit, q.of_what, q.approximate,
  q.claim
FROM quantities q JOIN sentences s ON s.article = q.article AND q.start >= s.start AND q.start < s.stop
JOIN events e ON e.article = s.article AND e.sentence = s.n ORDER BY ALL"""
_LEADS = """SELECT article, published, coalesce(title, ''), substr(text, coalesce(blocks[1], 0) + 1, ?)
FROM articles ORDER BY article"""


def read_store(store: Store) -> tuple[list[Telling], list[Lead]]:
    """The tellings and the leads of all articles of a store, in order.

    Raises:
        StoreError: if the store cannot be read.
    """
    from communique.store.failing import told

    ask = store.connection.execute
    sides: dict[tuple[int, int, str], list[Party]] = defaultdict(list)
    numbers: dict[tuple[int, int], list[Number]] = defaultdict(list)
    with told(store.path):
        for article, event, side, *party in ask(_PARTIES).fetchall():
            sides[article, event, side].append(_party(*party))
        for article, start, *number in ask(_NUMBERS).fetchall():
            numbers[article, start].append(Number(*number))
        rows = ask(_TELLINGS).fetchall()
        beginnings = ask(_LEADS, [LEAD_LETTERS]).fetchall()
    tellings = [_of_row(row, sides, numbers) for row in rows]
    return tellings, [Lead(article, _ordinal(day), *rest) for article, day, *rest in beginnings]


def _of_row(
    row: tuple[Any, ...],
    sides: dict[tuple[int, int, str], list[Party]],
    numbers: dict[tuple[int, int], list[Number]],
) -> Telling:
    article, event, *values, start = row
    days = [_ordinal(day) for day in values[5:8]]
    actors, recipients = (tuple(sides.get((article, event, side), ())) for side in ("actor", "recipient"))
    some = tuple(numbers.get((article, start), ()))
    made: list[Any] = [article, event, *values[:5], *days, *values[8:], start, actors, recipients, some]
    return Telling(*made)


def _by_sentence(sentences: list[tuple[int, int]], numbers: list[Number]) -> dict[int, tuple[Number, ...]]:
    """The quantities of each sentence, by where it begins, in text order."""
    out: dict[int, list[Number]] = defaultdict(list)
    for number in sorted(numbers, key=lambda n: (n.start, n.stop, n.value)):
        at = bisect_right(sentences, number.start, key=lambda s: s[0]) - 1
        if at >= 0 and number.start < sentences[at][1]:
            out[sentences[at][0]].append(number)
    return {start: tuple(some) for start, some in out.items()}


def _number(id_: str | None) -> int | None:
    return int(id_[1:]) if id_ else None


def _ordinal(day: date | str | None) -> int | None:
    if day is None:
        return None
    return (date.fromisoformat(day) if isinstance(day, str) else day).toordinal()


@cache
def _kinds() -> dict[str, str]:
    return {stem(word): kind for kind, words in rules().kinds.items() for word in words}


@lru_cache(maxsize=1 << 16)
def _party(name: str, country: str | None, kb: str | None) -> Party:
    words = stems(name)
    nobody = rules().nobody
    telling = frozenset(w for w in words if w not in nobody)
    last = words[-1] if words else ""
    kind = _kinds().get(last, "") if kb is None else ""
    named = kb is not None or (kind == "" and bool(telling) and name.split()[-1][:1].isupper())
    return Party(name, country, kb, telling, kind, named, last)
