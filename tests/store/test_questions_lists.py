"""Questions for lists: articles, actors, pairs and happenings, with answers written down by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from communique.errors import BadQuestion
from communique.store import Store, open_store, questions
from tests.store.asked import make


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path = make(tmp_path_factory.mktemp("lists") / "asked.duckdb")
    with open_store(path) as opened:
        opened.connection.execute(
            "INSERT INTO happenings VALUES "
            "(7, 'CONSULT', 'visit', 'occurred', '2024-02-05', '2024-02-05', 'JPN', 'Kobe', ['Ada Holm'], "
            "['Ivo Brandt'], 2, 0.95), "
            "(8, 'ASSAULT', NULL, 'planned', '2024-05-01', '2024-05-31', NULL, NULL, ['Ivo Brandt'], [], 1, "
            "0.8)"
        )
    with open_store(path, read_only=True) as opened:
        yield opened


def column(answer: questions.Answer, name: str) -> list[Any]:
    return [row[name] for row in answer.rows]


def test_articles_say_how_much_they_tell(store: Store) -> None:
    found = questions.articles(store)
    assert column(found, "article") == [3, 2, 1] and found.total == 3
    counts = [(row["events"], row["claims"], row["disputes"], row["ahead"]) for row in found.rows]
    assert counts == [(1, 0, 0, 1), (2, 1, 0, 1), (2, 2, 1, 1)]
    assert found.rows[2]["beginning"].startswith("Ada Holm met Ivo Brandt in Kobe")
    assert column(found, "places") == [1, 1, 1]


@pytest.mark.parametrize(
    ("filters", "numbers"),
    [
        ({"text": "FERRIES sank"}, [1]),
        ({"publisher": "evening"}, [2]),
        ({"publisher": ["evening", "harbour"]}, [2, 1]),
        ({"actor": "Daily Wire"}, [1]),
        ({"actor": "JPN", "since": "2024-02-07"}, [3, 2]),
        ({"until": "2024-02"}, [2, 1]),
        ({"order": "added", "limit": 1}, [3]),
        ({"limit": 1, "offset": 1}, [2]),
        ({"text": "walrus"}, []),
        ({"offset": 9}, []),
    ],
)
def test_articles_are_filtered(store: Store, filters: dict[str, Any], numbers: list[int]) -> None:
    found = questions.articles(store, **filters)
    assert column(found, "article") == numbers
    if "offset" in filters or "limit" in filters:
        assert found.total == 3, "all are counted, whatever the page"


def test_actors_are_counted_under_one_key(store: Store) -> None:
    found = questions.actors(store)
    rows = [(r["key"], r["kind"], r["country"], r["articles"], r["events"], r["claims"]) for r in found.rows]
    assert rows == [
        ("~ada holm", "person", "JPN", 3, 5, 1),
        ("~ivo brandt", "person", "PRK", 3, 5, 0),
        ("~daily wire", "media", None, 1, 0, 1),
    ]
    assert found.rows[0]["sectors"] == ["GOV"] and found.total == 3


@pytest.mark.parametrize(
    ("filters", "keys"),
    [
        ({"name": "brandt"}, ["~ivo brandt"]),
        ({"name": "Japan"}, ["~ada holm"]),
        ({"name": "~Daily Wire"}, ["~daily wire"]),
        ({"kind": "media"}, ["~daily wire"]),
        ({"country": ["JPN", "North Korea"]}, ["~ada holm", "~ivo brandt"]),
        ({"limit": 1, "offset": 1}, ["~ivo brandt"]),
    ],
)
def test_actors_are_filtered(store: Store, filters: dict[str, Any], keys: list[str]) -> None:
    assert column(questions.actors(store, **filters), "key") == keys


def test_a_pair_has_both_directions_and_each_happening_once(store: Store) -> None:
    for of, a, b in (("countries", "JPN", "PRK"), ("actors", "~ada holm", "~ivo brandt")):
        (row,) = questions.pairs(store, of=of).rows
        assert (row["a"], row["b"]) == (a, b)
        # The meeting that two articles tell, the accusation and the attack; what is planned is left out.
        assert (row["happenings"], row["a_to_b"], row["b_to_a"]) == (3, 1, 2)
        assert (row["verbal_cooperation"], row["verbal_conflict"], row["material_conflict"]) == (1, 1, 1)
        assert row["score"] == pytest.approx((5 - 2 - 9) / 3) and row["last"] == date(2024, 5, 1)
    assert questions.pairs(store, status="planned").rows[0]["happenings"] == 1
    assert questions.pairs(store, type="AID").rows == []


def test_happenings_stand_by_tellings_or_by_day(store: Store) -> None:
    assert column(questions.happenings(store), "happening") == [7, 8]
    assert column(questions.happenings(store, order="day"), "happening") == [8, 7]
    assert column(questions.happenings(store, disputed=True), "differences") == [1]


@pytest.mark.parametrize(
    ("filters", "numbers"),
    [
        ({"actor": "JPN"}, [7]),
        ({"type": "assault"}, [8]),
        ({"status": "planned"}, [8]),
        ({"country": "Japan"}, [7]),
        ({"since": "2024-05-15"}, [8]),
        ({"until": "2024-02"}, [7]),
        ({"number": 8}, [8]),
        ({"number": 9}, []),
    ],
)
def test_happenings_are_filtered(store: Store, filters: dict[str, Any], numbers: list[int]) -> None:
    assert column(questions.happenings(store, **filters), "happening") == numbers


@pytest.mark.parametrize(
    ("question", "given", "said"),
    [
        ("articles", {"order": "size"}, "there is no order “size”, but published, added"),
        ("articles", {"text": " "}, "text is empty"),
        ("articles", {"limit": -1}, "limit and offset are 0 or more"),
        ("actors", {"kind": "king"}, "there is no kind “king”"),
        ("actors", {"country": "Jappan"}, "country: there is no country “Jappan”"),
        ("pairs", {"of": "cities"}, "there is no kind of pair “cities”"),
        ("happenings", {"since": "soon"}, "since: "),
        ("search", {"words": "fish", "order": "size"}, "there is no order “size”"),
    ],
)
def test_what_is_of_no_sense_is_told(store: Store, question: str, given: dict[str, Any], said: str) -> None:
    with pytest.raises(BadQuestion, match=said):
        getattr(questions, question)(store, **given)


def test_a_dyad_of_all_times_has_an_end(store: Store) -> None:
    found = questions.dyad(store, "JPN", "PRK", by="day", since=date(1, 1, 1), until=date(9999, 12, 31))
    assert len(found.rows) == 2 * 40_000 and found.rows[-1]["period"] == date(9999, 12, 31)


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"type": "PARADE"}, "there is no type"),
        ({"since": "2024-06", "until": "2024-05"}, "is after until"),
        ({"status": "perhaps"}, "there is no status"),
    ],
)
def test_happenings_that_cannot_be_asked_for(store: Store, given: dict[str, Any], why: str) -> None:
    with pytest.raises(BadQuestion, match=why):
        questions.happenings(store, **given)
