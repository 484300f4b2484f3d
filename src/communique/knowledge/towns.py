"""Towns by name: GeoNames' places of a thousand people and more, and the states of the United States."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from communique.knowledge.names import articleless, keys, table

if TYPE_CHECKING:
    import sqlite3

__all__ = ["Town", "american_states", "is_american_state", "towns_named"]

FILE = Path(__file__).parent / "towns.sqlite"


@dataclass(frozen=True, slots=True)
class Town:
    """A town: ``id`` is GeoNames', ``country`` ISO 3166-1 alpha-3, ``division`` the code of the state or
    province (the postal code in the United States), degrees in WGS 84, ``population`` people."""

    id: int
    name: str
    country: str
    division: str
    latitude: float
    longitude: float
    population: int


@cache
def _base() -> sqlite3.Connection:
    """The table, opened once a process and only read.

    Raises:
        InstallationError: the file is missing or is none.
    """
    import sqlite3

    from communique.errors import InstallationError

    try:
        base = sqlite3.connect(f"{FILE.as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        base.execute("SELECT 1 FROM names LIMIT 1").fetchone()
    except sqlite3.Error as fault:
        raise InstallationError(
            f"the table knowledge/{FILE.name} cannot be read ({fault}): install communique again"
        ) from fault
    return base


@lru_cache(maxsize=4096)
def towns_named(name: str) -> tuple[Town, ...]:
    """The towns of that name, the largest first."""
    for shape in (name, articleless(name)):
        for folded in keys(shape):
            rows = _base().execute(
                "SELECT t.id, t.name, t.country, t.division, t.latitude, t.longitude, t.population "
                "FROM names n JOIN towns t ON t.id = n.id WHERE n.name = ? ORDER BY t.population DESC, t.id",
                (folded.lower(),),
            )
            found = tuple(Town(*row) for row in rows)
            if found:
                return found
    return ()


@cache
def american_states() -> dict[str, Town]:
    """The states of the United States by postal code ("TX") and by how the press shortens them ("tex")."""
    rows = list(table("us_states.csv"))
    ids = [int(row["geonames"]) for row in rows]
    found = _base().execute(
        "SELECT id, name, country, division, latitude, longitude, population "
        f"FROM towns WHERE id IN ({','.join('?' * len(ids))})",
        ids,
    )
    by_id = {t.id: t for t in (Town(*row) for row in found)}
    out: dict[str, Town] = {}
    for row in rows:
        town = by_id[int(row["geonames"])]
        out |= {row["code"]: town} | ({row["press"]: town} if row["press"] else {})
    return out


def is_american_state(town: Town) -> bool:
    """Is it one of the United States itself, not a town in one?"""
    state = american_states().get(town.division) if town.country == "USA" else None
    return state is not None and state.id == town.id
