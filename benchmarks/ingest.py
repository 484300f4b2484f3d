"""Ingest: its speed against reading alone, two workers against one, and what kills leave.

    python -m benchmarks.ingest speed FILE.jsonl [--articles N] [--rounds N]
    python -m benchmarks.ingest workers FILE.jsonl [--articles N] [--rounds N]
    python -m benchmarks.ingest cores FILE.jsonl [--articles N] [--rounds N]
    python -m benchmarks.ingest kills [--kills N]

``speed``: reading alone and ingest into an empty store take turns in one process; each round's ratio stands
by itself, the median is told. Only articles that are no copies of each other are taken, for a copy costs
ingest nothing. ``workers``: the same with ingest by one worker and by two, each with its start. A worker is
one core; without a number one process uses up to four where an article is long, and ``cores`` compares two
workers with that. ``kills``: a process with a stub for a reader is killed at random moments (a fixed seed),
half of them amid a batch, and started again; what the store holds then is compared with what an unkilled run
holds. Run when nothing else runs.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.corpora import rows, show
from communique.batch import Reader, own_reader, process, without_analysis
from communique.intake import read_articles
from communique.store import open_store
from communique.store.ingesting import Ingest, inputs_of


def ingested(
    path: Path, make_reader: Callable[[int | None], Reader] = own_reader, workers: int | None = None
) -> list[str]:
    """Ingest a file into a new store, and give the texts it holds."""
    with TemporaryDirectory() as folder, open_store(Path(folder) / "store.duckdb") as store:
        ingest = Ingest(store, workers=workers, make_reader=make_reader)
        list(ingest.take(inputs_of(store, [str(path)])))
        return [text for (text,) in store.connection.execute("SELECT text FROM articles").fetchall()]


def distinct(source: Path, count: int, target: Path) -> int:
    """Write the first so many rows of a file that are no copies of each other; says how many there are."""
    from tests.store.invented import stub_reader

    some = rows(source)[: 2 * count]
    target.write_text("".join(json.dumps(r) + "\n" for r in some), encoding="utf-8")
    kept = set(ingested(target, stub_reader))
    some = [r for r in some if any(r["text"][:200] in text for text in kept)][:count]
    target.write_text("".join(json.dumps(r) + "\n" for r in some), encoding="utf-8")
    return len(some)


def timed(work: Callable[[], object]) -> float:
    """Seconds that some work takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def compare(path: Path, articles: int, rounds: int, first: str, second: str) -> None:
    """Take turns, and tell articles a second of both and the ratio of the second to the first."""
    speeds: dict[str, list[float]] = {first: [], second: []}
    with TemporaryDirectory() as folder:
        file = Path(folder) / "news.jsonl"
        articles = distinct(path, articles, file)
        show("articles", articles)
        ways: dict[str, Callable[[], object]] = {
            "reading": lambda: [0 for _ in process(read_articles([file]), without_analysis)],
            "ingest": lambda: ingested(file),
            "two_workers": lambda: ingested(file, workers=2),
            "one_worker": lambda: ingested(file, workers=1),
        }
        ways[first]()
        for _ in range(rounds):
            for name in (first, second):
                speeds[name].append(articles / timed(ways[name]))
    for name, measured in speeds.items():
        show(f"{name}_articles_per_second", statistics.median(measured))
    ratios = [b / a for a, b in zip(speeds[first], speeds[second], strict=True)]
    show("ratio", statistics.median(ratios))
    print("ratios", " ".join(f"{r:.3f}" for r in ratios))


def kills(wanted: int) -> None:
    """Kill and start again, from a new store whenever a run comes to its end."""
    from tests.store.killing import NEVER, held, news, run

    chance = random.Random(2011)
    with TemporaryDirectory() as folder:
        place = Path(folder)
        paths = news(place)
        assert run(place / "whole.duckdb", paths, NEVER)
        whole = held(place / "whole.duckdb")
        made = stores = lost = twice = opened = 0
        while made < wanted:
            store = place / f"{stores}.duckdb"
            stores += 1
            while made < wanted and not run(store, paths, chance.randrange(1, 150), made % 2 == 1):
                made += 1
                texts = [row[0] for row in held(store)["articles"]]
                opened += 1
                twice += len(texts) - len(set(texts))
            run(store, paths, NEVER)
            now = held(store)
            for table, expected in whole.items():
                lost += len(set(map(repr, expected)) - set(map(repr, now[table])))
                twice += len(now[table]) - len(expected)
            store.unlink()
    show("kills", made)
    show("stores", stores)
    show("opened_after_a_kill", opened)
    show("rows_lost", lost)
    show("rows_twice_or_too_many", twice)


def main() -> None:
    parser = argparse.ArgumentParser(description="Ingest: speed, workers, kills.")
    what = parser.add_subparsers(dest="what", required=True)
    for name in ("speed", "workers", "cores"):
        measured = what.add_parser(name)
        measured.add_argument("file", type=Path)
        measured.add_argument("--articles", type=int, default=60)
        measured.add_argument("--rounds", type=int, default=3)
    what.add_parser("kills").add_argument("--kills", type=int, default=50)
    args = parser.parse_args()
    if args.what == "kills":
        kills(args.kills)
    else:
        pairs = {
            "speed": ("reading", "ingest"),
            "workers": ("one_worker", "two_workers"),
            "cores": ("ingest", "two_workers"),
        }
        compare(args.file, args.articles, args.rounds, *pairs[args.what])


if __name__ == "__main__":
    main()
