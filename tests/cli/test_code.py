"""The command that codes folders: what it prints, how it ends."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from communique.cli.main import run
from communique.scale import run as scale_run
from tests.scale.conftest import ids, write_rows
from tests.scale.readers import ReaderMaker


@pytest.fixture
def by_hand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command codes without the network."""
    real = scale_run.code_files
    fake: Any = partial(real, make_reader=ReaderMaker(tmp_path), model="by hand")
    monkeypatch.setattr(scale_run, "code_files", fake)


@pytest.mark.usefixtures("by_hand")
def test_it_codes_tells_what_it_did_and_passes_by_what_is_complete(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_rows(tmp_path / "in" / "a.jsonl", range(3))
    words = ["code", str(tmp_path / "in"), "--out", str(tmp_path / "out"), "--workers", "1"]
    assert run(words) == 0
    told = capsys.readouterr()
    assert "parts coded" in told.out and told.err == ""
    assert ids(tmp_path / "out") == ["r0", "r1", "r2"]
    assert run([*words, "--format", "json"]) == 0
    row = json.loads(capsys.readouterr().out)
    assert (row["parts_coded"], row["parts_complete_before"], row["articles"], row["events"]) == (0, 1, 3, 9)
    assert row["articles_per_second"] is None


@pytest.mark.usefixtures("by_hand")
def test_faults_are_told_in_one_sentence_each_and_the_status_is_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_rows(tmp_path / "in" / "a.jsonl", range(3), r1="FOREIGN")
    words = [str(tmp_path / "in"), str(tmp_path / "nowhere"), "--out", str(tmp_path / "out")]
    assert run(["code", *words, "--workers", "1"]) == 1
    told = capsys.readouterr().err.splitlines()
    assert told[0] == f"Error: {tmp_path}/nowhere: does not exist"
    assert told[1].startswith("1 could not be coded; all stand in ")
    assert told[2] == "  https://port.example/1: is written in French"


def test_wrong_usage_is_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["code", str(tmp_path)]) == 2
    assert "--out" in capsys.readouterr().err
    assert run(["code", str(tmp_path), "--out", str(tmp_path), "--engine", "abacus"]) == 2
    assert run(["code", str(tmp_path), "--out", str(tmp_path), "--published", "someday"]) == 2
    assert run(["code", "--help"]) == 0
    assert "Examples:" in capsys.readouterr().out
