"""The axis of time: its periods, its unit, and what lies far off."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from communique.web.charts.periods import (
    MOST,
    allowed,
    during,
    fitting,
    label,
    period_of,
    periods,
    window,
)


@pytest.mark.parametrize(
    ("by", "first", "number"),
    [
        ("day", date(2024, 2, 28), 4),
        ("week", date(2024, 2, 26), 1),
        ("month", date(2024, 2, 1), 2),
        ("year", date(2024, 1, 1), 1),
    ],
)
def test_periods_are_whole_and_without_gaps(by: str, first: date, number: int) -> None:
    found = periods(date(2024, 2, 28), date(2024, 3, 2), by)
    assert (found[0], len(found)) == (first, number)
    assert period_of(date(2024, 2, 28), by) == first


def test_december_is_followed_by_january() -> None:
    assert periods(date(2023, 12, 31), date(2024, 1, 1), "month") == [date(2023, 12, 1), date(2024, 1, 1)]
    assert periods(date(9998, 1, 1), date.max, "year")[-1] == date(9999, 1, 1)


@pytest.mark.parametrize(
    ("days", "unit"), [(0, "day"), (59, "day"), (60, "week"), (500, "month"), (9000, "year")]
)
def test_the_unit_that_fits(days: int, unit: str) -> None:
    first = date(2000, 1, 1)
    assert fitting(first, first + timedelta(days=days)) == unit


def test_too_many_columns_are_not_allowed() -> None:
    first = date(2000, 1, 1)
    assert allowed(first, first + timedelta(days=MOST - 1), "day")
    assert not allowed(first, first + timedelta(days=MOST), "day")


def test_a_few_far_off_are_left_out_and_counted() -> None:
    counts = {date(1970, 1, 1): 1, date(2030, 1, 1): 2}
    counts |= {date(2024, 3, 1) + timedelta(days=i): 10 for i in range(30)}
    shown = window(counts, None, None)
    assert shown is not None
    assert (shown.first, shown.last) == (date(2024, 3, 1), date(2024, 3, 30))
    assert (shown.before, shown.behind) == (1, 2)


def test_what_was_asked_for_is_shown() -> None:
    counts = {date(1970, 1, 1): 1, date(2024, 3, 1): 100}
    shown = window(counts, date(1960, 1, 1), date(2024, 12, 31))
    assert shown is not None
    assert (shown.first, shown.last, shown.before) == (date(1960, 1, 1), date(2024, 12, 31), 0)


def test_many_at_an_end_stay() -> None:
    shown = window({date(1970, 1, 1): 50, date(2024, 3, 1): 50}, None, None)
    assert shown is not None
    assert (shown.first, shown.before) == (date(1970, 1, 1), 0)


def test_nothing_has_no_window() -> None:
    assert window({}, None, None) is None


def test_what_periods_are_called() -> None:
    day = date(2024, 2, 5)
    assert [label(day, by) for by in ("day", "week", "month", "year")] == [
        *("5 Feb 2024", "week of 5 Feb 2024", "Feb 2024", "2024")
    ]
    assert during(day, "week") == "in the week of 5 Feb 2024"
    assert during(day, "day") == "on 5 Feb 2024"


def test_the_ends_of_the_calendar_are_no_fault() -> None:
    for by in ("day", "week", "month", "year"):
        assert periods(date(9999, 12, 30), date.max, by)
        assert periods(date.min, date(1, 1, 3), by)
    shown = window({date(2024, 3, 1): 5}, date.min, date.max)
    assert shown is not None
    assert (shown.first, shown.last) == (date(2023, 3, 1), date(2025, 3, 2))
    assert (shown.earliest, shown.latest) == (date(2024, 3, 1), date(2024, 3, 1))
