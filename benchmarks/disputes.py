"""Disputes inside articles, against those that readers found.

    python -m benchmarks.disputes [training/corpus/disputes.jsonl] [--news DIR]

Stand-off rows: the articles lie in ``--news``, or are our dispatches. A dispute is right where one of its
spans touches the denial (or, of other kinds, a side) of one that readers found. Prints how many are shown,
the share that is right, and of those the readers were sure of the share that is found.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.corpora import rows, show
from benchmarks.events import articles
from communique.article import Article
from communique.pipeline import Pipeline
from training.annotations import load

CORPUS = Path("training") / "corpus"
Row = dict[str, Any]


def read(path: Path, news: Path) -> Iterator[tuple[Row, Article]]:
    """The rows with their articles; rows whose article is not at hand are left out."""
    given = rows(path)
    for row in given:
        if row["corpus"] == "dispatches":
            file = load(CORPUS / "dispatches" / f"{row['id']}.txt")
            yield row, Article(file.text, id=row["id"], published=date.fromisoformat(str(file.published)))
    yield from articles([r for r in given if r["corpus"] != "dispatches"], news)


def fits(spans: list[tuple[int, int]], gold: Row) -> bool:
    """Does it touch the denial, or a side of another kind?"""
    sides = gold["spans"][1:] if gold["kind"] == "denial" else gold["spans"]
    return any(a < end and b > start for a, b in spans for start, end in sides)


def main() -> None:
    parser = argparse.ArgumentParser(description="Disputes inside articles.")
    parser.add_argument("gold", type=Path, nargs="?", default=CORPUS / "disputes.jsonl")
    parser.add_argument("--news", type=Path, default=Path("..") / "shared" / "data" / "news")
    parser.add_argument("--show", action="store_true", help="print what is shown")
    args = parser.parse_args()
    pipeline = Pipeline()
    read_, shown, right, sure, found = 0, 0, 0, 0, 0
    for row, article in read(args.gold, args.news):
        reading = pipeline.read(article)
        read_ += 1
        for dispute in reading.disputes:
            good = any(fits(dispute.spans, gold) for gold in row["disputes"])
            shown, right = shown + 1, right + good
            if args.show:
                sides = " ## ".join(" ".join(reading.evidence(s).split()) for s in dispute.spans)
                print("right" if good else "wrong", row["id"], dispute.kind, "|", sides)
        for gold in row["disputes"]:
            if gold["sure"]:
                sure += 1
                found += any(fits(d.spans, gold) for d in reading.disputes)
    show("articles", read_)
    show("shown", shown)
    show("right", right / max(shown, 1))
    show("found_of_those_sure", found / max(sure, 1))


if __name__ == "__main__":
    main()
