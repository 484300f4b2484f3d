"""``communique corrections``, and what exports and recoding make of corrections."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from communique.cli.main import run
from communique.options import Options
from communique.reading import Producer
from communique.store import open_store
from communique.store.correcting.listing import listed
from communique.store.corrections import Corrections
from tests.store.asked import FIRST, make
from tests.store.correcting import article, say
from tests.store.test_recoding import NOW


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Three articles; Ada and Bo differ on the first event of the first, and Ada rejects the second."""
    made = make(tmp_path / "news.duckdb")
    with open_store(made, read_only=True) as store:
        reading = store.reading(1)
    Corrections.beside(made).add(
        say(0, "Ada", "status", "mend", reading, of="e1", value="planned", note="only a plan"),
        say(1, "Bo", "status", "mend", reading, of="e1", value="ongoing"),
        say(2, "Ada", "event", "reject", reading, of="e2"),
    )
    return made


def test_list_says_what_became_of_each(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["corrections", "list", "--store", str(path), "--format", "jsonl"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    told = [
        (r["who"], r["verdict"], r["kind"], r["article"], r["of"], r["was"], r["now"], r["state"])
        for r in rows
    ]
    assert told == [
        ("Ada", "reject", "event", 1, "e2", "AGREE", "", "holds"),
        ("Bo", "mend", "status", 1, "e1", "occurred", "ongoing", "holds"),
        ("Ada", "mend", "status", 1, "e1", "occurred", "planned", "outvoted"),
    ]
    assert run(["corrections", "list", "--store", str(path), "--who", "Bo"]) == 0
    out = capsys.readouterr().out
    assert "Bo, 2024-02-15  mend status        article 1  occurred →  holds" in out
    assert "e1: “met”  ongoing" in out and "Ada" not in out


def test_undo_and_history(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bo = Corrections.beside(path).all(who="Bo")[0].id
    assert run(["corrections", "undo", bo[:8], "--who", "Ada", "--store", str(path)]) == 0
    assert "Undone: mend status, “met”, by Bo." in capsys.readouterr().err
    assert run(["corrections", "undo", bo, "--who", "Ada", "--store", str(path)]) == 1
    assert f"Error: {bo} was undone by Ada on" in capsys.readouterr().err
    for more, states in (([], ["holds", "holds"]), (["--history"], ["holds", "undone", "holds"])):
        assert (
            run(["corrections", "list", "--store", str(path), "--article", "1", "--format", "csv", *more])
            == 0
        )
        rows = list(csv.DictReader(capsys.readouterr().out.splitlines()))
        assert [r["state"] for r in rows] == states


def test_an_article_that_is_not_there(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["corrections", "list", "--store", str(path), "--article", "99"]) == 1
    assert capsys.readouterr().err == f"Error: {path} has no article 99\n"


def test_exported_and_imported_twice_it_is_the_same(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = path.with_name("said.jsonl")
    kept = Corrections.beside(path)
    kept.undo(kept.all(who="Bo")[0].id, "Bo")
    assert run(["corrections", "export", "--format", "jsonl", "--store", str(path), "-o", str(out)]) == 0
    other = make(path.with_name("other.duckdb"))
    for told in ("4 new, 0 there already", "0 new, 4 there already"):
        assert run(["corrections", "import", str(out), "--store", str(other)]) == 0
        assert told in capsys.readouterr().err
    assert Corrections.beside(other).all() == kept.all()


def test_import_takes_what_is_good_and_tells_the_rest(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good = say(9, "Cy", "event", "confirm", of="e1")
    away = say(9, "Cy", "event", "confirm", of="e1").to_dict() | {"hash": "0" * 32}
    del away["id"]
    wrong = {**away, "hash": good.hash, "target": {**good.to_dict()["target"], "words": "left"}}
    lines = [good.to_json(), "", json.dumps(away), "{", "[" * 100_000, json.dumps(wrong), '{"format": "x"}']
    file = path.with_name("in.jsonl")
    file.write_text("\n".join(lines), encoding="utf-8")
    assert run(["corrections", "import", str(file), "--store", str(path)]) == 1
    told = capsys.readouterr().err.splitlines()
    assert [line.split(": ", 2)[1] for line in told[:4]] == [f"{file} line {n}" for n in (4, 5, 6, 7)]
    assert "the article has other words at 9" in told[2]
    assert told[4:] == [
        f"2 new, 0 there already, in {Corrections.beside(path).path}.",
        "1 are of articles that the store has not; they wait for them.",
    ]


def test_a_file_that_is_not_there(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["corrections", "import", str(path.with_name("none")), "--store", str(path)]) == 2
    assert "cannot be read: No such file or directory" in capsys.readouterr().err


def test_training_rows(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["corrections", "export", "--store", str(path)]) == 0
    (row,) = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert row["text"] == FIRST
    assert [(e["type"], e["status"]) for e in row["events"]] == [("CONSULT", "ongoing")]
    assert run(["corrections", "export", "--store", str(path), "--who", "Ada", "--standoff", "wire"]) == 0
    said = capsys.readouterr()
    row = json.loads(said.out)
    assert (row["corpus"], "text" in row, row["events"][0]["status"]) == ("wire", False, "planned")
    assert said.err == "1 articles written.\n"


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (["--format", "jsonl", "--partly"], "--partly and --standoff are for --format training"),
        (["--since", "2024-01-01"], "--since is for --format jsonl"),
        (["--format", "jsonl", "--since", "never"], "since"),
    ],
)
def test_options_of_no_sense(
    path: Path, more: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["corrections", "export", "--store", str(path), *more]) == 2
    assert told in capsys.readouterr().err


def test_without_a_store_the_corrections_are_there_all_the_same(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path.unlink()
    assert run(["corrections", "list", "--store", str(path), "--format", "json"]) == 0
    assert {r["state"] for r in json.loads(capsys.readouterr().out)} == {"no article"}
    assert run(["corrections", "list", "--store", str(path.with_name("none.duckdb"))]) == 1
    assert "there is no such store" in capsys.readouterr().err


# Exports


def polecat(path: Path, *more: str) -> list[dict[str, str]]:
    out = path.with_name("out.txt")
    assert (
        run(["export", "polecat", str(path), "-o", str(out), "--no-evidence", "--all-statuses", *more]) == 0
    )
    return list(csv.DictReader(out.read_text(encoding="ascii").splitlines(), delimiter="\t"))


def test_exports_are_corrected_when_asked(path: Path) -> None:
    plain, mended = polecat(path), polecat(path, "--corrected")
    assert [r["Event Type"] for r in plain] == ["CONSULT", "AGREE", "CONSULT", "ACCUSE", "ASSAULT"]
    assert [r["Event Type"] for r in mended] == ["CONSULT", "CONSULT", "ACCUSE", "ASSAULT"]
    reading = article()
    Corrections.beside(path).add(say(3, "Cy", "type", "mend", reading, of="e1", value="AID"))
    assert [r["Event Type"] for r in polecat(path, "--corrected")][:1] == ["AID"]


def test_the_tables_are_corrected_too(path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    out = path.with_name("events.parquet")
    assert run(["export", "parquet", str(path), "-o", str(out), "--corrected"]) == 0
    found = duckdb.sql(f"SELECT type, status FROM '{out}' WHERE article = 1").fetchall()
    assert found == [("CONSULT", "ongoing")]


def test_only_stores_have_corrections(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = path.with_name("readings.jsonl")
    file.write_text(article().to_json() + "\n", encoding="utf-8")
    assert run(["export", "polecat", str(file), "--corrected"]) == 2
    assert "--corrected is for stores" in capsys.readouterr().err


# Recoding


class Newer:
    """Reads what a newer version would: numbers and words of events are others."""

    def __init__(self, threads: int | None = None) -> None:
        pass

    def read(self, text):  # type: ignore[no-untyped-def]
        reading = article() if text.text == FIRST else None
        if reading is None:
            from tests.store.asked import second, third

            reading = next(r for r in (second(), third()) if r.article.text == text.text)
        reading.article, reading.producer = text, NOW
        for event in reading.events:
            event.id = f"e{int(event.id[1:]) + 3}"
            event.end += 1
        for entry in reading.schedule:
            entry.event = entry.event and f"e{int(entry.event[1:]) + 3}"
        return reading


def test_recoding_keeps_corrections(
    path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def own_reader(threads: int | None = None, options: Options | None = None) -> Newer:
        return Newer(threads)

    monkeypatch.setattr("communique.batch.own_reader", own_reader)
    monkeypatch.setattr("communique.store.recoding.producer_of", lambda options: NOW)
    before = polecat(path, "--corrected")
    assert run(["recode", str(path), "--yes"]) == 0
    with open_store(path, read_only=True) as store:
        assert store.reading(1).producer == Producer("1.0", "new weights")
        assert [e.id for e in store.reading(1).events] == ["e4", "e5"]
    assert "lost what" not in capsys.readouterr().err
    assert run(["corrections", "list", "--store", str(path), "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [(r["of"], r["state"]) for r in rows] == [("e5", "holds"), ("e4", "holds"), ("e4", "outvoted")]
    told = [(r["Event Type"], r["Actor Name"], r["Recipient Name"]) for r in polecat(path, "--corrected")]
    assert told == [(r["Event Type"], r["Actor Name"], r["Recipient Name"]) for r in before]


def test_recoding_tells_what_is_not_there_any_more(
    path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Quiet(Newer):
        def read(self, text):  # type: ignore[no-untyped-def]
            reading = super().read(text)
            reading.events = reading.events[1:]
            return reading

    monkeypatch.setattr("communique.batch.own_reader", lambda threads=None, options=None: Quiet(threads))
    monkeypatch.setattr("communique.store.recoding.producer_of", lambda options: NOW)
    assert run(["recode", str(path), "--yes"]) == 0
    assert "2 corrections have lost what was spoken of" in capsys.readouterr().err
    with open_store(path, read_only=True) as store:
        kept = Corrections.beside(path)
        kept.add(say(5, "Cy", "event", "reject", of="e1"))
        states = [row["state"] for row in listed(store, kept.all()).rows]
    assert states == ["gone", "holds", "orphan", "orphan"]
