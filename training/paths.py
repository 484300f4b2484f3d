"""How often the tree's paths from an event's word lead to its actors and recipients, in the corpus.

python -m training.paths CORPUS.jsonl… --news DIR --out src/communique/coding/data/party_paths.csv

The test dispatches and the real articles that are kept apart are not counted.
"""

from __future__ import annotations

import argparse
import csv
import math
from collections import Counter
from pathlib import Path

from benchmarks.corpora import rows
from benchmarks.events import articles
from communique.coding.paths import paths_from
from communique.language.analyse import parse, shared_network
from communique.language.words import split_words
from training.apart import kept_out
from training.eventdata import head_word

FEWEST = 5  # tellings in which a path must have occurred


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("corpus", type=Path, nargs="+")
    parser.add_argument("--news", type=Path, default=Path("..") / "shared" / "data" / "news")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    seen: Counter[tuple[str, str]] = Counter()
    hit: Counter[tuple[str, str, str]] = Counter()
    counted = [r for p in args.corpus for r in rows(p) if not kept_out(r)]
    for row, article in articles(counted, args.news):
        words = [w for a, b in row["sentences"] if (w := split_words(article.text, a, b))]
        analysis = parse(article.text, words, shared_network())
        triggers = {e["trigger"][0]: e for e in row["events"]}
        for k, sentence in enumerate(analysis.sentences):
            for word in sentence.words:
                event = triggers.get(word.start)
                if event is None:
                    continue
                tag = "verb" if word.upos == "VERB" else "noun"
                heads = {
                    role: {head_word(analysis, k, span) for span in event[key]}
                    for role, key in (("actor", "actors"), ("recipient", "recipients"))
                }
                for index, path in paths_from(sentence, word).items():
                    if sentence.words[index].upos in ("PUNCT", "ADP", "AUX", "CCONJ", "SCONJ", "PART"):
                        continue
                    for key in (path, ""):
                        seen[tag, key] += 1
                        for role, found in heads.items():
                            hit[role, tag, key] += index in found
    with args.out.open("w", encoding="utf-8", newline="") as out:
        out.write("# Log odds that the tree's path from an event's word leads to its actor or recipient,\n")
        out.write("# counted in the corpus by training/paths.py: role,verb or noun,path,log odds.\n")
        table = csv.writer(out, lineterminator="\n")
        for (tag, path), n in sorted(seen.items()):
            if n >= FEWEST:
                for role in ("actor", "recipient"):
                    p = (hit[role, tag, path] + 0.05) / (n + 1)
                    table.writerow([role, tag, path, f"{math.log(p / (1 - p)):.2f}"])


if __name__ == "__main__":
    main()
