"""Put checked annotation files in their place in the corpus; real articles become stand-off, without text.

python tools/install_corpus.py --own DIR --second DIR --real DIR
"""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path

from training.annotations import load

CORPUS = Path(__file__).parent.parent / "training" / "corpus"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--own", type=Path, required=True, help="dispatches d-*.txt and sentences s-*.txt")
    parser.add_argument("--second", type=Path, help="second annotations of the test dispatches")
    parser.add_argument("--real", type=Path, help="annotated real articles")
    args = parser.parse_args()
    for pattern, folder in (("d-[1-9]*.txt", "dispatches"), ("s-*.txt", "sentences")):
        _copy(args.own, pattern, CORPUS / folder)
    if args.second:
        _copy(args.second, "d-*.txt", CORPUS / "second", only_annotated=True)
    if args.real:
        rows = []
        for path in sorted(args.real.glob("*.txt")):
            if "\ne |" in (text := path.read_text(encoding="utf-8")) or "\n# none" in text:
                row = load(path).to_json(standoff=True)
                rows.append({k: v for k, v in row.items() if k not in ("claims", "times")})
        with (CORPUS / "news.jsonl").open("w", encoding="utf-8") as out:
            for row in rows:
                out.write(json.dumps(row, separators=(",", ":")) + "\n")


def _copy(source: Path, pattern: str, target: Path, only_annotated: bool = False) -> None:
    target.mkdir(parents=True, exist_ok=True)
    for path in sorted(source.glob(pattern)):
        if not only_annotated or "\ne |" in path.read_text(encoding="utf-8"):
            shutil.copy(path, target / path.name)


if __name__ == "__main__":
    main()
