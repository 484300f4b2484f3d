"""Fitting certainty: words as text, and values that follow the ratings."""

from __future__ import annotations

import pytest

pytest.importorskip("torch")

from communique.coding.certainty import Heard
from training.certainty import Rated, agreement, correlated, fit, text_of, written


def rated(cue: str, prior: float, rating: float, marks: tuple[str, ...] = (), against: bool = False) -> Rated:
    return Rated("UW", rating, Heard(cue.split()[0], cue, prior, "", marks, False, ""), against)


def test_words_as_text() -> None:
    words = ["``", "They", "do", "n't", "know", "''", ",", "he", "said", "-LRB-", "twice", "-RRB-", "."]
    text, begins = text_of(words)
    assert text == '"They don\'t know", he said (twice).'
    assert [text[b] for b in begins[:5]] == ['"', "T", "d", "n", "k"]


def test_values_follow_the_ratings() -> None:
    sure = [rated("assert swear", 0.7, 1.0) for _ in range(12)]
    unsure = [rated("assert mumble", 0.7, 0.2) for _ in range(12)]
    hedged = [rated("assert swear", 0.7, 0.3, ("may",)) for _ in range(12)]
    table = fit([*sure, *unsure, *hedged])
    own = dict(line.strip().split(": ") for line in written(table).splitlines() if line.startswith("  "))
    assert float(own["assert swear"]) > 0.9
    assert float(own["assert mumble"]) < 0.4
    assert float(own["may"]) < 0.5


def test_seldom_rated_cues_have_no_value_of_their_own() -> None:
    table = fit([rated("assert swear", 0.7, 1.0) for _ in range(8)] + [rated("assert mumble", 0.7, 0.1)])
    assert table.cues == ["assert swear"]


def test_agreement_counts_a_denial_as_negative() -> None:
    given = [rated("deny deny", 0.9, -1.0, against=True), rated("assert say", 0.9, 1.0)]
    assert agreement(given, [1.0, 1.0]) == pytest.approx((1.0, 0.0))
    assert correlated([]) == (0.0, 0.0)
