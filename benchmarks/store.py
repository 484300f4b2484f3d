"""What a store costs: bytes an article against its text, and writing and rebuilding against reading.

    python -m benchmarks.store FILE... [--articles N] [--batch N]

The files are those that ``communique read`` takes. The articles are read in this one process, then their
readings are written into a new store, some dozens a transaction, and rebuilt from it; what was rebuilt must
be what was written, to the byte. Seconds are those of the clock. Texts that are there twice are stored once.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from itertools import islice
from pathlib import Path

from benchmarks.corpora import show
from communique.batch import own_reader, read_paths
from communique.errors import InputError
from communique.reading import Reading
from communique.store import open_store, text_hash


def read(files: list[str], count: int | None) -> tuple[list[Reading], float]:
    """Readings of the articles, each text once, and the seconds of reading them."""
    own_reader()  # loading the network is no part of reading an article
    began = time.perf_counter()
    found = [r for r in islice(read_paths(files), count) if not isinstance(r, InputError)]
    seconds = time.perf_counter() - began
    return list({text_hash(r.article.text): r for r in found}.values()), seconds / max(len(found), 1)


def main() -> None:
    parser = argparse.ArgumentParser(description="Size of a store, and the time of writing it.")
    parser.add_argument("files", nargs="+")
    parser.add_argument("--articles", type=int, default=None, help="only the first N")
    parser.add_argument("--batch", type=int, default=50, help="articles a transaction")
    args = parser.parse_args()
    readings, reading = read(args.files, args.articles)
    text = sum(len(r.article.text.encode("utf-8")) for r in readings)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "store.duckdb")
        with open_store(path) as store:
            began = time.perf_counter()
            for start in range(0, len(readings), args.batch):
                with store.transaction():
                    for i, one in enumerate(readings[start : start + args.batch], start=start):
                        store.add(one, place=f"article {i}")
            writing = (time.perf_counter() - began) / len(readings)
        size = path.stat().st_size
        with open_store(path, read_only=True) as store:
            began = time.perf_counter()
            rebuilt = [r for _, r in store.readings()]
            rebuilding = (time.perf_counter() - began) / len(readings)
    if [r.to_json() for r in rebuilt] != [r.to_json() for r in readings]:
        raise SystemExit("what was rebuilt is not what was written")
    show("articles", len(readings))
    show("text_bytes_an_article", text / len(readings))
    show("store_bytes_an_article", size / len(readings))
    show("store_to_text", size / text)
    show("reading_milliseconds_an_article", reading * 1000)
    show("writing_milliseconds_an_article", writing * 1000)
    show("rebuilding_milliseconds_an_article", rebuilding * 1000)
    show("writing_to_reading", writing / reading)


if __name__ == "__main__":
    main()
