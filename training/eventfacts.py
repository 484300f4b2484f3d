"""Learning what speaks for and against a word's telling of an event, beside the network's own probability.

    python -m training.eventfacts GOLD.jsonl… --news DIR [--out src/communique/coding/data/event_facts.csv]

Reads articles that no weight was fitted to with every event shown, asks of each whether the annotation has it
(``benchmarks.events``), and learns small nets over the features of ``coding/eventfacts.py``; their mean is
written as a table. Prints the recall at which .65 of what is told is right, by five folds of articles.
``training.calibrate`` then fits how much the score counts, on other articles.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from benchmarks.corpora import rows
from benchmarks.events import articles, compare
from communique.coding.events import Events
from communique.coding.layered import BEGINS, COUNTS
from communique.pipeline import Pipeline, default_steps
from training.apart import fold_of

HEADER = """\
# Weights of what speaks for a word's telling of an event (coding/eventfacts.py), by training/eventfacts.py.
# Source: our own annotation of news articles that the network has not learned from.
"""
NETS, UNITS, EPOCHS, BATCH, RATE, DROPPED, LOST, DECAY, LEAST = 3, 4, 6, 128, 4e-3, 0.2, 0.3, 0.2, 10
FOLDS = 5
Facts = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Telling:
    """An event told: its article, what is known of it, whether it is right, and whether told again."""

    article: str
    facts: Facts
    chance: float
    right: bool
    again: bool


def told(gold: Sequence[dict[str, Any]], news: Path) -> tuple[list[Telling], int]:
    """All events told of the articles, and how many the gold has."""
    known: dict[int, dict[str, float]] = {}

    def steps(network: Any) -> list[Any]:
        return [Events(0.0, known=known) if isinstance(s, Events) else s for s in default_steps(network)]

    pipeline, out, wanted = Pipeline(steps), [], 0
    for row, article in articles(gold, news):
        known.clear()
        found, missed = compare(row, json.loads(pipeline.read(article).to_json()))
        wanted += len(missed) + sum(g is not None and not g["same"] for _, g in found)
        for event, one in found:
            again = one is not None and one["same"]
            facts = dict(known[event["start"]])
            out.append(Telling(str(row["id"]), facts, event["confidence"], one is not None, again))
    return out, wanted


class Net(nn.Module):
    """A plain sum and a layer of units over named features."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.table = nn.EmbeddingBag(size, 1 + UNITS, mode="sum")
        nn.init.normal_(self.table.weight, std=0.05)
        with torch.no_grad():
            self.table.weight[:, 0] = 0
        self.begins = nn.Parameter(torch.zeros(UNITS))
        self.counts = nn.Parameter(torch.randn(UNITS) * 0.3)
        self.offset = nn.Parameter(torch.zeros(1))
        self.drop = nn.Dropout(DROPPED)

    def forward(self, packed: tuple[Tensor, Tensor, Tensor]) -> Tensor:
        """Scores of events whose features ``pack`` made numbers of."""
        at, ends, values = packed
        sums = self.table(at, ends, per_sample_weights=values)
        out: Tensor = (
            sums[:, 0] + self.drop(torch.relu(sums[:, 1:] + self.begins)) @ self.counts + self.offset
        )
        return out


def pack(
    found: Sequence[Telling], index: Mapping[str, int], chance: random.Random | None = None
) -> tuple[Tensor, Tensor, Tensor]:
    """Rows, beginnings and values; with ``chance`` some words are lost, so that none counts alone."""
    at: list[int] = []
    values: list[float] = []
    ends: list[int] = []
    for one in found:
        ends.append(len(at))
        for name, value in one.facts.items():
            row = index.get(name)
            if row is None or (chance is not None and "=" in name and chance.random() < LOST):
                continue
            at.append(row)
            values.append(value)
    return torch.tensor(at), torch.tensor(ends), torch.tensor(values, dtype=torch.float32)


