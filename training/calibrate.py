"""Calibrating the confidence of events on events that people judged.

    python -m training.calibrate --news DIR

``DIR`` holds the articles of ``corpus/judged_events.jsonl``. Where today's reader tells a judged event
with the same type and parties, the judgement is a training row; fits Platt's logistic (Platt 1999) and
prints the values for ``coding/data/calibration.yaml``, the reliability (five folds, each told by a fit on
the other four), and what each threshold would show.
"""

from __future__ import annotations

import argparse
import json
import math
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from communique.article import Article
from communique.coding import events as coding
from communique.intake import read_articles
from communique.pipeline import Pipeline
from communique.reading import Event, Reading

JUDGED = Path(__file__).parent / "corpus" / "judged_events.jsonl"
FOLDS = 5


def same(reading: Reading, event: Event, row: dict[str, Any]) -> bool:
    """Is it the judged event, with the same type and parties?"""
    return event.type == row["type"] and all(
        _spans(reading, ids, row[side])
        for side, ids in (("actors", event.actors), ("recipients", event.recipients))
    )


def _spans(reading: Reading, ids: list[str], spans: list[list[int]]) -> bool:
    mentions = [{(m.start, m.end) for m in e.mentions} for e in reading.entities if e.id in ids]
    return len(ids) == len(spans) and all(any((s, e) in m for m in mentions) for s, e in spans)


def judged(news: Path, pipeline: Pipeline) -> tuple[NDArray[Any], NDArray[Any]]:
    """Features (log odds of the raw probability, noun, one) and judgements of the events still told."""
    rows: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for line in JUDGED.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        rows.setdefault((row["corpus"], row["article"]), []).append(row)
    features, targets = [], []
    for corpus in sorted({c for c, _ in rows}):
        path = news / corpus
        for article in read_articles([str(path if path.exists() else path.with_name(f"{corpus}.gz"))]):
            if not isinstance(article, Article) or (corpus, article.id) not in rows:
                continue
            reading = pipeline.read(article)
            assert reading.analysis is not None
            words = {w.start: w.upos for s in reading.analysis.sentences for w in s.words}
            told = {e.start: e for e in reading.events}
            for row in rows[corpus, article.id]:
                event = told.get(row["start"])
                if event is not None and same(reading, event, row):
                    raw = min(max(event.confidence, 1e-3), 1 - 1e-3)
                    features.append((math.log(raw / (1 - raw)), float(words[event.start] == "NOUN"), 1.0))
                    targets.append(float(row["right"]))
    return np.array(features), np.array(targets)


def fit(x: NDArray[Any], y: NDArray[Any]) -> NDArray[Any]:
    """Logistic regression by Newton's method; a little ridge keeps it steady."""
    weights = np.zeros(x.shape[1])
    for _ in range(100):
        p = chance(x, weights)
        hessian = (x * (p * (1 - p))[:, None]).T @ x + 0.3 * np.eye(len(weights))
        weights = weights + np.linalg.solve(hessian, x.T @ (y - p) - 0.3 * weights)
    return weights


def chance(x: NDArray[Any], weights: NDArray[Any]) -> NDArray[Any]:
    """The probabilities that the logistic gives."""
    return np.asarray(1 / (1 + np.exp(-x @ weights)))


def main() -> None:
    parser = argparse.ArgumentParser(description="Calibrate the confidence of events.")
    parser.add_argument("--news", type=Path, required=True)
    args = parser.parse_args()
    settings = coding.load_settings()
    settings["calibration"] = {"slope": 1.0, "noun": 0.0, "offset": 0.0}
    settings["threshold"] = 0.0
    x, y = judged(args.news, Pipeline())
    weights = fit(x, y)
    print(f"events {len(y)}\nright {y.mean():.3f}")
    print(f"slope {weights[0]:.3f}\nnoun {weights[1]:.3f}\noffset {weights[2]:.3f}")
    p = np.zeros(len(y))
    fold = np.random.default_rng(11).permutation(len(y)) % FOLDS
    for k in range(FOLDS):
        p[fold == k] = chance(x[fold == k], fit(x[fold != k], y[fold != k]))
    for low in (0.0, 0.2, 0.4, 0.6, 0.8):
        inside = (p >= low) & (p < low + 0.2)
        if inside.any():
            told, right = p[inside].mean(), y[inside].mean()
            print(f"reliability_{low:.1f} told {told:.2f} right {right:.2f} n {int(inside.sum())}")
    for threshold in (0.3, 0.4, 0.5, 0.6):
        shown = p >= threshold
        precision, recall = y[shown].mean(), y[shown].sum() / y.sum()
        figures = f"precision {precision:.2f} recall {recall:.2f}"
        print(f"threshold_{threshold:.1f} shown {int(shown.sum())} {figures}")


if __name__ == "__main__":
    main()
