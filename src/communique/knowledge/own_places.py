"""Places of a user's own: rows of a CSV file that stand before the package's tables.

Columns, of which ``name``, ``latitude`` and ``longitude`` must be there::

    name,names,country,division,latitude,longitude,population,geonames

``names`` are other names, parted by "|"; ``country`` is ISO 3166-1 alpha-3; ``division`` the code of a state
or province; degrees are WGS 84.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from communique.errors import InputError
from communique.knowledge.countries import gazetteer
from communique.knowledge.names import keys
from communique.knowledge.own import csv_rows
from communique.knowledge.towns import Town

__all__ = ["OwnPlaces", "places_of"]

COLUMNS = ("name", "names", "country", "division", "latitude", "longitude", "population", "geonames")


@dataclass(slots=True)
class OwnPlaces:
    """A user's places, by the keys of their names; ``names`` as they are written, the longest first."""

    towns: dict[str, list[Town]] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)

    def named(self, name: str) -> tuple[Town, ...]:
        """The user's places of that name."""
        return tuple(next((self.towns[k] for k in keys(name) if k in self.towns), ()))


@cache
def places_of(path: str) -> OwnPlaces:
    """The places of a CSV file.

    Raises:
        InputError: if the file cannot be read or a row is none; it says which line and why.
    """
    out = OwnPlaces()
    for number, (where, row) in enumerate(
        csv_rows(path, "places", COLUMNS, ("name", "latitude", "longitude")), start=1
    ):
        if not row["name"] or not keys(row["name"]):
            raise InputError("a row without a name; fill it in or leave the row out", where)
        country = row.get("country", "")
        if country and country not in gazetteer().countries:
            raise InputError(f"country {country!r} is no ISO 3166-1 alpha-3 code, as JPN is", where)
        town = Town(
            # Ids below zero are not GeoNames'; the package's own stop far above this.
            int(_number(row, "geonames", where, 1, 1e9)) if row.get("geonames") else -1_000_000_000 - number,
            row["name"],
            country,
            row.get("division", ""),
            _number(row, "latitude", where, -90, 90),
            _number(row, "longitude", where, -180, 180),
            int(_number(row, "population", where, 0, 1e9)) if row.get("population") else 0,
        )
        for name in (row["name"], *(n.strip() for n in row.get("names", "").split("|") if n.strip())):
            out.names.append(name)
            for key in keys(name):
                out.towns.setdefault(key, []).append(town)
    out.names = sorted(set(out.names), key=lambda n: (-len(n), n))
    return out


def _number(row: dict[str, str], column: str, where: str, low: float, high: float) -> float:
    try:
        value = float(row[column])
    except ValueError:
        value = float("nan")
    if not low <= value <= high:
        wanted = f"a number from {low:g} to {high:g}"
        raise InputError(f"{column} {row[column]!r} is not {wanted}", where)
    return value
