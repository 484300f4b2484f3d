"""Events of whole articles against annotation: by type, parties and sentence.

    python -m benchmarks.events GOLD.jsonl READINGS.jsonl
    python -m benchmarks.events GOLD.jsonl [--news DIR]     # reads the articles itself

Gold is what ``training.annotations compile`` writes; a stand-off gold names its corpus, whose texts lie in
``--news``. An event is right where one of the gold stands in its sentence with its type and a mention of its
actors and of its recipients touches what the gold names (sides may be changed where both do the same). A
gold event told again (``same``) need not be told, but may. Prints precision, recall, F1; the status of those
that are right; and the expected calibration error of the confidence, in ten bins (Naeini et al. 2015).
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from benchmarks.corpora import rows, show
from communique.article import Article
from communique.intake import parse_date, read_articles

MUTUAL = {"CONSULT", "AGREE", "COOPERATE"}
MERGED = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}
Row = dict[str, Any]


def articles(gold: Iterable[Row], news: Path) -> Iterator[tuple[Row, Article]]:
    """The gold's rows with their articles; rows whose article is not at hand are left out."""
    corpora: dict[str, dict[str, Article]] = {}
    for row in gold:
        published = parse_date(row["published"]) if row.get("published") else None
        if "text" in row:
            yield row, Article(row["text"], id=str(row["id"]), published=published)
            continue
        name = row["corpus"]
        if name not in corpora:
            path = (news if "/" not in name else news.parent) / f"{name}.jsonl.gz"
            found = read_articles([str(path)]) if path.exists() else ()
            corpora[name] = {a.id: a for a in found if isinstance(a, Article)}
        article = corpora[name].get(row["article"])
        if article and hashlib.sha256(article.text.encode()).hexdigest() == row["sha256"]:
            yield row, article


def touches(reading: Row, ids: Iterable[str], spans: list[list[int]]) -> bool:
    """Does a mention of one of the entities touch one of the spans? True where there are none."""
    if not spans:
        return True
    wanted = set(ids)
    mentions = [m for n in reading["entities"] if n["id"] in wanted for m in n["mentions"]]
    return any(m["start"] < e and m["end"] > s for m in mentions for s, e in spans)


def fits(reading: Row, event: Row, gold: Row) -> bool:
    """Same type and parties?"""
    if event["type"] != gold["type"]:
        return False
    actors, recipients = event["actors"], event["recipients"]
    if event["type"] in MUTUAL:
        actors = recipients = [*actors, *recipients]
    return touches(reading, actors, gold["actors"]) and touches(reading, recipients, gold["recipients"])


def compare(row: Row, reading: Row) -> tuple[list[tuple[Row, Row | None]], list[Row]]:
    """Each told event with its gold or None, and the gold events that were not told."""
    bounds = row["sentences"]

    def sentence(start: int) -> int | None:
        return next((i for i, (a, b) in enumerate(bounds) if a <= start < b), None)

    # Only what the annotators read is judged.
    told = [e for e in reading["events"] if sentence(e["start"]) is not None]
    free = list(row["events"])
    out: list[tuple[Row, Row | None]] = []
    for event in sorted(told, key=lambda e: -e["confidence"]):
        here = [g for g in free if g["sentence"] - 1 == sentence(event["start"]) and fits(reading, event, g)]
        gold = min(here, key=lambda g: (g["same"], abs(g["trigger"][0] - event["start"])), default=None)
        if gold is not None:
            free.remove(gold)
        out.append((event, gold))
    return out, [g for g in free if not g["same"]]


def calibration_error(found: list[tuple[float, bool]], bins: int = 10) -> float:
    """Mean distance of confidence and share of right ones, over bins of confidence, by their size."""
    total = 0.0
    for k in range(bins):
        mine = [(c, r) for c, r in found if k / bins <= c < (k + 1) / bins or (c == 1 and k == bins - 1)]
        if mine:
            total += abs(sum(c for c, _ in mine) - sum(r for _, r in mine))
    return total / max(len(found), 1)


def score(pairs: Iterable[tuple[Row, Row]]) -> dict[str, float]:
    """Figures over rows of gold and their readings."""
    told: list[tuple[Row, Row | None]] = []
    missed: list[Row] = []
    for row, reading in pairs:
        here, left = compare(row, reading)
        told += here
        missed += left
    right = [(e, g) for e, g in told if g is not None]
    once = [g for _, g in right if not g["same"]]
    precision = len(right) / max(len(told), 1)
    recall = len(once) / max(len(once) + len(missed), 1)
    out = {
        "events_told": float(len(told)),
        "events_gold": float(len(once) + len(missed)),
        "precision": precision,
        "recall": recall,
        "f1": 2 * precision * recall / max(precision + recall, 1e-9),
        "status": sum(e["status"] == g["status"] for e, g in right) / max(len(right), 1),
        "calibration_error": calibration_error([(e["confidence"], g is not None) for e, g in told]),
    }
    for kind in sorted({g["type"] for _, g in right} | {g["type"] for g in missed}):
        hit = sum(g["type"] == kind for _, g in right)
        p = hit / max(sum(e["type"] == kind for e, _ in told), 1)
        r = hit / max(hit + sum(g["type"] == kind for g in missed), 1)
        out[f"{kind} f1"] = 2 * p * r / max(p + r, 1e-9)
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description="Events against annotation.")
    parser.add_argument("gold", type=Path)
    parser.add_argument("readings", type=Path, nargs="?")
    parser.add_argument("--news", type=Path, default=Path("..") / "shared" / "data" / "news")
    args = parser.parse_args()
    gold = list(rows(args.gold))
    if args.readings:
        found = {r["article"]["id"]: r for r in rows(args.readings)}
        pairs = [(row, found[str(row["id"])]) for row in gold if str(row["id"]) in found]
    else:
        from communique.pipeline import Pipeline

        pipeline = Pipeline()
        pairs = [(r, json.loads(pipeline.read(a).to_json())) for r, a in articles(gold, args.news)]
    show("articles", len(pairs))
    for name, value in score(pairs).items():
        show(name, value)


if __name__ == "__main__":
    main()
