"""SQL of one's own: it reads the store and nothing else, and what is wrong with it is told in a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from communique.errors import BadQuestion
from communique.store import Store, open_store
from communique.store.questions import events, locked, query
from tests.store.asked import make


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("own") / "s.duckdb")


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with open_store(path, read_only=True) as opened:
        yield opened


def test_a_select_with_values(store: Store) -> None:
    answer = query(store, "SELECT article, day FROM who_did_what WHERE type = ? ORDER BY 1;", ["CONSULT"])
    assert answer.rows == [{"article": 1, "day": date(2024, 2, 5)}, {"article": 2, "day": date(2024, 2, 20)}]
    assert answer.columns == {"article": "INTEGER", "day": "DATE"}
    named = query(store, "SELECT count(*) AS n FROM events WHERE type = $type", {"type": "ACCUSE"})
    assert named.rows == [{"n": 1}]


def test_the_rows_beyond_the_limit_are_counted(store: Store) -> None:
    answer = query(store, "FROM range(25000)", limit=2)
    assert (answer.rows, answer.total) == ([{"range": 0}, {"range": 1}], 25000)


def test_columns_of_one_name_are_told_apart(store: Store) -> None:
    assert query(store, "SELECT 1 AS a, 2 AS a, 3 AS a_2").rows == [{"a": 1, "a_2": 2, "a_2_2": 3}]


@pytest.mark.parametrize("sql", ["DESCRIBE events", "SHOW TABLES", "SUMMARIZE events", "EXPLAIN SELECT 1"])
def test_what_only_looks_is_run(store: Store, sql: str) -> None:
    assert query(store, sql).rows


@pytest.mark.parametrize(
    ("sql", "message"),
    [
        ("SELECT 1 FRM a b", "^the SQL is wrong in line 1, at “a? ?b”: syntax error at or near"),
        ("SELECT\n  oops\nFROM events", "^the SQL is wrong in line 2, at “oops”: .*oops.* not found"),
        (
            "SELECT * FROM evnts",
            '^the SQL is wrong in line 1, at “evnts”: .*evnts.*Did you mean "events"\\?$',
        ),
        ("SELECT 'x'::INTEGER", "^the SQL is wrong.*Could not convert"),
        ("", "0 statements"),
        ("SELECT 1; SELECT 2", "2 statements"),
        ("DROP TABLE events", "DROP is not run"),
        ("INSERT INTO meta VALUES ('a', 'b')", "INSERT is not run"),
        ("CREATE TEMP TABLE t AS SELECT 1", "CREATE is not run"),
        ("COPY events TO '{other}'", "COPY is not run"),
        ("ATTACH '{other}'", "ATTACH is not run"),
        ("SET enable_external_access = true", "SET is not run"),
        ("EXPLAIN ANALYZE INSERT INTO meta VALUES ('a', 'b')", "the SQL is wrong.*read-only"),
        ("EXPLAIN ANALYZE COPY events TO '{other}'", "the SQL is wrong.*disabled by configuration"),
        ("INSTALL httpfs", "LOAD is not run"),
        ("SELECT * FROM read_text('{other}')", "the SQL is wrong.*disabled by configuration"),
        ("SELECT * FROM read_csv('{other}')", "the SQL is wrong.*disabled by configuration"),
        ("SELECT * FROM '{other}'", "the SQL is wrong"),
        ("SELECT * FROM glob('/*')", "the SQL is wrong.*disabled by configuration"),
    ],
)
def test_what_is_refused(store: Store, tmp_path: Path, sql: str, message: str) -> None:
    other = tmp_path / "other.csv"
    other.write_text("a,b\n1,2\n")
    with pytest.raises(BadQuestion, match=message) as told:
        query(store, sql.replace("{other}", str(other)))
    assert "\n" not in str(told.value)
    assert other.read_text() == "a,b\n1,2\n"
    # And the store answers on.
    assert query(store, "SELECT count(*) AS n FROM events").rows == [{"n": 5}]
    assert events(store).total == 5


def test_it_must_be_open_for_reading(path: Path) -> None:
    with open_store(path) as store, pytest.raises(BadQuestion, match="open it for reading only"):
        query(store, "SELECT 1")


def test_columns_keep_their_types(store: Store) -> None:
    arrow = pytest.importorskip("pyarrow")
    sql = "SELECT 1.50::DECIMAL(5, 2) AS d, MAP([1], ['x']) AS m, '\\xAA'::BLOB AS b, 1 AS d -- and so on"
    table = query(store, sql).arrow()
    assert table.schema.names == ["d", "m", "b", "d_2"]
    assert table.schema.field("d").type == arrow.decimal128(5, 2)
    assert table.to_pylist()[0]["b"] == b"\xaa"
    assert query(store, "FROM range(9)", limit=3).arrow().num_rows == 3
    assert query(store, "EXPLAIN SELECT 1").arrow().num_rows == 1


def test_a_file_is_written_only_where_it_was_said_before(path: Path, tmp_path: Path) -> None:
    import duckdb

    said, other = tmp_path / "it's.parquet", tmp_path / "other.parquet"
    with open_store(path, read_only=True) as store:
        locked(store, writes=[said])
        answer = query(store, "SELECT article, contexts FROM events ORDER BY article, n")
        answer.write_parquet(said)
        with pytest.raises(BadQuestion, match="was not told of"):
            answer.write_parquet(other)
        assert query(store, "SELECT 1 AS x").rows == [{"x": 1}]
    assert duckdb.execute("SELECT count(*), min(contexts) FROM read_parquet(?)", [str(said)]).fetchall() == [
        (5, ["diplomatic"])
    ]
    assert not other.exists()
