"""Quantities of real articles against annotation: found, and of those value and unit right.

    python -m benchmarks.quantities [training/corpus/quantities.jsonl] [--news DIR]

Stand-off rows: the articles lie in ``--news``. A quantity is found where one of the reading touches it; a
range has two values. Units are compared without case and number; gold without a unit takes any.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks.corpora import rows, show
from benchmarks.events import articles
from communique.pipeline import Pipeline

KINDS = {
    "kilometer": "kilometre",
    "meter": "metre",
    "centimeter": "centimetre",
    "liter": "litre",
    "cm": "centimetre",
}
KINDS |= {"km": "kilometre", "kg": "kilogram", "mph": "miles per hour", "feet": "feet", "foot": "feet"}


def alike(unit: str | None) -> str:
    """A unit without case and plural."""
    low = (unit or "").lower()
    low = low if low in ("usd", "people") else low.removesuffix("s")
    return KINDS.get(low, low)


def measure(path: Path, news: Path) -> dict[str, float]:
    """The figures."""
    pipeline = Pipeline()
    gold = told = hits = values = both = rough = 0
    for row, article in articles(rows(path), news):
        reading = pipeline.read(article)
        free = [q for q in reading.quantities if q.start < row["read_to"]]
        told += len({(q.start, q.end) for q in free})
        for one in row["quantities"]:
            gold += 1
            mine = [q for q in free if q.start < one["end"] and q.end > one["start"]]
            if not mine:
                continue
            free = [q for q in free if q not in mine]
            hits += 1
            value = all(any(abs(q.value - v) <= 1e-6 * abs(v) for q in mine) for v in one["values"])
            unit = one["unit"] is None or any(alike(q.unit) == alike(one["unit"]) for q in mine)
            values += value
            both += value and unit
            rough += mine[0].approximate == one["approximate"]
    return {
        "quantities": float(gold),
        "precision": hits / max(told, 1),
        "recall": hits / max(gold, 1),
        "value_right_of_found": values / max(hits, 1),
        "value_and_unit_right_of_found": both / max(hits, 1),
        "approximate_right_of_found": rough / max(hits, 1),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description="Quantities against annotation.")
    default = Path("training") / "corpus" / "quantities.jsonl"
    parser.add_argument("gold", type=Path, nargs="?", default=default)
    parser.add_argument("--news", type=Path, default=Path("..") / "shared" / "data" / "news")
    args = parser.parse_args()
    for name, value in measure(args.gold, args.news).items():
        show(name, value)


if __name__ == "__main__":
    main()
