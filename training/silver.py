"""What several networks together make of unlabelled news, for one of them to learn from.

    python -m training.silver FOLDER... --corpus FILE... --unlabelled FILE... --out silver.pt

Each ``FOLDER`` is an export (``training.export``). Their probabilities are averaged: networks that were
learned differently err differently (Lakshminarayanan et al. 2017), and one that learns their mean on texts
that nobody annotated does not learn those of the corpus by heart. ``training.coder --silver`` takes it.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import torch
from numpy.typing import NDArray

from benchmarks.corpora import rows
from benchmarks.events import articles
from communique.language.network import Network as Shipped
from training.eventdata import Sample
from training.teacher import plain

Scores = tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]


def scores(folder: Path, found: Sequence[Sample]) -> list[Scores]:
    """Of each window the log-probabilities of types ``[W, L]``, log odds of statuses ``[W, S + 1]`` and of
    parties ``[2, W, W]``."""
    session = onnxruntime.InferenceSession(str(folder / "network.onnx"))
    out = []
    for sample in found:
        given: dict[str, Any] = {name: [getattr(sample, name)] for name in ("pieces", "cases", "sentence")}
        given |= {"first": sample.first, "last": sample.last, "quoted": [[0] * len(sample.first)]}
        inputs = {name: np.array(value, np.int64) for name, value in given.items()}
        event, status, actor, recipient = session.run(["event", "status", "actor", "recipient"], inputs)
        out.append((event[0], status[0], np.stack([actor[0], recipient[0]])))
    return out


def mean(given: Sequence[Scores], weights: Sequence[float] | None = None) -> Scores:
    """The mean of what several networks say of one window: of probabilities, of a status' log odds."""

    def middle(values: list[NDArray[np.float32]]) -> NDArray[np.float32]:
        return np.average(values, axis=0, weights=weights).astype(np.float32)

    event = np.log(middle([np.exp(s[0]) for s in given]))
    roles = middle([1 / (1 + np.exp(-s[2])) for s in given]).clip(1e-6, 1 - 1e-6)
    return event, middle([s[1] for s in given]), np.log(roles / (1 - roles))


def fill_in(sample: Sample, given: Scores, floor: float = 0.03) -> None:
    """Let a window be told of so; words less likely than ``floor`` have their type alone."""
    event, status, roles = given
    at = np.flatnonzero(np.exp(event[:, 0]) < 1 - floor)
    sample.told = {
        "event": torch.tensor(event).half(),
        "at": torch.tensor(at),
        "status": torch.tensor(status[at]).half(),
        "roles": torch.tensor(roles[:, at]).transpose(0, 1).half(),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--corpus", type=Path, nargs="+", required=True, help="whose texts are left out")
    parser.add_argument("--unlabelled", type=Path, nargs="+", required=True)
    parser.add_argument("--news", type=Path, default=Path("..") / "shared" / "data" / "news")
    parser.add_argument("--weights", type=float, nargs="*", help="how much each folder counts; alike without")
    parser.add_argument("--most", type=int, default=12000, help="windows told of, drawn at random")
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    given = [r for p in args.corpus for r in rows(p)]
    # Nothing is told of articles that are annotated, learned or held out.
    found = plain(args.unlabelled, {a.text for _, a in articles(given, args.news)}, Shipped(args.folders[0]))
    random.Random(args.seed).shuffle(found)
    found = found[: args.most]
    each = [scores(folder, found) for folder in args.folders]
    for sample, *said in zip(found, *each, strict=True):
        fill_in(sample, mean(said, args.weights))
    torch.save(found, args.out)
    print(f"windows {len(found)}")


if __name__ == "__main__":
    main()
