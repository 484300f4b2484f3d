"""Windows of annotated articles."""

from __future__ import annotations

import pytest

pytest.importorskip("torch")

from communique.language.network import WEIGHTS
from communique.language.wordpiece import WordPiece
from training.eventdata import Sample, sentences_alone


def test_a_sentence_alone_keeps_its_own_events_and_parties() -> None:
    wordpiece = WordPiece.load(WEIGHTS / "vocab.txt")
    # Two sentences of two words each, the third word of two pieces.
    window = Sample(
        pieces=[wordpiece.cls, 11, 12, 13, 14, 15, wordpiece.sep],
        cases=[0, 1, 2, 3, 3, 1, 0],
        first=[1, 2, 3, 5],
        last=[1, 2, 4, 5],
        sentence=[4, 4, 5, 5],
        name="a",
    )
    window.event, window.status, window.historical = [0, 2, 0, 3], [-100, 1, -100, 0], [-100, 0, -100, 1]
    # Both are done by the first word; the second to the third; the first to nobody who is named.
    window.roles = [(1, 0, (0,)), (1, 1, ()), (3, 0, (0,)), (3, 1, (2,))]
    one, two = sentences_alone(window, wordpiece)
    assert (one.pieces, two.pieces) == (
        [wordpiece.cls, 11, 12, wordpiece.sep],
        [wordpiece.cls, 13, 14, 15, wordpiece.sep],
    )
    assert (two.cases, two.first, two.last, two.sentence) == ([0, 3, 3, 1, 0], [1, 3], [2, 3], [0, 0])
    assert (one.event, two.event) == ([0, 2], [0, 3])
    assert (two.status, two.historical) == ([-100, 0], [-100, 1])
    assert one.roles == [(1, 0, (0,)), (1, 1, ())]
    assert two.roles == [(1, 1, (0,))]
