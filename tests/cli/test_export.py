"""``communique export``, run as a user runs it."""

from __future__ import annotations

import csv
import gzip
import io
import sys
from pathlib import Path

import duckdb
import pytest

from communique.cli.main import run
from communique.store import open_store
from tests.exports.made import FILES, GOLDEN, exported, made


@pytest.fixture
def readings(tmp_path: Path) -> Path:
    path = tmp_path / "readings.jsonl"
    path.write_text("".join(reading.to_json() + "\n" for reading in made()), encoding="utf-8")
    return path


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "news.duckdb"
    with open_store(path) as made_store, made_store.transaction():
        for number, reading in enumerate(made()):
            made_store.add(reading, place=f"row {number}")
    return path


@pytest.mark.parametrize("form", FILES)
def test_a_file_of_readings_gives_the_golden_file(form: str, readings: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.txt"
    assert run(["export", form, str(readings), "-o", str(out)]) == 0
    assert out.read_bytes() == (GOLDEN / FILES[form]).read_bytes()
    golden = GOLDEN / f"{FILES[form].rpartition('.')[0]}_evidence.tsv"
    beside = tmp_path / "out_evidence.tsv"
    assert beside.exists() == golden.exists()
    if golden.exists():
        assert beside.read_bytes() == golden.read_bytes()


# Only the stamp of an acled-like row is another: there a store knows when the article was coded.
@pytest.mark.parametrize("form", sorted(set(FILES) - {"acled-like"}))
def test_a_store_gives_the_golden_file(form: str, store: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.txt"
    assert run(["export", form, str(store), "-o", str(out)]) == 0
    assert out.read_bytes() == (GOLDEN / FILES[form]).read_bytes()


def test_a_happening_told_twice_is_one_event_with_two_mentions(store: Path, tmp_path: Path) -> None:
    again = made()[0]
    object.__setattr__(again.article, "text", again.article.text + " ")
    object.__setattr__(again.article, "publisher", "Evening Tide")
    with open_store(store) as opened:
        number = opened.add(again, place="row 4")
        opened.connection.execute(
            "INSERT INTO happenings VALUES (7, 'ASSAULT', 'firearms', 'occurred', NULL, NULL, 'EGY', 'Giza', "
            "['Police'], ['7 protesters'], 2, 0.7)"
        )
        for article in (1, number):
            opened.connection.execute("INSERT INTO tellings VALUES (7, ?, 2)", [article])
    events, mentions, table = (tmp_path / name for name in ("e.CSV", "m.CSV", "a.csv"))
    assert run(["export", "gdelt-events", str(store), "-o", str(events)]) == 0
    assert run(["export", "gdelt-mentions", str(store), "-o", str(mentions)]) == 0
    assert run(["export", "acled-like", str(store), "-o", str(table)]) == 0
    rows = [line.split("\t") for line in events.read_text("utf-8").splitlines()]
    shots = [row for row in rows if row[26] == "193"]
    assert [row[31:34] for row in shots] == [["2", "2", "2"]]
    told = [line.split("\t") for line in mentions.read_text("utf-8").splitlines()]
    assert [row[4] for row in told if row[0] == shots[0][0]] == ["Daily Tide", "Evening Tide"]
    acled = list(csv.DictReader(table.read_text("utf-8").splitlines()))
    assert sum(row["sub_event_type"].startswith("Excessive") for row in acled) == 1


def test_standard_input_and_output(
    readings: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    packed = gzip.compress(readings.read_bytes())
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(packed)))
    assert run(["export", "icews", "-"]) == 0
    out, err = capfdbinary.readouterr()
    assert out == (GOLDEN / "icews.tab").read_bytes()
    assert b"events left out: 1 long before the article" in err


def test_bad_lines_are_told_and_the_rest_goes_on(
    readings: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good = readings.read_text("utf-8")
    readings.write_bytes(b"{\n" + b'{"format":"other"}\n[1]\n\xff\xfe\n\n' + good.encode())
    out = tmp_path / "out.txt"
    assert run(["export", "polecat", str(readings), "-o", str(out), "--no-evidence"]) == 1
    assert out.read_bytes() == (GOLDEN / "polecat.txt").read_bytes()
    assert not (tmp_path / "out_evidence.tsv").exists()
    faults = [line for line in capsys.readouterr().err.splitlines() if line.startswith("Error:")]
    assert [f"line {n}" in fault for n, fault in enumerate(faults, 1)] == [True] * 4


def test_nothing_is_written_when_nothing_could_be_read(tmp_path: Path) -> None:
    bad, out = tmp_path / "bad.jsonl", tmp_path / "out.txt"
    bad.write_text("no reading\n")
    out.write_text("what stood there")
    assert run(["export", "polecat", str(bad), "-o", str(out)]) == 1
    assert out.read_text() == "what stood there"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["bad.jsonl", "out.txt"]


def test_a_truncated_gzip_gives_what_it_holds(
    readings: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    packed = tmp_path / "readings.jsonl.gz"
    packed.write_bytes(gzip.compress(readings.read_bytes())[:-20])
    assert run(["export", "citron-json", str(packed), "-o", str(tmp_path / "out.jsonl")]) == 1
    assert "ends before its time" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["polecat", "missing.jsonl"], "does not exist"),
        (["parquet", "READINGS"], "needs --output"),
        (["plover-jsonl", "READINGS", "--evidence", "e.tsv"], "has no evidence file"),
        (["polecat", "READINGS", "--evidence", "e.tsv", "--no-evidence"], "exclude each other"),
        (["polecat", "READINGS", "-o", "READINGS"], "one of the sources"),
        (["polecat", "READINGS", "-o", "/nowhere/out.txt"], "cannot be written"),
        (["parquet", "READINGS", "-o", "/dev/null/tables"], "cannot be written"),
        (["parquet", "READINGS", "-o", "/nowhere/events.parquet"], "cannot be written"),
        (["polecat", "/"], "is a folder"),
        (["poem", "READINGS"], "poem"),
    ],
)
def test_wrong_usage_is_one_clear_sentence(
    arguments: list[str], message: str, readings: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = readings.read_bytes()
    assert run(["export", *(str(readings) if a == "READINGS" else a for a in arguments)]) == 2
    assert message in capsys.readouterr().err
    assert readings.read_bytes() == before


def test_a_file_that_is_no_store_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = tmp_path / "other.duckdb"
    with duckdb.connect(str(other)) as connection:
        connection.execute("CREATE TABLE t (a INTEGER)")
    assert run(["export", "polecat", str(other)]) == 1
    out, err = capsys.readouterr()
    assert out == "" and err.startswith("Error:") and str(other) in err and err.count("\n") == 1


def test_the_help_names_all_formats(capsys: pytest.CaptureFixture[str]) -> None:
    from communique.exports.writing import FORMATS

    assert run(["export", "--help"]) == 0
    out = capsys.readouterr().out
    assert all(f"    {form} " in out for form in FORMATS)


def test_the_intensity_column_may_have_its_other_name(readings: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.txt"
    arguments = ["export", "polecat", str(readings), "-o", str(out), "--intensity-name", "Event Intensity"]
    assert run(arguments) == 0
    assert out.read_text() == exported("polecat").replace("\tIntensity\t", "\tEvent Intensity\t", 1)
