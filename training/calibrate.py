"""Fitting the confidence of events to annotated articles that no weight was fitted to.

    python -m training.calibrate GOLD.jsonl… --news DIR [--write]

Reads the articles with every event shown, asks of each whether the annotation has it (``benchmarks.events``),
and fits a logistic (Platt 1999) on what the network says of the word and its parties, with an offset a type
that is drawn towards zero where there is little to go by. Prints the reliability, each fifth of the articles
told by a fit on the rest, and what thresholds would show. ``--write`` puts the values into
``coding/data/calibration.yaml``.
"""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.corpora import rows
from benchmarks.events import articles, calibration_error, compare
from communique.coding.events import Events
from communique.coding.lexicons import DATA
from communique.pipeline import Pipeline, default_steps

FOLDS = 5
Array = NDArray[np.float64]


def judged(gold: list[dict[str, Any]], news: Path) -> tuple[Array, list[str], Array, NDArray[np.int64], int]:
    """Features, types, judgements and article numbers of all events told, and how many the gold has."""

    seen: dict[int, list[float]] = {}

    def steps(network: Any) -> list[Any]:
        return [Events(0.0, trace=seen) if isinstance(s, Events) else s for s in default_steps(network)]

    pipeline = Pipeline(steps)
    table, kinds, right, where, wanted = [], [], [], [], 0
    for n, (row, article) in enumerate(articles(gold, news)):
        seen.clear()
        reading = pipeline.read(article)
        found, missed = compare(row, json.loads(reading.to_json()))
        wanted += len(missed) + sum(g is not None and not g["same"] for _, g in found)
        for event, one in found:
            table.append(seen[event["start"]])
            kinds.append(event["type"])
            right.append(float(one is not None))
            where.append(n)
    return np.array(table), kinds, np.array(right), np.array(where), wanted


def fit(x: Array, kinds: list[str], y: Array, names: list[str]) -> Array:
    """Weights of the features, an offset, an offset a type: Newton's method with a penalty."""
    design = _design(x, kinds, names)
    penalty = np.array([0.05] * x.shape[1] + [1e-3] + [3.0] * len(names))
    w = np.zeros(design.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-design @ w))
        gradient = design.T @ (p - y) + penalty * w
        hessian = (design.T * (p * (1 - p))) @ design + np.diag(penalty)
        w -= np.linalg.solve(hessian, gradient)
    return w


def _design(x: Array, kinds: list[str], names: list[str]) -> Array:
    one = np.ones((len(x), 1))
    types = np.array([[float(k == n) for n in names] for k in kinds]).reshape(len(x), len(names))
    return np.concatenate([x, one, types], axis=1)


def plot(honest: Array, right: Array) -> str:
    """An SVG: for each tenth of confidence the share of events that are right, dots sized by their number."""
    side, edge = 320, 40
    dots = []
    for low in np.arange(0, 1, 0.1):
        inside = (honest >= low) & (honest < low + 0.1)
        if inside.any():
            x, y = edge + side * honest[inside].mean(), edge + side * (1 - right[inside].mean())
            size = 3 + 12 * np.sqrt(inside.sum() / len(honest))
            dots.append(
                f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size:.1f}" fill="#2b6cb0" fill-opacity=".7"/>'
            )
    total = side + 2 * edge
    ticks = "".join(
        f'<text x="{edge + side * t:.0f}" y="{edge + side + 16}" text-anchor="middle">{t:g}</text>'
        f'<text x="{edge - 6}" y="{edge + side * (1 - t) + 4:.0f}" text-anchor="end">{t:g}</text>'
        for t in (0, 0.2, 0.4, 0.6, 0.8, 1)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{total}" height="{total}" '
        f'font-family="sans-serif" font-size="11">\n<rect width="100%" height="100%" fill="white"/>\n'
        f'<path d="M{edge} {edge}V{edge + side}H{edge + side}" fill="none" stroke="#444"/>\n'
        f'<path d="M{edge} {edge + side}L{edge + side} {edge}" stroke="#999" stroke-dasharray="4"/>\n'
        f"{ticks}\n"
        + "\n".join(dots)
        + f'\n<text x="{total / 2}" y="{total - 6}" text-anchor="middle">confidence</text>\n'
        f'<text x="{edge}" y="{edge - 12}">share of events that are right</text>\n</svg>\n'
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--news", type=Path, default=Path("..") / "shared" / "data" / "news")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--plot", type=Path, help="where to draw the reliability, an SVG")
    args = parser.parse_args()
    x, kinds, y, where, wanted = judged([r for p in args.gold for r in rows(p)], args.news)
    names = sorted(set(kinds))
    print(f"events {len(y)}, right {int(y.sum())}, in the gold {wanted}")
    honest = np.zeros(len(y))
    for fold in range(FOLDS):
        mine = where % FOLDS == fold
        rest = [k for k, m in zip(kinds, mine, strict=True) if not m]
        w = fit(x[~mine], rest, y[~mine], names)
        here = [k for k, m in zip(kinds, mine, strict=True) if m]
        honest[mine] = 1 / (1 + np.exp(-_design(x[mine], here, names) @ w))
    print("confidence, share right, n (five folds)")
    for low in np.arange(0, 1, 0.1):
        inside = (honest >= low) & (honest < low + 0.1)
        if inside.any():
            print(f"{honest[inside].mean():.2f} {y[inside].mean():.2f} {int(inside.sum())}")
    if args.plot:
        args.plot.write_text(plot(honest, y), encoding="utf-8")
    error = calibration_error([(float(c), bool(r)) for c, r in zip(honest, y, strict=True)])
    print(f"calibration_error {error:.4f}")
    for least in np.arange(0.2, 0.75, 0.05):
        shown = honest >= least
        p, r = y[shown].mean() if shown.any() else 0, y[shown].sum() / wanted
        print(f"threshold {least:.2f} precision {p:.3f} recall {r:.3f} f1 {2 * p * r / max(p + r, 1e-9):.3f}")
    w = fit(x, kinds, y, names)
    k = x.shape[1]
    weights = ", ".join(f"{v:.3f}" for v in w[:k])
    types = ", ".join(f"{n}: {v:.3f}" for n, v in zip(names, w[k + 1 :], strict=True))
    line = f"calibration: {{weights: [{weights}], offset: {w[k]:.3f}, types: {{{types}}}}}"
    print(line)
    if args.write:
        path = DATA / "calibration.yaml"
        text = re.sub(r"^calibration:.*$", line, path.read_text(encoding="utf-8"), flags=re.M)
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
