"""Rows that ``communique corrections export`` writes are read by what learns from annotated articles."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from communique.language.analyse import shared_network
from communique.store.correcting.training import training_row
from tests.store.asked import FIRST
from tests.store.correcting import article, say
from training.annotations import Annotated, load

torch = pytest.importorskip("torch")


def row(left_out: Counter[str] | None = None) -> dict:  # type: ignore[type-arg]
    said = [
        say(0, "Ada", "type", "mend", of="e1", value="AID"),
        say(1, "Ada", "recipient", "mend", of="e1", party="n2", value="n3"),
        say(2, "Ada", "event", "reject", of="e2"),
        say(3, "Ada", "act", "confirm", of="c2"),
    ]
    made = training_row(article(), said, Counter() if left_out is None else left_out)
    assert made is not None
    return made


def test_they_have_the_keys_and_types_of_a_compiled_annotation(tmp_path: Path) -> None:
    line = (
        "e | 1 | CONSULT/visit | occurred | met | Ada Holm | Ivo Brandt | on 5 February = 2024-02-05 | Kobe"
    )
    claim = "c | 1 | deny | indirect | Ada Holm | met | in Kobe"
    path = tmp_path / "a.txt"
    sentence = "1| Ada Holm met Ivo Brandt in Kobe on 5 February."
    path.write_text(
        f"id: a\npublished: 2024-02-06\n---\n{sentence}\n---\n{line}\n{claim}\n",
        encoding="utf-8",
    )
    annotated = load(path)
    assert not annotated.faults
    compiled = json.loads(json.dumps(annotated.to_json(standoff=False)))
    mine = json.loads(json.dumps(row()))
    assert list(mine) == list(compiled)
    assert list(mine["events"][0]) == list(compiled["events"][0])
    assert {k: type(v) for k, v in mine["events"][0].items() if v is not None} == {
        k: type(v) for k, v in compiled["events"][0].items() if mine["events"][0][k] is not None
    }
    standoff = annotated.to_json(standoff=True)
    given_away = training_row(
        article(), [say(0, "Ada", "event", "reject", of="e1")], Counter(), corpus="wire"
    )
    assert given_away is not None
    assert set(given_away) == {*standoff, "corpus", "article"}
    assert given_away["sha256"] == Annotated("", FIRST, None, []).sha256


def test_the_branch_learns_from_them() -> None:
    from training.coder import kept_out
    from training.eventdata import EVENTS, samples

    mine = json.loads(json.dumps(row()))
    assert isinstance(kept_out(mine), bool)
    shipped = shared_network()
    (sample,) = samples([mine], shipped, shipped.wordpiece)
    labels = [EVENTS[n] for n in sample.event]
    # The rejected event is a word of its sentence that tells of none.
    assert Counter(labels) == {"AID": 1, "NONE": len(labels) - 1}
    at = labels.index("AID")
    assert sample.status[at] == 0
    ((word, _, actor), (_, _, recipient)) = sample.roles
    assert (word, actor) == (at, (0,)) == (2, (0,))
    # The Daily Wire is named in another sentence, which has no word here.
    assert recipient == ()


def test_the_benchmarks_take_them_as_gold() -> None:
    from benchmarks.events import articles, compare

    mine = json.loads(json.dumps(row()))
    ((gold, read),) = articles([mine], Path("nowhere"))
    assert read.text == FIRST
    told, missed = compare(gold, article().to_dict())
    assert [(e["id"], g) for e, g in told] == [("e1", None), ("e2", None)]
    assert [(g["type"], g["sentence"]) for g in missed] == [("AID", 1)]
