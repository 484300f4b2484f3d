"""What is no store is refused in one sentence; an older one is brought up to date."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from communique.errors import (
    DiskFull,
    NotAStore,
    StoreError,
    StoreInUse,
    StoreMissing,
    StoreNewer,
)
from communique.store import migrations, open_store
from communique.store.failing import named
from tests.store.whole import whole

_HOLDS_IT = """
import sys
from communique.store import open_store
with open_store(sys.argv[1]):
    print("open", flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store with one article."""
    with open_store(tmp_path / "s.duckdb") as store:
        store.add(whole(), place="a")
    return tmp_path / "s.duckdb"


@pytest.mark.parametrize("settings", [{"create": False}, {"read_only": True}])
def test_a_missing_one_is_not_made_unless_it_should_be(tmp_path: Path, settings: dict[str, bool]) -> None:
    with pytest.raises(StoreMissing, match=r"none\.duckdb: there is no such store$"):
        open_store(tmp_path / "none.duckdb", **settings)
    assert not list(tmp_path.iterdir())


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreMissing, match=r"cannot be made: there is no folder .*nowhere"):
        open_store(tmp_path / "nowhere" / "s.duckdb")


@pytest.mark.parametrize("content", [b"Envoys met.", b"DUCK" * 9, b"x" * 5000])
def test_another_file_is_refused_and_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "s.duckdb").write_bytes(content)
    with pytest.raises(StoreError, match=r"s\.duckdb"):
        open_store(tmp_path / "s.duckdb")
    assert (tmp_path / "s.duckdb").read_bytes() == content


def test_a_text_file_and_a_folder_are_no_store(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Envoys met.", encoding="utf-8")
    with pytest.raises(NotAStore, match=r"a\.txt is no store: it is not a DuckDB file"):
        open_store(tmp_path / "a.txt")
    with pytest.raises(NotAStore, match="is no store but a folder"):
        open_store(tmp_path)


def test_another_database_is_no_store(tmp_path: Path) -> None:
    with duckdb.connect(str(tmp_path / "other.duckdb")) as other:
        other.execute("CREATE TABLE cities (name TEXT)")
    with pytest.raises(NotAStore, match=r"is a DuckDB database, but no store of communique"):
        open_store(tmp_path / "other.duckdb")
    with duckdb.connect(str(tmp_path / "other.duckdb")) as other:
        assert other.execute("SELECT table_name FROM duckdb_tables()").fetchall() == [("cities",)]


def test_an_empty_file_becomes_a_store(tmp_path: Path) -> None:
    (tmp_path / "s.duckdb").touch()
    with pytest.raises(NotAStore):
        open_store(tmp_path / "s.duckdb", read_only=True)
    with open_store(tmp_path / "s.duckdb") as store:
        assert store.add(whole(), place="a") == 1


def test_it_says_what_it_is(path: Path) -> None:
    from communique import __version__

    with open_store(path, read_only=True) as store:
        about = dict(store.connection.execute("SELECT key, value FROM meta").fetchall())
    assert (about["schema"], about["created_by"]) == (str(migrations.SCHEMA), __version__)


def test_a_copy_made_by_duckdb_itself_is_a_store(path: Path, tmp_path: Path) -> None:
    with duckdb.connect() as other:
        other.execute(
            f"ATTACH '{path}' AS a; ATTACH '{tmp_path / 'copy.duckdb'}' AS b; COPY FROM DATABASE a TO b"
        )
    with open_store(tmp_path / "copy.duckdb") as store:
        assert store.reading(1).to_json() == whole().to_json()
        again = whole("Again. " + whole().article.text)
        assert store.reading(store.add(again, place="b")) == again


def test_duckdb_itself_opens_a_store(path: Path) -> None:
    with duckdb.connect(str(path), read_only=True) as other:
        assert other.execute("SELECT words FROM who_did_what ORDER BY event").fetchall() == [
            ("met",),
            ("signed",),
        ]


def test_a_path_may_hold_a_quote(tmp_path: Path) -> None:
    with open_store(tmp_path / "it's.duckdb") as store:
        store.add(whole(), place="a")
    assert [p.name for p in tmp_path.iterdir()] == ["it's.duckdb"]


def test_a_small_store_is_small(path: Path) -> None:
    # In DuckDB's own blocks of 256 KiB it would be above two megabytes.
    assert path.stat().st_size < 1_000_000


def test_several_may_read_but_not_while_one_writes(path: Path) -> None:
    with open_store(path, read_only=True) as one, open_store(path, read_only=True) as other:
        assert one.reading(1) == other.reading(1)
        with pytest.raises(StoreInUse, match="open in this program already"):
            open_store(path)


def test_another_program_that_writes_is_named(path: Path) -> None:
    child = subprocess.Popen(
        [sys.executable, "-c", _HOLDS_IT, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with child:
        assert child.stdout is not None
        assert child.stdout.readline() == "open\n"
        for read_only in (True, False):
            with pytest.raises(StoreInUse, match=rf"s\.duckdb is in use by .*{child.pid}; wait until"):
                open_store(path, read_only=read_only)
        child.communicate("\n")
    with open_store(path) as store:
        assert store.reading(1) == whole()


@pytest.mark.parametrize(
    ("message", "kind", "told"),
    [
        ('IO Error: Could not write file "x": No space left on device', DiskFull, "the disk is full"),
        ('Could not set lock on file "x": Conflicting lock', StoreInUse, "in use by another program"),
        (
            'Could not set lock on file "x": Conflicting lock is held in /usr/bin/python3.12 (PID 77)',
            StoreInUse,
            "in use by /usr/bin/python3.12, process 77",
        ),
        ("Trying to read a database file with version number 99, but", StoreNewer, "upgrade duckdb"),
        ("FATAL Error: the database has been invalidated", StoreError, "open the store again"),
        (
            "Catalog Error: no such thing\n\nLINE 1: SELECT",
            StoreError,
            r"s\.duckdb: Catalog Error: no such thing$",
        ),
    ],
)
def test_what_duckdb_says_becomes_one_sentence(message: str, kind: type[StoreError], told: str) -> None:
    error = named(duckdb.IOException(message), "s.duckdb")
    assert type(error) is kind
    assert "\n" not in str(error)
    with pytest.raises(kind, match=told):
        raise error


def test_a_full_disk_is_told_whoever_wrote(path: Path) -> None:
    with open_store(path) as store:
        with pytest.raises(DiskFull, match="the disk is full"), store.transaction():
            raise duckdb.IOException('IO Error: Could not write file "x": No space left on device')
        with pytest.raises(duckdb.CatalogException), store.transaction():
            store.connection.execute("SELECT * FROM no_such_table")
        assert store.reading(1) == whole()


# Schemas


def _set_schema(path: Path, number: int) -> None:
    with open_store(path) as store:
        store.connection.execute("UPDATE meta SET value = ? WHERE key = 'schema'", [str(number)])


def test_a_newer_one_is_refused(path: Path) -> None:
    _set_schema(path, migrations.SCHEMA + 1)
    with pytest.raises(StoreNewer, match=r"has schema 2, made by communique .*up to 1; upgrade communique"):
        open_store(path)


@pytest.fixture
def old(path: Path) -> Path:
    """A store of schema 0, which had no table of feeds and no addresses."""
    with open_store(path) as store:
        store.connection.execute("DROP TABLE feeds")
        store.connection.execute("ALTER TABLE quantities DROP COLUMN claim")
    _set_schema(path, 0)
    return path


_TO_1 = "CREATE TABLE feeds (url TEXT PRIMARY KEY); ALTER TABLE quantities ADD COLUMN claim USMALLINT;"


def test_an_older_one_is_brought_up_to_date_once(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrations, "MIGRATIONS", {1: _TO_1})
    for _ in range(2):
        with open_store(old) as store:
            assert migrations.schema_of(store.connection) == 1
            assert store.connection.execute("SELECT * FROM feeds").fetchall() == []
            assert store.reading(1).events == whole().events
    with open_store(old) as store:
        other = whole("Again. " + whole().article.text)
        assert store.reading(store.add(other, place="b")) == other


def test_several_steps_are_made_in_order(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrations, "SCHEMA", 2)
    monkeypatch.setattr(
        migrations, "MIGRATIONS", {2: "ALTER TABLE feeds ADD COLUMN colour TEXT DEFAULT 'red'", 1: _TO_1}
    )
    with open_store(old) as store:
        assert migrations.schema_of(store.connection) == 2
        assert store.connection.execute("SELECT colour FROM feeds").fetchall() == []


def test_a_step_that_fails_leaves_the_store_as_it_was(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrations, "MIGRATIONS", {1: _TO_1 + "ALTER TABLE nowhere ADD COLUMN x TEXT"})
    with pytest.raises(StoreError, match="nowhere"):
        open_store(old)
    monkeypatch.setattr(migrations, "MIGRATIONS", {1: _TO_1})
    with open_store(old) as store:
        assert migrations.schema_of(store.connection) == 1


def test_an_older_one_is_not_changed_by_reading(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrations, "MIGRATIONS", {1: _TO_1})
    with pytest.raises(StoreError, match=r"older schema 0 .* open it once for writing"):
        open_store(old, read_only=True)


def test_one_from_which_no_way_leads_is_refused(old: Path) -> None:
    with pytest.raises(StoreError, match="nothing leads from it to schema 1"):
        open_store(old)


def test_every_schema_but_the_first_has_its_step() -> None:
    assert sorted(migrations.MIGRATIONS) == list(range(2, migrations.SCHEMA + 1))
