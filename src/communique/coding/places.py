"""Toponyms: where the article says that something is, with coordinates where the tables know them."""

from __future__ import annotations

from communique.coding.locating import locate
from communique.coding.mentions import find_names
from communique.coding.metonymy import located
from communique.knowledge import gazetteer
from communique.reading import Entity, Place, Reading

__all__ = ["Places"]


class Places:
    """The step. Writes ``reading.places`` in text order, ids p1, p2 …

    Names of towns, regions and buildings are places wherever they stand; a state is one where the
    sentence makes it one ("in Japan"), not where it acts. Countries, capitals and regions have the
    coordinates of our own tables, towns those of GeoNames.
    """

    reads = frozenset({"sentences", "entities"})
    writes = frozenset({"places"})

    def __call__(self, reading: Reading) -> Reading:
        reading.places = []
        if reading.analysis is None:
            return reading
        names = {(f.start, f.end): f for f in find_names(reading.analysis, reading.article.text)}
        spans: list[tuple[int, int, Entity]] = []
        for entity in reading.entities:
            for mention in entity.mentions:
                found = names.get((mention.start, mention.end))
                if found is None or mention.form != "name" or found.label not in ("Location", "Facility"):
                    continue
                if entity.kind == "place" or (
                    entity.kind != "person" and located(found.sentence, found.head)
                ):
                    spans.append((mention.start, mention.end, entity))
        for i, (start, end, entity) in enumerate(sorted(spans, key=lambda x: x[:2]), 1):
            latitude, longitude = _point(entity)
            reading.places.append(
                Place(f"p{i}", start, end, entity.name, entity.country, latitude, longitude)
            )
        locate(reading, reading.places)
        return reading


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
