from __future__ import annotations

import textwrap
from itertools import pairwise

import pytest

from communique.intake import from_text
from communique.intake.lines import lines_of
from communique.intake.paragraphs import find_blocks, furniture


def paragraphs(text: str) -> list[str]:
    lines = lines_of(text)
    return [" ".join(text[s:e].split()) for s, e in find_blocks(lines, furniture(lines))]


def test_a_line_each_is_a_paragraph_each(body, second):
    assert paragraphs(f"{body}\n{second}\n{body}") == [body, second, body]
    assert paragraphs(f"{body}\r\n\r\n{second}\r\n") == [body, second]


def test_short_sentences_one_a_line_stay_apart():
    lines = [
        "She left on Monday.",
        "He stayed behind.",
        "Nobody asked why they had come at all.",
        "It rained.",
        "They ate.",
    ]
    assert paragraphs("\n".join(lines)) == lines


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("so far,", "Belmark has said nothing about its own plans."),
        ("the next", "general election is to be held in the spring of the year after."),
        ("and a spokesman promised concrete", "steps “within weeks”."),
        ("where a law was passed on non-", "financial companies."),
        ("said the head of the staff, Gen.", "Otto Brandt, in the evening."),
        ("in talks between Arendia and", "Belmark, which began in the spring."),
    ],
)
def test_a_paragraph_cut_by_a_page_break_is_one(body, second, above, below):
    text = f"{second}\n\n{body} Officials spoke of progress, {above}\n\n{below}\n\n{second}"
    joined = paragraphs(text)
    assert len(joined) == 3
    assert joined[1].endswith(f"{above} {below}")


def test_a_cut_before_a_name_is_seen_where_pages_break(body, second):
    cut = f"{body} The talks were led by the president of\n\nthe senate."
    rest = (
        f"{body} They were met at the airport by President\n\nMarta Lind and her two ministers.\n\n{second}"
    )
    text = f"{cut}\n\n{rest}"
    assert len(paragraphs(text)) == 3
    # Without another such break the missing stop may be a slip.
    assert len(paragraphs(rest)) == 3


def test_headings_stay_apart(body, second):
    for heading in (
        "What comes next",
        "Reaction in Belmark",
        "A LONG ROAD",
        "Why the embassy matters to them",
    ):
        assert paragraphs(f"{body}\n\n{heading}\n\n{second}") == [body, heading, second]


def test_a_lower_case_name_opens_a_paragraph(body):
    assert paragraphs(f"{body}\n\niPhone makers are hit as well.") == [body, "iPhone makers are hit as well."]


def test_a_quotation_goes_on_with_its_speaker():
    assert paragraphs("“Why should we wait any longer?”\nasked the minister.") == [
        "“Why should we wait any longer?” asked the minister."
    ]


@pytest.mark.parametrize("between", ["\n\n", "\n    "])
@pytest.mark.parametrize("width", [50, 72, 100])
def test_wrapped_lines_are_one_paragraph(body, second, between, width):
    wrapped = [textwrap.fill(p, width, break_on_hyphens=False) for p in (body, second, body)]
    assert paragraphs(between.join(wrapped)) == [body, second, body]


def test_wrapped_lines_without_any_sign_between_paragraphs(body, second):
    text = "\n".join(textwrap.fill(p, 64) for p in (body, second, body))
    assert paragraphs(text) == [body, second, body]


def test_a_heading_above_wrapped_lines_stays_apart(body, second):
    text = "\n".join([textwrap.fill(body, 80), "Reaction", textwrap.fill(second, 80)])
    assert paragraphs(text) == [body, "Reaction", second]


def test_list_items_stay_apart(body):
    items = ["- reopen the embassy", "- lift the visa rules", "- hold talks every month"]
    assert paragraphs("\n".join([body, *items])) == [body, *items]


@pytest.mark.parametrize(
    "line",
    [
        "3",
        "Page 3 of 12",
        "- 3 -",
        "* * *",
        "Advertisement",
        "Photo: Anna Berg",
        "Read more: the treaty in full",
        "© 2024 The Arendia Post. All rights reserved.",
        "(Reporting by Anna Berg; Editing by Otto Brandt)",
        "https://news.example/embassy",
        "Photos: The embassy reopens A guard raises the flag. Hide Caption 1 of 8",
        "A guard raises the flag of Arendia as the envoy looks on. Hide Caption 2 of 8",
        "Photos: The embassy reopens " + "A guard raises the flag as the envoy looks on. " * 12,
    ],
)
def test_furniture_is_left_out(body, second, line):
    assert paragraphs(f"{body}\n\n{line}\n\n{second}") == [body, second]


@pytest.mark.parametrize(
    "line",
    [
        "The embassy will open on Monday.",
        "Photographs were shown to the press.",
        "“Read more,” she said.",
        "Sources close to the talks said otherwise.",
        "He contributed to the report.",
        "Photos of the embassy were shown to the press.",
        "The paper had to hide captions of 8 photographs.",
    ],
)
def test_sentences_are_not_furniture(body, second, line):
    assert paragraphs(f"{body}\n\n{line}\n\n{second}") == [body, line, second]


def test_a_contact_notice_and_what_is_below_it_is_left_out(body, second):
    notice = "To contact the Arendia Post and the\n\nBelmark desk visit:\n\npost.example/contact"
    assert paragraphs(f"{body}\n\n{second}\n\n{body}\n\n\n{notice}") == [body, second, body]


def test_links_under_a_last_heading_are_left_out(body, second):
    links = "Sources\n\n“Embassy to open” — Arendia Post, 15 February 2024\n\n“Talks end” — Belmark Radio"
    assert paragraphs(f"{body}\n\n{second}\n\n{body}\n\n{second}\n\n{links}") == [body, second, body, second]


def test_no_paragraph_runs_across_furniture(body, second):
    text = f"{second}\n\n{body} Officials spoke of\n\n7\n\nprogress in all fields.\n\n{second}"
    assert not any("7" in p for p in paragraphs(text))


def test_blocks_are_trimmed_ordered_and_inside_the_text(body, second):
    text = f"\ufeff\n \u200b {body}\t\x0c\n\x00\u202e{second}\u202c\r\n\u2028\n"
    blocks = from_text(text).blocks
    start, end = blocks[0]
    assert text[start:end] == body
    assert all(0 <= s < e <= len(text) for s, e in blocks)
    assert all(a[1] <= b[0] for a, b in pairwise(blocks))


def test_a_text_of_furniture_alone_keeps_its_lines():
    article = from_text("Photo: Anna Berg\n\nRead more: embassy to open")
    assert [article.text[s:e] for s, e in article.blocks] == [
        "Photo: Anna Berg",
        "Read more: embassy to open",
    ]
