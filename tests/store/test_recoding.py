"""Stored articles read again: shown first, written then."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from communique.article import Article
from communique.errors import DiskFull, InstallationError
from communique.reading import Producer, Reading
from communique.store import Store, open_store
from communique.store import recoding as recoding_module
from communique.store.recoding import Recoding, apart, stale
from tests.store.whole import TEXT, whole

NOW = Producer("1.0", "new weights")


class NewReader:
    """Reads what a newer version would: without the first event; some words make it fail."""

    def __init__(self, threads: int | None = None) -> None:
        pass

    def read(self, article: Article) -> Reading:
        if "(3)" in article.text:
            raise KeyError("a step's mistake")
        if "DAMAGED" in article.text:
            raise InstallationError("the weights are damaged")
        reading = whole(article.text)
        reading.article, reading.producer = article, NOW
        reading.events = reading.events[1:]
        return reading


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Four articles that an older version read; the fourth by another ontology."""
    with open_store(tmp_path / "s.duckdb") as opened:
        with opened.transaction():
            for i in range(1, 5):
                reading = whole(f"{TEXT} ({i})", published=date(2031, 2, i), title=f"No. {i}")
                reading.producer.ontology = "own types" if i == 4 else "plover"
                opened.add(reading, place=f"row {i}")
        yield opened


def test_which_are_read_again(store: Store) -> None:
    assert stale(store, NOW) == [1, 2, 3]
    assert stale(store, NOW, since=date(2031, 2, 2)) == [2, 3]
    assert stale(store, NOW, everything=True) == [1, 2, 3, 4]
    assert stale(store, NOW, since=date(2031, 2, 3), everything=True) == [3, 4]
    assert stale(store, Producer("0.0.9", "by hand")) == []
    assert stale(store, Producer("0.0.9", "by hand"), everything=True) == [1, 2, 3, 4]
    assert stale(store, Producer("0.0.9", "other weights")) == [1, 2, 3]
    assert stale(store, Producer("1.0", "new weights", "own types")) == [4]
    assert apart(store, NOW) == {"own types": 1}


def test_those_of_no_known_day_are_left_out_where_a_day_is_given(store: Store) -> None:
    store.add(whole("Undated. " + TEXT, published=None, published_from=None), place="row 5")
    assert stale(store, NOW) == [1, 2, 3, 5]
    assert stale(store, NOW, since=date(2000, 1, 1)) == [1, 2, 3]


@pytest.mark.parametrize("workers", [1, 2])
def test_reading_shows_and_writing_writes(store: Store, workers: int) -> None:
    before = [r.to_json() for _, r in store.readings()]
    with Recoding([1, 2, 3], workers, NewReader, examples=1) as recoding:
        assert list(recoding.read(store)) == [1, 2, 3]
        tally = recoding.tally
        assert (tally.articles, tally.alike) == (2, 0)
        assert (tally.before["events"], tally.after["events"], tally.counts["events", "dropped"]) == (4, 2, 2)
        assert [(n, c.how, c.before and c.before["words"]) for n, c in recoding.shown] == [
            (1, "dropped", "met")
        ]
        (fault,) = recoding.faults
        assert "a step's mistake" in str(fault)
        assert [r.to_json() for _, r in store.readings()] == before
        assert list(recoding.write(store)) == [1, 2]
    new = [r for _, r in store.readings()]
    assert [len(r.events) for r in new] == [1, 1, 2, 2]
    assert [r.producer.version for r in new] == ["1.0", "1.0", "0.0.9", "0.0.9"]
    # What is known of an article stays, and so do its blocks.
    assert (new[0].article.published, new[0].article.published_from) == (date(2031, 2, 1), "metadata")
    assert new[0].article.blocks == whole(f"{TEXT} (1)").article.blocks
    assert store.history(1)[0].reading().to_json() == before[0]
    assert stale(store, NOW) == [3]


def test_batches_are_whole_and_all_are_written(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recoding_module, "_AT_ONCE", 1)
    with Recoding([1, 2, 4], 1, NewReader) as recoding:
        for _ in recoding.read(store):
            pass
        written = recoding.write(store)
        assert next(written) == 1
        assert [r.producer.version for _, r in store.readings()] == ["1.0", "0.0.9", "0.0.9", "0.0.9"]
        assert list(written) == [2, 4]


def test_no_examples_may_be_asked_for(store: Store) -> None:
    with Recoding([1], 1, NewReader, examples=0) as recoding:
        assert list(recoding.read(store)) == [1]
        assert recoding.shown == []


def test_a_damaged_installation_ends_it(store: Store) -> None:
    number = store.add(whole("DAMAGED " + TEXT), place="row 5")
    with Recoding([1, number], 1, NewReader) as recoding, pytest.raises(InstallationError):
        list(recoding.read(store))
    assert stale(store, NOW) == [1, 2, 3, number]


def test_no_room_for_the_new_readings_is_told(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> object:
        raise OSError(errno.ENOSPC, "No space left on device")

    with Recoding([1], 1, NewReader) as recoding:
        monkeypatch.setattr(recoding_module.gzip, "open", full)
        with pytest.raises(DiskFull, match="no room for the new readings; name another folder by TMPDIR"):
            list(recoding.read(store))
