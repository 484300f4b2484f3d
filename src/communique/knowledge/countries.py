"""Countries, their people and capitals, and the regions of the world: look-up by any of their names."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cache
from typing import TypeVar

from communique.knowledge.names import articleless, key, keys, table

T = TypeVar("T")

__all__ = ["City", "Country", "Gazetteer", "Region", "gazetteer"]


@dataclass(frozen=True, slots=True)
class City:
    """A seat of government.

    ``acts``: its name stands for the government ("Tokyo wants talks"); ``shared``: other towns are better
    known by it. ``latitude`` and ``longitude`` in degrees, WGS 84; ``country`` ISO 3166-1 alpha-3.
    """

    name: str
    country: str
    latitude: float
    longitude: float
    acts: bool
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Country:
    """A state or territory of ISO 3166-1 (and Kosovo, XKX), with its centre in degrees."""

    alpha3: str
    alpha2: str
    name: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Region:
    """A region, continent, part of a state, or former state: ``kind`` is 'place' or 'state'."""

    name: str
    kind: str
    country: str | None
    latitude: float | None
    longitude: float | None


@dataclass(slots=True)
class Gazetteer:
    """All of them, by the keys of their names (see ``names.key``).

    A name or adjective may be that of several countries: "Congolese", "Dominican".
    """

    countries: dict[str, Country] = field(default_factory=dict)
    by_name: dict[str, str] = field(default_factory=dict)
    by_adjective: dict[str, list[str]] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=dict)
    cities: dict[str, list[City]] = field(default_factory=dict)
    regions: dict[str, Region] = field(default_factory=dict)
    regional: dict[str, Region] = field(default_factory=dict)

    def country(self, name: str) -> Country | None:
        """The country of that name or abbreviation: "the Netherlands", "U.S.", "DPRK"."""
        code = _first(self.by_name, name)
        return self.countries[code] if code else None

    def nationality(self, name: str, mentioned: Collection[str] = ()) -> Country | None:
        """The country of an adjective or demonym, singular or plural: "Japanese", "Danes".

        Args:
            name: the word.
            mentioned: codes of the countries that the text names; they decide between several.
        """
        codes = _first(self.by_adjective, name) or []
        if len(codes) > 1:
            codes = [c for c in codes if c in mentioned]
        return self.countries[codes[0]] if len(codes) == 1 else None

    def capital(self, name: str, mentioned: Collection[str] = ()) -> City | None:
        """The capital or seat of government of that name; one shared by several countries, or by
        better-known towns, only if the text names its country."""
        found = _first(self.cities, name) or []
        if len(found) > 1 or (found and found[0].shared):
            found = [c for c in found if c.country in mentioned]
        return found[0] if len({c.country for c in found}) == 1 else None

    def region(self, name: str) -> Region | None:
        """The region, continent or former state of that name."""
        return _first(self.regions, name)

    def regional_people(self, name: str) -> Region | None:
        """The region of an adjective: "Scottish", "Soviet"."""
        return _first(self.regional, name)


def _first(index: dict[str, T], name: str) -> T | None:
    for shape in (name, articleless(name)):
        for k in keys(shape):
            if k in index:
                return index[k]
    return None


@cache
def gazetteer() -> Gazetteer:
    """The tables ``countries.csv`` and ``regions.csv``, read once a process."""
    out = Gazetteer()
    for row in table("countries.csv"):
        code = row["alpha3"]
        out.countries[code] = Country(
            code, row["alpha2"], row["name"], float(row["latitude"]), float(row["longitude"])
        )
        for name in (row["name"], *_parts(row["names"])):
            out.by_name.setdefault(key(articleless(name)), code)
        people = [form for pair in _parts(row["people"]) for form in pair.split("/")]
        for adjective in dict.fromkeys(map(key, _parts(row["adjectives"]) + people)):
            out.by_adjective.setdefault(adjective, []).append(code)
        for column in ("capitals", "seats"):
            for city in _parts(row[column]):
                name, latitude, longitude, *shared = city.split(";")
                made = City(
                    name, code, float(latitude), float(longitude), row["metonym"] == "1", bool(shared)
                )
                out.cities.setdefault(key(articleless(name)), []).append(made)
    for row in table("regions.csv"):
        point = (float(row["latitude"]), float(row["longitude"])) if row["latitude"] else (None, None)
        region = Region(row["name"], row["kind"], row["country"] or None, *point)
        for name in (row["name"], *_parts(row["names"])):
            out.regions.setdefault(key(articleless(name)), region)
        for adjective in _parts(row["adjectives"]):
            out.regional.setdefault(key(adjective), region)
    return out


def _parts(cell: str) -> list[str]:
    return cell.split("|") if cell else []
