"""Runs with processes of this machine: the same bytes, nothing twice, and a death costs nothing."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
from pathlib import Path

import pytest

from communique.errors import CommuniqueError, InputError
from communique.options import Options
from communique.scale import code_files, read_folder
from communique.scale.layout import Folder
from tests.scale.conftest import Coder, bytes_of, ids, write_rows

ROOT = Path(__file__).parents[2]


def news(folder: Path, **more: str) -> Path:
    for k in range(4):
        write_rows(folder / f"n{k}.jsonl", range(10 * k, 10 * k + 3), **more)
    return folder


def test_the_bytes_are_the_same_whatever_the_number_of_workers(tmp_path: Path, code: Coder) -> None:
    news(tmp_path / "in")
    code(tmp_path / "in", out=tmp_path / "one", workers=1)
    code(tmp_path / "in", out=tmp_path / "two", workers=2)
    assert bytes_of(tmp_path / "one") == bytes_of(tmp_path / "two")
    assert len(ids(tmp_path / "one")) == 12
    assert multiprocessing.active_children() == []


def test_a_second_run_starts_no_worker(tmp_path: Path, code: Coder) -> None:
    news(tmp_path / "in")
    code(tmp_path / "in")
    started = (tmp_path / "started").read_text()
    coded, failed = code(tmp_path / "in")
    assert ([c.fresh for c in coded], failed) == ([False] * 4, [])
    assert (tmp_path / "started").read_text() == started


def test_what_changed_is_coded_again_and_the_old_part_goes(tmp_path: Path, code: Coder) -> None:
    news(tmp_path / "in")
    code(tmp_path / "in")
    write_rows(tmp_path / "in" / "n1.jsonl", range(50, 52))
    coded, _ = code(tmp_path / "in")
    assert [c.fresh for c in coded].count(True) == 1
    assert ids(tmp_path / "out") == sorted(f"r{n}" for n in [0, 1, 2, 20, 21, 22, 30, 31, 32, 50, 51])
    assert len(list((tmp_path / "out" / "complete").iterdir())) == 4


def test_another_model_or_setting_codes_all_again_in_place(tmp_path: Path, code: Coder) -> None:
    news(tmp_path / "in")
    code(tmp_path / "in")
    names = set(bytes_of(tmp_path / "out"))
    for change in ({"model": "newer"}, {"options": Options(min_confidence=0.5)}, {"readings": False}):
        coded, _ = code(tmp_path / "in", **change)
        assert [c.fresh for c in coded] == [True] * 4
        assert set(bytes_of(tmp_path / "out")) == names


def test_a_file_that_was_lost_is_made_again(tmp_path: Path, code: Coder) -> None:
    news(tmp_path / "in")
    code(tmp_path / "in")
    before = bytes_of(tmp_path / "out")
    next((tmp_path / "out" / "events").glob("part-n2-*")).unlink()
    coded, _ = code(tmp_path / "in")
    assert [c.fresh for c in coded].count(True) == 1
    assert bytes_of(tmp_path / "out") == before


def test_moved_inputs_and_copies_are_not_coded_twice(tmp_path: Path, code: Coder) -> None:
    news(tmp_path / "in")
    code(tmp_path / "in")
    (tmp_path / "in").rename(tmp_path / "moved")
    assert not any(c.fresh for c in code(tmp_path / "moved")[0])
    write_rows(tmp_path / "copy" / "n1.jsonl", range(10, 13))
    assert not any(c.fresh for c in code(tmp_path / "copy")[0])
    # The copy changes: its old part is still that of the first.
    write_rows(tmp_path / "copy" / "n1.jsonl", range(60, 61))
    code(tmp_path / "copy")
    assert ids(tmp_path / "out") == sorted(f"r{n}" for n in [0, 1, 2, 10, 11, 12, 20, 21, 22, 30, 31, 32, 60])


def test_a_worker_that_dies_costs_nothing(tmp_path: Path, code: Coder) -> None:
    news(tmp_path / "in", r11="DIE")
    coded, failed = code(tmp_path / "in", lives=1)
    assert ([c.fresh for c in coded], failed) == ([True] * 4, [])
    assert (tmp_path / "deaths").read_text().count("\n") == 1
    code(tmp_path / "in", out=tmp_path / "calm", workers=1, lives=0)
    assert bytes_of(tmp_path / "out") == bytes_of(tmp_path / "calm")
    assert list((tmp_path / "out" / "unfinished").iterdir()) != []  # what the dead one left …
    code(tmp_path / "in")
    assert list((tmp_path / "out" / "unfinished").iterdir()) == []  # … is swept by the next run


def test_a_part_that_costs_two_workers_is_told_and_the_rest_is_coded(tmp_path: Path, code: Coder) -> None:
    news(tmp_path / "in", r11="DIE")
    coded, failed = code(tmp_path / "in", lives=99)
    assert [Path(f.part.path).name for f in failed] == ["n1.jsonl"]
    assert "2 workers that coded it died (exit status -9)" in failed[0].message
    assert (tmp_path / "deaths").read_text().count("\n") == 2
    assert len(coded) == 3
    assert len(ids(tmp_path / "out")) == 9
    coded, failed = code(tmp_path / "in", lives=0)
    assert ([c.fresh for c in coded].count(True), failed) == (1, [])


def test_a_long_file_is_cut_by_lines(tmp_path: Path, code: Coder) -> None:
    path = write_rows(tmp_path / "long.jsonl", range(10), r7="FOREIGN")
    coded, _ = code(path, part_size=3)
    assert sorted(c.marker.rows or [] for c in coded) == [[1, 3], [4, 6], [7, 9], [10, 10]]
    assert ids(tmp_path / "out") == [f"r{n}" for n in range(10) if n != 7]
    with read_folder(tmp_path / "out") as connection:
        assert connection.execute("SELECT place FROM faults").fetchall() == [("https://port.example/7",)]
        keys = connection.execute("SELECT count(DISTINCT article) FROM events").fetchall()
    assert keys == [(9,)]
    assert not any(c.fresh for c in code(path, part_size=3)[0])
    # Cut otherwise: the old parts go when the new are there.
    code(path, part_size=0)
    assert ids(tmp_path / "out") == [f"r{n}" for n in range(10) if n != 7]
    assert len(list((tmp_path / "out" / "complete").iterdir())) == 1


def test_what_is_no_input_is_told_and_the_rest_is_coded(tmp_path: Path, code: Coder) -> None:
    news(tmp_path / "in")
    (tmp_path / "in" / "torn.jsonl.gz").write_bytes(b"\x1f\x8b\x08\x00 torn")
    coded, failed = code(tmp_path / "in", tmp_path / "nowhere", Path("-"))
    assert len(coded) == 5
    assert sum(c.marker.faults for c in coded) == 1
    assert [f.message.split(";")[0] for f in failed] == ["does not exist", "is no file"]


def test_the_output_inside_the_input_is_not_read(tmp_path: Path, code: Coder) -> None:
    news(tmp_path / "in")
    assert len(code(tmp_path / "in", out=tmp_path / "in" / "out")[0]) == 4
    coded, failed = code(tmp_path / "in", out=tmp_path / "in" / "out")
    assert ([c.fresh for c in coded], failed) == ([False] * 4, [])


def test_leaving_early_ends_the_workers_and_keeps_what_is_complete(tmp_path: Path, code: Coder) -> None:
    from tests.scale.readers import ReaderMaker

    news(tmp_path / "in")
    run = code_files(
        [tmp_path / "in"], tmp_path / "out", workers=1, make_reader=ReaderMaker(tmp_path), model="by hand"
    )
    next(run)
    run.close()  # type: ignore[attr-defined]
    assert multiprocessing.active_children() == []
    kept = len(list(Folder(tmp_path / "out").markers()))
    assert 1 <= kept <= 2
    coded, _ = code(tmp_path / "in")
    assert [c.fresh for c in coded].count(True) == 4 - kept


SCRIPT = """
import sys
from pathlib import Path
from communique.scale import code_files
from tests.scale.readers import ReaderMaker
here = Path(sys.argv[1])
list(code_files([here / "in"], here / "out", workers=1, make_reader=ReaderMaker(here), model="by hand"))
"""


def test_killed_as_a_whole_it_leaves_no_process_and_goes_on_where_it_was(tmp_path: Path, code: Coder) -> None:
    news(tmp_path / "in", r21="ORPHAN")
    # Its workers hold its standard output too: this returns when the last of them has ended.
    killed = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(tmp_path)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    assert killed.returncode == -9, killed.stdout
    assert len(list(Folder(tmp_path / "out").markers())) == 2
    coded, failed = code(tmp_path / "in", workers=1)
    assert ([c.fresh for c in coded].count(True), failed) == (2, [])
    code(tmp_path / "in", out=tmp_path / "calm", workers=1)
    assert bytes_of(tmp_path / "out") == bytes_of(tmp_path / "calm")
    assert len(ids(tmp_path / "out")) == 12


class Bomb:
    """Ends the process that unpickles it."""

    def __call__(self, threads: int | None) -> None:
        return None

    def __setstate__(self, state: object) -> None:
        raise SystemExit(7)

    def __getstate__(self) -> dict[str, int]:
        return {"state": 1}


def test_workers_that_cannot_start_are_no_endless_loop(tmp_path: Path) -> None:
    news(tmp_path / "in")
    with pytest.raises(CommuniqueError, match="ended before it could start"):
        list(code_files([tmp_path / "in"], tmp_path / "out", workers=2, make_reader=Bomb(), model="x"))  # type: ignore[arg-type]
    assert multiprocessing.active_children() == []


def test_a_folder_without_parts_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no coded folder"):
        read_folder(tmp_path)


def test_wrong_numbers_and_names_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="at least"):
        next(code_files([], tmp_path, workers=0))
    with pytest.raises(ValueError, match="there are local, ray"):
        next(code_files([], tmp_path, engine="abacus"))
