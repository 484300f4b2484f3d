"""The public face: what it offers, and that it costs nothing until it is used."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

import communique
from tests.samples import FakeReader


@pytest.fixture(autouse=True)
def reader(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("communique.pipeline.shared_pipeline", FakeReader)


def test_all_lists_the_public_names_in_order() -> None:
    ours = [n for n in dir(communique) if not n.startswith("_") and not _is_borrowed(n)]
    assert communique.__all__ == sorted([*ours, "__version__"])


def _is_borrowed(name: str) -> bool:
    value = getattr(communique, name)
    is_module = type(value) is type(sys)
    return is_module or name in {"annotations", "TYPE_CHECKING", "Any"}


def test_every_public_name_is_there() -> None:
    for name in communique.__all__:
        assert getattr(communique, name) is not None


def test_an_unknown_name_is_refused_and_the_known_ones_listed() -> None:
    with pytest.raises(AttributeError, match=r"no attribute 'reed'; it has .*read_many"):
        communique.reed  # noqa: B018


@pytest.mark.parametrize(
    "action", ["import communique", "from communique.cli.main import run; run(['--help'])"]
)
def test_nothing_heavy_is_imported(action: str) -> None:
    heavy = (
        "onnxruntime numpy yaml rich trafilatura py3langid communique.pipeline communique.cli.read "
        "fastapi uvicorn jinja2"
    )
    code = f"{action}\nimport sys\nprint('FOUND', [m for m in '{heavy}'.split() if m in sys.modules])"
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout.splitlines()[-1] == "FOUND []"


def test_read_takes_a_date_as_text_and_metadata() -> None:
    reading = communique.read(
        "The minister met the envoy.", published="2024-02-15", title="A meeting", id="7"
    )
    assert reading.article.published == date(2024, 2, 15)
    assert (reading.article.title, reading.article.id) == ("A meeting", "7")


def test_read_refuses_what_is_no_article() -> None:
    with pytest.raises(communique.InputError):
        communique.read("")


def test_read_many_gives_readings_and_faults_in_order(tmp_path: Path) -> None:
    for name, text in {
        "a.txt": "The minister met the envoy.",
        "b.txt": "",
        "c.txt": "The envoy met the king.",
    }.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    found = list(communique.read_many([tmp_path], published="2024-02-15"))
    kinds = [type(x).__name__ for x in found]
    assert kinds == ["Reading", "EmptyInput", "Reading"]
    first = found[0]
    assert isinstance(first, communique.Reading)
    assert first.article.published == date(2024, 2, 15)


def test_read_many_refuses_a_bad_date_and_no_workers_at_once() -> None:
    with pytest.raises(communique.InputError):
        communique.read_many([], published="31 June 2024")
    with pytest.raises(ValueError, match="workers is 0"):
        communique.read_many([], workers=0)
