"""Toponyms: where the article says that something is, with coordinates where the tables know them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from communique.coding.locating import locate
from communique.coding.mentions import find_names
from communique.coding.metonymy import located
from communique.knowledge import gazetteer
from communique.reading import Entity, Place, Reading, Span

if TYPE_CHECKING:
    from communique.knowledge.own_places import OwnPlaces

__all__ = ["Places"]


class Places:
    """The step. Writes ``reading.places`` in text order, ids p1, p2 …

    Names of towns, regions and buildings are places wherever they stand; a state is one where the
    sentence makes it one ("in Japan"), not where it acts. Countries, capitals and regions have the
    coordinates of our own tables, towns those of GeoNames. A user's own places are found by their names
    as they are written, too.

    Args:
        own: a user's own places.
    """

    reads = frozenset({"sentences", "entities"})
    writes = frozenset({"places"})

    def __init__(self, own: OwnPlaces | None = None) -> None:
        self.own = own

    def __call__(self, reading: Reading) -> Reading:
        reading.places = []
        if reading.analysis is None:
            return reading
        names = {(f.start, f.end): f for f in find_names(reading.analysis, reading.article.text)}
        spans: list[tuple[int, int, Entity | None]] = []
        for entity in reading.entities:
            for mention in entity.mentions:
                found = names.get((mention.start, mention.end))
                if found is None or mention.form != "name" or found.label not in ("Location", "Facility"):
                    continue
                if entity.kind == "place" or (
                    entity.kind != "person" and located(found.sentence, found.head)
                ):
                    spans.append((mention.start, mention.end, entity))
        spans += [(start, end, None) for start, end in self._own_spans(reading, [x[:2] for x in spans])]
        for i, (start, end, meant) in enumerate(sorted(spans, key=lambda x: x[:2]), 1):
            if meant is None:
                reading.places.append(Place(f"p{i}", start, end, reading.article.text[start:end]))
                continue
            reading.places.append(Place(f"p{i}", start, end, meant.name, meant.country, *_point(meant)))
        locate(reading, reading.places, self.own)
        return reading

    def _own_spans(self, reading: Reading, taken: list[Span]) -> list[Span]:
        """Where the user's own names stand, but for those in the name of a person or in a place found."""
        if self.own is None:
            return []
        taken = taken + [(m.start, m.end) for e in reading.entities if e.kind == "person" for m in e.mentions]
        out: list[Span] = []
        for name in self.own.names:
            for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", reading.article.text):
                if not any(match.start() < b and match.end() > a for a, b in (*taken, *out)):
                    out.append(match.span())
        return out


def _point(entity: Entity) -> tuple[float | None, float | None]:
    """Latitude and longitude in degrees, None where the tables lack the place."""
    world = gazetteer()
    if entity.kind == "state":
        country = world.countries.get(entity.country or "")
        return (country.latitude, country.longitude) if country else (None, None)
    city = world.capital(entity.name, {entity.country} if entity.country else ())
    if city is not None and city.country == entity.country:
        return city.latitude, city.longitude
    region = world.region(entity.name)
    if region is not None and region.country == entity.country:
        return region.latitude, region.longitude
    return None, None
