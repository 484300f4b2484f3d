"""Learned choices: features of candidates, a table of weights, and the likeliest of them or none."""

from __future__ import annotations

import csv
import math
from collections.abc import Mapping, Sequence
from functools import cache

from communique.coding.lexicons import DATA

__all__ = ["likeliest", "score", "weights"]


@cache
def weights(table: str) -> dict[str, float]:
    """The learned weight of each feature, from ``data/<table>.csv``."""
    with (DATA / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(line for line in file if not line.startswith("#"))
        return {row["feature"]: float(row["weight"]) for row in rows}


def score(features: Mapping[str, float], table: Mapping[str, float]) -> float:
    """The sum of the features by their weights; those that were not learned count nothing."""
    return sum(table.get(name, 0.0) * value for name, value in features.items())


def likeliest(scores: Sequence[float], none: float) -> tuple[int, float]:
    """The place of the highest score, and its probability in a softmax over all and "none"."""
    best = max(range(len(scores)), key=lambda i: (scores[i], -i))
    return best, 1 / sum(math.exp(s - scores[best]) for s in (*scores, none))
