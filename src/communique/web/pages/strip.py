"""A strip of bars, drawn by the server: cooperation upwards, conflict downwards, a pair a period."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

__all__ = ["bars"]

_WIDTH, _HALF = 1000.0, 46.0  # units of the drawing


def bars(rows: Sequence[dict[str, Any]]) -> dict[str, Any] | None:
    """The bars of a strip.

    Args:
        rows: ``period``, ``cooperation`` and ``conflict``, in order.

    Returns:
        ``bars`` (each with x, width, the heights up and down, and its row), ``width``, ``half`` (the height
        of either side), ``most`` and the totals; None if nothing happened.
    """
    most = max((max(r["cooperation"], r["conflict"]) for r in rows), default=0)
    if not most:
        return None
    step = _WIDTH / len(rows)
    gap = min(2.0, step * 0.2)
    return {
        "bars": [
            {
                "x": round(i * step, 2),
                "width": round(step - gap, 2),
                "up": round(_HALF * r["cooperation"] / most, 2),
                "down": round(_HALF * r["conflict"] / most, 2),
                "row": r,
            }
            for i, r in enumerate(rows)
        ],
        "width": _WIDTH,
        "half": _HALF,
        "most": most,
        "cooperation": sum(r["cooperation"] for r in rows),
        "conflict": sum(r["conflict"] for r in rows),
        "first": rows[0]["period"],
        "last": rows[-1]["period"],
    }
