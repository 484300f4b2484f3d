"""Columns over time: heights tell numbers, and no two things lie on each other."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from communique.web.charts.columns import Columns, columns, nice


def row(q1: int = 0, q2: int = 0, q3: int = 0, q4: int = 0, score: float | None = 1.0) -> dict[str, Any]:
    counts = {"verbal_cooperation": q1, "material_cooperation": q2, "verbal_conflict": q3}
    return counts | {"material_conflict": q4, "happenings": q1 + q2 + q3 + q4, "score": score}


def made(rows: dict[date, dict[str, Any]], **given: Any) -> Columns:
    days = {"first": date(2024, 1, 1), "last": date(2024, 6, 30), "by": "month"}
    return columns([("They", rows)], link=lambda d: f"?at={d}", **{**days, **given})


def test_heights_are_in_proportion_and_stand_at_the_line() -> None:
    chart = made({date(2024, 1, 1): row(2, 1, 4, 3), date(2024, 3, 1): row(1)})
    panel = chart.panels[0]
    first, second = panel.columns
    heights = {quad: high for quad, _, high in first.parts}
    unit = second.parts[0][2]
    assert {quad: round(high / unit, 2) for quad, high in heights.items()} == {1: 2, 2: 1, 3: 4, 4: 3}
    tops = {quad: top for quad, top, _ in first.parts}
    # Deeds next to the line, words beyond them; cooperation above, conflict below.
    assert tops[2] + heights[2] == pytest.approx(panel.zero, abs=0.02)
    assert tops[1] + heights[1] == pytest.approx(tops[2], abs=0.02)
    assert tops[4] == pytest.approx(panel.zero, abs=0.02)
    assert tops[3] == pytest.approx(tops[4] + heights[4], abs=0.02)
    assert panel.top - 0.1 <= tops[1]
    assert tops[3] + heights[3] <= panel.bottom + 0.1


def test_all_stay_within_the_drawing() -> None:
    chart = made({date(2024, m, 1): row(m, m, m, m) for m in range(1, 7)}, scores=True)
    for panel in chart.panels:
        for col in panel.columns:
            assert chart.left - 0.1 <= col.hit[0]
            assert col.hit[0] + col.hit[1] <= chart.right + 0.1
            assert col.score is None or panel.top <= col.score <= panel.bottom
        assert panel.bottom < chart.height
    # The columns of periods do not overlap.
    at = [c.hit for c in chart.panels[0].columns]
    assert all(a[0] + a[1] <= b[0] + 0.02 for a, b in pairwise(at))


def test_what_a_column_says_and_where_it_leads() -> None:
    (col,) = made({date(2024, 2, 1): row(1, 0, 2, 3, -4.5)}, at=date(2024, 2, 1)).panels[0].columns
    assert col.text == (
        "Feb 2024, They: cooperation 1 in words, conflict 2 in words and 3 in deeds; mean score -4.5"
    )
    assert (col.link, col.on) == ("?at=2024-02-01", True)


def test_a_period_of_nothing_has_no_column() -> None:
    assert made({date(2024, 2, 1): row(score=None)}).panels[0].columns == ()


def test_labels_of_the_axis_do_not_crowd() -> None:
    for width, most in ((960, 11), (372, 5)):
        chart = made({}, first=date(2001, 1, 1), last=date(2024, 6, 30), width=width)
        assert 2 <= len(chart.axis) <= most
    year = made({}, first=date(2023, 10, 1), last=date(2024, 2, 28)).axis
    assert [m.text for m in year] == ["Oct 2023", "Nov", "Dec", "Jan 2024", "Feb"]


def test_labels_of_numbers_do_not_lie_on_each_other() -> None:
    for n in (1, 2, 7, 30, 999, 12345):
        marks = made({date(2024, 1, 1): row(n, 0, 0, max(1, n // 40))}).panels[0].marks
        ats = sorted(m.at for m in marks)
        assert all(b - a > 10 for a, b in pairwise(ats))


@pytest.mark.parametrize(("most", "found"), [(0, []), (1, [1]), (2, [1, 2]), (10, [5, 10]), (100, [50, 100])])
def test_round_numbers(most: float, found: list[float]) -> None:
    assert nice(most) == found
