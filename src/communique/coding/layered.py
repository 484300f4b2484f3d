"""Scores of candidates by a layer of hidden units over their features, beside a plain sum.

What speaks for a candidate depends on what else is so: one sentence back counts for less where somebody in
the pronoun's own sentence fits. The table has a row a feature: its plain weight and that for each unit;
and two rows more, what each unit begins with and what it counts (Rumelhart et al. 1986).
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from communique.coding.lexicons import DATA

__all__ = ["BEGINS", "COUNTS", "Layered", "layered"]

BEGINS, COUNTS = "(begins)", "(counts)"  # the two rows that are no feature's


@dataclass(frozen=True, slots=True)
class Layered:
    """A learned table.

    Attributes:
        index: the row of each feature.
        table: plain weights, then those for each of U units, ``[F, 1 + U]``.
        begins, counts: of each unit, ``[U]``.
    """

    index: Mapping[str, int]
    table: NDArray[np.float64]
    begins: NDArray[np.float64]
    counts: NDArray[np.float64]

    def scores(self, options: Sequence[Mapping[str, float]]) -> list[float]:
        """The score of each of one or more candidates by its features; those that were not learned count
        nothing."""
        rows: list[int] = []
        values: list[float] = []
        starts: list[int] = []
        find = self.index.get
        for features in options:
            starts.append(len(rows))
            for name, value in features.items():
                row = find(name)
                if row is not None:
                    rows.append(row)
                    values.append(value)
            if len(rows) == starts[-1]:  # nothing is known of it
                rows.append(0)
                values.append(0.0)
        totals = np.add.reduceat(self.table[rows] * np.array(values)[:, None], starts, axis=0)
        units = np.maximum(totals[:, 1:] + self.begins, 0.0)
        found: list[float] = (totals[:, 0] + units @ self.counts).tolist()
        return found


@cache
def layered(table: str) -> Layered:
    """The table of ``data/<table>.csv``."""
    with (DATA / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        _, *rows = csv.reader(line for line in file if not line.startswith("#"))
    known = {name: [float(v) for v in values] for name, *values in rows}
    begins, counts = (np.array(known.pop(name)[1:]) for name in (BEGINS, COUNTS))
    return Layered({name: i for i, name in enumerate(known)}, np.array(list(known.values())), begins, counts)
