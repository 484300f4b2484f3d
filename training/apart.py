"""Articles that are kept out must not be learned under another name: agencies' stories are printed twice.

    python -m training.apart CORPUS.jsonl… --news DIR [--out DIR]

Prints how many of the kept-out articles share runs of eight words with those that are learned from; ``--out``
writes those that share no more than a tenth to ``kept_out.jsonl``, on which figures can be trusted.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.corpora import rows
from benchmarks.events import articles

__all__ = ["copied", "fold_of", "kept_out", "runs", "without_copies"]

RUN = 8  # words; the same eight are hardly written twice by chance
LIMIT = 0.1  # of a text's runs: quotations and stock phrases stay below


def kept_out(row: dict[str, Any]) -> bool:
    """Is the article one of the test set, or of the fifth of real ones on which confidence is fitted?"""
    name = str(row["id"])
    if name.startswith("d-"):
        return int(name[2:]) % 5 == 0
    return not name.startswith("s-") and int(hashlib.sha256(name.encode()).hexdigest(), 16) % 5 == 0


def fold_of(name: str, folds: int) -> int:
    """The fold of an article, by its id; independent of whether it is kept out."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) // 5 % folds


def runs(text: str) -> set[str]:
    """All runs of eight words of a text."""
    words = re.findall(r"\w+", text.lower())
    return {" ".join(words[i : i + RUN]) for i in range(len(words) - RUN + 1)}


def copied(texts: Sequence[str], others: Iterable[str]) -> list[float]:
    """For each text the share of its runs that stand in the others."""
    known: set[str] = set().union(*map(runs, others))
    return [len(found & known) / max(len(found), 1) for found in map(runs, texts)]


def without_copies(given: Sequence[dict[str, Any]], held: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows (with their ``text``) that are no copies, whole or in part, of those to be kept out."""
    shares = copied([r["text"] for r in given], (r["text"] for r in held))
    return [r for r, share in zip(given, shares, strict=True) if share <= LIMIT]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("corpus", type=Path, nargs="+")
    parser.add_argument("--news", type=Path, default=Path("..") / "shared" / "data" / "news")
    parser.add_argument("--out", type=Path)
    args = parser.parse_args()
    given = [r for p in args.corpus for r in rows(p)]
    known = [(r, a.text) for r, a in articles(given, args.news)]
    held = [(r, text) for r, text in known if kept_out(r)]
    shares = copied([text for _, text in held], (text for r, text in known if not kept_out(r)))
    for least in (LIMIT, 0.2, 0.5):
        print(f"of {len(held)} kept out, sharing more than {least:g}: {sum(s > least for s in shares)}")
    if args.out:
        args.out.mkdir(parents=True, exist_ok=True)
        clean = [r for (r, _), share in zip(held, shares, strict=True) if share <= LIMIT]
        lines = (json.dumps(r, ensure_ascii=False) + "\n" for r in clean)
        (args.out / "kept_out.jsonl").write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
