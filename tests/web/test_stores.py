"""The store behind the pages: many threads, a time limit, and a file that others can write."""

from __future__ import annotations

import shutil
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from communique.errors import StoreError, StoreMissing
from communique.store import open_store
from communique.web.stores import Stores, TooSlow

ENDLESS = "SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE (a.range * b.range) % 7 = 3"


def test_many_threads_read_at_once(examples_store: Path) -> None:
    stores = Stores(examples_store)
    meeting = threading.Barrier(4)

    def count(_: int) -> int:
        with stores.reading() as store:
            meeting.wait(10)
            return int(store.connection.execute("SELECT count(*) FROM articles").fetchall()[0][0])

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(count, range(4))) == [9] * 4
    stores.close()


def test_a_question_that_takes_too_long_is_broken_off(examples_store: Path) -> None:
    stores = Stores(examples_store)
    slow = pytest.raises(TooSlow, match=r"longer than 0\.1 seconds; ask for less")
    with slow, stores.reading(0.1) as store:
        store.connection.execute(ENDLESS)
    with stores.reading() as store:
        assert store.connection.execute("SELECT 1").fetchall() == [(1,)]
    stores.close()


def test_nothing_can_be_written_and_no_file_be_reached(examples_store: Path, tmp_path: Path) -> None:
    stores = Stores(examples_store)
    target = tmp_path / "out.csv"
    for sql in (
        "DELETE FROM articles",
        f"COPY articles TO '{target}'",
        "SELECT * FROM read_text('/etc/hostname')",
        f"ATTACH '{tmp_path / 'other.duckdb'}'",
        "SET enable_external_access = true",
    ):
        import duckdb

        with pytest.raises(duckdb.Error), stores.reading() as store:
            store.connection.execute(sql)
    assert not target.exists()
    stores.close()


def test_the_file_is_let_go_of_when_nobody_asks(examples_store: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(examples_store, tmp_path / "own.duckdb"))
    stores = Stores(path, idle=0.01)
    with stores.reading():
        pass
    assert stores.wait_released(10)
    before = stores.mark
    with open_store(path) as store, store.transaction():
        store.connection.execute("DELETE FROM articles WHERE article = 1")
    assert stores.mark != before
    with stores.reading() as store:
        assert store.connection.execute("SELECT count(*) FROM articles").fetchall() == [(8,)]
    stores.close()


def test_a_missing_store_is_told_and_a_closed_one_stays_closed(tmp_path: Path, examples_store: Path) -> None:
    stores = Stores(tmp_path / "none.duckdb")
    assert stores.mark == ""
    with pytest.raises(StoreMissing), stores.reading():
        pass
    stores = Stores(examples_store)
    stores.close()
    with pytest.raises(StoreError, match="the server is ending"), stores.reading():
        pass


def test_columns_are_held_until_the_file_changes(examples_store: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(examples_store, tmp_path / "own.duckdb"))
    stores = Stores(path, idle=0.01)
    with stores.reading() as store:
        assert store.held is None
    stores.hold()
    with stores.reading() as store:
        first = store.held
        assert first is not None
        count = "SELECT count(*) FROM events"
        assert [(len(first),)] == store.connection.execute(count).fetchall()
    assert stores.wait_released(10)
    with stores.reading() as store:
        assert store.held is first
    assert stores.wait_released(10)
    with open_store(path) as store, store.transaction():
        store.connection.execute("DELETE FROM events WHERE article = 1")
    with stores.reading() as store:
        assert store.held is None
    stores.close()
