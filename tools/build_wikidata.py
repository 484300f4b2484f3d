"""Compile Wikidata's ids of leaders into ``knowledge/wikidata.csv``.

    python tools/build_wikidata.py WL21.csv

``WL21.csv`` is a list of office-holders drawn from Wikidata (CC0), with columns ``country``, ``officeholder``
(the id), ``officeholderLabel``, ``start_year``. A person of ``people.csv`` has the id where a name is
the label and one of the offices, of that country, is held in that year; a label that fits two is left out.
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from pathlib import Path

from communique.knowledge.countries import gazetteer
from communique.knowledge.people import everybody
from communique.knowledge.spelling import folded

OUT = Path(__file__).parent.parent / "src" / "communique" / "knowledge" / "wikidata.csv"
HEAD = """\
# Wikidata's ids of people in people.csv. Compiled by tools/build_wikidata.py; do not edit.
# Source: Wikidata (CC0), leaders in office 2017 to 2022; last checked 2026-11.
"""


def main(path: str) -> None:
    """Write the table."""
    people = defaultdict(list)
    for person in everybody():
        for name in {folded(n) for n in (person.name, *person.names)}:
            people[name].append(person)
    found: dict[str, set[str]] = defaultdict(set)
    with open(path, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            country = gazetteer().country(row["country"])
            year = int(row["start_year"] or 0)
            for person in people.get(folded(row["officeholderLabel"]), ()):
                held = [o for o in person.offices if country is not None and o.country == country.alpha3]
                if any(int(o.start[:4]) - 1 <= year <= int((o.end or "9999")[:4]) for o in held):
                    found[person.id].add(row["officeholder"])
    taken = defaultdict(set)
    for person_id, ids in found.items():
        for one in ids:
            taken[one].add(person_id)
    rows = sorted((p, *ids) for p, ids in found.items() if len(ids) == 1 and len(taken[next(iter(ids))]) == 1)
    with OUT.open("w", encoding="utf-8", newline="") as file:
        file.write(HEAD)
        csv.writer(file, lineterminator="\n").writerows([("id", "wikidata"), *rows])
    print(f"{len(rows)} ids")


if __name__ == "__main__":
    main(sys.argv[1])
