"""What the article says will come: how it is named, how sure it is, and what is not ahead."""

from __future__ import annotations

import pytest

import communique

PUBLISHED = "2024-02-15"  # a Thursday


def ahead(text: str) -> list[tuple[str, str]]:
    return [(k.what, k.status) for k in communique.read(text, published=PUBLISHED).schedule]


@pytest.mark.parametrize(
    ("text", "what", "status"),
    [
        ("The election is scheduled for October 2025.", "election", "scheduled"),
        ("The president will hold a summit in May.", "hold a summit", "scheduled"),
        ("Talks that begin on Monday will be led by Norway.", "Talks", "scheduled"),
        ("The vote will take place on March 3.", "vote", "scheduled"),
        ("He said the trial was scheduled for April 3.", "trial", "scheduled"),
        ("The election was delayed until October 2024.", "election", "scheduled"),
        ("The parliament may debate the bill next month.", "debate the bill", "expected"),
        ("The Senate will meet on Monday.", "Senate will meet", "scheduled"),
        ("The mission is expected to stay until Friday.", "mission is expected to stay", "expected"),
        ("Riyadh may send the envoy back before April.", "send the envoy", "expected"),
        ("The mayor invited the strikers to a meeting on Friday.", "meeting", "scheduled"),
        ("He will resign on Friday.", "resign", "scheduled"),
        ("The envoys, who are due to meet in March, want a truce.", "meet", "scheduled"),
        ("There are protests planned for this week.", "protests", "scheduled"),
        ("Two leaders called for a rally on February 24.", "rally", "scheduled"),
        ("Students said they were organizing a march for Tuesday.", "march", "scheduled"),
        ("The county attorney may bring charges as early as Monday.", "bring charges", "expected"),
        ("He said that the first patrols would set out in July.", "first patrols would set out", "expected"),
        ("The generals agree to thin out forces by month's end.", "thin out forces", "deadline"),
        (
            "The aide, missing for more than a week and sought by his family, will be released Monday.",
            "be released",
            "scheduled",
        ),
        ("Rebels have until March 28 to lay down their arms.", "lay down their arms", "deadline"),
        ("The company must pay the fine no later than March 1.", "pay the fine", "deadline"),
    ],
)
def test_names_and_status(text: str, what: str, status: str) -> None:
    assert ahead(text) == [(what, status)]


@pytest.mark.parametrize(
    "text",
    [
        "The truce had been due to end on February 20.",
        "The vote on March 3 was cancelled.",
        "The minister will not visit Paris next week.",
        "Protests erupted this year.",
        "The minister visited Paris last week.",
        "The company unveiled its 2026 model.",
        "Ministers meet every Monday.",
        "It is a price that we are still paying, in 2026 as in 2024, she said.",
        "NAIROBI, 9:20 p.m. local, 6:20 p.m. GMT: The president says he will not resign.",
        "(Updated 9:05 p.m.) The mayor told the council to wait for the vote.",
        "The warrant issued by the court this week will only help him.",
        "Miners, who had planned a stoppage for Monday, called it off.",
    ],
)
def test_not_ahead(text: str) -> None:
    assert ahead(text) == []


def test_one_entry_for_one_happening_and_date() -> None:
    text = "The vote will take place on March 3. Officials said the vote was set for March 3."
    assert ahead(text) == [("vote", "scheduled")]


def test_what_is_one_line_and_its_span_points_at_the_article() -> None:
    text = "Ministers are divided over the budget and the cabinet is weak, and the next general\n"
    reading = communique.read(text + "election is scheduled for October 2025.", published=PUBLISHED)
    (entry,) = reading.schedule
    assert entry.what == "next general election"
    assert reading.article.text[entry.start : entry.end].split() == entry.what.split()


def test_the_event_of_the_phrase_is_linked() -> None:
    reading = communique.read("Kenya and Uganda will hold talks in May.", published=PUBLISHED)
    (entry,) = reading.schedule
    linked = next(e for e in reading.events if e.id == entry.event)
    assert reading.evidence(linked) == "talks"


def test_nothing_without_a_day_of_publication() -> None:
    assert communique.read("The election is scheduled for October 2025.").schedule == []
