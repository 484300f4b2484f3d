"""What kind of place a place of a reading is: the older formats have a column for each kind."""

from __future__ import annotations

from functools import cache

from communique.exports.codes import country_name
from communique.knowledge.names import table
from communique.reading import Place

__all__ = ["kind_of"]


def kind_of(place: Place) -> str:
    """'town', 'state' (of the United States), 'country', or 'region' for all others."""
    if place.geonames is not None:
        return "state" if str(place.geonames) in _states() else "town"
    if place.country == "USA" and place.name in _states().values():
        return "state"
    return "country" if place.country and place.name == country_name(place.country) else "region"


@cache
def _states() -> dict[str, str]:
    return {row["geonames"]: row["name"] for row in table("us_states.csv")}
