"""A cold start: the whole process of reading one article, against importing onnxruntime and numpy.

python -m benchmarks.cold FILE [--rounds N]
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time

from benchmarks.corpora import show


def seconds(command: list[str]) -> float:
    """Wall-clock seconds of one process."""
    began = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


def main() -> None:
    parser = argparse.ArgumentParser(description="A cold start, against a bare import.")
    parser.add_argument("file")
    parser.add_argument("--rounds", type=int, default=7)
    args = parser.parse_args()
    bare = [sys.executable, "-c", "import onnxruntime, numpy"]
    read = [sys.executable, "-m", "communique", "read", args.file]
    pairs = [(seconds(bare), seconds(read)) for _ in range(args.rounds + 1)][1:]  # the first warms the disk
    show("bare_seconds", statistics.median(b for b, _ in pairs))
    show("read_seconds", statistics.median(r for _, r in pairs))
    show("ratio_to_bare", statistics.median(r / b for b, r in pairs))


if __name__ == "__main__":
    main()
