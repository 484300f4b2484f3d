"""Who is who: tables of countries, organisations, media and titles, and their look-up.

Each table is a CSV or YAML file of this folder whose first lines name its source; it is read when it is
first asked for. ``tools/build_knowledge.py`` compiles ``countries.csv``.
"""

from __future__ import annotations

from communique.knowledge.countries import City, Country, Gazetteer, Region, gazetteer
from communique.knowledge.names import articleless, key
from communique.knowledge.organizations import (
    Organization,
    body_of,
    find_organization,
    find_party,
    party_states,
    shared,
)
from communique.knowledge.titles import Titles, titles

__all__ = [
    "City",
    "Country",
    "Gazetteer",
    "Organization",
    "Region",
    "Titles",
    "articleless",
    "body_of",
    "find_organization",
    "find_party",
    "gazetteer",
    "key",
    "party_states",
    "shared",
    "titles",
]
