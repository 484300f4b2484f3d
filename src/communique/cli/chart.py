"""Bars and lines of blocks for a terminal; with plain characters where its encoding has no others."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Blocks", "blocks", "sparkline", "stacked"]


@dataclass(frozen=True, slots=True)
class Blocks:
    """The characters of a chart: a full cell for each part of a bar, steps of rising height, a gap between
    steps, and the line from which bars grow."""

    cells: str
    steps: str
    gap: str
    axis: str


_UNICODE = Blocks("░█", "▁▂▃▄▅▆▇█", "·", "│")
_PLAIN = Blocks("-#", "_.-=+*%#", " ", "|")


def blocks(to_file: bool = False) -> Blocks:
    """The characters that standard output, or a file, can show."""
    encoding = "utf-8" if to_file else (sys.stdout.encoding or "utf-8")
    return _UNICODE if encoding.lower().replace("-", "").startswith("utf") else _PLAIN


def stacked(parts: Sequence[int], most: int, width: int, cells: str) -> list[str]:
    """A bar of several parts.

    Args:
        parts: how much each part is.
        most: the sum that fills the whole width.
        width: in columns.
        cells: a character for each part.

    Returns:
        The text of each part. A part that is not 0 has a column at least, as far as there is room.
    """
    if most <= 0:
        return ["" for _ in parts]
    lengths = [max(1, round(width * part / most)) if part else 0 for part in parts]
    while sum(lengths) > width:
        lengths[lengths.index(max(lengths))] -= 1
    return [cell * length for cell, length in zip(cells, lengths, strict=True)]


def sparkline(values: Sequence[float | None], low: float, high: float, made_of: Blocks) -> str:
    """A value a column, as a step between ``low`` and ``high``; a gap where there is none."""
    top = len(made_of.steps) - 1
    out = []
    for value in values:
        if value is None:
            out.append(made_of.gap)
            continue
        share = (min(max(value, low), high) - low) / (high - low) if high > low else 1.0
        out.append(made_of.steps[round(share * top)])
    return "".join(out)
