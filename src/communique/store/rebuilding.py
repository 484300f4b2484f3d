"""From the tables back to readings: the same bytes as were stored.

Rows of one article stand in the order of its reading's lists, which is that of ``rowid``: they were written
together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from communique.article import Article
from communique.reading import (
    Candidate,
    Claim,
    Dispute,
    Entity,
    Event,
    LanguageMark,
    Mention,
    Place,
    Producer,
    Quantity,
    Reading,
    Schedule,
    Sentence,
    Source,
    Span,
    Time,
)

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from communique.store.held_rows import HeldRows

__all__ = ["COLUMNS", "readings_among", "readings_of_one"]

Readings = dict[int, Reading]

# What is read of each table, beside the article's number.
COLUMNS = {
    "readings": "version, model, ontology",
    "sentences": "n, start, stop",
    "entities": "n, name, kind, country, sectors, role, kb",
    "mentions": "entity, start, stop, form",
    "times": "n, start, stop, type, value, from_day, to_day",
    "places": "n, start, stop, name, country, latitude, longitude, geonames, probability, second",
    "events": "n, type, mode, contexts, quad_code, intensity, cameo, start, stop, sentence, status, "
    "historical, time, place, claim, confidence",
    "parties": "event, side, entity",
    "claims": "n, source, source_spans, anonymous, number, cue, content, manner, act, certainty, "
    "within, time",
    "disputes": "n, kind, about, claims, spans",
    "schedule": "n, time, event, what, start, stop, status",
    "quantities": "n, start, stop, value, unit, of_what, approximate, claim",
    "language": "start, stop, kind",
}


def _articles(connection: DuckDBPyConnection, which: str, numbers: Sequence[int]) -> dict[int, Article]:
    rows = connection.execute(
        "SELECT article, id, title, author, publisher, url, language, published, published_from, "
        f"text, blocks FROM articles WHERE {which} ORDER BY article",
        numbers,
    ).fetchall()
    return {
        number: Article(
            text=text,
            id=id_,
            title=title,
            author=author,
            publisher=publisher,
            url=url,
            published=day,
            published_from=day_from,
            language=language,
            blocks=tuple(_spans(blocks)),
        )
        for number, id_, title, author, publisher, url, language, day, day_from, text, blocks in rows
    }


def readings_of_one(connection: DuckDBPyConnection, number: int, held: HeldRows | None = None) -> Readings:
    """The reading of the article of a number, by it; ``held`` has rows that need not be asked for."""
    return _readings(connection, "article = ?", [number], held)


def readings_among(connection: DuckDBPyConnection, numbers: Sequence[int]) -> Readings:
    """The readings of the articles of some numbers, at least one, by number."""
    return _readings(connection, f"article IN ({', '.join('?' * len(numbers))})", numbers)


def _readings(
    connection: DuckDBPyConnection, which: str, numbers: Sequence[int], held: HeldRows | None = None
) -> Readings:
    found: Readings = {}
    articles = _articles(connection, which, numbers)
    select = _Select(connection, which, numbers, held)
    for number, version, model, ontology in select("readings"):
        if number in articles:
            found[number] = Reading(Producer(version, model, ontology), articles[number])
    for fill in (_sentences, _entities, _times, _places, _events, _claims, _disputes, _rest):
        fill(found, select)
    return dict(sorted(found.items()))


class _Select:
    """Rows of a table, of some articles; where rows are held, of one."""

    def __init__(
        self, connection: DuckDBPyConnection, which: str, numbers: Sequence[int], held: HeldRows | None
    ) -> None:
        self._connection = connection
        self._which = which
        self._numbers = numbers
        self._held = held

    def __call__(self, table: str) -> Iterator[tuple[Any, ...]]:
        if self._held is not None and (known := self._held.rows(table, self._numbers[0])) is not None:
            return iter(known)
        rows = self._connection.execute(
            f"SELECT rowid, article, {COLUMNS[table]} FROM {table} WHERE {self._which}",
            self._numbers,
        ).fetchall()
        # To sort the few rows of an article takes DuckDB nearly as long as to find them.
        rows.sort(key=itemgetter(0))
        return (row[1:] for row in rows)


def _sentences(found: Readings, select: _Select) -> None:
    for number, n, start, stop in select("sentences"):
        found[number].sentences.append(Sentence(f"s{n}", start, stop))


def _entities(found: Readings, select: _Select) -> None:
    known: dict[tuple[int, int], Entity] = {}
    for number, n, name, kind, country, sectors, role, kb in select("entities"):
        known[number, n] = Entity(f"n{n}", name, kind, country, [*sectors], role, kb)
        found[number].entities.append(known[number, n])
    for number, n, start, stop, form in select("mentions"):
        known[number, n].mentions.append(Mention(start, stop, form))


def _times(found: Readings, select: _Select) -> None:
    for number, n, start, stop, type_, value, from_day, to_day in select("times"):
        found[number].times.append(Time(f"t{n}", start, stop, type_, value, _iso(from_day), _iso(to_day)))


def _places(found: Readings, select: _Select) -> None:
    for number, n, start, stop, name, country, latitude, longitude, geonames, probability, second in select(
        "places"
    ):
        other = None if second is None else Candidate(**second)
        found[number].places.append(
            Place(f"p{n}", start, stop, name, country, latitude, longitude, geonames, probability, other)
        )


def _events(found: Readings, select: _Select) -> None:
    known: dict[tuple[int, int], Event] = {}
    for number, n, type_, mode, contexts, quad_code, intensity, cameo, start, stop, sentence, *told in select(
        "events"
    ):
        status, historical, time, place, claim, confidence = told
        event = Event(
            id=f"e{n}",
            type=type_,
            mode=mode,
            contexts=contexts,
            quad_code=quad_code,
            intensity=intensity,
            cameo=cameo,
            start=start,
            end=stop,
            sentence=f"s{sentence}",
            actors=[],
            recipients=[],
            status=status,
            historical=historical,
            time=_id("t", time),
            place=_id("p", place),
            claim=_id("c", claim),
            confidence=confidence,
        )
        known[number, n] = event
        found[number].events.append(event)
    for number, n, side, entity in select("parties"):
        event = known[number, n]
        (event.actors if side == "actor" else event.recipients).append(f"n{entity}")


def _claims(found: Readings, select: _Select) -> None:
    for (
        number,
        n,
        source,
        spans,
        anonymous,
        count,
        cue,
        content,
        manner,
        act,
        certainty,
        within,
        time,
    ) in select("claims"):
        found[number].claims.append(
            Claim(
                f"c{n}",
                Source(_id("n", source), _spans(spans), anonymous, count),
                _spans(cue),
                _spans(content),
                manner,
                act,
                certainty,
                _id("c", within),
                _id("t", time),
            )
        )


def _disputes(found: Readings, select: _Select) -> None:
    for number, n, kind, about, claims, spans in select("disputes"):
        sides = [_id("c", c) for c in claims]
        found[number].disputes.append(Dispute(f"d{n}", sides, kind, about, _spans(spans)))


def _rest(found: Readings, select: _Select) -> None:
    for number, n, time, event, what, start, stop, status in select("schedule"):
        found[number].schedule.append(
            Schedule(f"k{n}", f"t{time}", _id("e", event), what, start, stop, status)
        )
    for number, n, start, stop, value, unit, of_what, approximate, claim in select("quantities"):
        found[number].quantities.append(
            Quantity(f"q{n}", start, stop, _number(value), unit, of_what, approximate, _id("c", claim))
        )
    for number, start, stop, kind in select("language"):
        found[number].language.append(LanguageMark(start, stop, kind))


def _id(letter: str, n: int | None) -> str | None:
    return None if n is None else f"{letter}{n}"


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _number(value: float) -> float:
    # As the step that reads quantities has it: a whole number is an int.
    return int(value) if value.is_integer() else value


def _spans(flat: list[int]) -> list[Span]:
    return list(zip(flat[::2], flat[1::2], strict=True))
