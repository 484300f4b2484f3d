"""Where output goes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from communique.cli.output import Output


def test_a_file_appears_when_it_is_complete(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    with Output(str(path)) as place:
        place.write("one\n")
        place.flush()
        assert not path.exists()
        place.keep()
    assert path.read_text(encoding="utf-8") == "one\n"
    assert os.listdir(tmp_path) == ["out.jsonl"]


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt, None])
def test_without_success_the_old_file_stays(tmp_path: Path, error: type[BaseException] | None) -> None:
    path = tmp_path / "out.jsonl"
    path.write_text("old", encoding="utf-8")
    try:
        with Output(str(path)) as place:
            place.write("new")
            if error:
                place.keep()
                raise error
    except (RuntimeError, KeyboardInterrupt):
        pass
    assert path.read_text(encoding="utf-8") == "old"
    assert os.listdir(tmp_path) == ["out.jsonl"]


def test_a_replaced_file_keeps_its_rights_and_a_link_its_target(tmp_path: Path) -> None:
    path, link = tmp_path / "out", tmp_path / "link"
    path.write_text("old", encoding="utf-8")
    path.chmod(0o640)
    link.symlink_to(path)
    with Output(str(link)) as place:
        place.write("new")
        place.keep()
    assert link.is_symlink()
    assert path.read_text(encoding="utf-8") == "new"
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_device_is_written_to_not_replaced() -> None:
    before = os.stat(os.devnull).st_rdev
    with Output(os.devnull) as place:
        place.write("x")
        place.keep()
    assert os.stat(os.devnull).st_rdev == before


def test_half_a_character_becomes_an_escape_that_json_reads(tmp_path: Path) -> None:
    path = tmp_path / "out.json"
    with Output(str(path)) as place:
        place.write('"\ud83d"')
        place.keep()
    assert path.read_bytes() == b'"\\ud83d"'
