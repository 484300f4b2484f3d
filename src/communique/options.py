"""How to read: what a user may choose."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Options"]


@dataclass(frozen=True, slots=True)
class Options:
    """How to read.

    Attributes:
        min_confidence: events less sure are left out; None for the default.
        codebook: path of a trained codebook whose types are coded instead of PLOVER's.
        actors: path of a CSV file of a user's own actors.
        places: path of a CSV file of a user's own places.
    """

    min_confidence: float | None = None
    codebook: str | None = None
    actors: str | None = None
    places: str | None = None
