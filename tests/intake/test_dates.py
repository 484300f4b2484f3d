from __future__ import annotations

from datetime import date, datetime

import pytest

from communique.errors import BadDate
from communique.intake import parse_date
from communique.intake.dates import PartialDate, as_date, date_line, dateline, stated_date, url_date

DAY = date(2024, 2, 15)


@pytest.mark.parametrize(
    "text",
    [
        "2024-02-15",
        " 2024-02-15 ",
        "20240215",
        "2024/02/15",
        "2024-02-15T23:30:00Z",
        "2024-02-15 23:30:00+09:00",
        "2024-02-15T23:30:00.123456+0000",
        "15 February 2024",
        "15 Feb 2024",
        "15th of February, 2024",
        "February 15, 2024",
        "Feb. 15, 2024",
        "Thursday, February 15, 2024",
        "Thu, 15 Feb 2024 10:00:00 GMT",
        "15/02/2024",
        "02/15/2024",
        "15.02.2024",
    ],
)
def test_forms_of_one_day(text):
    assert parse_date(text) == DAY


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2024-02-31", "February 2024 has 29 days"),
        ("2023-02-29", "February 2023 has 28 days"),
        ("31 April 2024", "April 2024 has 30 days"),
        ("2024-13-01", "there is no month 13"),
        ("02/03/2024", "2 March or 3 February"),
        ("0202-02-15", "between 1600 and 2200"),
        ("2024", "names no day"),
        ("2024-02", "names no day"),
        ("yesterday", "is no date that is understood"),
        ("x" * 5000, "is no date that is understood"),
        ("", "is empty"),
    ],
)
def test_what_is_no_date_is_named(text, said):
    with pytest.raises(BadDate) as caught:
        parse_date(text, "row 3")
    assert said in str(caught.value)
    assert str(caught.value).startswith("row 3: ")
    assert len(str(caught.value)) < 160


def test_options_may_be_dates():
    assert as_date(None) is None
    assert as_date(DAY) == DAY
    assert as_date(datetime(2024, 2, 15, 9, 30)) == DAY
    with pytest.raises(BadDate):
        as_date(20240215)


def test_metadata_may_be_empty_or_partial():
    assert stated_date("") is None
    assert stated_date("null") is None
    assert stated_date("2024") == PartialDate(2024, None, None)
    assert stated_date("2024-02") == PartialDate(2024, 2, None)
    assert stated_date("2024-02-15 10:00:00") == DAY


@pytest.mark.parametrize(
    "line",
    [
        "Thursday, February 15, 2024\xa0",
        "15 February 2024",
        "Published: 15 Feb 2024 10:15",
        "(Feb. 15, 2024)",
        "2024-02-15",
    ],
)
def test_a_date_as_a_line(line):
    assert date_line(line) == PartialDate(2024, 2, 15)


@pytest.mark.parametrize(
    "line",
    [
        "15 February",
        "On 15 February 2024 they met",
        "20240215",
        "February 31, 2024",
        "15 February 2024 and after",
    ],
)
def test_no_date_line(line):
    assert date_line(line) is None


@pytest.mark.parametrize(
    ("opening", "expected"),
    [
        ("KYIV, March 3, 2024 - Talks went on", (2024, 3, 3)),
        ("BERLIN, Feb. 9 (Agency) — Talks went on", (None, 2, 9)),
        ("SEOUL, South Korea, 15 February 2024 (Agency) – Talks", (2024, 2, 15)),
        ("NEW YORK, May 4, 2024 /Newswire/ -- Talks", (2024, 5, 4)),
        ("January 25, 2011 | By Some One", (2011, 1, 25)),
        ("OSTRAVA | Wed Jun 4, 2031 7:05 pm CET OSTRAVA (Agency) - Talks", (2031, 6, 4)),
    ],
)
def test_datelines(opening, expected):
    assert dateline(opening) == PartialDate(*expected)


@pytest.mark.parametrize(
    "opening",
    [
        "On March 3, 2024 - a Sunday - talks went on",
        "KYIV — Talks",
        "In Paris, March 3, 2024, was quiet.",
        "KYIV, Feb. 31 - x",
    ],
)
def test_no_dateline(opening):
    assert dateline(opening) is None


def test_partial_dates_complete_each_other_or_say_nothing():
    day = PartialDate(None, 2, 9)
    assert day.completed(None) is None
    assert day.completed(PartialDate(2024, None, None)) == date(2024, 2, 9)
    assert day.completed(PartialDate(2024, 3, None)) is None
    assert PartialDate(None, 2, 29).completed(PartialDate(2023, None, None)) is None


def test_dates_in_addresses():
    assert url_date("https://news.example/world/2024/02/15/embassy") == DAY
    assert url_date("https://news.example/2024-02-15-embassy") == DAY
    assert url_date("https://news.example/2024/13/15/embassy") is None
    assert url_date("https://news.example/id/20240215") is None
    assert url_date(None) is None
