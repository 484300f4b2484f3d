"""The file of corrections: what is refused, what is kept, who may write at once."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from communique.errors import BadCorrection, NotAStore, StoreError, StoreInUse, StoreNewer
from communique.store import corrections as module
from communique.store.corrections import Correction, Corrections, check, live
from tests.store.correcting import article, say


@pytest.fixture
def kept(tmp_path: Path) -> Corrections:
    return Corrections.beside(tmp_path / "news.duckdb")


# The file


def test_it_is_made_with_the_first_correction(kept: Corrections, tmp_path: Path) -> None:
    assert kept.path == str(tmp_path / "news.corrections.sqlite")
    assert (kept.all(), kept.of(article()), kept.counts(), kept.mark) == ([], [], {}, "")
    assert not Path(kept.path).exists()
    one = say(0, "Ada", "event", "reject", of="e1", note="a plan\nof last year")
    assert kept.add(one) == 1
    assert kept.of(article()) == [one] == kept.all()
    assert kept.counts() == {one.hash: 1}


def test_without_leave_to_make_one_nothing_is_made(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="is not there, and none is to be made"):
        Corrections.beside(tmp_path / "news.duckdb", create=False).add(
            say(0, "Ada", "event", "reject", of="e1")
        )
    assert list(tmp_path.iterdir()) == []


def test_the_same_correction_is_kept_once(kept: Corrections) -> None:
    said = [say(0, "Ada", "event", "reject", of="e1"), say(0, "Bo", "event", "reject", of="e1")]
    assert [kept.add(*said), kept.add(*said), kept.add(said[0])] == [2, 0, 0]
    assert kept.all(who="Bo") == [said[1]]


def test_since_goes_by_the_time_it_was_said(kept: Corrections) -> None:
    early, late = say(0, "Ada", "event", "reject", of="e1"), say(9, "Ada", "event", "confirm", of="e1")
    kept.add(late, early)
    assert kept.all(since="2024-02-15T09:05") == [late]


def test_undo_keeps_both_and_is_done_once(kept: Corrections) -> None:
    one = say(0, "Ada", "event", "reject", of="e1")
    kept.add(one)
    undo = kept.undo(one.id[:6], "Bo", "it is told")
    assert kept.of(article()) == [one, undo]
    assert (undo.undoes, undo.who, live(kept.all()), kept.counts()) == (one.id, "Bo", [], {})
    with pytest.raises(BadCorrection, match=f"{one.id} was undone by Bo on "):
        kept.undo(one.id, "Cy")
    with pytest.raises(BadCorrection, match="make that correction again instead"):
        kept.undo(undo.id, "Cy")


@pytest.mark.parametrize("id_", ["", "abc", "zzzzzz", "' OR 1=1 --", "%" * 8, "x" * 5000])
def test_an_id_that_is_none(kept: Corrections, id_: str) -> None:
    kept.add(say(0, "Ada", "event", "reject", of="e1"))
    with pytest.raises(BadCorrection, match="is no id of a correction"):
        kept.get(id_)


def test_an_id_that_nobody_has(kept: Corrections) -> None:
    with pytest.raises(BadCorrection, match="there is no correction whose id begins with 000000"):
        kept.get("000000")


def test_the_mark_changes_with_every_correction(kept: Corrections) -> None:
    marks = [kept.mark]
    for minute in range(3):
        kept.add(say(minute, "Ada", "event", "reject", of="e1"))
        marks.append(kept.mark)
    assert len(set(marks)) == 4
    assert kept.mark == marks[-1]


def test_the_file_refuses_to_be_changed(kept: Corrections) -> None:
    kept.add(say(0, "Ada", "event", "reject", of="e1"))
    connection = sqlite3.connect(kept.path)
    for statement in ("UPDATE corrections SET who = 'Bo'", "DELETE FROM corrections"):
        with pytest.raises(sqlite3.IntegrityError, match="corrections are only added to"):
            connection.execute(statement)
    connection.close()


def test_several_write_at_once_and_nothing_is_lost(kept: Corrections) -> None:
    def write(who: str) -> None:
        for minute in range(10):
            kept.add(say(minute, who, "event", "confirm", of="e1"))

    threads = [threading.Thread(target=write, args=(f"P{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({c.id for c in kept.all()}) == 40


def test_who_waits_too_long_is_told(kept: Corrections, monkeypatch: pytest.MonkeyPatch) -> None:
    kept.add(say(0, "Ada", "event", "reject", of="e1"))
    monkeypatch.setattr(module, "_PATIENCE", 0.0)
    other = sqlite3.connect(kept.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreInUse, match="is being written to by another program; try again"):
        kept.add(say(1, "Ada", "event", "reject", of="e1"))
    assert len(kept.all()) == 1  # reading goes on
    other.execute("ROLLBACK")
    other.close()


def test_who_was_killed_while_writing_leaves_what_was_whole(kept: Corrections) -> None:
    one = say(0, "Ada", "event", "reject", of="e1")
    kept.add(one)
    code = """
