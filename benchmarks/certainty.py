"""How well certainty and status agree with readers' ratings of how factual it is.

    python -m benchmarks.certainty [../shared/data/factuality] [--part dev]

The sets rate words of sentences from -3 (certainly not) to 3 (certainly so). ``certainty``: of the words
that head what a claim says, correlation and mean absolute error of the claim's certainty, negative for a
denial or doubt and where what is said is negated. ``status``: of the words that tell an event, those of its
status, as 1 for what occurred or goes on, -1 for what did not, 0 for the rest. Ratings are divided by 3.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks.corpora import rows, show
from communique.article import Article
from communique.coding.certainty import certainty_of
from communique.pipeline import Pipeline
from training.certainty import SETS, agreement, correlated, examples, text_of

WORTH = {"occurred": 1.0, "ongoing": 1.0, "planned": 0.0, "hypothetical": 0.0, "negated": -1.0}


def statuses(folder: Path, name: str, part: str) -> list[tuple[float, float]]:
    """What the status of each rated event is worth, and its rating."""
    pipeline = Pipeline()
    out = []
    for row in rows(folder / name / f"{part}.jsonl"):
        text, begins = text_of(row["text"].split())
        rated = {begins[t["span1"][0]]: t["label"] / 3 for t in row["targets"]}
        reading = pipeline.read(Article(text))
        out += [(WORTH[e.status], rated[e.start]) for e in reading.events if e.start in rated]
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description="Certainty and status against readers' ratings.")
    default = Path("..") / "shared" / "data" / "factuality"
    parser.add_argument("folder", type=Path, nargs="?", default=default)
    parser.add_argument("--part", choices=("train", "dev"), default="dev")
    args = parser.parse_args()
    for name in SETS:
        given = list(examples(args.folder, (name,), args.part))
        pairs = statuses(args.folder, name, args.part)
        for what, n, found in (
            ("certainty", len(given), agreement(given, [certainty_of(r.heard) for r in given])),
            ("status", len(pairs), correlated(pairs)),
        ):
            show(f"{name}_{what}_rated", n)
            show(f"{name}_{what}_correlation", found[0])
            show(f"{name}_{what}_error", found[1])


if __name__ == "__main__":
    main()
