"""What goes into a store comes out the same, and what is malformed stays out alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from communique.article import Article
from communique.errors import StoreError
from communique.reading import Event, Producer, Reading, Sentence, Time
from communique.store import Store, open_store, text_hash
from communique.store import store as store_module
from tests.store.whole import TEXT, whole


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "s.duckdb") as opened:
        yield opened


def small(text: str, **metadata: Any) -> Reading:
    return Reading(Producer("1", "m"), Article(text, **metadata), [Sentence("s1", 0, len(text))])


def counts(store: Store) -> dict[str, int]:
    tables = store.connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()
    return {t: store.connection.execute(f"SELECT count(*) FROM {t}").fetchall()[0][0] for (t,) in tables}


def test_a_reading_comes_out_to_the_byte(store: Store) -> None:
    reading = whole()
    number = store.add(reading, place="news.jsonl line 3")
    assert store.reading(number).to_json() == reading.to_json()
    assert store.reading(number) == reading


def test_of_each_kind_something_was_stored(store: Store) -> None:
    store.add(whole(), place="a")
    filled = {table for table, count in counts(store).items() if count}
    elsewhere = {
        "fingerprints",
        "inputs",
        "feeds",
        "faults",
        "history",
        "happenings",
        "tellings",
        "differences",
    }
    assert filled == set(counts(store)) - elsewhere


def test_it_comes_out_the_same_after_the_file_was_closed(tmp_path: Path) -> None:
    with open_store(tmp_path / "s.duckdb") as store:
        store.add(whole(), place="a")
    with open_store(tmp_path / "s.duckdb", read_only=True) as store:
        assert store.reading(1).to_json() == whole().to_json()


@pytest.mark.parametrize(
    "odd",
    [
        "\x00 in it",
        "🕊️ عربى \u200f",
        "\r\n\t'; DROP TABLE articles; --",
        '["a", \\"b\\u0000"]',
        "NULL",
        "\ufeff",
    ],
)
def test_odd_characters_come_out_as_they_went_in(store: Store, odd: str) -> None:
    reading = whole(TEXT + odd, title=odd, id=odd)
    reading.entities[2].name = odd
    reading.entities[2].sectors = [odd, odd]
    reading.events[0].contexts = [odd]
    reading.places[1].second.name = odd  # type: ignore[union-attr]
    number = store.add(reading, place=odd)
    assert store.reading(number).to_json() == reading.to_json()


def test_a_half_character_is_stored_as_the_replacement_character(store: Store) -> None:
    reading = whole(TEXT + "\ud800.")
    reading.entities[2].sectors = ["\udfff"]
    number = store.add(reading, place="a\ud800")
    stored = store.reading(number)
    assert stored.article.text == TEXT + "\ufffd."
    assert stored.entities[2].sectors == ["\ufffd"]
    assert store.known(text_hash(reading.article.text)) == number


def test_a_reading_of_nothing_but_a_text(store: Store) -> None:
    reading = Reading(Producer("1", "m"), Article("Nothing is known."))
    assert store.reading(store.add(reading, place="a")).to_json() == reading.to_json()


def _events_id(reading: Reading) -> None:
    reading.events[1].id = "k2"


def _led_by_nought(reading: Reading) -> None:
    reading.sentences[1].id = "s02"


def _no_number(reading: Reading) -> None:
    reading.claims[1].id = "c"


def _too_great(reading: Reading) -> None:
    reading.sentences[1].id = "s70000"


def _no_such_actor(reading: Reading) -> None:
    reading.events[0].actors = ["n9"]


def _no_such_time(reading: Reading) -> None:
    reading.events[0].time = "t9"


def _no_day(reading: Reading) -> None:
    reading.times[0] = Time("t1", 0, 1, "date", None, "2031-02-31", None)


def _no_text(reading: Reading) -> None:
    reading.entities[0].name = None  # type: ignore[assignment]


def _no_number_of_sources(reading: Reading) -> None:
    reading.claims[1].source.count = "two"  # type: ignore[assignment]


def _half_span(reading: Reading) -> None:
    reading.claims[1].cue = [(1.5, 2)]  # type: ignore[list-item]


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (_events_id, r"'k2' is not 'e' and a number"),
        (_led_by_nought, r"'s02' is not 's' and a number"),
        (_no_number, r"'c' is not 'c' and a number"),
        (_too_great, r"a value does not fit sentences\.n"),
        (_no_such_actor, r"e1 has the actor 'n9', and there is no such entity"),
        (_no_such_time, r"no time 't9'"),
        (_no_day, r"day"),
        (_no_text, r"entities\.name"),
        (_no_number_of_sources, r"claims\.number"),
        (_half_span, r"claims\.cue"),
    ],
)
def test_a_malformed_reading_is_refused_and_the_others_are_kept(store: Store, spoil: Any, told: str) -> None:
    bad = whole("Spoilt. " + TEXT)
    spoil(bad)
    with store.transaction():
        store.add(whole(), place="a")
        with pytest.raises(StoreError, match=rf"^f\.jsonl line 2: the reading is not of the format.*{told}"):
            store.add(bad, place="f.jsonl line 2")
        last = store.add(small("The last one."), place="c")
    assert [reading.article.text for _, reading in store.readings()] == [TEXT, "The last one."]
    assert store.reading(last).sentences == [Sentence("s1", 0, 13)]
    assert store.known(text_hash(bad.article.text)) is None


@pytest.mark.parametrize("within", [True, False], ids=["in one transaction", "in two"])
def test_a_text_is_stored_once_and_so_is_a_place(store: Store, within: bool) -> None:
    def check() -> None:
        store.add(small("One."), place="a")
        with pytest.raises(StoreError, match=r"b: .*s\.duckdb has this text already, as article 1"):
            store.add(small("One."), place="b")
        with pytest.raises(StoreError, match=r"a: .*has an article from this place already"):
            store.add(small("Two."), place="a")
        with pytest.raises(StoreError, match=r"a: .*has an article from this place already"):
            store.add_source(1, place="a", likeness="near copy")

    if within:
        with store.transaction():
            check()
    else:
        check()
    assert counts(store)["articles"] == counts(store)["sources"] == 1


def test_after_an_error_nothing_of_the_transaction_is_there(store: Store) -> None:
    store.add(small("Before."), place="a")
    with pytest.raises(KeyError), store.transaction():
        store.add(small("Within."), place="b")
        store.flush()
        store.add(small("Within, and waiting."), place="c")
        raise KeyError
    assert store.known(text_hash("Within.")) is None
    assert store.known(text_hash("Within, and waiting.")) is None
    with store.transaction():
        after = store.add(small("Within."), place="b")
    assert [n for n, _ in store.readings()] == [1, after]


def test_a_transaction_in_another_is_a_part_of_it(store: Store) -> None:
    with pytest.raises(KeyError), store.transaction():
        with store.transaction():
            store.add(small("Within."), place="b")
        raise KeyError
    assert list(store.readings()) == []


def test_what_waits_is_seen_by_the_store_itself(store: Store) -> None:
    with store.transaction():
        number = store.add(small("One.", url="http://a.example/x/"), place="a")
        assert store.known(text_hash("One.")) == number
        assert store.known_url("https://www.a.example/x#top") == number
        assert store.reading(number).article.text == "One."
        other = store.add(small("Two."), place="b")
        assert [n for n, _ in store.readings()] == [number, other]


def test_many_wait_no_longer_than_some(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_module, "_MOST", 3)
    with store.transaction():
        for i in range(4):
            store.add(small(f"Number {i}."), place=str(i))
        assert counts(store)["articles"] == 3
    assert counts(store)["articles"] == 4


def test_readings_come_by_number_from_where_one_asks(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_module, "_AT_ONCE", 2)
    for i in range(1, 8):
        store.add(small(f"Number {i}."), place=str(i))
    for table in ("articles", "readings", "sentences"):
        store.connection.execute(f"DELETE FROM {table} WHERE article = 3")
    assert [n for n, _ in store.readings()] == [1, 2, 4, 5, 6, 7]
    assert [n for n, _ in store.readings(since=4)] == [5, 6, 7]
    found = dict(store.readings_of([7, 1, 3, 99]))
    assert [(n, r.article.text) for n, r in found.items()] == [(1, "Number 1."), (7, "Number 7.")]


def test_a_number_that_is_none_is_told(store: Store) -> None:
    with pytest.raises(StoreError, match=r"s\.duckdb has no article 5"):
        store.reading(5)


def test_sources_stand_beside_the_first(store: Store) -> None:
    number = store.add(whole(), place="news.jsonl line 3")
    store.add_source(
        number,
        place="other.html",
        likeness="near copy",
        url="https://wire.example/9",
        publisher="Wire",
        title="Port talks",
        published=date(2031, 2, 19),
        shared=0.75,
    )
    rows = store.connection.execute(
        "SELECT article, place, url, address, publisher, title, published, likeness, shared FROM sources "
        "ORDER BY seen"
    ).fetchall()
    article = whole().article
    assert rows == [
        (
            *(1, "news.jsonl line 3", article.url, "https://port.example/talks", "Port Gazette"),
            *(article.title, date(2031, 2, 18), "first", None),
        ),
        (
            *(1, "other.html", "https://wire.example/9", "https://wire.example/9", "Wire"),
            *("Port talks", date(2031, 2, 19), "near copy", 0.75),
        ),
    ]
    assert store.known_url("http://wire.example/9/") == store.known_url(article.url or "") == 1
    assert store.known_url("https://wire.example/8") is None
    assert store.known_url("no address") is None


def test_one_opened_for_reading_refuses_to_be_written(tmp_path: Path) -> None:
    with open_store(tmp_path / "s.duckdb") as store:
        store.add(small("One."), place="a")
    with open_store(tmp_path / "s.duckdb", read_only=True) as store:
        for write in (
            lambda: store.add(small("Two."), place="b"),
            lambda: store.replace(1, small("One.")),
            lambda: store.add_source(1, place="b", likeness="near copy"),
        ):
            with pytest.raises(StoreError, match="opened for reading only; open it for writing"):
                write()
        assert store.known(text_hash("One.")) == 1


def test_the_hash_is_of_the_text_alone() -> None:
    assert text_hash("One.") == text_hash("One.") != text_hash("One. ")
    assert len(text_hash("One.")) == 32


def test_more_parties_than_a_byte_counts(store: Store) -> None:
    reading = whole()
    event: Event = reading.events[0]
    reading.events[0] = replace(event, actors=["n1", "n2"] * 200)
    assert store.reading(store.add(reading, place="a")) == reading
