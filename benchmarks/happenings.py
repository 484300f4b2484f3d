"""Happenings across articles: which articles have the same main one, and which events are one.

    python -m benchmarks.happenings GOLD READINGS [--choose] [--splits N]

GOLD is a JSONL file of articles with ``id`` and ``cluster`` (``clusters.jsonl``), READINGS what
``communique read GOLD --format jsonl`` gives. All articles are grouped together; then pairs of articles are
counted: right where both files have them in one group. ``--choose`` picks the numbers by one half of the
clusters alone: the best F1; of settings that are as good, the middle of the longest run of thresholds.
``--splits`` does so for N other splits and tells what their other halves give: one split of 46 clusters says
little. Of events there is no gold: printed is how many of the joined pairs stand in articles of one cluster,
which a wrong pair seldom does.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterable
from itertools import combinations, groupby, product
from pathlib import Path
from statistics import mean

from benchmarks.corpora import lines, rows, show
from communique.analysis.happenings import happenings
from communique.analysis.rules import rules
from communique.analysis.stories import Stories
from communique.analysis.tellings import leads_of
from communique.reading import Reading

SEED = 7
JOINED = (0.06, 0.07, 0.08, 0.09, 0.1, 0.12)

Setting = tuple[float, float, float, float]  # words, title, day_decay, joined


def halves(clusters: Iterable[str], seed: int) -> tuple[set[str], set[str]]:
    """Two halves of the clusters, the same every time."""
    names = sorted(set(clusters))
    random.Random(seed).shuffle(names)
    middle = len(names) // 2
    return set(names[:middle]), set(names[middle:])


def scores(groups: list[list[int]], gold: list[str], among: set[str]) -> tuple[float, float, float]:
    """Precision, recall and F1 of pairs of articles, of those clusters only."""
    found = {i: n for n, group in enumerate(groups) for i in group}
    right = said = wanted = 0
    for i, j in combinations([i for i, cluster in enumerate(gold) if cluster in among], 2):
        together, same = found[i] == found[j], gold[i] == gold[j]
        right += together and same
        said += together
        wanted += same
    precision, recall = right / max(1, said), right / max(1, wanted)
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def tell(name: str, measured: tuple[float, float, float]) -> None:
    for what, value in zip(("precision", "recall", "F1"), measured, strict=True):
        show(f"{name} {what}", value)


def settings(readings: list[Reading]) -> dict[Setting, list[list[int]]]:
    """The groups that each setting of the grid gives."""
    rule, found = rules().stories, {}
    for words, title in product((100, 200, 300), (1, 2)):
        rule.update(words=words, title=title)
        beginnings = Stories(leads_of(readings))
        for decay, joined in product((0.0, 0.05, 0.1, 0.15), JOINED):
            rule.update(day_decay=decay, joined=joined)
            found[words, title, decay, joined] = beginnings.groups()
    return found


def picked(found: dict[Setting, list[list[int]]], gold: list[str], half: set[str]) -> Setting:
    """The setting that one half of the clusters picks."""
    f1 = {setting: round(scores(groups, gold, half)[2], 6) for setting, groups in found.items()}
    best, runs = max(f1.values()), []
    for base in sorted({setting[:3] for setting in found}):
        for good, run in groupby(JOINED, key=lambda j: f1[(*base, j)] == best):
            if good:
                runs.append((base, list(run)))
    base, run = max(runs, key=lambda r: len(r[1]))
    return (*base, run[(len(run) - 1) // 2])


def choose(readings: list[Reading], gold: list[str], splits: int) -> None:
    """What the half to choose picks, and what the picks of other splits give on their other halves."""
    found = settings(readings)
    chosen, _ = halves(gold, SEED)
    print("picked: words {} title {} day_decay {} joined {}".format(*picked(found, gold, chosen)))
    measured = []
    for seed in range(100, 100 + splits):
        one, other = halves(gold, seed)
        measured.append(scores(found[picked(found, gold, one)], gold, other))
    for what, values in zip(("precision", "recall", "F1"), zip(*measured, strict=True), strict=False):
        show(f"{splits} splits, mean {what}", mean(values))
        show(f"{splits} splits, least {what}", min(values))
    show(f"{splits} splits, of F1 .80 or more", sum(f1 >= 0.8 for _, _, f1 in measured))


def main() -> None:
    parser = argparse.ArgumentParser(description="Happenings across articles.")
    parser.add_argument("gold", type=Path)
    parser.add_argument("readings", type=Path)
    parser.add_argument("--choose", action="store_true", help="pick the numbers by one half")
    parser.add_argument("--splits", type=int, default=0, help="other splits to pick and to tell by")
    args = parser.parse_args()
    cluster_of = {row["id"]: row["cluster"] for row in rows(args.gold)}
    readings = [Reading.from_json(line) for line in lines(args.readings) if line.strip()]
    gold = [cluster_of[r.article.id] for r in readings]
    chosen, told = halves(gold, SEED)
    show("articles", len(readings))
    show("clusters", len(set(gold)))
    if args.choose or args.splits:
        choose(readings, gold, args.splits)
        return
    groups = Stories(leads_of(readings)).groups()
    tell("half to choose", scores(groups, gold, chosen))
    tell("other half", scores(groups, gold, told))
    tell("all", scores(groups, gold, chosen | told))
    found = happenings(readings)
    show("happenings told twice or more", len(found))
    show("of them told by several articles", sum(h.articles > 1 for h in found))
    pairs = [
        (gold[a.article - 1], gold[b.article - 1])
        for h in found
        for a, b in combinations(h.tellings, 2)
        if a.article != b.article
    ]
    show("pairs of events of different articles", len(pairs))
    show("of them in one cluster", sum(a == b for a, b in pairs) / max(1, len(pairs)))


if __name__ == "__main__":
    main()