def learn(found: Sequence[Telling], index: Mapping[str, int], seed: int) -> Net:
    """One net, by AdamW; its rate falls to nothing."""
    torch.manual_seed(seed)
    chance, given = random.Random(seed), list(found)
    net = Net(len(index))
    optimizer = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=DECAY)
    steps, number = EPOCHS * (len(given) // BATCH + 1), 0
    for _ in range(EPOCHS):
        chance.shuffle(given)
        for start in range(0, len(given), BATCH):
            number += 1
            group = given[start : start + BATCH]
            for one in optimizer.param_groups:
                one["lr"] = RATE * max(0.02, 1 - number / steps)
            right = torch.tensor([float(t.right) for t in group])
            loss = nn.functional.binary_cross_entropy_with_logits(net(pack(group, index, chance)), right)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
    return net.eval()


def names_of(found: Sequence[Telling]) -> dict[str, int]:
    """The features that are common enough, in order."""
    counted = Counter(name for t in found for name in t.facts)
    return {name: i for i, name in enumerate(sorted(n for n, c in counted.items() if c >= LEAST))}


def recall_at(scores: np.ndarray[Any, Any], found: Sequence[Telling], wanted: int, least: float) -> float:
    """The recall at the lowest score from which on ``least`` of what is told is right."""
    order = np.argsort(-scores, kind="stable")
    right = np.array([t.right for t in found])[order]
    once = np.array([t.right and not t.again for t in found])[order]
    precise = np.nonzero(np.cumsum(right) / np.arange(1, len(right) + 1) >= least)[0]
    return float(np.cumsum(once)[precise[-1]] / wanted) if len(precise) else 0.0


def write(path: Path, nets: Sequence[Net], index: Mapping[str, int]) -> None:
    """The mean of the nets as one table: the plain sums' mean, and the units of all."""
    with torch.no_grad():
        plain = sum(n.table.weight[:, 0] for n in nets) / len(nets)
        units = torch.cat([n.table.weight[:, 1:] for n in nets], 1)
        begins = torch.cat([n.begins for n in nets])
        counts = torch.cat([n.counts for n in nets]) / len(nets)
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(HEADER)
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow(["feature", "plain", *(f"unit{i}" for i in range(1, units.shape[1] + 1))])
        for name, i in index.items():
            lines.writerow([name, *(f"{v:.3g}" for v in (float(plain[i]), *units[i].tolist()))])
        for name, values in ((BEGINS, begins), (COUNTS, counts)):
            lines.writerow([name, 0, *(f"{v:.3g}" for v in values.tolist())])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--news", type=Path, default=Path("..") / "shared" / "data" / "news")
    parser.add_argument("--out", type=Path)
    args = parser.parse_args()
    found, wanted = told([r for p in args.gold for r in rows(p)], args.news)
    print(f"events {len(found)}, right {sum(t.right for t in found)}, in the gold {wanted}")
    fold = np.array([fold_of(t.article, FOLDS) for t in found])
    honest = np.zeros(len(found))
    for k in range(FOLDS):
        rest = [t for t, f in zip(found, fold, strict=True) if f != k]
        here = [t for t, f in zip(found, fold, strict=True) if f == k]
        index = names_of(rest)
        nets = [learn(rest, index, seed) for seed in range(NETS)]
        with torch.no_grad():
            packed = pack(here, index)
            scores = [net(packed) for net in nets]
            honest[fold == k] = (sum(scores) / NETS).numpy()
    as_it_was = np.array([t.chance for t in found])
    for label, scores_ in (("as it was", as_it_was), ("learned, five folds", honest)):
        print(f"recall at precision .65, {label}: {recall_at(scores_, found, wanted, 0.65):.3f}")
    if args.out:
        index = names_of(found)
        write(args.out, [learn(found, index, seed) for seed in range(NETS)], index)


if __name__ == "__main__":
    main()
