"""Questions on events, dyads, claims, disputes and what comes next, on a store whose answers are known."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from communique.errors import BadQuestion
from communique.store import Store, open_store, questions, text_hash
from communique.store.questions import Answer, Filters
from tests.store.asked import FIRST, SECOND, THIRD, at, make


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("asked") / "s.duckdb")


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with open_store(path, read_only=True) as opened:
        yield opened


def keys(answer: Answer) -> list[tuple[int, int]]:
    return [(row["article"], row["event"]) for row in answer.rows]


ALL = [(1, 1), (1, 2), (2, 1), (2, 2), (3, 1)]


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({}, ALL),
        ({"actor": "JPN"}, [(1, 1), (1, 2), (2, 1)]),
        ({"actor": "jpn"}, [(1, 1), (1, 2), (2, 1)]),
        ({"actor": "Japan", "recipient": "North Korea"}, [(1, 1), (1, 2), (2, 1)]),
        ({"actor": "holm"}, [(1, 1), (1, 2), (2, 1)]),
        ({"actor": ["Holm", "brandt"]}, ALL),
        ({"actor": "Ivo"}, [(2, 2), (3, 1)]),
        ({"actor": "Iv"}, []),
        ({"recipient": "JP"}, [(2, 2), (3, 1)]),
        ({"between": ("PRK", "Ada Holm")}, ALL),
        ({"between": ("PRK", "FRA")}, []),
        ({"since": "2024-03"}, [(1, 2), (3, 1)]),
        ({"until": "2024-02"}, [(1, 1), (2, 1), (2, 2)]),
        ({"since": "2024-02-05", "until": date(2024, 2, 5)}, [(1, 1)]),
        ({"since": "2025"}, []),
        ({"type": "consult"}, [(1, 1), (2, 1)]),
        ({"type": ["ACCUSE", "ASSAULT"]}, [(2, 2), (3, 1)]),
        ({"mode": "visit"}, [(1, 1)]),
        ({"status": "planned"}, [(1, 2)]),
        ({"quad": 4}, [(3, 1)]),
        ({"quad": ["verbal conflict", "4"]}, [(2, 2), (3, 1)]),
        ({"country": "Japan"}, [(1, 1)]),
        ({"min_confidence": 0.85}, [(1, 1), (1, 2), (2, 2)]),
        ({"text": "aide SAID"}, [(2, 1)]),
        ({"historical": True}, []),
        ({"actor": "x' OR 1=1 --"}, []),
    ],
)
def test_filters(store: Store, given: dict[str, Any], found: list[tuple[int, int]]) -> None:
    answer = questions.events(store, **given)
    assert sorted(keys(answer)) == found
    assert answer.total == len(found)
    assert list(answer.columns)[:3] == ["article", "event", "day"]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"since": "soon"}, "since: .*soon.*"),
        ({"until": "2024-13"}, "until: .*2024-13.*"),
        ({"since": "2024-03", "until": "2024-02"}, "is after"),
        ({"type": "CONSLT"}, "no type “CONSLT”, but AGREE, CONSULT, .*did you mean CONSULT"),
        ({"status": "plan"}, "no status “plan”, but occurred, ongoing, planned, hypothetical, negated"),
        ({"quad": 5}, "no quad code “5”, but 1 .verbal-cooperation., 2 "),
        ({"country": "Jpan"}, r"country: there is no country “Jpan”; did you mean JPN \(Japan\)"),
        ({"min_confidence": 1.5}, "0 to 1"),
        ({"between": ("JPN",)}, "two parties"),
        ({"actor": " "}, "actor is empty"),
        ({"acter": "JPN"}, "no filter “acter”, but .*did you mean actor"),
        ({"limit": -1}, "0 or more"),
    ],
)
def test_what_is_no_filter_is_told_with_the_choices(
    store: Store, given: dict[str, Any], message: str
) -> None:
    with pytest.raises(BadQuestion, match=message):
        questions.events(store, **given)


def test_filters_are_given_in_one_way(store: Store) -> None:
    assert keys(questions.events(store, Filters(quad=4))) == [(3, 1)]
    with pytest.raises(BadQuestion, match="in one way"):
        questions.events(store, Filters(quad=4), actor="JPN")


def test_an_event_with_all_that_is_known_of_it(store: Store) -> None:
    (row,) = questions.events(store, type="CONSULT", until="2024-02-10").rows
    start, stop = at("met", FIRST)
    assert row == {
        "article": 1,
        "event": 1,
        "day": date(2024, 2, 5),
        "day_from": "text",
        "from_day": date(2024, 2, 5),
        "to_day": date(2024, 2, 5),
        "actors": ["Ada Holm"],
        "type": "CONSULT",
        "mode": "visit",
        "recipients": ["Ivo Brandt"],
        "status": "occurred",
        "historical": False,
        "contexts": ["diplomatic"],
        "quad_code": 1,
        "intensity": 5.0,
        "confidence": 0.9,
        "place": "Kobe",
        "place_country": "JPN",
        "said_by": [],
        "words": "met",
        "sentence": "Ada Holm met Ivo Brandt in Kobe on 5 February.",
        "start": start,
        "stop": stop,
        "sentence_start": 0,
        "published": date(2024, 2, 6),
        "publisher": "Harbour Gazette",
        "title": "On 2024-02-06",
        "url": None,
        "happening": 7,
        "tellings": 1,
    }


def test_without_a_day_an_event_stands_at_its_articles(store: Store) -> None:
    (row,) = questions.events(store, type="CONSULT", since="2024-02-10").rows
    assert (row["day"], row["day_from"], row["from_day"]) == (date(2024, 2, 20), "published", None)
    assert row["said_by"] == ["an aide"]


def test_a_happening_is_counted_once_and_by_its_telling_with_a_day(store: Store) -> None:
    answer = questions.events(store, happenings=True)
    assert keys(answer) == [(3, 1), (1, 2), (2, 2), (1, 1)]
    assert [row["tellings"] for row in answer.rows] == [1, 1, 1, 2]
    # Of the tellings that the filters let through.
    assert keys(questions.events(store, happenings=True, text="aide", type="CONSULT")) == [(2, 1)]


def test_of_tellings_without_a_day_one_counts_whose_article_has_one(tmp_path: Path) -> None:
    with open_store(make(tmp_path / "s.duckdb")) as store:
        run = store.connection.execute
        run("UPDATE events SET from_day = NULL, confidence = 1 - article / 10")
        run("UPDATE articles SET published = NULL WHERE article = 1")
        (row,) = questions.events(store, type="CONSULT", happenings=True).rows
        assert (row["article"], row["day"], row["day_from"]) == (2, date(2024, 2, 20), "published")
        last = questions.events(store, limit=0).rows[-1]
        assert (last["article"], last["day"], last["day_from"]) == (1, None, None)
        assert questions.timeline(store, happenings=False).rows[-1]["period"] is None
        assert (
            questions.dyad(store, "JPN", "PRK", since="2024-02", until="2024-02").rows[0]["happenings"] == 1
        )


def test_all_rows_are_those_of_the_pages(store: Store) -> None:
    whole = questions.events(store, limit=0)
    pages = [questions.events(store, limit=2, offset=i) for i in (0, 2, 4, 6)]
    assert [row for page in pages for row in page.rows] == whole.rows
    assert [page.total for page in pages] == [5, 5, 5, 5]


def test_the_statement_shows_what_was_run(store: Store) -> None:
    answer = questions.events(store, actor="Holm", limit=0)
    again = store.connection.execute(answer.sql, answer.parameters).fetchall()
    assert len(again) == len(answer) == 3
    assert "Holm" in answer.parameters.values() and "Holm" not in answer.sql


def test_timeline(store: Store) -> None:
    answer = questions.timeline(store)
    assert keys(answer) == [(1, 1), (2, 2), (3, 1)]
    assert keys(questions.timeline(store, happenings=False)) == [(1, 1), (2, 1), (2, 2), (3, 1)]
    months = [row["period"] for row in questions.timeline(store, by="month").rows]
    assert months == [date(2024, 2, 1), date(2024, 2, 1), date(2024, 5, 1)]
    weeks = [row["period"] for row in questions.timeline(store, by="week", limit=1).rows]
    assert weeks == [date(2024, 2, 5)]
    with pytest.raises(BadQuestion, match="no period “fortnight”, but day, week, month, year"):
        questions.timeline(store, by="fortnight")


def test_dyad_has_no_gaps_and_counts_happenings(store: Store) -> None:
    answer = questions.dyad(store, "JPN", "PRK")
    assert list(answer.columns) == [
        *("period", "actor", "recipient", "verbal_cooperation", "material_cooperation"),
        *("verbal_conflict", "material_conflict", "happenings", "score"),
    ]
    found = [(r["period"].month, r["actor"], *list(r.values())[3:]) for r in answer.rows]
    assert found == [
        (2, "JPN", 1, 0, 0, 0, 1, 5.0),
        (2, "PRK", 0, 0, 1, 0, 1, -2.0),
        *[(month, who, 0, 0, 0, 0, 0, None) for month in (3, 4) for who in ("JPN", "PRK")],
        (5, "JPN", 0, 0, 0, 0, 0, None),
        (5, "PRK", 0, 0, 0, 1, 1, -9.0),
    ]


def test_dyad_within_bounds_and_by_name(store: Store) -> None:
    answer = questions.dyad(store, "Holm", "Brandt", since="2024-01", until="2024-03", by="year")
    assert [(r["period"], r["actor"], r["happenings"]) for r in answer.rows] == [
        (date(2024, 1, 1), "Holm", 1),
        (date(2024, 1, 1), "Brandt", 1),
    ]
    assert questions.dyad(store, "JPN", "FRA").rows == []
    with pytest.raises(BadQuestion, match="are the same"):
        questions.dyad(store, "JPN", "Japan")


def test_said(store: Store) -> None:
    (row,) = questions.said(store, "Holm").rows
    assert (row["who"], row["act"], row["words"]) == ("Ada Holm", "deny", "that 12 ferries sank")
    assert row["told_by"] == ["Daily Wire"]
    assert (row["start"], row["stop"]) == at("that 12 ferries sank", FIRST)
    assert len(questions.said(store, "JPN", act="deny", about="Ferries")) == 1
    assert questions.said(store, "JPN", act="ask").rows == []
    assert questions.said(store, "Holm", about="treaty").rows == []
    assert questions.said(store, "Holm", since="2024-03").rows == []
    assert questions.said(store, "Holm", until="2024-02").total == 1
    (unnamed,) = questions.said(store, "aide").rows
    assert (unnamed["who"], unnamed["anonymous"], unnamed["told_by"]) == ("an aide", True, [])
    assert questions.said(store).total == 3
    with pytest.raises(BadQuestion, match="no act “say”, but assert, deny"):
        questions.said(store, "Holm", act="say")


def test_disputes_have_both_sides(store: Store) -> None:
    between, within = questions.disputes(store).rows
    assert (between["happening"], between["kind"], between["article_a"], between["article_b"]) == (
        *(7, "number"),
        *(1, 2),
    )
    assert between["said_by_a"] == ["Ada Holm", "Daily Wire"] and between["said_by_b"] == []
    assert (between["words_a"], between["words_b"]) == ("12 ferries", "met")
    assert (between["start_b"], between["stop_b"]) == at("met", SECOND)
    assert within["happening"] is None and within["said_by_a"] == []
    assert within["said_by_b"] == ["Ada Holm", "Daily Wire"]
    assert within["publisher_a"] == within["publisher_b"] == "Harbour Gazette"
    assert [r["kind"] for r in questions.disputes(store, kind="denial").rows] == ["denial"]
    assert questions.disputes(store, about="sank").total == 1
    assert questions.disputes(store, since="2024-02-20").total == 1
    with pytest.raises(BadQuestion, match="no kind “x”, but number, denial, status, attribution"):
        questions.disputes(store, kind="x")


def test_what_several_articles_announce_comes_once(store: Store) -> None:
    treaty, council = questions.upcoming(store, start="2024-02").rows
    assert (treaty["day"], treaty["to_day"]) == (date(2024, 3, 4), date(2024, 3, 4))
    assert (treaty["what"], treaty["articles"], treaty["told_in"]) == ("sign the fishing treaty", 2, [1, 2])
    assert treaty["words"] == "sign the fishing" and treaty["publisher"] == "Évening Mail"
    assert treaty["sentence"] == "Both plan to sign the fishing treaty on 4 March 2024."
    assert (council["what"], council["articles"], council["status"]) == ("elect a council", 1, "scheduled")
    # Of the article that told it first, so that it stays.
    assert treaty["mark"] == f"{text_hash(FIRST)}/k1" and council["mark"] == f"{text_hash(THIRD)}/k1"


def test_a_page_of_what_comes_is_that_part_of_the_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_store(make(tmp_path / "s.duckdb")) as store:
        # Thirty days with two entries of the same words and one apart; at last two of one happening.
        run = store.connection.execute
        run("DELETE FROM schedule")
        told = [
            (1, "summit of envoys in Kobe"),
            (2, "envoys meet in Kobe for a summit"),
            (3, "summit of farmers"),
        ]
        entries = [
            [article, d, 1, date(2030, 1, 1 + d), date(2030, 1, 1 + d), None, what, 0, 8, "scheduled"]
            for d in range(30)
            for article, what in told
        ]
        for article, what in ((1, "call"), (2, "visit")):
            days = (date(2031, 1, 1), date(2031, 1, 2))
            entries.append([article, 99, 1, *days, 1, what, 0, 8, "expected"])
        store.connection.executemany(f"INSERT INTO schedule VALUES ({', '.join('?' * 10)})", entries)
        whole = questions.upcoming(store, start="2030", limit=0)
        assert [row["told_in"] for row in whole.rows] == [[1, 2], [3]] * 30 + [[1, 2]]
        assert whole.total == 61 and whole.rows[-1]["happening"] == 7
        monkeypatch.setattr("communique.store.questions.ahead._FIRST", 2)
        pages = [questions.upcoming(store, start="2030", limit=5, offset=i) for i in range(0, 65, 5)]
        key = [(row["day"], row["what"]) for row in whole.rows]
        assert sorted((row["day"], row["what"]) for page in pages for row in page.rows) == sorted(key)
        assert pages[0].total is None and pages[-1].total == 61


def test_upcoming_by_day_party_and_status(store: Store) -> None:
    def found(**given: Any) -> list[str]:
        return [row["what"] for row in questions.upcoming(store, **given).rows]

    assert found(start="2024-03-05") == ["elect a council"]
    assert found(start="2024-02", until="2024-05") == ["sign the fishing treaty"]
    # A party of the event; nobody is named in the sentences.
    assert found(start="2024-02", actor="JPN") == ["sign a fishing treaty"]
    assert found(start="2024-02", status="expected") == ["sign the fishing treaty"]
    assert found(start="2024-02", offset=1, limit=1) == ["elect a council"]
    assert questions.upcoming(store, start="2024-02", limit=1).total == 2
    assert found() == []
    with pytest.raises(BadQuestion, match=r"from .* is after until"):
        found(start="2024-03", until="2024-02")
