"""Learned choices: the likeliest of several candidates or none."""

from __future__ import annotations

import math
from collections.abc import Sequence

__all__ = ["likeliest"]


def likeliest(scores: Sequence[float], none: float) -> tuple[int, float]:
    """The place of the highest score, and its probability in a softmax over all and "none"."""
    best = max(range(len(scores)), key=lambda i: (scores[i], -i))
    return best, 1 / sum(math.exp(s - scores[best]) for s in (*scores, none))
