"""Events told a sentence where nothing political happens: sports, entertainment, technology.

    python -m benchmarks.quiet CLUSTERS.jsonl [--categories sports,entertainment,technology]

Rows have ``text`` and ``category``. Prints sentences, events and their ratio, at the default threshold.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks.corpora import rows, show
from communique.article import Article
from communique.pipeline import Pipeline


def main() -> None:
    parser = argparse.ArgumentParser(description="Events told where nothing political happens.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--categories", default="sports,entertainment,technology")
    args = parser.parse_args()
    wanted = set(args.categories.split(","))
    pipeline = Pipeline()
    sentences = events = articles = 0
    for row in rows(args.file):
        if row["category"] in wanted:
            reading = pipeline.read(Article(row["text"], id=str(row["id"])))
            articles += 1
            sentences += len(reading.sentences)
            events += len(reading.events)
    show("articles", articles)
    show("sentences", sentences)
    show("events", events)
    show("events_a_sentence", events / max(sentences, 1))


if __name__ == "__main__":
    main()
