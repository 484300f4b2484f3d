"""Whether sources are anonymous, against annotation.

    python -m benchmarks.sources [training/corpus/sources.jsonl] [--news DIR]

Stand-off rows: the articles lie beside ``--news``. Of the annotated sources that a claim of the reading has,
prints the share told rightly, and of those that are anonymous the share found and with the right number.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks.corpora import rows, show
from benchmarks.events import articles
from communique.pipeline import Pipeline


def main() -> None:
    parser = argparse.ArgumentParser(description="Anonymous sources against annotation.")
    default = Path("training") / "corpus" / "sources.jsonl"
    parser.add_argument("gold", type=Path, nargs="?", default=default)
    parser.add_argument("--news", type=Path, default=Path("..") / "shared" / "data" / "news")
    args = parser.parse_args()
    pipeline = Pipeline()
    total = found = right = anonymous = known = counted = 0
    for row, article in articles(rows(args.gold), args.news):
        reading = pipeline.read(article)
        for one in row["sources"]:
            total += 1
            mine = [
                c.source
                for c in reading.claims
                if any(a < d and c_ < b for a, b in c.source.spans for c_, d in one["spans"])
            ]
            if not mine:
                continue
            found += 1
            right += mine[0].anonymous == one["anonymous"]
            if one["anonymous"]:
                anonymous += 1
                known += mine[0].anonymous
                counted += mine[0].anonymous and mine[0].count == one["count"]
    show("sources", total)
    show("in_a_claim", found)
    show("rightly_told", right / max(found, 1))
    show("anonymous_found", known / max(anonymous, 1))
    show("of_these_number_right", counted / max(known, 1))


if __name__ == "__main__":
    main()
