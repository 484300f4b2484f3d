"""Capitals: is the government meant, or the town?

    python -m benchmarks.capitals training/corpus/capitals.jsonl [--news DIR] [--misses]

Rows are stand-off (corpus, article, hash, place in the text) and say 'government', 'place' or 'other' (part
of another name). Right is a government told as a state's entity, and anything else not. Prints the share that
is right, and precision and recall of governments.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks.actors import entity_at
from benchmarks.corpora import rows, show
from benchmarks.events import articles
from communique.pipeline import shared_pipeline


def main() -> None:
    parser = argparse.ArgumentParser(description="Capitals: governments or towns.")
    parser.add_argument("gold", type=Path, nargs="?", default=Path("training") / "corpus" / "capitals.jsonl")
    parser.add_argument("--news", type=Path, default=Path("..") / "shared" / "data" / "news")
    parser.add_argument("--misses", action="store_true")
    args = parser.parse_args()
    total = right = told = gold = hits = 0
    for row, article in articles(rows(args.gold), args.news):
        reading = shared_pipeline().read(article)
        entity = entity_at(reading, row["start"], row["end"])
        acts = entity is not None and entity.kind == "state"
        meant = row["is"] == "government"
        total += 1
        right += acts == meant
        told += acts
        gold += meant
        hits += acts and meant
        if args.misses and acts != meant:
            around = article.text[max(0, row["start"] - 70) : row["end"] + 70].replace("\n", " ")
            print(f"  {row['is']}: …{around}…")
    show("capitals", total)
    show("right", right / max(total, 1))
    show("precision", hits / max(told, 1))
    show("recall", hits / max(gold, 1))


if __name__ == "__main__":
    main()
