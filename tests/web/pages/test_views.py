"""What the pages make of answers: months, bars, passages, a reading's chain."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from communique.reading import Claim, Source
from communique.store.questions.answer import Answer
from communique.web.pages import start
from communique.web.pages.ahead import marked, months_of
from communique.web.pages.article_view import actor_key, view_of
from communique.web.pages.disputes import gathered
from communique.web.pages.search import pieces
from communique.web.pages.strip import bars
from tests.samples import sample, span


def row(first: date, last: date | None = None) -> dict[str, Any]:
    return {"day": first, "to_day": last or first}


def test_months_have_the_days_on_which_something_comes() -> None:
    rows = [
        row(date(2031, 3, 4)),
        row(date(2031, 3, 4), date(2031, 3, 5)),
        row(date(2031, 4, 1), date(2031, 4, 30)),
    ]
    months = months_of(rows, date(2031, 2, 18))
    assert [m.first for m in months] == [date(2031, 3, 1)], "'in April' is on no day"
    days = {d: n for week in months[0].weeks for d, n in week if d and n}
    assert days == {date(2031, 3, 4): 2, date(2031, 3, 5): 1}
    assert all(len(week) == 7 for week in months[0].weeks)


def test_every_day_that_is_drawn_leads_to_an_entry_and_to_one_only() -> None:
    rows = [
        row(date(2031, 2, 1), date(2031, 2, 28)),
        row(date(2031, 2, 17), date(2031, 2, 19)),
        row(date(2031, 2, 19), date(2031, 2, 20)),
        row(date(2031, 2, 20)),
    ]
    marks = [r["marks"] for r in marked(rows, date(2031, 2, 18))]
    assert marks == [[], [date(2031, 2, 18), date(2031, 2, 19)], [date(2031, 2, 20)], []]
    months = months_of(rows, date(2031, 2, 18))
    drawn = [d for m in months for week in m.weeks for d, n in week if n]
    assert drawn == [d for days in marks for d in days]


def test_a_dispute_that_two_versions_of_an_article_tell_stands_once() -> None:
    one = {
        "kind": "denial",
        "about": "the charge",
        "said_by_a": ["Norvania"],
        "said_by_b": ["Ostria"],
        "words_a": "that ferries, it said, had sunk",
        "words_b": "the charge",
        "article_b": 1,
    }
    again = {**one, "words_a": "that  ferries it said had sunk", "article_b": 2}
    other = {**one, "said_by_b": ["Palatia"], "article_b": 3}
    found = gathered([one, other, again])
    assert [r["article_b"] for r in found] == [1, 3]
    assert [[r["article_b"] for r in row["again"]] for row in found] == [[2], []]
    assert "again" not in one, "what the cache holds is left as it is"


def test_what_most_articles_tell_comes_first_and_once(monkeypatch: pytest.MonkeyPatch) -> None:
    def happening(tellings: int, kind: str) -> dict[str, Any]:
        return {"tellings": tellings, "type": kind, "actors": ["Norvania"], "recipients": ["Ostria"]}

    rows = [happening(9, "CONSULT"), happening(7, "AID"), happening(5, "CONSULT"), happening(1, "ACCUSE")]
    monkeypatch.setattr(start, "cached", lambda *_, **__: Answer({}, rows, ""))
    shown = start._most_told(None)  # type: ignore[arg-type]
    assert [(r["tellings"], r["type"]) for r in shown] == [(9, "CONSULT"), (7, "AID")]


def test_what_began_before_counts_from_the_first_day_on() -> None:
    months = months_of([row(date(2031, 2, 27), date(2031, 3, 2))], date(2031, 3, 1))
    days = {d for m in months for week in m.weeks for d, n in week if n}
    assert days == {date(2031, 3, 1), date(2031, 3, 2)}


def test_six_months_are_drawn_at_most_and_the_end_of_time_is_none() -> None:
    rows = [row(date(2031, m, 1)) for m in range(1, 10)] + [row(date(9999, 12, 31))]
    assert [m.first.month for m in months_of(rows, date(2031, 1, 1))] == [1, 2, 3, 4, 5, 6]


def test_bars_share_one_scale() -> None:
    strip = bars(
        [
            {"period": date(2031, 1, 1), "cooperation": 4, "conflict": 2},
            {"period": date(2031, 2, 1), "cooperation": 0, "conflict": 1},
        ]
    )
    assert strip is not None
    one, two = strip["bars"]
    assert one["up"] == strip["half"] and one["down"] == pytest.approx(strip["half"] / 2)
    assert (two["up"], two["down"]) == (0, pytest.approx(strip["half"] / 4))
    assert two["x"] == pytest.approx(strip["width"] / 2)
    assert (strip["cooperation"], strip["conflict"]) == (4, 3)
    assert bars([]) is None and bars([{"period": None, "cooperation": 0, "conflict": 0}]) is None


def test_passages_in_pieces() -> None:
    assert pieces("the talks failed", [4, 9]) == [("the ", False), ("talks", True), (" failed", False)]
    assert pieces("talks", [0, 5]) == [("talks", True)]
    assert pieces("none", []) == [("none", False)]
    assert "".join(text for text, _ in pieces("abc", [1, 99])) == "abc"


def test_the_chain_is_nested_and_events_stand_where_they_are_told() -> None:
    reading = sample()
    view = view_of(reading)
    assert [one.claim.id for one in view.chain] == [c.id for c in reading.claims if c.within is None]
    outer = view.chain[0]
    inner = [c.id for c in reading.claims if c.within == outer.claim.id]
    assert [one.claim.id for one in outer.inner] == inner and inner
    assert outer.inner[0].depth == outer.depth + 1
    inside = {e.id for e in reading.events if e.claim}
    assert {e.id for e in view.own_events} == {e.id for e in reading.events} - inside


def test_a_circle_of_claims_is_shown_flat() -> None:
    reading = sample()
    here = [span("We will not give up the port")]
    reading.claims = [
        Claim("c1", Source("n3"), [], here, "direct", within="c2"),
        Claim("c2", Source("n4"), [], here, "indirect", within="c1"),
    ]
    for event in reading.events:
        event.claim = None
    shown: list[str] = []

    def walk(some: list[Any]) -> None:
        for one in some:
            shown.append(one.claim.id)
            walk(one.inner)

    walk(view_of(reading).chain)
    assert sorted(shown) == ["c1", "c2"], "each once"


def test_marks_have_the_words_of_their_parts() -> None:
    reading = sample()
    marks = view_of(reading).marks
    for event in reading.events:
        mark = next(m for m in marks if m.key == event.id)
        assert (mark.start, mark.stop, mark.link) == (event.start, event.end, True)
    assert {m.key for m in marks if m.layer == "said"} == {c.id for c in reading.claims}


def test_actors_have_keys() -> None:
    reading = sample()
    reading.entities[0].kb = "iso:NOR"
    assert [actor_key(e) for e in reading.entities[:2]] == ["iso:NOR", "~ostria"]
