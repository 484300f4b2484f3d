"""``communique recode``: shows what changes, and writes only when told to."""

from __future__ import annotations

import csv
import io
import json
import sys
from pathlib import Path

import pytest

from communique.cli.main import run
from communique.options import Options
from communique.reading import Producer
from communique.store import open_store
from tests.store.test_recoding import NOW, NewReader
from tests.store.whole import TEXT, whole


@pytest.fixture(autouse=True)
def reader(monkeypatch: pytest.MonkeyPatch) -> None:
    def own_reader(threads: int | None = None, options: Options | None = None) -> NewReader:
        return NewReader(threads)

    monkeypatch.setattr("communique.batch.own_reader", own_reader)
    monkeypatch.setattr("communique.store.recoding.producer_of", lambda options: NOW)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with open_store(tmp_path / "s.duckdb") as store, store.transaction():
        for i in (1, 2):
            store.add(whole(f"{TEXT} ({i})"), place=f"row {i}")
    return tmp_path / "s.duckdb"


def versions(path: Path) -> list[str]:
    with open_store(path, read_only=True) as store:
        return [r.producer.version for _, r in store.readings()]


def test_without_a_terminal_it_shows_and_does_not_write(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["recode", str(path)]) == 0
    told = capsys.readouterr()
    assert "2 articles read again, 0 of them tell the same." in told.out
    assert "article 1, dropped: CONSULT occurred: Envoys, Norvania → Ostria, “met”" in told.out
    assert "Nothing was written, for nobody can be asked here; --yes writes without asking." in told.err
    assert versions(path) == ["0.0.9", "0.0.9"]


def test_yes_writes_and_then_nothing_is_left_to_do(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["recode", str(path), "--yes"]) == 0
    assert f"2 of 2 readings replaced in {path}." in capsys.readouterr().err
    assert versions(path) == ["1.0", "1.0"]
    assert run(["recode", str(path), "--yes"]) == 0
    assert "Nothing to do" in capsys.readouterr().err


def test_a_dry_run_does_not_write(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = path.read_bytes()
    assert run(["recode", str(path), "--dry-run"]) == 0
    assert "Nothing was written." in capsys.readouterr().err
    assert path.read_bytes() == before
    assert run(["recode", str(path), "--dry-run", "--yes"]) == 2


@pytest.mark.parametrize(("answer", "expected"), [("y", "1.0"), ("n", "0.0.9")])
def test_on_a_terminal_it_asks(
    path: Path, monkeypatch: pytest.MonkeyPatch, answer: str, expected: str
) -> None:
    asked: list[str] = []

    def confirm(question: str, **_: object) -> bool:
        asked.append(question)
        return answer == "y"

    monkeypatch.setattr("click.confirm", confirm)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert run(["recode", str(path)]) == 0
    assert asked == [f"Replace 2 readings in {path}?"]
    assert versions(path) == [expected, expected]


def test_programs_get_the_counts(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["recode", str(path), "--dry-run", "--format", "json"])
    rows = json.loads(capsys.readouterr().out)
    assert rows[0] == {"kind": "events", "before": 4, "after": 2, "added": 0, "dropped": 2, "changed": 0}
    run(["recode", str(path), "--dry-run", "--format", "jsonl"])
    assert [json.loads(line) for line in capsys.readouterr().out.splitlines()] == rows
    run(["recode", str(path), "--dry-run", "--format", "csv"])
    found = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert found == [{name: str(value) for name, value in row.items()} for row in rows]


def test_an_article_that_cannot_be_read_keeps_its_reading(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with open_store(path) as store:
        store.add(whole(f"{TEXT} (3)", title="No. 3", url=None), place="row 3")
    assert run(["recode", str(path), "--yes"]) == 1
    told = capsys.readouterr().err
    assert "1 could not be read again and keep the reading they have:\n  No. 3: could not be read" in told
    assert versions(path) == ["1.0", "1.0", "0.0.9"]


def test_what_a_codebook_coded_is_left_alone(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    reading = whole("Other. " + TEXT)
    reading.producer = Producer("0.0.9", "by hand", "own types")
    with open_store(path) as store:
        store.add(reading, place="row 3")
    assert run(["recode", str(path), "--yes"]) == 0
    assert "Left alone, for they were coded by 'own types': 1;" in capsys.readouterr().err
    assert versions(path) == ["1.0", "1.0", "0.0.9"]
    assert run(["recode", str(path), "--yes", "--all"]) == 0
    assert versions(path) == ["1.0", "1.0", "1.0"]


def test_only_articles_since_a_day(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["recode", str(path), "--yes", "--since", "2031-02-19"]) == 0
    assert "Nothing to do" in capsys.readouterr().err
    assert run(["recode", str(path), "--yes", "--since", "2031-02-18"]) == 0
    assert versions(path) == ["1.0", "1.0"]


def test_what_is_no_store_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for extra in ([], ["--dry-run"]):
        assert run(["recode", str(tmp_path / "none.duckdb"), *extra]) == 1
        assert "none.duckdb: there is no such store" in capsys.readouterr().err


def test_help_has_examples(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["recode", "--help"]) == 0
    assert "communique recode news.duckdb --dry-run" in capsys.readouterr().out
