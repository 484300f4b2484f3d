"""Attributed statements against annotation.

    python -m benchmarks.claims GOLD.jsonl

Rows are ``{id, text, attributions: [{source, cue, content}]}``, each a list of ``[start, end]``. One to
one, best first: a claim is found where half of its words and those of the gold content together are shared
(Jaccard); its source is right where the two share a word that says something. Prints precision, recall and F1
of claims, F1 with the right source, recall of those without quotation marks, and F1 of words by part.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from benchmarks.corpora import rows, show
from communique.article import Article
from communique.intake import read_articles
from communique.pipeline import Pipeline
from communique.reading import Reading

PARTS = ("source", "cue", "content")
_EMPTY = (
    "a, an, the, of, to, in, on, at, by, for, with, from, and, or, but, who, which, that, this, those, his, "
    "her, its"
)
EMPTY = frozenset(_EMPTY.split(", "))
WORD = re.compile(r"\w+")
QUOTES = re.compile('["“”«»]')
Parts = dict[str, set[int]]


def covered(spans: Iterable[Any], starts: list[tuple[int, int]]) -> set[int]:
    """Numbers of the words that spans touch."""
    return {i for a, b in spans for i, (s, e) in enumerate(starts) if s < b and e > a}


def f1(hit: int, told: int, gold: int) -> float:
    return 2 * hit / max(told + gold, 1)


def measure(path: Path) -> dict[str, float]:
    """The figures of a file."""
    pipeline = Pipeline()
    known = {str(r["id"]): r for r in rows(path)}
    total = dict.fromkeys(("told", "gold", "hit", "source", "plain", "plain_hit"), 0)
    words = {p: [0, 0, 0] for p in PARTS}
    for article in read_articles([str(path)]):
        if not isinstance(article, Article):
            continue
        _add(known[article.id], pipeline.read(article), total, words)
    out = {
        "precision": total["hit"] / max(total["told"], 1),
        "recall": total["hit"] / max(total["gold"], 1),
        "f1": f1(total["hit"], total["told"], total["gold"]),
        "with_source_f1": f1(total["source"], total["told"], total["gold"]),
        "indirect_recall": total["plain_hit"] / max(total["plain"], 1),
    }
    return out | {f"{p}_words_f1": f1(*words[p]) for p in PARTS}


def _add(row: dict[str, Any], reading: Reading, total: dict[str, int], words: dict[str, list[int]]) -> None:
    text = row["text"]
    places = [(m.start(), m.end()) for m in WORD.finditer(text)]
    gold: list[Parts] = [{p: covered(a.get(p) or [], places) for p in PARTS} for a in row["attributions"]]
    told: list[Parts] = [
        {
            "source": covered(c.source.spans, places),
            "cue": covered(c.cue, places),
            "content": covered(c.content, places),
        }
        for c in reading.claims
    ]
    for p in PARTS:
        a, b = set().union(*(x[p] for x in told)), set().union(*(x[p] for x in gold))
        for k, n in enumerate((len(a & b), len(a), len(b))):
            words[p][k] += n
    plain = [not any(QUOTES.search(text[s:e]) for s, e in a["content"]) for a in row["attributions"]]
    found = [i for i, g in enumerate(gold) if g["content"]]
    total["gold"] += len(found)
    total["plain"] += sum(plain[i] for i in found)
    total["told"] += sum(bool(t["content"]) for t in told)
    pairs = []
    for i in found:
        for j, t in enumerate(told):
            shared = len(gold[i]["content"] & t["content"])
            share = shared / max(len(gold[i]["content"] | t["content"]), 1)
            if share >= 0.5:
                pairs.append((-share, i, j))
    used: tuple[set[int], set[int]] = (set(), set())
    for _, i, j in sorted(pairs):
        if i in used[0] or j in used[1]:
            continue
        used[0].add(i)
        used[1].add(j)
        total["hit"] += 1
        total["plain_hit"] += plain[i]
        shared_words = gold[i]["source"] & told[j]["source"]
        total["source"] += any(text[slice(*places[k])].lower() not in EMPTY for k in shared_words)


def main() -> None:
    parser = argparse.ArgumentParser(description="Attributed statements against annotation.")
    parser.add_argument("gold", type=Path)
    args = parser.parse_args()
    for name, value in measure(args.gold).items():
        show(name, value)


if __name__ == "__main__":
    main()
