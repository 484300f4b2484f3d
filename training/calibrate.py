"""Calibrating the confidence of events on held-out marked pairs.

    python -m training.calibrate --data DIR

Reads every fifth row of ``events/plv_train.jsonl`` (the second stage never saw them), takes the event
that the reader is surest of in each, and fits Platt's logistic (Platt 1999) to whether type and both
parties are right. Prints the values for ``coding/data/calibration.yaml`` and the reliability.
"""

from __future__ import annotations

import argparse
import json
import math
from pathlib import Path
from typing import Any

import numpy as np

from communique.article import Article
from communique.coding import events as coding
from communique.coding.eventwords import event_words
from communique.language.analysis import Parsed
from communique.pipeline import Pipeline
from communique.reading import Event, Reading
from training.corpora import open_text
from training.events import HELD_OUT, MERGED, labelled

RECIPROCAL = {"CONSULT", "AGREE", "COOPERATE"}


def touches(reading: Reading, ids: list[str], spans: list[list[int]]) -> bool:
    """Does a mention of one of the entities touch one of the spans?"""
    mentions = [m for e in reading.entities if e.id in ids for m in e.mentions]
    return not spans or any(m.start < e and m.end > s for m in mentions for s, e in spans)


def right(reading: Reading, event: Event, row: dict[str, Any]) -> bool:
    """Type and both parties as the row has them."""
    actors, recipients = event.actors, event.recipients
    if event.type in RECIPROCAL:
        actors = recipients = actors + recipients
    return (
        MERGED.get(event.type, event.type) == row["type"]
        and touches(reading, actors, row["actor"])
        and touches(reading, recipients, row["recipient"])
    )


def triggers(sentence: Parsed, row: dict[str, Any]) -> list[int]:
    """The words that tell of the marked event."""
    return [
        i
        for i, label in enumerate(labelled(sentence, row, event_words()).labels["event"])
        if label not in ("", "NONE")
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description="Calibrate the confidence of events.")
    parser.add_argument("--data", type=Path, required=True)
    args = parser.parse_args()
    settings = coding.load_settings()
    settings["calibration"] = {"slope": 1.0, "noun": 0.0, "offset": 0.0}
    settings["threshold"] = 0.0
    pipeline = Pipeline()
    features, targets, rows = [], [], 0
    with open_text(args.data / "events" / "plv_train.jsonl") as lines:
        for number, line in enumerate(lines):
            if number % HELD_OUT:
                continue
            row = json.loads(line)
            rows += 1
            reading = pipeline.read(Article(row["text"], id=row["id"]))
            told = {s.words[i].start for s in reading.analysis.sentences for i in triggers(s, row)}  # type: ignore[union-attr]
            for event in reading.events:
                pair = [
                    touches(reading, event.actors + event.recipients, row[side])
                    for side in ("actor", "recipient")
                ]
                if event.start not in told and not all(pair):
                    continue  # it tells of other parties than the marked ones, and nobody has judged it
                word = next(w for s in reading.analysis.sentences for w in s.words if w.start == event.start)  # type: ignore[union-attr]
                raw = min(max(event.confidence, 1e-3), 1 - 1e-3)
                features.append((math.log(raw / (1 - raw)), float(word.upos == "NOUN"), 1.0))
                targets.append(float(right(reading, event, row)))
    x, y = np.array(features), np.array(targets)
    weights = np.zeros(3)
    for _ in range(100):  # Newton's method; a little ridge keeps it steady
        p = 1 / (1 + np.exp(-x @ weights))
        hessian = (x * (p * (1 - p))[:, None]).T @ x + 0.1 * np.eye(3)
        weights = weights + np.linalg.solve(hessian, x.T @ (y - p) - 0.1 * weights)
    p = 1 / (1 + np.exp(-x @ weights))
    print(f"rows {rows}\nevents {len(y)}\nright {y.mean():.4f}")
    print(f"slope {weights[0]:.3f}\nnoun {weights[1]:.3f}\noffset {weights[2]:.3f}")
    for low in np.arange(0, 1, 0.1):
        inside = (p >= low) & (p < low + 0.1)
        if inside.any():
            print(
                f"reliability_{low:.1f} told {p[inside].mean():.3f} right {y[inside].mean():.3f} "
                f"n {int(inside.sum())}"
            )


if __name__ == "__main__":
    main()
