"""A store that another process has open for a moment is waited for."""

from __future__ import annotations

from pathlib import Path

import pytest

from communique.cli.main import run
from communique.cli.waiting import open_when_free
from communique.errors import StoreInUse, StoreMissing
from communique.store import Store, open_store
from tests.store.invented import Stub, story


class Held:
    """A store that somebody has open for so many seconds of a clock that only sleeping moves."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, seconds: float, here: bool = False) -> None:
        self.now = 0.0
        self.tries = 0

        def opening(path: str, create: bool = True, read_only: bool = False) -> Store:
            self.tries += 1
            if self.now < seconds:
                raise StoreInUse(f"{path} is in use by another program; wait until it has ended", here)
            return open_store(path, create, read_only)

        monkeypatch.setattr("communique.store.open_store", opening)

    def clock(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


def test_it_is_opened_when_the_other_lets_go_and_one_line_says_why_it_took_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    held, path = Held(monkeypatch, 2), str(tmp_path / "s.duckdb")
    with open_when_free(path, clock=held.clock, sleep=held.sleep) as store:
        assert store.path == path
    assert 2 <= held.now < 3
    assert capsys.readouterr().err == f"waiting for {path}, which another process has open\n"


def test_after_ten_seconds_it_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    held = Held(monkeypatch, 1000)
    with pytest.raises(StoreInUse, match="is in use by"):
        open_when_free(str(tmp_path / "s.duckdb"), clock=held.clock, sleep=held.sleep)
    assert 10 <= held.now < 11
    assert capsys.readouterr().err.count("waiting for") == 1


def test_what_this_process_has_open_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    held = Held(monkeypatch, 1000, here=True)
    with pytest.raises(StoreInUse):
        open_when_free(str(tmp_path / "s.duckdb"), clock=held.clock, sleep=held.sleep)
    assert (held.tries, held.now, capsys.readouterr().err) == (1, 0, "")


def test_another_fault_is_told_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(StoreMissing):
        open_when_free(str(tmp_path / "s.duckdb"), create=False, sleep=lambda _: pytest.fail("it slept"))
    assert capsys.readouterr().err == ""


def test_a_free_store_is_opened_in_silence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    open_when_free(str(tmp_path / "s.duckdb"), sleep=lambda _: pytest.fail("it slept")).close()
    assert capsys.readouterr().err == ""


def test_ingest_and_recode_wait(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path, text = str(tmp_path / "s.duckdb"), tmp_path / "a.txt"
    text.write_text(story(1), encoding="utf-8")
    monkeypatch.setattr("communique.pipeline.shared_pipeline", lambda options: Stub())
    for words, status in (
        (["ingest", str(text), "--store", path, "--no-happenings"], 0),
        (["recode", path, "--dry-run"], 0),
        (["recode", path, "--yes"], 0),
    ):
        held = Held(monkeypatch, 1)
        monkeypatch.setattr(
            "communique.cli.waiting.open_when_free.__kwdefaults__",
            {"create": True, "read_only": False, "clock": held.clock, "sleep": held.sleep},
        )
        assert run(words) == status
        assert f"waiting for {path}, which another process has open\n" in capsys.readouterr().err
        assert 1 <= held.now < 2
