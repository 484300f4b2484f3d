"""The native tables as Parquet, read back by DuckDB."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from communique.errors import BadRow, InputError
from communique.exports.parquet import TABLES, parquet_of_readings, parquet_of_store
from communique.exports.sources import Sourced
from communique.store import open_store
from tests.exports.made import made, sourced


@pytest.fixture
def store(tmp_path: Path) -> str:
    path = tmp_path / "news.duckdb"
    with open_store(path) as opened, opened.transaction():
        for number, reading in enumerate(made()):
            opened.add(reading, place=f"row {number}")
    return str(path)


def rows(sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect() as connection:
        return connection.execute(sql).fetchall()


def test_a_folder_has_a_file_for_every_table(store: str, tmp_path: Path) -> None:
    folder = tmp_path / "tables"
    assert parquet_of_store(store, str(folder)) == len(TABLES)
    assert sorted(p.name for p in folder.iterdir()) == sorted(f"{name}.parquet" for name in TABLES)
    with open_store(store, read_only=True) as opened:
        for name in TABLES:
            wanted = opened.connection.execute(f"DESCRIBE {name}").fetchall()
            found = rows(f"DESCRIBE SELECT * FROM '{folder}/{name}.parquet'")
            assert [r[:2] for r in found] == [r[:2] for r in wanted], name
            count = opened.connection.execute(f"SELECT count(*) FROM {name}").fetchall()
            assert rows(f"SELECT count(*) FROM '{folder}/{name}.parquet'") == count, name


def test_every_table_of_the_readings_is_exported(store: str) -> None:
    with open_store(store, read_only=True) as opened:
        there = {
            row[0]
            for row in opened.connection.execute(
                "SELECT table_name FROM duckdb_columns() WHERE column_name IN ('article', 'happening') "
                "AND NOT internal AND table_name NOT IN (SELECT view_name FROM duckdb_views())"
            ).fetchall()
        }
    assert there - set(TABLES) <= {"fingerprints", "history"}  # what a store needs for itself


def test_the_events_alone_with_all_statuses(store: str, tmp_path: Path) -> None:
    target = tmp_path / "events.parquet"
    assert parquet_of_store(store, str(target)) == 1
    found = rows(f"SELECT type, status, actors, words FROM '{target}' WHERE article = 1")
    assert ("ASSAULT", "occurred", ["Police"], "shot dead") in found
    assert {row[1] for row in found} == {"occurred", "planned", "negated"}


def test_less_sure_events_are_left_out_of_all_tables(store: str, tmp_path: Path) -> None:
    folder = tmp_path / "tables"
    parquet_of_store(store, str(folder), min_confidence=0.8)
    assert rows(f"SELECT min(confidence) >= 0.8 FROM '{folder}/events.parquet'") == [(True,)]
    lone = rows(
        f"SELECT count(*) FROM '{folder}/parties.parquet' p "
        f"ANTI JOIN '{folder}/events.parquet' e ON p.article = e.article AND p.event = e.n"
    )
    assert lone == [(0,)]


def test_the_same_readings_give_the_same_bytes(tmp_path: Path) -> None:
    faults: list[InputError] = []
    first, second = tmp_path / "first", tmp_path / "second"
    for folder in (first, second):
        assert parquet_of_readings(sourced(), str(folder), faults) == len(TABLES)
    assert not faults
    for name in TABLES:
        file = f"{name}.parquet"
        assert (first / file).read_bytes() == (second / file).read_bytes(), name


def test_a_reading_given_twice_is_there_once_and_a_broken_one_is_told(tmp_path: Path) -> None:
    broken = made()[2]
    broken.events[0].time = "t99"
    faults: list[InputError] = [BadRow("before")]
    target = tmp_path / "events.parquet"
    given = [*sourced()[:2], sourced()[0], Sourced(broken), BadRow("is no reading", "line 5")]
    parquet_of_readings(given, str(target), faults)
    assert rows(f"SELECT count(DISTINCT article), count(*) FROM '{target}'") == [(2, 10)]
    assert [str(f) for f in faults[2:]] == ["line 5: is no reading"] and "pact-3" in str(faults[1])


def test_nothing_is_written_without_a_reading(tmp_path: Path) -> None:
    faults: list[InputError] = []
    assert parquet_of_readings([BadRow("is no reading", "line 1")], str(tmp_path / "t"), faults) == 0
    assert len(faults) == 1 and not (tmp_path / "t").exists()
