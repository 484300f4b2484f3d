"""What layers that stay as they are make of the words: computed once, by the 8-bit graph that ships, so that
what learns on them learns its rounding too."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from training.export import build
from training.network import Network


class Window(Protocol):
    """A window of pieces, and what is computed of its words, ``[W, D]``."""

    pieces: list[int]
    cases: list[int]
    first: list[int]
    last: list[int]
    trunk: NDArray[np.float16] | None
    final: NDArray[np.float16] | None


def fill(found: Iterable[Window], network: Network, parts: Sequence[str] = ("trunk", "final")) -> None:
    """Compute 'trunk', what the shared layers make of each window's words, or 'final', its word vectors."""
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(build(network, only=parts), options)
    for window in found:
        given = {
            "pieces": [window.pieces],
            "cases": [window.cases],
            "first": window.first,
            "last": window.last,
        }
        told = session.run(parts, {k: np.array(v, np.int64) for k, v in given.items()})
        for name, value in zip(parts, told, strict=True):
            setattr(window, name, value[0].astype(np.float16))
