"""Compile the outlines of countries that the map draws.

    npm pack world-atlas@2.0.2 && python tools/build_world.py world-atlas-2.0.2.tgz

Source: Natural Earth (public domain), as the npm package world-atlas (ISC) has it. Writes
``src/communique/web/charts/world.json``: for each of two finenesses, by ISO 3166-1 alpha-3 code, the rings of
a country as flat lists of hundredths of a degree, longitude and latitude of the first point and then steps
from point to point. The borders of neighbours are thinned once for both, so that they stay one line.
"""

from __future__ import annotations

import argparse
import json
import tarfile
from itertools import pairwise
from pathlib import Path
from typing import Any

from communique.knowledge.countries import gazetteer

OUT = Path(__file__).parent.parent / "src" / "communique" / "web" / "charts" / "world.json"
# Names that are cut short there; None: a part that another state claims is drawn as land of no code.
NAMES = {
    "W. Sahara": "ESH", "Dem. Rep. Congo": "COD", "Dominican Rep.": "DOM", "Falkland Is.": "FLK",
    "Fr. S. Antarctic Lands": "ATF", "Central African Rep.": "CAF", "Eq. Guinea": "GNQ",
    "Solomon Is.": "SLB", "N. Cyprus": "CYP", "Somaliland": "SOM", "Bosnia and Herz.": "BIH",
    "S. Sudan": "SSD", "Marshall Is.": "MHL", "N. Mariana Is.": "MNP", "U.S. Virgin Is.": "VIR",
    "S. Geo. and the Is.": "SGS", "Br. Indian Ocean Ter.": "IOT", "Pitcairn Is.": "PCN",
    "Cayman Is.": "CYM", "British Virgin Is.": "VGB", "Turks and Caicos Is.": "TCA",
    "St. Vin. and Gren.": "VCT", "Cook Is.": "COK", "Wallis and Futuna Is.": "WLF", "St-Martin": "MAF",
    "St-Barthélemy": "BLM", "Fr. Polynesia": "PYF", "Faeroe Is.": "FRO", "Indian Ocean Ter.": "CXR",
    "Heard I. and McDonald Is.": "HMD", "Ashmore and Cartier Is.": "AUS", "Antigua and Barb.": "ATG",
    "Siachen Glacier": "IND",
}  # fmt: skip
# By name of the fineness: the file, the greatest step aside of a line that is thinned (degrees), and the
# least area of a ring (square degrees), but for a country's greatest.
FINENESS = {"coarse": ("countries-110m.json", 0.0, 0.0), "fine": ("countries-50m.json", 0.04, 0.02)}

Point = tuple[float, float]


def main() -> None:
    parser = argparse.ArgumentParser(description="Compile the outlines of countries.")
    parser.add_argument("package", type=Path, help="world-atlas-2.0.2.tgz, as npm pack fetches it")
    with tarfile.open(parser.parse_args().package) as package:
        out: dict[str, Any] = {
            "source": "Natural Earth (public domain), by world-atlas 2.0.2 (ISC); tools/build_world.py"
        }
        for name, (file, aside, least) in FINENESS.items():
            found = package.extractfile(f"package/{file}")
            assert found is not None, file
            out[name] = countries(json.load(found), aside, least)
    OUT.write_text(json.dumps(out, separators=(",", ":")), encoding="utf-8")
    print(f"{OUT}: {OUT.stat().st_size} bytes, {len(out['coarse'])} and {len(out['fine'])} countries")


def countries(topology: dict[str, Any], aside: float, least: float) -> dict[str, list[list[int]]]:
    arcs = [thinned(line, aside) for line in lines(topology)]
    out: dict[str, list[list[int]]] = {}
    for shape in topology["objects"]["countries"]["geometries"]:
        name = shape["properties"]["name"]
        known = gazetteer().country(name)
        code = NAMES.get(name) or (known.alpha3 if known else "")
        assert code, f"no code for {name}"
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        rings = [joined(ring, arcs) for polygon in polygons for ring in polygon]
        rings = [r for r in rings if len(r) > 3]
        rings.sort(key=area, reverse=True)
        kept = [r for i, r in enumerate(rings) if i == 0 or area(r) >= least]
        out.setdefault(code, []).extend(steps(r) for r in kept)
    return dict(sorted(out.items()))


def lines(topology: dict[str, Any]) -> list[list[Point]]:
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    out = []
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append((x * sx + tx, y * sy + ty))
        out.append(line)
    return out


def joined(ring: list[int], arcs: list[list[Point]]) -> list[Point]:
    out: list[Point] = []
    for number in ring:
        line = arcs[number] if number >= 0 else arcs[~number][::-1]
        out.extend(line[1:] if out else line)
    return out


def thinned(line: list[Point], aside: float) -> list[Point]:
    """The line without points that lie nearer than ``aside`` to it (Douglas and Peucker)."""
    if not aside or len(line) < 3:
        return line
    keep, waiting = {0, len(line) - 1}, [(0, len(line) - 1)]
    if line[0] == line[-1]:
        # A ring of one line: its farthest point stays.
        far = max(range(len(line)), key=lambda i: off(line[i], line[0], line[0]))
        keep.add(far)
        waiting = [(0, far), (far, len(line) - 1)]
    while waiting:
        first, last = waiting.pop()
        if last - first < 2:
            continue
        far = max(range(first + 1, last), key=lambda i: off(line[i], line[first], line[last]))
        if off(line[far], line[first], line[last]) > aside:
            keep.add(far)
            waiting += [(first, far), (far, last)]
    return [line[i] for i in sorted(keep)]


def off(point: Point, first: Point, last: Point) -> float:
    (x, y), (x0, y0), (x1, y1) = point, first, last
    dx, dy = x1 - x0, y1 - y0
    size = dx * dx + dy * dy
    along = max(0.0, min(1.0, ((x - x0) * dx + (y - y0) * dy) / size)) if size else 0.0
    return float(((x - x0 - along * dx) ** 2 + (y - y0 - along * dy) ** 2) ** 0.5)


def area(ring: list[Point]) -> float:
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:] + ring[:1], strict=True))) / 2


def steps(ring: list[Point]) -> list[int]:
    whole = [(round(x * 100), round(y * 100)) for x, y in ring]
    out = [*whole[0]]
    for (x0, y0), (x1, y1) in pairwise(whole):
        if (x1, y1) != (x0, y0):
            out += [x1 - x0, y1 - y0]
    return out


if __name__ == "__main__":
    main()
