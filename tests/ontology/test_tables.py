"""Reading the ontology's files, and the cue finder."""

from __future__ import annotations

from pathlib import Path

import pytest

from communique.errors import InstallationError
from communique.ontology import tables
from communique.ontology.tables import Cues


@pytest.mark.parametrize(
    ("content", "message"),
    [("a: [1", "ontology/types.yaml: no YAML"), ("- a", "no mapping"), (None, "missing")],
)
def test_a_damaged_file_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: str | None, message: str
) -> None:
    if content is not None:
        (tmp_path / "types.yaml").write_text(content, encoding="utf-8")
    monkeypatch.setattr(tables, "FOLDER", tmp_path)
    with pytest.raises(InstallationError, match=message):
        tables.load("types")


def test_each_table_says_where_it_comes_from() -> None:
    for path in sorted(tables.FOLDER.glob("*.yaml")):
        assert path.read_text(encoding="utf-8").startswith("# "), path.name


def test_split_drops_blanks() -> None:
    assert tables.split("a b,  c ,, d") == ("a b", "c", "d")


def test_cues_prefer_the_longest_and_count() -> None:
    cues = Cues({"x": ["big red dog", "cat"], "y": ["dog", "cat"]})
    assert cues.find(["the", "big", "red", "dog"]) == {"x": (3, 1)}
    assert cues.find(["big", "dog", "cat"]) == {"x": (1, 1), "y": (1, 2)}
    assert cues.find([]) == {}
