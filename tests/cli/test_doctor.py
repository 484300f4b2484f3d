"""``communique doctor``."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from communique.cli import doctor
from communique.cli.main import run


def sound() -> str:
    return "as it should be"


def unsound() -> str:
    raise doctor.Unsound("the [weights] are missing", "Install it again")


def test_all_well(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(doctor, "CHECKS", {"Weights": sound})
    assert run(["doctor"]) == 0
    assert "as it should be" in capsys.readouterr().out


def test_a_fault_says_what_to_do(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(doctor, "CHECKS", {"Weights": unsound, "Tables": sound})
    assert run(["doctor"]) == 1
    shown = capsys.readouterr().out
    assert "the [weights] are missing" in shown
    assert "Weights: Install it again." in shown
    assert "as it should be" in shown


@pytest.mark.parametrize("check", [doctor.check_python, doctor.check_runtime, doctor.check_tables])
def test_what_this_machine_has_is_sound(check: Callable[[], str]) -> None:
    assert any(c.isdigit() for c in check())


def test_an_unsupported_python_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from types import SimpleNamespace

    version = type("Version", (tuple,), {"major": 3, "minor": 9, "micro": 1})((3, 9, 1))
    monkeypatch.setattr(doctor, "sys", SimpleNamespace(version_info=version))
    with pytest.raises(doctor.Unsound, match=r"Python 3\.9\.1"):
        doctor.check_python()


@pytest.mark.parametrize(
    ("name", "text", "wrong"),
    [
        ("a.yaml", "a: [1", "cannot be read"),
        ("a.yaml", "", "is empty"),
        ("a.csv", "# only a comment\n", "is empty"),
        ("a.json", "{", "cannot be read"),
    ],
)
def test_a_damaged_table_is_named(
    name: str, text: str, wrong: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / name).write_text(text, encoding="utf-8")
    monkeypatch.setattr(doctor, "files", lambda package: tmp_path)
    with pytest.raises(doctor.Unsound, match=f"{name} {wrong}"):
        doctor.check_tables()


def test_altered_weights_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "labels.json").write_text("{}", encoding="utf-8")
    (tmp_path / "vocab.txt").write_text("[PAD]\n[UNK]\n[CLS]\n[SEP]\nking\n", encoding="utf-8")
    (tmp_path / "network.onnx").write_bytes(b"altered")
    manifest = {"name": "test", "files": {"network.onnx": "0" * 64}}
    (tmp_path / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    from communique.language import network

    monkeypatch.setattr(network.Network.__init__, "__defaults__", (tmp_path, None))
    with pytest.raises(doctor.Unsound, match=r"not as published: network\.onnx"):
        doctor.check_weights()
    (tmp_path / "manifest.json").unlink()
    with pytest.raises(doctor.Unsound, match="cannot be read"):
        doctor.check_weights()


def test_a_reading_that_fails_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.samples import FakeReader

    monkeypatch.setattr("communique.pipeline.shared_pipeline", FakeReader)
    with pytest.raises(doctor.Unsound, match="nothing was found"):
        doctor.check_reading()