import os, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA cache_size = 1")  # so that pages go to the file before the end
connection.execute("BEGIN IMMEDIATE")
for n in range(500):
    row = (str(n), "h", "event", "reject", "Bo", "2024", "x" * 500)
    columns = "id, hash, kind, verdict, who, at, body"
    connection.execute(f"INSERT INTO corrections ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?)", row)
os._exit(1)
"""
    subprocess.run([sys.executable, "-c", code, kept.path], check=False)
    assert Path(f"{kept.path}-journal").stat().st_size > 0
    assert kept.all() == [one]
    assert kept.add(say(1, "Ada", "event", "confirm", of="e1")) == 1


def test_all_or_none_are_kept(kept: Corrections, monkeypatch: pytest.MonkeyPatch) -> None:
    kept.add(say(0, "Ada", "event", "reject", of="e1"))
    bad = say(1, "Ada", "event", "reject", of="e1")
    monkeypatch.setattr(type(bad), "to_json", lambda self: None if self is bad else "{}")
    with pytest.raises(StoreError, match="NOT NULL"):
        kept.add(say(2, "Ada", "event", "reject", of="e1"), bad)
    assert sum(kept.counts().values()) == 1


@pytest.mark.parametrize(("content", "told"), [(b"no database at all" * 99, NotAStore), (b"", None)])
def test_files_that_are_none(kept: Corrections, content: bytes, told: type[Exception] | None) -> None:
    Path(kept.path).write_bytes(content)
    if told is None:
        assert kept.all() == []
        assert kept.add(say(0, "Ada", "event", "reject", of="e1")) == 1
        return
    with pytest.raises(told, match="is no file of corrections"):
        kept.all()


def test_a_database_of_something_else_and_one_of_a_newer_version(kept: Corrections) -> None:
    connection = sqlite3.connect(kept.path)
    connection.execute("CREATE TABLE recipes (name)")
    connection.close()
    with pytest.raises(NotAStore, match="is an SQLite database, but has no corrections"):
        kept.add(say(0, "Ada", "event", "reject", of="e1"))
    Path(kept.path).unlink()
    kept.add(say(0, "Ada", "event", "reject", of="e1"))
    connection = sqlite3.connect(kept.path)
    connection.execute("PRAGMA user_version = 9")
    connection.close()
    with pytest.raises(StoreNewer, match="upgrade communique"):
        kept.all()


def test_a_folder_in_its_place_and_one_that_is_not_there(kept: Corrections, tmp_path: Path) -> None:
    Path(kept.path).mkdir()
    with pytest.raises(StoreError, match=r"news\.corrections\.sqlite"):
        kept.all()
    with pytest.raises(StoreError, match="unable to open"):
        Corrections.beside(tmp_path / "none" / "x.duckdb").add(say(0, "Ada", "event", "reject", of="e1"))


# Corrections that come from elsewhere


def at_spans(*spans: list[int], words: str = "") -> dict[str, Any]:
    return {"spans": list(spans), "type": "CONSULT", "words": words, "said": {}}


def altered(**changes: Any) -> dict[str, Any]:
    row = say(0, "Ada", "status", "mend", of="e1", value="planned").to_dict()
    del row["id"]
    return {**row, **changes}


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("text", "its format is not 'communique-correction/1'"),
        ({"format": "communique/1"}, "its format is not"),
        ({"format": "communique-correction/1"}, "it lacks 'target'"),
        (altered(hash="x"), "has no hash that is one"),
        (altered(when="yesterday"), "has no when that is one"),
        (altered(kind="smell"), "there is no correction 'mend' of 'smell'"),
        (altered(kind=["event"]), "there is no correction 'mend' of \"['event']\""),
        (altered(verdict="add"), "there is no correction 'add' of 'status'"),
        (altered(undoes="abc"), "only an undo says what it undoes"),
        (altered(who=7), "'7' where text is expected"),
        (altered(note="\ud800"), "half characters"),
        (altered(value=float("nan")), "numbers that are none"),
        (altered(target=at_spans([5, 2])), "where a span [start, end]"),
        (altered(target=at_spans([5])), "this is no correction"),
        ({**altered(), "id": "0" * 24}, "was altered after it was made"),
    ],
)
def test_rows_that_are_no_corrections(row: Any, told: str) -> None:
    with pytest.raises(BadCorrection) as fault:
        Correction.from_dict(row)
    assert told in str(fault.value)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"who": "a\x00b"}, "who has a character that no screen shows"),
        ({"note": "x" * 2001}, "2000 at most"),
        ({"value": None}, "lacks a value"),
        ({"value": "planned"}, "the value is not in the form of its kind"),
        ({"value": {"status": "done", "historical": False}}, "there is no status “done”"),
        ({"target": at_spans()}, "it has no spans"),
        ({"target": at_spans([0, 3], words="met")}, "other words at 0"),
        ({"target": at_spans([9000, 9003], words="met")}, "beyond the end"),
    ],
)
def test_corrections_that_nobody_here_could_have_made(changes: dict[str, Any], told: str) -> None:
    with pytest.raises(BadCorrection) as fault:
        check(Correction.from_dict(altered(**changes)), article())
    assert told in str(fault.value)
