"""The map: the projection, views, cuts, shades and circles."""

from __future__ import annotations

import math
import re
from itertools import pairwise
from typing import Any

import pytest

from communique.web.charts.world import VIEWS, best_view, equal_earth, outlines, world

TRIPOLI, TOKYO = (32.9, 13.2), (35.7, 139.7)


def place(lat: float, lon: float, number: int, name: str = "Town", conflict: float = 0.0) -> dict[str, Any]:
    there = {"latitude": lat, "longitude": lon, "happenings": number, "place": name, "conflict": conflict}
    return there | {"text": f"{name}: {number}", "link": f"?place={name}"}


def test_the_projection_keeps_areas() -> None:
    def area(lat: float) -> float:
        bottom, top = equal_earth(1, lat), equal_earth(1, lat + 1)
        return (top[1] - bottom[1]) * (top[0] + bottom[0]) / 2

    for lat in (0, 30, 60):
        sphere = math.radians(1) * (math.sin(math.radians(lat + 1)) - math.sin(math.radians(lat)))
        assert area(lat) / sphere == pytest.approx(1, abs=0.003)


@pytest.mark.parametrize("view", VIEWS)
def test_outlines_stay_near_their_view(view: str) -> None:
    paths, height = outlines(view)
    assert len(paths) > 15
    assert 300 < height <= 620
    xs = [float(m) for path in paths.values() for m in re.findall(r"M(-?[\d.]+),", path)]
    assert min(xs) >= -9 and max(xs) <= 969


def test_russia_is_cut_where_the_globe_is() -> None:
    path = outlines("world")[0]["RUS"]
    steps = [
        (float(dx), float(dy))
        for piece in path.split("l")[1:]
        for dx, dy in re.findall(r"(-?[\d.]+),(-?[\d.]+)", piece.split("z")[0])
    ]
    assert all(abs(dx) < 100 for dx, _ in steps)


def test_the_narrowest_view_that_shows_most_is_chosen() -> None:
    assert best_view([(*TRIPOLI, 9), (*TOKYO, 1)]) == "middle-east"
    assert best_view([(*TOKYO, 9), (*TRIPOLI, 1)]) == "east-asia"
    assert best_view([(*TOKYO, 5), (*TRIPOLI, 5)]) == "world"
    assert best_view([]) == "world"


def test_countries_are_shaded_by_number() -> None:
    rows = [
        {"country": c, "happenings": n, "text": f"{c}: {n}", "link": f"?country={c}", "on": c == "EGY"}
        for c, n in (("LBY", 1000), ("EGY", 30), ("TUN", 1))
    ]
    drawn = world("middle-east", rows, [])
    lands = {land.code: land for land in drawn.lands}
    assert lands["LBY"].shade > lands["EGY"].shade > lands["TUN"].shade == 1
    assert lands["DZA"].shade == 0 and not lands["DZA"].link
    assert drawn.lands[-1].code == "EGY", "what is chosen lies above its neighbours"
    assert drawn.steps[0] == 1 and list(drawn.steps) == sorted(set(drawn.steps))


def test_circles_tell_numbers_by_their_area_and_the_small_lie_on_top() -> None:
    places = [place(*TRIPOLI, 100, "Tripoli"), place(30.0, 31.2, 25, "Cairo", 1.0), place(*TOKYO, 7, "Tokyo")]
    drawn = world("middle-east", [], places)
    large, small = drawn.circles
    assert large.radius == pytest.approx(2 * small.radius)
    assert (large.name, large.quarter, small.quarter) == ("Tripoli", 0, 4)
    assert drawn.outside == 7
    assert small.edge**2 == pytest.approx(3.1416 * small.radius**2, rel=0.02)


def test_names_do_not_lie_on_each_other() -> None:
    many = [place(32 + i / 50, 13 + i / 50, 50 - i, f"Town number {i}") for i in range(40)]
    named = [c for c in world("middle-east", [], many).circles if c.name]
    assert 1 <= len(named) < 40
    ys = sorted(c.y for c in named)
    assert all(b - a >= 19 for a, b in pairwise(ys)) or len({c.side for c in named}) == 2
