"""How far two annotators of the test set agree, by the scorer that also judges the reader.

    python -m benchmarks.agreement [--first DIR] [--second DIR]

The second annotation is scored against the first as if it were a reading: an event is the same where type,
sentence and parties are. Prints F1 and the share of the same events that have the same status.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from benchmarks.corpora import show
from benchmarks.events import score
from training.annotations import Annotated, load

CORPUS = Path(__file__).parent.parent / "training" / "corpus"


def as_reading(found: Annotated) -> dict[str, Any]:
    """An annotation in the form of a reading: each party an entity of one mention."""
    entities: dict[tuple[int, int], str] = {}

    def ids(spans: list[list[int]]) -> list[str]:
        return [entities.setdefault((a, b), f"n{len(entities) + 1}") for a, b in spans]

    events = [
        {
            "type": e["type"],
            "status": e["status"],
            "start": e["trigger"][0],
            "actors": ids(e["actors"]),
            "recipients": ids(e["recipients"]),
            "confidence": 1.0,
        }
        for e in found.events
        if not e["same"]
    ]
    named = [{"id": i, "mentions": [{"start": a, "end": b}]} for (a, b), i in entities.items()]
    return {"entities": named, "events": events}


def main() -> int:
    parser = argparse.ArgumentParser(description="Agreement of two annotators.")
    parser.add_argument("--first", type=Path, default=CORPUS / "dispatches")
    parser.add_argument("--second", type=Path, default=CORPUS / "second")
    args = parser.parse_args()
    pairs = []
    for path in sorted(args.second.glob("*.txt")):
        pairs.append((load(args.first / path.name).to_json(standoff=False), as_reading(load(path))))
    if not pairs:
        print(f"{args.second}: holds no annotated file (*.txt)", file=sys.stderr)
        return 1
    found = score(pairs)
    show("articles", len(pairs))
    for name in ("events_gold", "events_told", "precision", "recall", "f1", "status"):
        show(name, found[name])
    return 0


if __name__ == "__main__":
    sys.exit(main())
