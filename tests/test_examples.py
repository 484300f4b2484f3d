"""The example dispatches: there, described, and disagreeing where their README says so."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[1] / "examples"
ARTICLES = sorted(path for path in EXAMPLES.iterdir() if path.suffix in (".txt", ".html", ".jsonl"))


def test_the_readme_describes_every_dispatch() -> None:
    named = re.findall(
        r"^\| `([\w.-]+)` \|", (EXAMPLES / "README.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert named == [path.name for path in ARTICLES]
    assert len([path for path in ARTICLES if path.suffix != ".jsonl"]) == 7


def test_two_outlets_disagree_as_the_readme_says() -> None:
    texts = {path.stem[:2]: path.read_text(encoding="utf-8") for path in ARTICLES}
    assert "The two sides have talked" in texts["03"]
    assert "No talks took place in Beijing." in texts["06"]
    assert "recognises 12 of its citizens" in texts["06"]
    assert all(re.search(r"\b17\b", texts[key]) for key in ("02", "03", "04", "05"))
    assert not re.search(r"\b17\b", texts["06"])


@pytest.mark.parametrize("path", [p for p in ARTICLES if p.suffix == ".txt"], ids=lambda path: path.name)
def test_dispatches_are_of_an_articles_length_and_carry_a_date(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert 120 <= len(text.split()) <= 370
    assert "2024" in "".join(text.strip().splitlines(keepends=True)[:8])


def test_rows_have_the_fields_of_the_input_format() -> None:
    lines = (EXAMPLES / "08-shorts.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    assert [set(row) for row in rows] == [{"id", "text", "title", "published", "publisher", "url"}] * 2
