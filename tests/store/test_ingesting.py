from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from communique.errors import DiskFull, StoreError
from communique.reading import Reading
from communique.store import Store, open_store
from communique.store.batches import Tally
from communique.store.ingesting import Ingest, inputs_of
from tests.store.invented import Stub, story, stub_reader


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "news.duckdb") as opened:
        yield opened


def rows_file(path: Path, *rows: dict[str, Any] | str) -> str:
    path.write_text(
        "\n".join(r if isinstance(r, str) else json.dumps(r) for r in rows) + "\n", encoding="utf-8"
    )
    return str(path)


def take(store: Store, *paths: str, stub: Stub | None = None, workers: int = 1) -> Tally:
    stub = stub or Stub()
    make_reader = stub_reader if workers > 1 else lambda threads: stub
    ingest = Ingest(store, workers=workers, make_reader=make_reader)
    list(ingest.take(inputs_of(store, paths)))
    return ingest.tally


def asked(store: Store, sql: str) -> list[tuple[Any, ...]]:
    return store.connection.execute(sql).fetchall()


def sources(store: Store) -> list[tuple[Any, ...]]:
    """Of each source: article, the end of its place, likeness."""
    rows = asked(store, "SELECT article, place, likeness FROM sources ORDER BY article, place")
    return [(number, place.rpartition("/")[2], likeness) for number, place, likeness in rows]


def test_the_same_text_is_stored_once_with_both_sources(store: Store, tmp_path: Path) -> None:
    stub = Stub()
    path = rows_file(
        tmp_path / "a.jsonl", {"text": story(1)}, {"text": story(1), "url": "https://b.example/1"}
    )
    tally = take(store, path, stub=stub)
    assert (tally.new, tally.same_text, len(stub.read_so_far)) == (1, 1, 1)
    assert [row[2] for row in sources(store)] == ["first", "same text"]
    assert asked(store, "SELECT url FROM sources ORDER BY place") == [(None,), ("https://b.example/1",)]


def test_a_cut_copy_is_not_read(store: Store, tmp_path: Path) -> None:
    stub = Stub()
    path = rows_file(tmp_path / "a.jsonl", {"text": story(1)}, {"text": story(1, 8)}, {"text": story(2)})
    tally = take(store, path, stub=stub)
    assert (tally.new, tally.near, len(stub.read_so_far)) == (2, 1, 2)
    assert asked(store, "SELECT shared > 0.99 FROM sources WHERE likeness = 'near copy'") == [(True,)]


def test_a_copy_of_what_an_earlier_run_stored_is_found(store: Store, tmp_path: Path) -> None:
    take(store, rows_file(tmp_path / "a.jsonl", {"text": story(1)}))
    stub = Stub()
    later = rows_file(tmp_path / "b.jsonl", {"text": story(1, 9)}, {"text": story(1)})
    tally = take(store, later, stub=stub)
    assert (tally.new, tally.near, tally.same_text, stub.read_so_far) == (0, 1, 1, [])


def test_one_address_and_nearly_the_same_text_is_the_same_address(store: Store, tmp_path: Path) -> None:
    page = {"text": story(1), "url": "https://a.example/1"}
    corrected = {
        "text": story(1).replace("Monday", "Tuesday", 1),
        "url": "http://www.a.example/1?utm_source=feed",
    }
    tally = take(store, rows_file(tmp_path / "a.jsonl", page, corrected))
    assert (tally.new, tally.same_address) == (1, 1)


def test_one_address_and_another_text_is_an_article_of_its_own(store: Store, tmp_path: Path) -> None:
    url = "https://a.example/1"
    tally = take(
        store, rows_file(tmp_path / "a.jsonl", {"text": story(1), "url": url}, {"text": story(2), "url": url})
    )
    assert tally.new == 2
    assert asked(store, "SELECT count(*) FROM articles WHERE url = 'https://a.example/1'") == [(2,)]


@pytest.mark.parametrize("workers", [1, 2])
def test_the_fuller_version_takes_the_place_of_the_shorter(
    store: Store, tmp_path: Path, workers: int
) -> None:
    rows = [{"text": story(1, 6)}, {"text": story(1, 5)}, {"text": story(1, 21)}, {"text": story(1, 20)}]
    tally = take(store, rows_file(tmp_path / "a.jsonl", *rows), workers=workers)
    assert (tally.new, tally.fuller, tally.near) == (2, 1, 2)
    assert asked(store, "SELECT text FROM articles") == [(story(1, 21),)]
    assert [row[2] for row in sources(store)] == ["near copy", "near copy", "first", "near copy"]
    for table in ("readings", "sentences"):
        assert asked(store, f"SELECT count(*) FROM {table}") == [(1,)]
    assert asked(store, "SELECT count(DISTINCT article) FROM fingerprints") == [(1,)]
    again = take(store, rows_file(tmp_path / "b.jsonl", *rows))
    assert (again.new, len(sources(store))) == (0, 8)


@pytest.mark.parametrize("workers", [1, 2])
def test_copies_on_their_way_at_once_end_as_one(store: Store, tmp_path: Path, workers: int) -> None:
    rows = [{"text": story(n % 3, 12 - n % 2)} for n in range(24)]
    tally = take(store, rows_file(tmp_path / "a.jsonl", *rows), workers=workers)
    assert (tally.new, tally.same_text + tally.near) == (3, 21)
    assert asked(store, "SELECT count(*) FROM sources") == [(24,)]


