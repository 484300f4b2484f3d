"""The command line as a whole."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click
import pytest

import communique
from communique.cli.main import cli, run


def test_help_shows_every_command_and_examples(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--help"]) == 0
    shown = capsys.readouterr().out
    for name in cli.list_commands(cli.make_context("communique", ["doctor"])):
        assert f"  {name} " in shown
    assert "communique read article.txt --published 2024-02-15" in shown


@pytest.mark.parametrize("name", ["read", "doctor", "completion"])
def test_every_command_has_help(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([name, "--help"]) == 0
    assert f"communique {name}" in capsys.readouterr().out


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == 0
    assert capsys.readouterr().out == f"communique {communique.__version__}\n"


def test_an_unknown_command_names_those_there_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["raed"]) == 2
    said = capsys.readouterr().err
    assert all(name in said for name in cli.list_commands(click.Context(cli)))
    Path("a.txt").touch()
    assert run(["a.txt"]) == 2
    assert "did you mean `communique read a.txt`?" in capsys.readouterr().err


def test_no_words_at_all_show_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([]) == 2
    assert "Usage: communique" in "".join(capsys.readouterr())


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts_name_the_command(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["completion", shell]) == 0
    script = capsys.readouterr().out
    assert "_COMMUNIQUE_COMPLETE" in script
    assert "%(" not in script


def test_a_reader_that_goes_away_ends_the_run_quietly(tmp_path: Path) -> None:
    # A real pipe with nobody at its other end, as `| head` leaves behind.
    code = (
        "import sys\n"
        "from tests.samples import FakeReader\n"
        "import communique.pipeline\n"
        "communique.pipeline.shared_pipeline = FakeReader\n"
        "from communique.cli.main import run\n"
        "sys.exit(run(['read', 'rows.jsonl', '--format', 'jsonl']))\n"
    )
    rows = '{"text": "The minister met the envoy of the king."}\n' * 2000
    (tmp_path / "rows.jsonl").write_text(rows, encoding="utf-8")
    paths = ":".join([str(Path(__file__).parents[2]), *sys.path])
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=tmp_path,
        env={"PYTHONPATH": paths},
    )
    assert process.stdout is not None and process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait() == 141
