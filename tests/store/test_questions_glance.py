"""A store at a glance, what stands around an article, and who stands against whom."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from communique.store import Store, open_store
from communique.store.questions.around import around
from communique.store.questions.overview import overview
from communique.store.questions.standing import contested, opponents, voices
from tests.store.asked import FIRST, SECOND, at, make


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path = make(tmp_path_factory.mktemp("glance") / "news.duckdb")
    with open_store(path, read_only=True) as store:
        yield store


def test_an_overview_counts_what_there_is(store: Store) -> None:
    ask = store.connection.execute
    found = overview(store)
    assert (found.articles, found.publishers) == (3, 2)
    assert found.events == ask("SELECT count(*) FROM events").fetchall()[0][0] > 0
    assert found.claims == ask("SELECT count(*) FROM claims").fetchall()[0][0] > 0
    assert found.disputes == ask("SELECT count(*) FROM disputes").fetchall()[0][0] + 1, "with the difference"
    days = ask("SELECT min(published), max(published) FROM articles").fetchall()[0]
    assert (found.first, found.last) == days
    assert found.added is not None and found.faults == 0


def test_an_empty_store_has_an_overview(tmp_path: Path) -> None:
    with open_store(tmp_path / "empty.duckdb") as empty:
        found = overview(empty)
        assert (found.articles, found.disputes, found.ahead, found.first) == (0, 0, 0, None)


def test_around_an_article_are_its_tellings_differences_and_neighbours(store: Store) -> None:
    found = around(store, 1)
    assert found is not None and (found.before, found.after) == (None, 2)
    (one,) = found.differing
    assert (one.start, one.stop) == at("12 ferries", FIRST)
    assert (one.kind, one.about, one.other, one.words) == ("number", "ferries", 2, "met")
    other = around(store, 2)
    assert other is not None and (other.before, other.after) == (1, 3)
    (back,) = other.differing
    assert (back.other, back.words, back.publisher) == (1, "12 ferries", "Harbour Gazette")
    assert (back.start, back.stop) == at("met", SECOND)
    assert [s["place"] for s in other.sources] == ["row 2"]
    third = around(store, 3)
    assert third is not None and third.differing == [] and third.tellings == {}


@pytest.mark.parametrize("number", [0, -1, 4, 2**31, 10**30])
def test_around_no_article_is_nothing(store: Store, number: int) -> None:
    assert around(store, number) is None


def test_who_is_heard_and_contested(store: Store) -> None:
    heard = voices(store)
    known = "SELECT count(*) FROM claims WHERE source IS NOT NULL"
    claims = store.connection.execute(known).fetchall()[0][0]
    assert sum(row["claims"] for row in heard.rows) == claims
    assert [row["claims"] for row in heard.rows] == sorted((r["claims"] for r in heard.rows), reverse=True)
    assert len(voices(store, limit=1)) == 1
    assert (1, 2) in contested(store), "the claim of the difference"


def test_who_stands_against_whom(store: Store) -> None:
    rows = opponents(store).rows
    assert rows == [{"a": "Ada Holm", "b": "the article", "disputes": 2}]
    assert all(row["a"] < row["b"] for row in rows)
