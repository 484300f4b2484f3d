"""Terms of office over time."""

from __future__ import annotations

from datetime import date

import pytest

from communique.web.charts.terms import Span, terms

SPANS = [Span("mayor", date(2001, 1, 1), date(2005, 12, 31)), Span("minister", date(2006, 1, 1), None)]


def test_bars_follow_each_other_and_one_goes_on() -> None:
    chart = terms(SPANS, (date(2010, 1, 1), date(2010, 12, 31)))
    assert chart is not None
    first, second = chart.terms
    assert first.x + first.width == pytest.approx(second.x, abs=0.5)
    assert (first.open, second.open) == (False, True)
    assert second.y > first.y + 10
    assert chart.told is not None and second.x < chart.told[0] < second.x + second.width


def test_only_the_years_around_the_articles() -> None:
    chart = terms(SPANS, (date(2010, 1, 1), date(2010, 12, 31)), around=400)
    assert chart is not None
    assert chart.axis[0].text == "2008"
    assert all(4 <= t.x <= 960 for t in chart.terms)


def test_names_stay_within() -> None:
    late = Span("a long name of an office that ends late", date(2023, 1, 1), date(2023, 12, 31))
    chart = terms([Span("first", date(1980, 1, 1), date(1981, 1, 1)), late], None, 372)
    assert chart is not None
    assert chart.terms[1].end and chart.terms[1].at <= 372


def test_nothing_is_no_chart() -> None:
    assert terms([], None) is None
