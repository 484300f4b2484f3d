"""What templates print: escaped, with nothing hidden, days and numbers as people write them."""

from __future__ import annotations

from datetime import date

import pytest

from communique.web.pages.frame import (
    actor_path,
    after,
    coming,
    count,
    day,
    headline,
    host,
    named,
    number,
    outside,
    point,
    seen,
    short,
    span,
    static,
    templates,
    unquoted,
)


@pytest.mark.parametrize(
    "value, printed",
    [
        ("plain, naïve – “quoted”", "plain, naïve – “quoted”"),
        ("عربي 日本 Київ", "عربي 日本 Київ"),
        ("turned \u202eround", "turned \\u202eround"),
        ("hid\u200bden\u2066", "hid\\u200bden\\u2066"),
        ("\u061cmark", "\\u061cmark"),
        ("bell\x07 and \x1b[2J", "bell\\x07 and \\x1b[2J"),
        ("line\n\ttab", "line\n\ttab"),
        ("\U000e0041tag", "\\U000e0041tag"),
    ],
)
def test_what_nobody_can_see_is_spelled_out(value: str, printed: str) -> None:
    assert seen(value) == printed


def test_templates_escape_whatever_they_print() -> None:
    made = templates().from_string('<p title="{{ v }}">{{ v }}</p>{{ n }}')
    out = made.render(v='"><script>alert(1)</script>\u202e', n=None)
    assert "<script" not in out and "\u202e" not in out
    assert out.count("&lt;script&gt;") == 2 and out.endswith("</p>"), "nothing is printed of None"


@pytest.mark.parametrize(
    "url, kept",
    [
        ("https://news.example/a", "https://news.example/a"),
        (" http://news.example ", "http://news.example"),
        ("javascript:alert(1)", ""),
        ("JaVaScRiPt:alert(1)", ""),
        ("data:text/html,x", ""),
        ("//news.example/a", ""),
        ("https:///a", ""),
        ("http://[", ""),
        (None, ""),
    ],
)
def test_links_go_to_the_web_alone(url: str | None, kept: str) -> None:
    assert outside(url) == kept


def test_host_is_the_site() -> None:
    assert host("https://www.news.example/a") == "news.example"
    assert host("javascript:alert(1)") == ""


def test_actors_have_addresses_that_hold_any_name() -> None:
    assert actor_path("iso:JPN") == "/actors/iso:JPN"
    assert actor_path("~A/B? <c>") == "/actors/~A%2FB%3F%20%3Cc%3E"


@pytest.mark.parametrize(
    "first, last, text",
    [
        (date(2024, 2, 9), date(2024, 2, 9), "9 Feb 2024"),
        (date(2024, 2, 1), date(2024, 2, 29), "Feb 2024"),
        (date(2024, 1, 1), date(2024, 12, 31), "2024"),
        ("2024-02-09", "2024-02-11", "9–11 Feb 2024"),
        (date(2024, 2, 9), None, "9 Feb 2024"),
        (None, None, ""),
    ],
)
def test_spans_of_days(first: date | str | None, last: date | str | None, text: str) -> None:
    assert span(first, last) == text


def test_days_and_numbers() -> None:
    assert (day("2024-02-09"), day(None), day("soon")) == ("9 Feb 2024", "", "soon")
    assert [number(v) for v in (1204, 17.0, 2.5, 0.126, None)] == ["1,204", "17", "2.5", "0.13", "–"]
    assert (count(1, "article"), count(1204, "article")) == ("1 article", "1,204 articles")


def test_text_is_cut_at_a_word() -> None:
    assert short("The ministers of both sides met", 20) == "The ministers of…"
    assert short("short", 20) == "short"
    assert short("one … two", 7) == "one…", "no second ellipsis"
    assert after("Talks begin\n\nThey met on Monday.", "Talks begin") == "They met on Monday."
    assert after("Other words", "Talks begin") == "Other words"
    assert unquoted("“No,” she said") == "No,” she said"


@pytest.mark.parametrize(
    "kind, one, two, heading",
    [
        ("denial", ["Norvania"], ["Ostria"], "Ostria denied what Norvania said"),
        ("denial", ["rebels"], ["they"], "Rebels: a denial"),
        ("denial", ["Ostria"], ["Ostria"], "Ostria: a denial"),
        ("denial", [], ["Ostria"], "Ostria: a denial"),
        ("denial", [], [], "A denial: the port"),
        ("number", [], [], "How many: the port"),
        ("status", [], [], "Did it happen: “the port”?"),
        ("attribution", [], [], "The port"),
    ],
)
def test_disputes_have_a_heading(kind: str, one: list[str], two: list[str], heading: str) -> None:
    assert point({"kind": kind, "about": "the port", "said_by_a": one, "said_by_b": two}) == heading


def test_a_dispute_about_a_number_is_headed_by_both() -> None:
    row = {"kind": "number", "about": "ferry", "said_by_a": [], "said_by_b": []}
    assert point({**row, "words_a": "12 ferries", "words_b": "nine"}) == "How many: 12 ferries or nine?"
    assert point({**row, "words_a": "12 ferries", "words_b": "x" * 41}) == "How many: ferry"


@pytest.mark.parametrize(
    "beginning, heading",
    [
        ("OSTRAVILLE | Mon Feb 5, 2031 9:41 am EST OSTRAVILLE (Northwire) - Talks began.", "Talks began."),
        ("PORT NOR, Ostria (Northwire) -- Talks began.", "Talks began."),
        ("\\* Talks began \\* Ferries sail", "Talks began · Ferries sail"),
        ("Envoys met in Port Nor (Ostria) - talks began.", "Envoys met in Port Nor (Ostria) - talks began."),
        ("Talks began.", "Talks began."),
    ],
)
def test_an_article_without_a_title_is_headed_by_its_words_without_the_dateline(
    beginning: str, heading: str
) -> None:
    assert headline(None, beginning, 90) == heading
    assert headline("Peace", beginning, 90) == "Peace"


def test_what_is_ahead_is_headed_by_its_sentence_where_that_is_short() -> None:
    told = "Port Nor (Northwire) - Ostria will vote on the treaty."
    assert coming({"what": "vote on the treaty", "sentence": told}) == "Ostria will vote on the treaty."
    assert coming({"what": "vote on the treaty", "sentence": told + " It" * 60}) == "Vote on the treaty"
    assert coming({"what": "tour", "sentence": '" tour is due' + " on" * 60}).startswith("Tour is due")
    assert coming({"what": "elections", "sentence": None}) == "Elections"


def test_a_pronoun_or_verb_is_no_name() -> None:
    assert [named(n) for n in ("said", "They", None, "NATO")] == [None, None, None, "NATO"]


def test_static_files_have_an_address_that_changes_with_them() -> None:
    path = static("css/communique.css")
    assert path.startswith("/static/css/communique.css?v=") and len(path.partition("=")[2]) == 10
    with pytest.raises(FileNotFoundError):
        static("css/none.css")
