"""ICEWS events: 20 columns, tab-separated, with a header, no quoting.

One row a pair of source and target; what two sides do to each other stands twice, once each way, as there.
Its readers take event, story and sentence for whole numbers of 32 bits.
"""

from __future__ import annotations

from collections.abc import Iterator

from communique.exports.cells import cell, joined
from communique.exports.codes import actor_codes, columns, country_codes, goldstein
from communique.exports.places import kind_of
from communique.exports.rows import Dyad, Row, Tally, Telling, dyads, number, publisher_of
from communique.ontology import event_types
from communique.ontology.crosswalk import cameo
from communique.reading import Entity, Event

__all__ = ["Icews", "cameo_of"]

BITS = 31


class Icews:
    """Rows as ICEWS has them; (Event ID, Event Date) is unique within one export."""

    encoding = "utf-8"

    def __init__(self) -> None:
        self.header = columns("icews")
        self._used: set[tuple[int, str]] = set()

    def rows(self, telling: Telling, tally: Tally) -> Iterator[Row]:
        """The rows of an event; none, and a reason in the tally, where it cannot be told in this format."""
        code = cameo_of(telling.event)
        if code is None:
            tally.left_out["of a type that CAMEO has no code for"] += 1
            return
        if telling.day is None:
            tally.left_out["without a day"] += 1
            return
        other_way = actor_codes("symmetric").get(code)
        pairs = dyads(telling, symmetric=other_way is not None)
        if not pairs:
            tally.left_out["without a party"] += 1
        for pair in pairs:
            yield self._row(telling, pair, code)
            if other_way and pair.actor and pair.recipient:
                back = Dyad(f"{pair.id}\0back", pair.recipient, pair.actor)
                yield self._row(telling, back, other_way)

    def _row(self, telling: Telling, pair: Dyad, code: str) -> Row:
        assert telling.day is not None
        day = telling.day.first.isoformat()
        value = goldstein(code, "icews")
        place = telling.place
        kind = kind_of(place) if place else ""
        event_id = self._id(pair.id, day)
        cells = [
            event_id,
            day,
            *_party(pair.actor),
            _text(telling.event),
            code,
            "" if value is None else f"{value:g}",
            *_party(pair.recipient),
            str(number(telling.story, BITS)),
            str(telling.sentence_number or ""),
            cell(publisher_of(telling.reading.article)),
            cell(place.name) if place and kind == "town" else "",
            "",
            cell(place.name) if place and kind == "state" else "",
            country_codes(place.country).icews if place else "",
            "" if place is None or place.latitude is None else str(place.latitude),
            "" if place is None or place.longitude is None else str(place.longitude),
        ]
        return Row(
            event_id,
            cells,
            telling,
            (pair.actor,) if pair.actor else (),
            (pair.recipient,) if pair.recipient else (),
        )

    def _id(self, mark: str, day: str) -> str:
        # 31 bits are few: two events of a day may meet in one number, and the second takes the next.
        found = number(mark, BITS)
        while (found, day) in self._used:
            found = found % ((1 << BITS) - 1) + 1
        self._used.add((found, day))
        return str(found)


def cameo_of(event: Event) -> str | None:
    """The event's CAMEO code; None for a type of a user's own codebook."""
    if event.cameo:
        return event.cameo
    try:
        return cameo(event.type, event.mode, status=event.status, contexts=event.contexts)
    except KeyError:
        return None


def _party(entity: Entity | None) -> list[str]:
    if entity is None:
        return ["", "", ""]
    words = actor_codes("icews")
    return [
        cell(entity.name),
        joined((words.get(sector) for sector in entity.sectors), by=","),
        country_codes(entity.country).icews,
    ]


def _text(event: Event) -> str:
    known = event_types().get(event.type)
    label = known.label if known else event.type
    return cell(f"{label}: {event.mode}" if event.mode else label)
