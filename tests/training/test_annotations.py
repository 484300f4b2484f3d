"""Annotation files of the corpus: words become offsets, and mistakes are told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from training.annotations import load
from training.templates import rows

CORPUS = Path(__file__).parents[2] / "training" / "corpus"
FILE = """\
id: d-1
published: 2023-05-14
---
1| Kenya expels envoys
2| Kenya on Friday expelled two envoys, the ministry said.

3| Addis Ababa threatened Kenya.
---
{line}
"""


def annotated(tmp_path: Path, line: str):  # type: ignore[no-untyped-def]
    path = tmp_path / "d-1.txt"
    path.write_text(FILE.format(line=line), encoding="utf-8")
    return load(path)


def test_words_become_offsets(tmp_path: Path) -> None:
    line = "e | 2 | SANCTION/expel | occurred | expelled | Kenya | two envoys | on Friday = 2023-05-12 | -"
    found = annotated(tmp_path, line)
    assert not found.faults
    (event,) = found.events
    assert found.text[slice(*event["trigger"])] == "expelled"
    assert [found.text[a:b] for a, b in event["actors"] + event["recipients"]] == ["Kenya", "two envoys"]
    assert event["time"]["value"] == "2023-05-12"
    assert next(found.text[a:b] for a, b in found.sentences) == "Kenya expels envoys"


def test_a_party_of_another_sentence(tmp_path: Path) -> None:
    found = annotated(tmp_path, "e | 3 | THREATEN | occurred | threatened | Addis Ababa | @1 Kenya | - | -")
    assert found.events[0]["recipients"] == [[0, 5]]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("e | 2 | EXPEL | occurred | expelled | Kenya | two envoys | - | -", "choices: AGREE"),
        ("e | 2 | SANCTION/oust | occurred | expelled | Kenya | two envoys | - | -", "no mode"),
        ("e | 2 | SANCTION | done | expelled | Kenya | two envoys | - | -", "choices: occurred"),
        ("e | 2 | SANCTION | occurred | expelled | Uganda | two envoys | - | -", "does not stand"),
        ("e | 9 | SANCTION | occurred | expelled | Kenya | two envoys | - | -", "sentences 1 to 3"),
        ("x | 2", "choices: e, c, t"),
    ],
)
def test_mistakes_are_told(tmp_path: Path, line: str, told: str) -> None:
    found = annotated(tmp_path, line)
    assert not found.events
    assert told in found.faults[0]


def test_plain_sentences_of_the_lexicon_are_marked_right() -> None:
    made = list(rows(3, 2))
    assert made == list(rows(3, 2))
    for row in made:
        for (start, end), event in zip(row["sentences"], row["events"], strict=True):
            for a, b in [event["trigger"], *event["actors"], *event["recipients"]]:
                assert start <= a < b <= end
                assert row["text"][a:b] == row["text"][a:b].strip()


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*/*.txt")), ids=lambda p: p.stem)
def test_the_corpus_has_no_faults(path: Path) -> None:
    found = load(path)
    assert not found.faults
    assert found.sentences


def test_stand_off_files_have_no_text() -> None:
    for path in CORPUS.glob("*.jsonl"):
        for line in path.read_text(encoding="utf-8").splitlines():
            assert "text" not in json.loads(line)
