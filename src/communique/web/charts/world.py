"""The map: outlines of countries in the Equal Earth projection, shaded by how much happened, and places as
circles.

The outlines are Natural Earth's (``world.json``, made by ``tools/build_world.py``). The projection keeps
areas true: B. Šavrič, T. Patterson, B. Jenny, The Equal Earth map projection, 2018. A view of a region is
drawn about its own middle and cut at its edges, from finer outlines.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

__all__ = ["VIEWS", "Circle", "Land", "View", "World", "best_view", "outlines", "world"]

_WIDTH = 960.0
_A = (1.340264, -0.081106, 0.000893, 0.003796)
_M = math.sqrt(3) / 2
_HELD = 0.7  # share of what has a place that a view must show to be chosen
_GREATEST = 26.0  # radius of the greatest circle
_SHADES = 5
_NAMED = 30  # boxes of circles and names among which names still find room
_MAIN = 4  # names on a small screen
_HIGHEST = 620.0
_RIM = 3.0  # degrees beyond the edges that are drawn too

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class View:
    """A part of the world: degrees of its western, eastern, southern and northern edge."""

    name: str
    west: float
    east: float
    south: float
    north: float

    def holds(self, latitude: float, longitude: float) -> bool:
        """Whether a point lies in it."""
        return self.south <= latitude <= self.north and self.west <= longitude <= self.east


# The narrowest first: that is the one which is chosen where it shows enough.
VIEWS: dict[str, View] = {
    "east-asia": View("East Asia", 98, 150, 17, 55),
    "europe": View("Europe", -25, 45, 34, 71),
    "middle-east": View("North Africa and the Middle East", -18, 64, 10, 45),
    "south-asia": View("Central and South Asia", 44, 100, 4, 56),
    "oceania": View("South-East Asia and Oceania", 92, 180, -48, 24),
    "africa": View("Africa", -26, 60, -36, 38),
    "south-america": View("South America", -86, -32, -57, 14),
    "north-america": View("North and Central America", -170, -52, 7, 73),
    "asia": View("Asia and the Pacific", 44, 180, -12, 60),
    "old-world": View("Europe, Africa and the Middle East", -26, 70, -36, 71),
    "world": View("The world", -180, 180, -58, 84),
}


@dataclass(frozen=True, slots=True)
class Land:
    """A country: its outline as an SVG path, how much happened (shade 0 to 5), text and link where it did."""

    code: str
    path: str
    shade: int = 0
    text: str = ""
    link: str = ""
    on: bool = False


@dataclass(frozen=True, slots=True)
class Circle:
    """A place: where, how large, the share of conflict in quarters (0 to 4), text and link.

    ``name`` is there where there is room for it (``side`` -1: to its left; ``main``: on a small screen too).
    Where conflict prevails it is drawn as a square on its corner, of the same area, with sides of ``edge``.
    """

    x: float
    y: float
    radius: float
    quarter: int
    text: str
    link: str
    name: str = ""
    side: int = 1
    main: bool = False

    @property
    def edge(self) -> float:
        """Of a square of the same area."""
        return round(self.radius * math.sqrt(math.pi), 1)


@dataclass(frozen=True, slots=True)
class World:
    """The drawing: its height at a width of 960, and where the steps of the shades begin."""

    view: str
    width: float
    height: float
    lands: tuple[Land, ...]
    circles: tuple[Circle, ...]
    steps: tuple[int, ...]
    outside: int = 0


def equal_earth(longitude: float, latitude: float) -> Point:
    """A point of the map, in radians of the equator; north is up (greater).

    Args:
        longitude: degrees from the middle of the map.
        latitude: degrees.
    """
    lam, phi = math.radians(longitude), math.radians(latitude)
    theta = math.asin(_M * math.sin(phi))
    t2 = theta * theta
    t6 = t2 * t2 * t2
    x = lam * math.cos(theta) / (_M * (_A[0] + 3 * _A[1] * t2 + t6 * (7 * _A[2] + 9 * _A[3] * t2)))
    return x, theta * (_A[0] + _A[1] * t2 + t6 * (_A[2] + _A[3] * t2))


def best_view(points: Iterable[tuple[float, float, int]]) -> str:
    """The narrowest view that shows most of some points.

    Args:
        points: latitude, longitude, and how much it counts.
    """
    known = list(points)
    whole = sum(n for *_, n in known)
    for key, view in VIEWS.items():
        if sum(n for lat, lon, n in known if view.holds(lat, lon)) >= _HELD * whole > 0:
            return key
    return "world"


@lru_cache(maxsize=len(VIEWS))
def outlines(view: str) -> tuple[dict[str, str], float]:
    """The paths of the countries in a view, by code, and the height of the drawing."""
    one = VIEWS[view]
    middle, scale, left, top, height = _frame(view)
    # Parallels are shortest where they are farthest from the equator: there most degrees are seen.
    farthest = max(abs(one.south - _RIM), abs(one.north + _RIM))
    half = min(180.0, _WIDTH / 2 / scale / equal_earth(1, min(farthest, 85))[0])
    out: dict[str, str] = {}
    for code, rings in _countries("coarse" if view == "world" else "fine").items():
        if view == "world" and code == "ATA":
            continue
        pieces = []
        for ring in rings:
            for shape in _cut(ring, middle, half, one):
                spots = [
                    (x * scale - left, top - y * scale)
                    for x, y in (equal_earth(lon, lat) for lon, lat in shape)
                ]
                # Where parallels are long, the cut by degrees leaves much beyond the sheet.
                for axis, bound, way in ((0, _WIDTH + 9, -1), (0, -9, 1), (1, height + 9, -1), (1, -9, 1)):
                    spots = _half(spots, axis, bound, way)
                if piece := _piece([(round(x, 1), round(y, 1)) for x, y in spots]):
                    pieces.append(piece)
        if pieces:
            out[code] = "".join(pieces)
    return out, height


def world(
    view: str,
    countries: Sequence[Mapping[str, Any]],
    places: Sequence[Mapping[str, Any]],
) -> World:
    """The map of a view.

    Args:
        view: key of ``VIEWS``.
        countries: rows with ``country``, ``happenings``, ``text``, ``link`` and ``on``.
        places: rows with ``latitude``, ``longitude``, ``happenings``, ``conflict`` (a share of one),
            ``place``, ``text`` and ``link``; the first are named where there is room.
    """
    paths, height = outlines(view)
    known = {row["country"]: row for row in countries}
    steps = _steps([row["happenings"] for row in countries])
    lands = []
    for code, path in paths.items():
        row = known.get(code)
        if row is None:
            lands.append(Land(code, path))
        else:
            shade = sum(row["happenings"] >= step for step in steps)
            lands.append(Land(code, path, shade, row["text"], row["link"], row["on"]))
    # What is chosen is drawn last, so that its border lies above its neighbours'.
    lands.sort(key=lambda land: (land.on, land.shade > 0))
    circles, outside = _circles(view, places, height)
    return World(view, _WIDTH, height, tuple(lands), circles, steps, outside)


def _circles(view: str, places: Sequence[Mapping[str, Any]], height: float) -> tuple[tuple[Circle, ...], int]:
    middle, scale, left, top, _ = _frame(view)
    greatest = max((row["happenings"] for row in places), default=1)
    out: list[Circle] = []
    taken: list[tuple[float, float, float, float]] = []
    outside = 0
    for row in places:
        if not VIEWS[view].holds(row["latitude"], row["longitude"]):
            outside += row["happenings"]
            continue
        x, y = equal_earth(row["longitude"] - middle, row["latitude"])
        x, y = round(x * scale - left, 1), round(top - y * scale, 1)
        # Area tells the number, but for the least, which must be seen.
        radius = round(max(3.5, _GREATEST * math.sqrt(row["happenings"] / greatest)), 1)
        name, side = "", 1
        wide = 8.6 * len(row["place"]) + 8
        for way in (1, -1):
            begin = x + radius + 3 if way == 1 else x - radius - 3 - wide
            box = (begin, y - 10, begin + wide, y + 10)
            there = begin > 0 and begin + wide < _WIDTH
            if there and len(taken) < _NAMED and not any(_meet(box, t) for t in taken):
                name, side = row["place"], way
                taken.append(box)
                break
        taken.append((x - radius, y - radius, x + radius, y + radius))
        quarter = round(4 * row["conflict"])
        main = bool(name) and sum(c.main for c in out) < _MAIN
        out.append(Circle(x, y, radius, quarter, row["text"], row["link"], name, side, main))
    # The small ones lie on the large ones.
    out.sort(key=lambda circle: -circle.radius)
    return tuple(out), outside


def _meet(a: tuple[float, ...], b: tuple[float, ...]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _steps(numbers: Sequence[int]) -> tuple[int, ...]:
    """Where shades begin: from 1 to the greatest in equal ratios."""
    most = max(numbers, default=0)
    if most <= 0:
        return ()
    out = [1]
    for i in range(1, _SHADES):
        step = round(most ** (i / _SHADES))
        if step > out[-1]:
            out.append(step)
    return tuple(out)


@cache
def _frame(view: str) -> tuple[float, float, float, float, float]:
    """Middle of the view in degrees; scale, left edge, top edge and height of the drawing."""
    one = VIEWS[view]
    middle = (one.west + one.east) / 2
    low, high = equal_earth(0, one.south)[1], equal_earth(0, one.north)[1]
    nearest = 0.0 if one.south < 0 < one.north else min(abs(one.south), abs(one.north))
    right = equal_earth(one.east - middle, nearest)[0]
    # A view that would be too high is made wider instead.
    scale = min(_WIDTH / (2 * right), _HIGHEST / (high - low))
    return middle, scale, -_WIDTH / 2, high * scale, round((high - low) * scale, 1)


@cache
def _countries(fineness: str) -> dict[str, list[list[Point]]]:
    known = json.loads(files("communique.web.charts").joinpath("world.json").read_text(encoding="utf-8"))
    return {code: [_ring(steps) for steps in rings] for code, rings in known[fineness].items()}


def _ring(steps: list[int]) -> list[Point]:
    x = y = 0
    out = []
    for i in range(0, len(steps), 2):
        x, y = x + steps[i], y + steps[i + 1]
        out.append((x / 100, y / 100))
    return out


def _cut(ring: Sequence[Point], middle: float, half: float, view: View) -> list[list[Point]]:
    """The parts of a ring that lie in a view, with a rim, its longitudes counted from the middle.

    Args:
        ring: degrees.
        middle: of the view.
        half: of its width.
        view: whose northern and southern edges count.
    """
    turned: list[Point] = []
    for lon, lat in ring:
        there = (lon - middle + 180) % 360 - 180
        if turned:
            # What goes over the back of the globe stays one ring.
            there += 360 * round((turned[-1][0] - there) / 360)
        turned.append((there, lat))
    half, low, high = min(180.0, half + _RIM), view.south - _RIM, view.north + _RIM
    out = []
    for shift in (-360, 0, 360):
        part = [(lon + shift, lat) for lon, lat in turned]
        for axis, bound, way in ((0, half, -1), (0, -half, 1), (1, high, -1), (1, low, 1)):
            part = _half(part, axis, bound, way)
        if part:
            out.append(part)
    return out


def _half(ring: list[Point], axis: int, bound: float, way: int) -> list[Point]:
    """The part of a ring on one side of a line (Sutherland and Hodgman)."""
    out: list[Point] = []
    for i, point in enumerate(ring):
        before = ring[i - 1]
        inside, was = way * (point[axis] - bound) >= 0, way * (before[axis] - bound) >= 0
        if inside != was:
            share = (bound - before[axis]) / (point[axis] - before[axis])
            out.append(
                (before[0] + share * (point[0] - before[0]), before[1] + share * (point[1] - before[1]))
            )
        if inside:
            out.append(point)
    return out


def _piece(spots: list[Point]) -> str:
    """The path of a ring, in tenths of a unit and steps from point to point."""
    if len(spots) < 3:
        return ""
    x, y = spots[0]
    out = [f"M{x:g},{y:g}l"]
    steps = []
    for px, py in spots[1:]:
        dx, dy = round(px - x, 1), round(py - y, 1)
        if abs(dx) + abs(dy) < 0.6:
            continue
        steps.append(f"{dx:g},{dy:g}")
        x, y = round(x + dx, 1), round(y + dy, 1)
    return f"{out[0]}{' '.join(steps)}z" if len(steps) > 1 else ""
