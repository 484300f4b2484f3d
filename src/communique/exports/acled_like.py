"""A table of ACLED's shape: 31 columns, CSV. It is like ACLED's, and no ACLED data.

Which events are told, and under which names, stands in ``data/acled_like.yaml``. Where the store knows that
several articles tell one happening, it stands here once.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time

from communique.exports.cells import joined, one_line
from communique.exports.codes import columns, country_codes, country_name, table
from communique.exports.gdelt import REPEATED
from communique.exports.places import kind_of
from communique.exports.rows import Day, Row, Tally, Telling, number, publisher_of
from communique.reading import Entity, Place, Quantity

__all__ = ["AcledLike"]

BITS = 52
NOWHERE = "ZZZ"
CIVILIANS, EXTERNAL, RIOTERS = "Civilians", "External/Other forces", "Rioters"


class AcledLike:
    """Rows of a table like ACLED's."""

    encoding = "utf-8"

    def __init__(self) -> None:
        self.header = columns("acled-like")
        self._told: set[object] = set()

    def rows(self, telling: Telling, tally: Tally) -> Iterator[Row]:
        """The row of an event; none, and a reason in the tally, where such a table would not have it."""
        kinds = _kinds(telling)
        types = _types(telling, kinds)
        if not any(kinds):
            tally.left_out["without a party"] += 1
            return
        if types is None:
            tally.left_out["of a kind that ACLED does not have"] += 1
            return
        if telling.day is None:
            tally.left_out["without a day"] += 1
            return
        if telling.origin.happening is not None:
            if telling.origin.happening in self._told:
                tally.left_out[REPEATED] += 1
                return
            self._told.add(telling.origin.happening)
        cells = _cells(telling, telling.day, types, kinds)
        yield Row(cells[0], cells, telling, telling.actors, telling.recipients)


def _cells(telling: Telling, day: Day, types: tuple[str, str], kinds: tuple[str, str]) -> list[str]:
    place = telling.place
    country = _country(telling)
    codes = country_codes(place.country if place else None)
    if types[0] == "Riots" and kinds[0] in ("Protesters", CIVILIANS):
        kinds = (RIOTERS, kinds[1])
    rules = table("acled_like")
    violent = any(kind in rules["violent"] for kind in types)
    targets = violent and kinds[1] in rules["unarmed"] and types[0] != "Riots"
    dead = _dead(telling) if violent else None
    return [
        f"{country or NOWHERE}{number(telling.id, BITS)}",
        day.first.isoformat(),
        str(day.first.year),
        _precision(day),
        rules["disorder"].get(types[1]) or rules["disorder"][types[0]],
        *types,
        *_side(telling.actors),
        kinds[0],
        *_side(telling.recipients),
        kinds[1],
        _interaction(kinds),
        "Civilian targeting" if targets else "",
        codes.numeric,
        codes.region,
        country_name(place.country) if place else "",
        one_line(place.name) if place and kind_of(place) == "state" else "",
        "",
        "",
        one_line(place.name) if place else "",
        "" if place is None or place.latitude is None else str(place.latitude),
        "" if place is None or place.longitude is None else str(place.longitude),
        _place_precision(place),
        one_line(publisher_of(telling.reading.article)),
        "",
        one_line(telling.sentence_words),
        "" if dead is None else str(dead),
        _tags(telling),
        _stamp(telling),
    ]


def _types(telling: Telling, kinds: tuple[str, str]) -> tuple[str, str] | None:
    rules = table("acled_like")
    modes = rules["events"].get(telling.event.type, {})
    found = modes.get(telling.event.mode or "any", modes.get("any"))
    if isinstance(found, dict):
        by_state = kinds[0] in ("State forces", EXTERNAL)
        fighters = kinds[1] in rules["armed"] and kinds[0] in ("", *rules["armed"])
        against = "armed" if fighters else "other"
        found = found["protesters" if by_state and kinds[1] == "Protesters" else against]
    return (found[0], found[1]) if found else None


def _kinds(telling: Telling) -> tuple[str, str]:
    """What kind of actor stands on either side; '' where nobody does."""
    where = telling.place.country if telling.place else None
    first, second = (_kind(side[0], where) if side else "" for side in (telling.actors, telling.recipients))
    if telling.event.type == "PROTEST" and first == CIVILIANS:
        first = "Protesters"
    return first, second


def _kind(entity: Entity, where: str | None) -> str:
    rules = table("acled_like")
    known = rules["actors"]
    sectors = entity.sectors or (["GOV"] if entity.kind == "state" else [])
    if entity.kind == "person":
        sectors = [sector for sector in sectors if sector not in rules["bodies_only"]]
    found = next((known[s] for s in sectors if s in known), CIVILIANS)
    abroad = found == "State forces" and entity.country and where and entity.country != where
    return EXTERNAL if abroad else str(found)


def _interaction(kinds: tuple[str, str]) -> str:
    order = table("acled_like")["order"]
    known = sorted((kind for kind in kinds if kind), key=order.index)
    return "-".join(known) if len(known) == 2 else f"{known[0]} only" if known else ""


def _side(entities: tuple[Entity, ...]) -> list[str]:
    return [one_line(entities[0].name) if entities else "", joined(e.name for e in entities[1:])]


def _country(telling: Telling) -> str | None:
    """Of the place; else of the parties, where all have one and the same."""
    if telling.place and telling.place.country:
        return telling.place.country
    named = {e.country for e in (*telling.actors, *telling.recipients) if e.country}
    return named.pop() if len(named) == 1 else None


def _precision(day: Day) -> str:
    """1 the day is told, 2 within a week (or only the day of publication is known), 3 longer."""
    days = (day.last - day.first).days + 1
    return "3" if days > 7 else "1" if days == 1 and day.told else "2"


def _place_precision(place: Place | None) -> str:
    """1 a town, 2 a part of a country, 3 a country."""
    if place is None:
        return ""
    return {"town": "1", "country": "3"}.get(kind_of(place), "2")


def _dead(telling: Telling) -> int | None:
    """The dead, where the event's own sentence counts them once and exactly; None where it is not sure."""
    rules = table("acled_like")
    low, high = telling.sentence or (telling.event.start, telling.event.end)
    near = [q for q in telling.reading.quantities if low <= q.start < high]
    found = [q for q in near if (q.unit or "").lower() in rules["dead"]]
    if telling.words.lower().startswith(tuple(rules["killing"])):
        spans = [s for s in map(telling.span_of, telling.recipients) if s]
        found += [q for q in near if q not in found and any(_overlap(q, s) for s in spans)]
    if len(found) != 1 or found[0].approximate or found[0].value != int(found[0].value):
        return None
    return int(found[0].value)


def _overlap(quantity: Quantity, span: tuple[int, int]) -> bool:
    return quantity.start < span[1] and span[0] < quantity.end


def _tags(telling: Telling) -> str:
    event = telling.event
    marks = [f"status={event.status}"] if event.status not in ("occurred", "ongoing") else []
    return "; ".join(marks + (["historical"] if event.historical else []))


def _stamp(telling: Telling) -> str:
    """Seconds since 1970: of the coding where the store knows it, else of the day of publication."""
    at = telling.coded
    if at is None and telling.reading.article.published:
        at = datetime.combine(telling.reading.article.published, time())
    return str(int(at.replace(tzinfo=UTC).timestamp())) if at else ""
