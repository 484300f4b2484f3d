"""Codebooks: what a file may hold, and what is said of one that is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from communique.cli.main import cli
from communique.codebook import CodebookModel, check, learn, load, template
from communique.errors import BadCodebook
from communique.language.analyse import shared_network

DISMISSED = ["dismissed", "fired", "sacked", "dismissed", "fired", "sacked", "dismissed", "fired"]
TOWNS = ["Turin", "Ghent", "Leeds", "Porto", "Lyon", "Bergen", "Graz", "Cork"]

REST = "hundred workers at its plant in Turin"


def book_text() -> str:
    rows = ["name: work", "types:"]
    for name, quad, verbs in (("LAYOFF", 4, DISMISSED), ("HIRING", 2, ["hired", "recruited"] * 4)):
        rows += [f"  {name}:", "    definition: Workers go or come.", f"    quad_code: {quad}"]
        rows.append("    examples:")
        for n, (verb, town) in enumerate(zip(verbs, TOWNS, strict=True), start=3):
            rows.append(f"      - The carmaker [{verb}] {n} hundred workers at its plant in {town}.")
    return "\n".join(rows) + "\n"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "work.yaml"
    path.write_text(book_text(), encoding="utf-8")
    return path


def test_examples_lose_their_brackets_and_keep_their_mark(book: Path) -> None:
    example = load(book).types[0].examples[0]
    assert "[" not in example.text
    assert example.mark is not None
    assert example.text[slice(*example.mark)] == "dismissed"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("quad_code: 4", "quad_code: 7", "choices: 1, 2, 3, 4"),
        ("LAYOFF:", "lay off:", "capital letters"),
        ("The carmaker [dismissed] 3", "The [carmaker] [dismissed] 3", "one word in brackets"),
        ("[fired] 4 hundred workers at its plant in Ghent", f"[dismissed] 3 {REST}", "twice"),
    ],
)
def test_what_is_wrong_is_told(book: Path, old: str, new: str, told: str) -> None:
    book.write_text(book_text().replace(old, new, 1), encoding="utf-8")
    _, problems = check(book)
    assert any(told in p.what and p.fatal for p in problems)
    with pytest.raises(BadCodebook, match=book.name):
        load(book)


@pytest.mark.parametrize("text", ["types: [", "- a\n- b\n", "name: x\n"])
def test_a_file_that_is_none(book: Path, text: str) -> None:
    book.write_text(text, encoding="utf-8")
    with pytest.raises(BadCodebook):
        load(book)


def test_too_few_examples_are_counted(book: Path) -> None:
    book.write_text(book_text().rsplit("      -", 1)[0], encoding="utf-8")
    with pytest.raises(BadCodebook, match="has 7 examples; 8 to 64 are needed"):
        load(book)


def test_learned_types_tell_fresh_sentences(book: Path, tmp_path: Path) -> None:
    network = shared_network()
    model = learn(load(book), network)
    place = tmp_path / "work.model"
    model.save(place)
    again = CodebookModel.load(place, network.name)
    assert (again.weights == learn(load(book), network).weights).all()
    import communique

    text = "The steelworks sacked 900 men in Ostrava. The ministry recruited forty nurses."
    reading = communique.read(text, codebook=place, min_confidence=0.0)
    told = {reading.evidence(e): e.type for e in reading.events}
    assert reading.producer.ontology == "work"
    assert told.get("sacked") == "LAYOFF"
    assert told.get("recruited") == "HIRING"
    assert {e.quad_code for e in reading.events if e.type == "LAYOFF"} == {4}


def test_a_model_of_another_network_is_refused(book: Path, tmp_path: Path) -> None:
    place = tmp_path / "work.model"
    learn(load(book), shared_network()).save(place)
    with pytest.raises(BadCodebook, match="train it again"):
        CodebookModel.load(place, "communique-en-000000000000")
    place.write_bytes(b"nothing of the kind")
    with pytest.raises(BadCodebook, match="codebook train"):
        CodebookModel.load(place, shared_network().name)


def test_the_three_commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    run = CliRunner().invoke
    made = run(cli, ["codebook", "new", "mine"])
    assert Path("mine.yaml").read_text(encoding="utf-8") == template("mine")
    assert "mine.yaml" in made.output
    assert "exists" in run(cli, ["codebook", "new", "mine"]).output
    looked = run(cli, ["codebook", "check", "mine.yaml"], standalone_mode=False)
    assert looked.return_value == 1
    assert "LAYOFF: has 2 examples" in looked.output
    Path("work.yaml").write_text(book_text(), encoding="utf-8")
    trained = run(cli, ["codebook", "train", "work.yaml"], standalone_mode=False)
    assert trained.return_value == 0
    assert Path("work.model").exists()
    assert "LAYOFF" in trained.output
