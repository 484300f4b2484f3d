"""The page for a person."""

from __future__ import annotations

import pickle
from datetime import date

import pytest

from communique.cli.page import Screen
from communique.cli.table import AsTable
from communique.reading import Dispute, Event, Time
from tests.samples import TEXT, sample, span

PLAIN = AsTable(Screen(80))


def lines(page: str) -> list[str]:
    return [" ".join(line.split()) for line in page.splitlines()]


def test_the_header_says_what_and_when_and_where_the_date_is_from() -> None:
    assert lines(PLAIN(sample()))[:2] == [
        "Talks over the port",
        "Port Gazette · 18 Feb 2031 (from its own text)",
    ]


def test_an_article_without_a_date_says_how_to_give_one() -> None:
    assert "no date (give one with --published)" in PLAIN(sample(published=None, published_from=None))


def test_an_event_is_told_with_names_and_the_words_it_rests_on() -> None:
    page = lines(PLAIN(sample()))
    row = page.index("17 Feb 2031 Norvania → Ostria CONSULT visit occurred the article")
    assert page[row + 1] == "Envoys of Norvania *met* Ostrian officials on Monday."


def test_long_parties_stand_on_two_lines() -> None:
    reading = sample()
    reading.entities[1].name = "Greater Ostria"
    page = lines(PLAIN(reading))
    row = page.index("17 Feb 2031 Norvania CONSULT visit occurred the article")
    assert page[row + 1] == "→ Greater Ostria"


def test_whose_word_it_is_goes_through_those_who_pass_it_on() -> None:
    page = PLAIN(sample())
    assert "Ada Holm, told" in page
    assert "by Daily Wire" in page


def test_claims_and_what_is_ahead() -> None:
    page = lines(PLAIN(sample()))
    assert "said (deny)" in "\n".join(page)
    ahead = page[page.index("AHEAD (1)") :]
    assert ahead[1:3] == [
        "4 Mar 2031 treaty signing (scheduled)",
        "The two sides plan to *sign a treaty* on 4 March 2031.",
    ]


def test_planned_events_and_later_days_are_ahead_without_a_schedule() -> None:
    reading = sample()
    reading.schedule = []
    assert "AGREE: Norvania → Ostria (planned)" in PLAIN(reading)
    reading.events = []
    page = lines(PLAIN(reading))
    assert page[page.index("AHEAD (1)") + 1] == "4 Mar 2031 4 March 2031"


def test_a_reading_of_nothing_says_so() -> None:
    reading = sample()
    reading.events, reading.claims, reading.schedule, reading.times = [], [], [], []
    page = lines(PLAIN(reading))
    assert [line for line in page if line.isupper() or line.endswith("none")] == [
        "EVENTS none",
        "CLAIMS none",
        "AHEAD none",
    ]


@pytest.mark.parametrize("width", [60, 80, 120])
def test_no_line_is_wider_than_the_screen_and_none_is_coloured(width: int) -> None:
    reading = sample()
    reading.entities[0].name = "The Democratic and Popular Confederation of Norvania"
    page = AsTable(Screen(width))(reading)
    assert max(map(len, page.splitlines())) <= width
    assert "\x1b" not in page


def test_on_a_terminal_the_trigger_is_coloured_not_starred() -> None:
    page = AsTable(Screen(80, True))(sample())
    assert "\x1b[1;4mmet\x1b[0m" in page
    assert "*met*" not in page


def test_the_text_of_an_article_commands_nothing() -> None:
    text = TEXT.replace("officials", "[bold]off\x1b[31mi\u202ecials[/bold]")
    reading = sample(text, title="[red]Port[/red] :smile: \x1b]0;x\x07", publisher="a\u2066b")
    reading.entities[0].name = "Nor\x1b[2Jvania"
    page = AsTable(Screen(120))(reading)
    assert "[bold]off\\x1b[31mi\\u202ecials[/bold]" in page
    assert "[red]Port[/red] :smile: \\x1b]0;x\\x07" in page
    assert "a\\u2066b" in page
    assert not {"\x1b", "\u202e", "\u2066", "\x07"} & set(page)


@pytest.mark.parametrize(
    ("first", "last", "shown"),
    [
        ("2024-02-09", "2024-02-09", "9 Feb 2024"),
        ("2024-02-01", "2024-02-29", "Feb 2024"),
        ("2024-01-01", "2024-03-31", "Jan–Mar 2024"),
        ("2002-01-01", "2002-12-31", "2002"),
        ("1977-01-01", "1983-12-31", "1977–1983"),
        ("2024-02-05", "2024-02-11", "5–11 Feb 2024"),
        ("2024-02-28", "2024-03-02", "28 Feb 2024 – 2 Mar 2024"),
        (None, None, "Monday"),
    ],
)
def test_days_are_told_as_people_tell_them(first: str | None, last: str | None, shown: str) -> None:
    from communique.cli.words import days

    assert days(sample(), Time("t", *span("Monday"), "date", None, first, last)) == shown


def test_an_old_event_is_marked_and_one_without_parties_has_a_dash() -> None:
    from communique.cli.words import names, status, what

    event = Event(
        "e", "COERCE", "seize_property", [], 4, 0, None, 0, 1, "s1", [], [], "occurred", historical=True
    )
    assert status(event) == "occurred, long ago"
    assert what(event) == "COERCE seize property"
    assert names(sample(), event.actors) == "–"


def test_what_is_ahead_comes_by_day() -> None:
    reading = sample()
    reading.schedule = []
    reading.article = sample(published=date(2031, 1, 1)).article
    page = PLAIN(reading)
    ahead = page[page.index("AHEAD") :]
    assert ahead.index("17 Feb 2031") < ahead.index("4 Mar 2031")


def test_it_can_be_sent_to_a_worker() -> None:
    assert pickle.loads(pickle.dumps(AsTable(Screen(100, True)))) == AsTable(Screen(100, True))


def test_a_dispute_shows_both_sides_and_the_articles_own_voice_as_such() -> None:
    reading = sample()
    first, second = span("Envoys of Norvania"), span("Ostrian officials")
    reading.disputes = [Dispute("d1", [None, reading.claims[0].id], "denial", "it", [first, second])]
    page = lines(PLAIN(reading))
    row = next(i for i, line in enumerate(page) if line.startswith("DISPUTES (1)"))
    assert page[row + 2].startswith("denial the article")
    assert "Ostrian officials" in " ".join(page[row + 3 :])
