"""POLECAT's weekly table: 40 columns, tab-separated, with a header.

One row an event; several actors or recipients stand in one cell. Text is ASCII, since of its readers some
open it as ISO-8859-1 and some as UTF-8.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from communique.exports.cells import ascii_text, cell, joined
from communique.exports.codes import columns, country_codes
from communique.exports.places import kind_of
from communique.exports.rows import Row, Tally, Telling, publisher_of
from communique.reading import Entity, Place, Reading

__all__ = ["Polecat"]

NONE = "None"
QUADS = {1: "VERBAL COOPERATION", 2: "MATERIAL COOPERATION", 3: "VERBAL CONFLICT", 4: "MATERIAL CONFLICT"}


class Polecat:
    """Rows as POLECAT has them.

    Args:
        intensity_name: name of the column 'Intensity'; some published files call it 'Event Intensity'.
    """

    encoding = "ascii"

    def __init__(self, intensity_name: str = "Intensity") -> None:
        self.header = [intensity_name if name == "Intensity" else name for name in columns("polecat")]

    def rows(self, telling: Telling, tally: Tally) -> Iterator[Row]:
        """The row of an event."""
        event, article = telling.event, telling.reading.article
        cells = [
            telling.id,
            telling.day.first.isoformat() if telling.day else NONE,
            cell(event.type),
            cell(event.mode) or NONE,
            str(float(event.intensity)),
            QUADS.get(event.quad_code, NONE),
            joined(event.contexts, NONE),
            *_party(telling, telling.actors),
            *_party(telling, telling.recipients),
            *_place(telling.reading, telling.place),
            cell(publisher_of(article)) or NONE,
            article.published.isoformat() if article.published else NONE,
            *_story(telling.reading),
            cell(article.language) or NONE,
            cell(f"communique {telling.reading.producer.version}"),
        ]
        yield Row(
            telling.id, [ascii_text(c) or NONE for c in cells], telling, telling.actors, telling.recipients
        )


def _party(telling: Telling, entities: tuple[Entity, ...]) -> list[str]:
    spans = [telling.span_of(e) for e in entities]
    return [
        _aligned([e.name for e in entities]),
        _aligned([e.country for e in entities]),
        _aligned([country_codes(e.country).cow for e in entities]),
        _aligned([e.sectors[0] if e.sectors else None for e in entities]),
        joined((s for e in entities for s in e.sectors), NONE),
        _aligned([e.role for e in entities]),
        _aligned([telling.reading.evidence(span) if span else None for span in spans]),
        NONE,
    ]


def _aligned(values: Sequence[str | None]) -> str:
    """One value an entity, in their order, so that it is known whose each is."""
    cells = [cell(value).replace(";", ",") for value in values]
    return "; ".join(c or NONE for c in cells) if any(cells) else NONE


def _place(reading: Reading, place: Place | None) -> list[str]:
    if place is None:
        return [NONE] * 10
    kind = kind_of(place)
    return [
        cell(place.name) or NONE,
        (cell(place.name) or NONE) if kind == "town" else NONE,
        NONE,
        (cell(place.name) or NONE) if kind == "state" else NONE,
        cell(place.country) or NONE,
        NONE if place.latitude is None else str(place.latitude),
        NONE if place.longitude is None else str(place.longitude),
        NONE if place.geonames is None else str(place.geonames),
        cell(reading.evidence(place)) or NONE,
        NONE,
    ]


def _story(reading: Reading) -> list[str]:
    people = (e.name for e in reading.entities if e.kind == "person")
    bodies = (e.name for e in reading.entities if e.kind in ("organization", "media"))
    return [joined(people, NONE), joined(bodies, NONE), joined((p.name for p in reading.places), NONE)]
