"""What the commands that ask a store have in common: its place, the formats, the limit, and faults."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import duckdb
import pytest

from communique.cli.main import run
from tests.store.asked import make

COMMANDS = {
    "query": ["SELECT article, n, type, contexts FROM events ORDER BY ALL"],
    "events": [],
    "timeline": ["--tellings"],
    "dyad": ["JPN", "PRK"],
    "said": ["Holm"],
    "disputes": [],
    "upcoming": ["--from", "2024-02"],
}
ROWS = {"query": 5, "events": 5, "timeline": 4, "dyad": 8, "said": 1, "disputes": 2, "upcoming": 2}


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("cli") / "s.duckdb")


@pytest.fixture(autouse=True)
def place(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMMUNIQUE_STORE", str(path))


@pytest.mark.parametrize("command", COMMANDS)
def test_every_format_has_the_same_rows(
    command: str, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def out(form: str) -> str:
        assert run([command, *COMMANDS[command], "--format", form]) == 0
        return capfd.readouterr().out

    rows = json.loads(out("json"))
    assert len(rows) == ROWS[command]
    assert [json.loads(line) for line in out("jsonl").splitlines()] == rows
    table = list(csv.DictReader(io.StringIO(out("csv"))))
    assert len(table) == len(rows) and list(table[0]) == list(rows[0])
    target = tmp_path / "rows.parquet"
    assert run([command, *COMMANDS[command], "-o", str(target)]) == 0
    found = duckdb.execute("SELECT * FROM read_parquet(?)", [str(target)])
    assert [d[0] for d in found.description or []] == list(rows[0])
    assert len(found.fetchall()) == len(rows)
    assert [p.name for p in tmp_path.iterdir()] == ["rows.parquet"]
    assert out("table").strip()


@pytest.mark.parametrize("command", COMMANDS)
def test_help_has_examples(command: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert run([command, "--help"]) == 0
    told = capfd.readouterr().out
    assert f"  communique {command}" in told.split("Examples:")[1]
    assert "COMMUNIQUE_STORE" in told


def test_the_name_of_the_output_gives_the_format(tmp_path: Path) -> None:
    target = tmp_path / "events.csv"
    assert run(["events", "--type", "CONSULT", "--limit", "1", "-o", str(target)]) == 0
    (row,) = csv.DictReader(io.StringIO(target.read_text(encoding="utf-8")))
    assert (row["actors"], row["day"], row["historical"]) == ("Ada Holm", "2024-02-20", "False")


def test_what_is_left_out_is_told(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["events", "--limit", "2", "--offset", "1"]) == 0
    assert capfd.readouterr().err == "2 more; --limit 0 shows all.\n"
    assert run(["query", "FROM range(60)"]) == 0
    told = capfd.readouterr()
    assert told.err == "10 more; --limit 0 shows all.\n" and told.out.split()[-1] == "49"
    assert run(["query", "FROM range(60)", "--limit", "0"]) == 0
    assert capfd.readouterr().err == ""


def test_nothing_found_and_a_wrong_code(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["events", "--actor", "JAP"]) == 0
    told = capfd.readouterr()
    assert told.out == ""
    assert told.err.startswith("Nothing found.\n'JAP' is no country; did you mean JPN (Japan)")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["query", "SELECT 1 FRM x y"], "Error: the SQL is wrong in line 1, at “"),
        (["query", "DROP TABLE events"], "Error: DROP is not run here"),
        (["events", "--since", "soon"], "Error: since: “soon” is no date"),
        (["timeline", "--status", "plan"], "Error: there is no status “plan”, but occurred"),
        (["dyad", "JPN", "Japan"], "Error: a dyad is of two parties"),
        (["said", "Holm", "--act", "say"], "Error: there is no act “say”, but assert"),
        (["disputes", "--kind", "x"], "Error: there is no kind “x”, but number"),
        (["upcoming", "--from", "never"], "Error: from: “never” is no date"),
        (["events", "--format", "parquet"], "Error: Parquet is written to a file; name it with --output."),
        (["events", "-o", "/nowhere/a.csv"], "/nowhere/a.csv cannot be written: No such file"),
        (["events", "-o", "/nowhere/a.parquet"], "/nowhere/a.parquet cannot be written: "),
    ],
)
def test_a_wrong_question_is_one_sentence(
    arguments: list[str], message: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == 2
    told = capfd.readouterr()
    assert told.out == ""
    assert message in told.err.splitlines()[-1]


def test_no_store(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert run(["events", "--store", str(tmp_path / "none.duckdb")]) == 1
    told = capfd.readouterr().err
    assert told.count("\n") == 1 and "there is no such store; make one with communique ingest" in told


def test_text_of_others_does_nothing_to_a_screen(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["query", "SELECT chr(27) || '[31mred' AS \"a\x1b[0m\""]) == 0
    out = capfd.readouterr().out
    assert "\x1b" not in out and r"\x1b[31mred" in out
