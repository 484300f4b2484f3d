"""What pages put together from parts is what the whole would be."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

from communique.exports.calendar import Entry, as_calendar
from communique.web.charts.periods import Window, period_of
from communique.web.pages.ahead import calendar_of
from communique.web.pages.chart_parts import Axis, gathered


def _entry(number: int, day: date, **given: Any) -> Entry:
    known: dict[str, Any] = {
        "uid": f"{number}@communique",
        "what": "talks on the harbour; dues, tolls",
        "status": "scheduled",
        "first": day,
        "last": day + timedelta(days=number % 3),
        "hour": None,
        "place": "Kobe" if number % 2 else None,
        "sentence": "BEGIN:VEVENT and END:VCALENDAR stand in no calendar. " * 3,
        "article": "Ferries",
        "url": "https://news.example/1",
        "told": date(2024, 1, 2),
    }
    return Entry(**{**known, **given})


def test_a_calendar_of_entries_made_before_is_the_same() -> None:
    first = date(2024, 3, 1)
    entries = [_entry(n, first + timedelta(days=n * 7 % 5)) for n in range(12)]
    entries.append(_entry(99, date.max, hour=time(9, 30), status="expected", url=None))
    for some in (entries[:4], entries, entries[::-1], []):
        assert calendar_of(some) == as_calendar(some)


def test_days_become_periods_in_any_order() -> None:
    days = [date(2023, 12, 30) + timedelta(days=11 * n) for n in range(12)]
    names = ("verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict")
    rows: list[dict[str, Any]] = [
        {"period": day, **dict.fromkeys(names, n), "happenings": 4 * n + 1, "score": n / 2}
        for n, day in enumerate(days)
    ]
    axis = Axis(Window(date(2024, 1, 1), date(2024, 3, 31)), "month", None, "")
    for given in (rows, rows[::-1], rows[::2] + rows[1::2]):
        found = {row["period"]: row for row in gathered(given, axis)}
        for period in (date(2024, 1, 1), date(2024, 2, 1), date(2024, 3, 1)):
            inside = [row for row in rows if period_of(row["period"], "month") == period]
            assert found[period]["happenings"] == sum(row["happenings"] for row in inside)
            assert found[period]["verbal_conflict"] == sum(row["verbal_conflict"] for row in inside)
            whole = sum(row["score"] * row["happenings"] for row in inside)
            assert abs(found[period]["score"] * found[period]["happenings"] - whole) < 1e-9
        assert len(found) == 3