def test_a_second_run_passes_by_what_is_done(store: Store, tmp_path: Path) -> None:
    path = rows_file(tmp_path / "a.jsonl", {"text": story(1)}, {"text": story(2)}, {"text": story(2)})
    take(store, path)
    before = sources(store)
    stub = Stub()
    ingest = Ingest(store, make_reader=lambda threads: stub)
    assert list(ingest.take(inputs_of(store, [path]))) == ["passed"] * 3
    assert (ingest.tally.new, ingest.tally.there, stub.read_so_far) == (0, 3, [])
    assert sources(store) == before


def test_a_file_that_grew_is_read_from_its_new_rows_on(store: Store, tmp_path: Path) -> None:
    path = rows_file(tmp_path / "a.jsonl", {"text": story(1)})
    take(store, path)
    rows_file(tmp_path / "a.jsonl", {"text": story(1)}, {"text": story(2)})
    tally = take(store, path)
    assert (tally.new, tally.there, tally.same_text) == (1, 1, 0)


def test_another_article_in_an_old_place_leaves_the_old_one_its_source(store: Store, tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    for seed in (1, 2, 1):
        page.write_text(story(seed), encoding="utf-8")
        take(store, str(page))
    assert sources(store) == [(1, "page.txt", "first"), (2, "page.txt, version 2", "first")]


def test_the_same_path_twice_is_one_source(store: Store, tmp_path: Path) -> None:
    path = rows_file(tmp_path / "a.jsonl", {"text": story(1)})
    tally = take(store, path, path)
    assert (tally.new, tally.there, len(sources(store))) == (1, 1, 1)


@pytest.mark.parametrize("workers", [1, 2])
def test_faults_are_kept_and_stop_nothing(store: Store, tmp_path: Path, workers: int) -> None:
    bad = story(5) + " UNREADABLE."
    path = rows_file(
        tmp_path / "a.jsonl", {"text": story(1)}, "no row", {"text": bad}, {"text": bad}, {"text": story(2)}
    )
    tally = take(store, path, str(tmp_path / "none.txt"), workers=workers)
    assert (tally.new, len(tally.faults)) == (2, 4)
    assert asked(store, "SELECT count(*) FROM faults") == [(4,)]
    take(store, path, workers=workers)
    assert asked(store, "SELECT count(*) FROM faults") == [(4,)]


def test_faults_of_a_file_that_was_mended_are_gone(store: Store, tmp_path: Path) -> None:
    path = rows_file(tmp_path / "a.jsonl", "no row", {"text": story(1)})
    take(store, path)
    rows_file(tmp_path / "a.jsonl", {"text": story(2)}, {"text": story(1)})
    take(store, path)
    assert asked(store, "SELECT count(*) FROM faults") == [(0,)]
    assert asked(store, "SELECT articles, faults FROM inputs") == [(2, 0)]


def test_a_near_copy_of_what_could_not_be_read_is_read_itself(store: Store, tmp_path: Path) -> None:
    rows = [{"text": story(1, 15) + " UNREADABLE."}, {"text": story(1, 15)}, {"text": story(2)}]
    for workers in (2, 1):
        path = rows_file(tmp_path / f"{workers}.jsonl", *rows)
        tally = take(store, path, workers=workers)
        assert len(tally.faults) == (1 if workers == 2 else 0)
    assert asked(store, "SELECT count(*) FROM articles") == [(2,)]


def test_what_was_told_is_stored_when_the_run_is_closed(store: Store, tmp_path: Path) -> None:
    path = rows_file(tmp_path / "a.jsonl", *({"text": story(n)} for n in range(9)))
    ingest = Ingest(store, make_reader=stub_reader)
    words = ingest.take(inputs_of(store, [path]))
    assert [next(words) for _ in range(4)] == ["new"] * 4
    words.close()  # type: ignore[attr-defined]
    assert asked(store, "SELECT count(*) FROM articles") == [(4,)]
    assert asked(store, "SELECT count(*) FROM inputs") == [(0,)]
    assert take(store, path).new == 5


def test_a_batch_is_written_when_its_time_is_up(store: Store, tmp_path: Path) -> None:
    path = rows_file(tmp_path / "a.jsonl", *({"text": story(n)} for n in range(4)))
    seconds = iter(range(0, 100, 2))
    ingest = Ingest(store, make_reader=stub_reader, clock=lambda: next(seconds))
    stored = [ingest.tally.new for _ in ingest.take(inputs_of(store, [path]))]
    assert stored == sorted(stored) and 0 < stored[-1] < 4


def test_a_full_disk_ends_the_run_and_the_next_goes_on(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = rows_file(tmp_path / "a.jsonl", *({"text": story(n)} for n in range(120)))
    flush, times = store.flush, iter(range(1, 100))

    def full() -> None:
        flush()
        if next(times) == 2:
            raise DiskFull("the disk is full")

    monkeypatch.setattr(store, "flush", full)
    ingest = Ingest(store, make_reader=stub_reader, clock=lambda: 0.0)
    with pytest.raises(DiskFull):
        list(ingest.take(inputs_of(store, [path])))
    assert ingest.tally.new == 50
    assert asked(store, "SELECT count(*) FROM articles") == [(50,)]
    monkeypatch.undo()
    assert take(store, path).new == 70


def test_a_reading_that_the_store_refuses_is_a_fault_and_its_copies_too(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add = store.add

    def picky(reading: Reading, place: str) -> int:
        if reading.article.text == story(1):
            raise StoreError("the reading is malformed")
        return add(reading, place)

    monkeypatch.setattr(store, "add", picky)
    path = rows_file(tmp_path / "a.jsonl", {"text": story(1)}, {"text": story(1, 9)}, {"text": story(2)})
    tally = take(store, path)
    assert (tally.new, len(tally.faults)) == (1, 2)
    monkeypatch.undo()
    assert take(store, path).new == 1
    assert asked(store, "SELECT count(*) FROM faults") == [(0,)]
