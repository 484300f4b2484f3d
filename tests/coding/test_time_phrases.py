"""Times whose value hangs on the words around them. Published on Thursday 15 February 2024."""

from __future__ import annotations

from datetime import date

import pytest

import communique
from communique.coding.times import find_times
from communique.reading import Time

PUBLISHED = date(2024, 2, 15)


def read(text: str) -> list[tuple[str, str | None]]:
    """Words and values, sentence by sentence (a line each), without the network."""
    spans, start = [], 0
    for part in text.split("\n"):
        spans.append((start, start + len(part)))
        start += len(part) + 1
    return [(text[t.start : t.end], t.value) for t in find_times(text, PUBLISHED, spans)]


def by_tree(text: str) -> list[tuple[str, str | None]]:
    """Words and values, with the network."""
    found = communique.read(text, published=PUBLISHED)
    return [(found.evidence(t), t.value) for t in found.times]


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        # what leads the time in
        ("The frigate has guarded the strait since March and was meant to sail home.", "March", "2023-03"),
        ("The union elected a treasurer, effective June 1.", "June 1", "2024-06-01"),
        ("A mandate through November.", "November", "2024-11"),
        ("He will veto the bill, as he did in November.", "November", "2023-11"),
        ("Until Tuesday they had not called him a suspect.", "Tuesday", "2024-02-13"),
        ("The hearing was postponed until Tuesday.", "Tuesday", "2024-02-20"),
        ("A strike before Wednesday?", "Wednesday", "2024-02-21"),
        ("Its share before Wednesday's sale.", "Wednesday", "2024-02-14"),
        # a lone May or March
        ("The March accession changed the alliance.", "March", "2023-03"),
        ("They meet in the week of March 6.", "the week of March 6", "2024-W10"),
        ("They meet in the week of 6 March 2023.", "the week of 6 March 2023", "2023-W10"),
        # the end of what runs now, and what comes so much later
        ("The ships will leave by month's end.", "month's end", "2024-02"),
        ("The ships will leave by week's end.", "week's end", "2024-W07"),
        ("Sales rose for the full year.", "the full year", "2024"),
        ("They fell in the first nine months of the year.", "the year", "2024"),
        ("They march in a week's time.", "a week's time", "2024-W08"),
        ("They march in two weeks' time.", "two weeks' time", "2024-W09"),
        ("They returned by mid-afternoon.", "mid-afternoon", "2024-02-15TAF"),
        ("He fears the future.", "the future", "FUTURE_REF"),
    ],
)
def test_value_by_words(text: str, words: str, value: str) -> None:
    assert (words, value) in read(text)


@pytest.mark.parametrize(
    "text",
    [
        "The March on Rome was a coup.",
        "He spoke of the future of the league.",
        "The minister told 60 Minutes about it.",
        'She said on "This Week" that they would talk.',
        "He was seen the day before officials issued a warrant.",
    ],
)
def test_no_time(text: str) -> None:
    assert read(text) == []


def test_a_second_day_of_the_month() -> None:
    assert read("The summit is held on April 24 and 25 in Oslo.") == [
        ("April 24", "2024-04-24"),
        ("25", "2024-04-25"),
    ]
    assert read("The ban ended on January 24 and 25 people were freed.") == [("January 24", "2024-01-24")]


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("Profit fell in the third quarter of 2023.\nIt was higher a year ago.", "a year ago", "2022-Q3"),
        ("It lost in the third quarter of 2023.\nThe year-ago period won.", "The year-ago period", "2022-Q3"),
        ("It lost in 2023.\nThe year-ago third quarter was good.", "The year-ago third quarter", "2022-Q3"),
        ("In the third quarter of 2023 it lost.\nIn the 2020 period it won.", "the 2020 period", "2020-Q3"),
        ("It was higher a year ago.", "a year ago", "2023"),
        ("In 2019 police raided the office; the case was dropped the next year.", "next year", "2020"),
        ("In 2019 police raided the office. It may close in the next year.", "next year", "2025"),
    ],
)
def test_counted_from_what_was_spoken_of(text: str, words: str, value: str) -> None:
    assert (words, value) in read(text)


def test_a_year_ago_does_not_move_the_story() -> None:
    text = "In the third quarter of 2023 it lost.\nIt won a year ago.\nIt paid more a year ago."
    assert [v for _, v in read(text)] == ["2023-Q3", "2022-Q3", "2022-Q3"]


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("Neither he nor his lawyer could be reached on Friday.", "Friday", "2024-02-09"),
        ("Those behind Monday's bombing will be punished.", "Monday", "2024-02-12"),
        ("The offer had been due to expire on Friday.", "Friday", "2024-02-09"),
        ("They will appeal when the case is heard in May.", "May", "2024-05"),
        ("Rivals criticised an agreement to meet in November.", "November", "2024-11"),
        ("Captain Moreau will be named commander for a mission in December.", "December", "2024-12"),
        ("If the vote in April is a sham, Oslo may recall its envoy.", "April", "2024-04"),
    ],
)
def test_value_by_the_tree(text: str, words: str, value: str) -> None:
    assert (words, value) in by_tree(text)


def times(text: str) -> list[Time]:
    return communique.read(text, published=PUBLISHED).times


def test_years_are_counted_from_a_year() -> None:
    found = times("Kosovo declared independence in 2008, nine years after the bombing of Serbia.")
    assert [(t.value, t.start_day) for t in found] == [("2008", "2008-01-01"), ("P9Y", "1999-01-01")]


def test_hours_after_are_of_the_day_named() -> None:
    found = times("Canada replied on Wednesday, hours after the tariffs were extended.")
    assert [(t.value, t.start_day) for t in found][1] == ("PTXH", "2024-02-14")
    found = times("The talks lasted five hours.")
    assert [t.start_day for t in found] == [None]
