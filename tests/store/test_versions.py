"""A newer reading takes the place of the old one, which is kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from communique.errors import StoreError
from communique.reading import Producer, Reading
from communique.store import Store, open_store
from tests.store.whole import TEXT, whole


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Three articles of like readings."""
    with open_store(tmp_path / "s.duckdb") as opened:
        with opened.transaction():
            for i in (1, 2, 3):
                opened.add(_reading(i), place=f"row {i}")
        yield opened


def _reading(i: int) -> Reading:
    return whole(f"{TEXT} ({i})", url=f"https://port.example/{i}")


def newer(i: int, version: str = "1.0") -> Reading:
    """What a newer version reads: no event but the second, and a day of the user's."""
    reading = _reading(i)
    reading.producer = Producer(version, "by hand", "own types")
    reading.events = reading.events[1:]
    reading.article = replace(reading.article, published=date(2031, 2, 19), published_from="option")
    return reading


def test_the_newer_one_holds_and_the_old_one_is_kept_whole(store: Store) -> None:
    store.replace(2, newer(2))
    assert store.reading(2) == newer(2)
    assert [store.reading(i) for i in (1, 3)] == [_reading(1), _reading(3)]
    old, now = store.history(2)
    assert (old.version, old.model, old.ontology) == ("0.0.9", "by hand", "plover")
    assert (now.version, now.ontology, now.replaced) == ("1.0", "own types", None)
    assert old.replaced is not None
    assert old.coded < old.replaced == now.coded
    assert old.reading().to_json() == _reading(2).to_json()
    assert now.reading().to_json() == newer(2).to_json()


def test_one_that_was_never_replaced_has_one_version(store: Store) -> None:
    (only,) = store.history(1)
    assert (only.version, only.replaced) == ("0.0.9", None)
    assert only.reading().to_json() == _reading(1).to_json()


def test_versions_come_oldest_first_also_of_one_transaction(store: Store) -> None:
    with store.transaction():
        for version in ("1.0", "1.1", "1.2"):
            store.replace(2, newer(2, version))
            store.replace(3, newer(3, version))
        assert store.reading(2).producer.version == "1.2"
    for number in (2, 3):
        assert [v.version for v in store.history(number)] == ["0.0.9", "1.0", "1.1", "1.2"]
    assert len(store.connection.execute("SELECT * FROM events WHERE article = 2").fetchall()) == 1


def test_one_added_and_replaced_in_one_transaction(store: Store) -> None:
    with store.transaction():
        number = store.add(_reading(4), place="row 4")
        store.replace(number, newer(4))
    assert store.reading(number) == newer(4)
    assert [v.version for v in store.history(number)] == ["0.0.9", "1.0"]


def test_what_articles_told_together_is_dropped_with_one_of_them(store: Store) -> None:
    for happening, articles in ((1, (1, 2)), (2, (1, 3))):
        store.connection.execute(
            "INSERT INTO happenings VALUES "
            "(?, 'CONSULT', NULL, 'occurred', NULL, NULL, NULL, NULL, [], [], 2, 1)",
            [happening],
        )
        for article in articles:
            store.connection.execute("INSERT INTO tellings VALUES (?, ?, 1)", [happening, article])
        store.connection.execute(
            "INSERT INTO differences VALUES (?, 'number', 'boats', ?, 0, 1, NULL, ?, 0, 1, NULL)",
            [happening, *articles],
        )
    store.replace(2, newer(2))
    for table in ("happenings", "tellings", "differences"):
        rows = store.connection.execute(f"SELECT DISTINCT happening FROM {table}").fetchall()
        assert rows == [(2,)], table


def test_a_reading_of_another_text_does_not_take_its_place(store: Store) -> None:
    with pytest.raises(StoreError, match="article 2 has another text"):
        store.replace(2, newer(3))
    with pytest.raises(StoreError, match="has no article 9"):
        store.replace(9, newer(3))
    assert [r for _, r in store.readings()] == [_reading(1), _reading(2), _reading(3)]


def test_a_malformed_one_does_not_and_others_of_its_transaction_do(store: Store) -> None:
    bad = newer(2)
    bad.events[0].id = "x"
    with store.transaction():
        store.replace(1, newer(1))
        with pytest.raises(StoreError, match="article 2: the reading is not of the format"):
            store.replace(2, bad)
    assert [r for _, r in store.readings()] == [newer(1), _reading(2), _reading(3)]
    assert len(store.history(2)) == 1


def test_after_an_error_the_old_ones_hold(store: Store) -> None:
    with pytest.raises(KeyError), store.transaction():
        store.replace(1, newer(1))
        store.flush()
        store.replace(2, newer(2))
        raise KeyError
    assert [r for _, r in store.readings()] == [_reading(1), _reading(2), _reading(3)]
    assert len(store.history(1)) == 1
