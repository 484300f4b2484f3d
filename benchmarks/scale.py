"""Articles a second of ``communique code`` with 1 and 2 workers, and bytes of output an article.

    python -m benchmarks.scale FILE.jsonl [--articles N] [--parts N] [--workers 1 2] [--rounds N]

The first N articles are cut into parts of like size, and coded into an empty folder with each number of
workers, turn and turn about; each figure is the median of the rounds. Workers start and load the network
within the measured time; ``start_seconds`` is what coding one article takes. ``core_seconds_per_article``
is the processor's time of the workers, all threads together, so that it holds for machines of other sizes.
Each worker has one core, as the command gives it. The parts must have the same bytes whatever the number of
workers; if they have not, that is an error. The load before each run is told: a busy machine codes less.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import resource
import statistics
import tempfile
import time
from pathlib import Path

from benchmarks.corpora import lines, show
from communique.batch import own_reader
from communique.scale import Coded, code_files


def cut(file: Path, articles: int, parts: int, folder: Path) -> int:
    """Write the first articles of a file as so many files; the bytes of their rows."""
    found = [line for _, line in zip(range(articles), lines(file), strict=False)]
    for k in range(parts):
        (folder / f"part{k:03}.jsonl").write_text("".join(found[k::parts]), encoding="utf-8")
    return len("".join(found).encode("utf-8"))


def processor_time() -> float:
    """Seconds of the processor that ended workers have used."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def coded(source: Path, out: Path, workers: int) -> tuple[float, float, list[Coded]]:
    """Seconds that coding takes, by the clock and of the processor, and the parts."""
    began, before = time.perf_counter(), processor_time()
    found = list(code_files([source], out, workers=workers, make_reader=own_reader, model="own"))
    seconds, used = time.perf_counter() - began, processor_time() - before
    parts = [x for x in found if isinstance(x, Coded)]
    if len(parts) != len(found):
        raise SystemExit(f"not all parts were coded: {found}")
    return seconds, used, parts


def bytes_of(out: Path) -> str:
    """A hash over all Parquet files of a folder."""
    whole = hashlib.sha256()
    for path in sorted(out.rglob("*.parquet")):
        whole.update(path.relative_to(out).as_posix().encode() + path.read_bytes())
    return whole.hexdigest()


def main() -> None:
    parser = argparse.ArgumentParser(description="Speed and size of coding at scale.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--articles", type=int, default=100)
    parser.add_argument("--parts", type=int, default=10)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--rounds", type=int, default=1)
    args = parser.parse_args()
    rates: dict[int, list[float]] = {n: [] for n in args.workers}
    core_seconds: dict[int, list[float]] = {n: [] for n in args.workers}
    hashes: set[str] = set()
    show("cores", os.cpu_count() or 0)
    with tempfile.TemporaryDirectory() as scratch:
        source, single = Path(scratch, "in"), Path(scratch, "single")
        source.mkdir()
        single.mkdir()
        size = cut(args.file, args.articles, args.parts, source)
        cut(args.file, 1, 1, single)
        show("start_seconds", coded(single, Path(scratch, "start"), 1)[0])
        for k in range(args.rounds):
            for workers in args.workers:
                show(f"load_before_{workers}_workers", os.getloadavg()[0])
                out = Path(scratch, f"out-{k}-{workers}")
                seconds, used, parts = coded(source, out, workers)
                articles = sum(p.marker.counts["articles"] for p in parts)
                rates[workers].append(articles / seconds)
                core_seconds[workers].append(used / articles)
                hashes.add(bytes_of(out))
    if len(hashes) != 1:
        raise SystemExit("the bytes are not the same in all runs")
    show("articles", articles)
    show("input_bytes_per_article", size / articles)
    for table in parts[0].marker.bytes:
        show(f"output_bytes_per_article.{table}", sum(p.marker.bytes[table] for p in parts) / articles)
    show("output_bytes_per_article", sum(sum(p.marker.bytes.values()) for p in parts) / articles)
    for workers, found in rates.items():
        show(f"articles_per_second.{workers}_workers", statistics.median(found))
        show(f"core_seconds_per_article.{workers}_workers", statistics.median(core_seconds[workers]))
    if 1 in rates and 2 in rates:
        show("ratio_of_2_workers", statistics.median(rates[2]) / statistics.median(rates[1]))


if __name__ == "__main__":
    main()
