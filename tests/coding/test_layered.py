"""A layer of units over features, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from communique.coding.layered import Layered, layered

TABLE = Layered(
    {"near": 0, "named": 1},
    np.array([[0.5, 2.0, -1.0], [0.25, -3.0, 4.0]]),
    np.array([-1.0, 0.5]),
    np.array([10.0, 1.0]),
)


@pytest.mark.parametrize(
    ("features", "score"),
    [
        ({}, 0.5),  # the second unit begins above nought
        ({"near": 1.0}, 0.5 + 10.0),  # the first says 1, the second is below nought
        ({"near": 1.0, "named": 1.0}, 0.75 + 3.5),
        ({"near": 2.0, "unheard of": 7.0}, 1.0 + 30.0),
    ],
)
def test_scores_are_those_worked_out_by_hand(features: dict[str, float], score: float) -> None:
    assert TABLE.scores([features]) == pytest.approx([score])


def test_a_candidate_counts_for_itself_among_others() -> None:
    options = [{"near": 1.0}, {}, {"near": 1.0, "named": 1.0}, {}]
    assert TABLE.scores(options) == pytest.approx([10.5, 0.5, 4.25, 0.5])


def test_the_shipped_table_has_every_unit_filled() -> None:
    table = layered("pronouns")
    assert table.table.shape == (len(table.index), 1 + len(table.begins))
    assert len(table.begins) == len(table.counts)
    assert (np.abs(table.table[:, 1:]).max(axis=0) > 0).all()
