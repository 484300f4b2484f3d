from __future__ import annotations

from datetime import date

import pytest

from communique.intake import from_text

DAY = date(2024, 2, 15)


def blocks(article):
    return [article.text[s:e] for s, e in article.blocks]


@pytest.mark.parametrize(
    "top",
    [
        "Arendia to reopen embassy in Belmark\n\nAnna Berg\n15 February 2024\n\n",
        "\n\nArendia to reopen embassy in Belmark\n\nBy Anna Berg\nFebruary 15, 2024\n",
        "Arendia to reopen embassy in Belmark\nThursday, February 15, 2024\nAnna Berg\n\n",
        "# Arendia to reopen embassy in Belmark\n\nBy Anna Berg | Post\nPublished: 15 Feb. 2024 9:30\n\n",
        "Arendia to reopen\nembassy in Belmark\n\nBy Anna Berg\n15 February 2024\n\n",
    ],
)
def test_title_author_and_date_from_the_layout(top, body, second):
    article = from_text(f"{top}{body}\n\n{second}")
    assert article.title == "Arendia to reopen embassy in Belmark"
    assert article.author == "Anna Berg"
    assert (article.published, article.published_from) == (DAY, "text")
    assert blocks(article) == [body, second]


@pytest.mark.parametrize(
    "top",
    [
        "Arendia to reopen embassy\n\nDaily Post | Lund bureau | By Anna Berg | February 15, 2024\n\n",
        "Arendia to reopen embassy\n\nBy Anna Berg — 15 February 2024\n\n",
        "Arendia to reopen embassy\n\nNORTHERN NEWS AGENCY\nLund, 15 February 2024\nBy Anna Berg\n\n",
        "Arendia to reopen embassy\n\nBy Anna Berg\nLund, Arendia, Thursday, February 15, 2024\n\n",
    ],
)
def test_a_date_among_the_parts_of_a_byline_or_after_a_place(top, body, second):
    article = from_text(f"{top}{body}\n\n{second}")
    assert (article.title, article.author) == ("Arendia to reopen embassy", "Anna Berg")
    assert (article.published, article.published_from) == (DAY, "text")
    assert blocks(article) == [body, second]


@pytest.mark.parametrize(
    "line",
    [
        "The talks opened in Lund, 15 February 2024",
        "Talks in Lund | Talks in Brod",
        "Talks on 15 February 2024 | More to come",
        "14 February 2024 – 15 February 2024",
    ],
)
def test_a_day_that_a_line_only_mentions_is_not_its_date(line, body, second):
    assert from_text(f"Arendia to reopen embassy\n\n{line}\n\n{body}\n\n{second}").published is None


def test_a_title_over_a_blank_line(body, second):
    article = from_text(f"Arendia to reopen embassy in Belmark\n\n{body}\n\n{second}")
    assert article.title == "Arendia to reopen embassy in Belmark"
    assert blocks(article) == [body, second]


def test_a_standfirst_is_running_text(body, second):
    top = "Arendia to reopen embassy\n\nStep follows two years of talks\n\nBy Anna Berg\n15 February 2024\n\n"
    article = from_text(f"{top}{body}\n\n{second}")
    assert article.title == "Arendia to reopen embassy"
    assert blocks(article) == ["Step follows two years of talks", body, second]


@pytest.mark.parametrize(
    "text",
    [
        "Marta Lind met Otto Brandt on Monday",
        "Marta Lind met Otto Brandt on Monday\n\nThey spoke for an hour.",
        "The minister, who had been expected,\n\ncame late to the talks, and left before the others did.",
    ],
)
def test_without_such_a_layout_nothing_is_a_title(text):
    article = from_text(text)
    assert article.title is None and article.author is None
    assert article.blocks[0][0] == 0


def test_a_known_title_on_top_is_left_out(body, second):
    text = f"Arendia To Reopen Embassy\n\nWorld\n{body}\n\n{second}"
    article = from_text(text, title="Arendia to reopen embassy")
    assert article.title == "Arendia to reopen embassy"
    assert blocks(article) == ["World", body, second]


def test_a_name_alone_is_no_byline(body, second):
    article = from_text(f"{body}\n\nMarta Lind\n\n{second}")
    assert article.author is None
    assert "Marta Lind" in blocks(article)


def test_date_on_top_alone(body, second):
    article = from_text(f"Thursday, February 15, 2024\xa0\n\n\n{body}\n\n{second}")
    assert article.published == DAY and article.title is None
    assert blocks(article) == [body, second]


def test_a_dateline_stays_in_its_paragraph(body):
    article = from_text(f"ARENBURG, Feb. 15, 2024 (Agency) — {body}")
    assert (article.published, article.published_from) == (DAY, "text")
    assert article.blocks == ((0, len(article.text)),)


def test_a_dateline_without_year_gives_no_date(body):
    article = from_text(f"ARENBURG, Feb. 15 (Agency) — {body}")
    assert (article.published, article.published_from) == (None, None)


def test_a_date_in_the_running_text_is_not_the_articles(body, second):
    assert from_text(f"{body}\n\n{second}\n\n15 February 2024\n\n{body}").published is None
    assert from_text(f"On 15 February 2024 all was calm. {body}").published is None
