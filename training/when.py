"""Learn which time of a sentence an event has.

    python -m training.when runs/own.jsonl runs/trainnews.jsonl --out src/communique/coding/data/when.csv
    python -m training.when runs/own.jsonl runs/trainnews.jsonl --folds 5

The dispatches and the real articles mark the time of each event, or that the text tells none; single
sentences do not. The times to choose from are those that the package reads. The test dispatches and the
articles held out are left out. In the real articles fewer times were marked: what that adds to "none" is
learned as a weight of its own, and not kept. Folds are measured on the dispatches.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import torch

from benchmarks.corpora import rows
from benchmarks.events import articles
from communique.coding.ranking import likeliest, score
from communique.coding.when import LEAST, candidates, features, nothing
from communique.pipeline import Pipeline
from training.apart import fold_of, kept_out
from training.coreference import Example

HEADER = """\
# Weights of what speaks for a time of the sentence, or for none, as an event's. Made by training/when.py.
# Source: learned from the project's own corpus (training/corpus), without its test set.
"""
NEWS = "none in the news"
RIDGE = 0.02


def examples(given: list[dict[str, Any]], news: Path) -> Iterator[tuple[str, Example]]:
    """Each event of the corpus whose sentence has times: features of each and of none, and which is right."""
    pipeline = Pipeline()
    pipeline.steps = [s for s in pipeline.steps if type(s).__name__ in ("Sentences", "Entities", "Times")]
    for row, article in articles(given, news):
        day = date.fromisoformat(row["published"]) if row.get("published") else None
        reading = pipeline.read(article)
        assert reading.analysis is not None
        for event in row["events"]:
            at = event["trigger"][0]
            sentence = next((s for s in reading.analysis.sentences if s.start <= at < s.end), None)
            word = next((w for w in sentence.words if w.start <= at < w.end), None) if sentence else None
            if sentence is None or word is None:
                continue
            found = candidates(sentence, reading.times)
            order = sorted(found, key=lambda c: (abs(c[1].index - word.index), c[1].index))
            if not order:
                continue
            right = len(order)
            if event["time"]:
                a, b = event["time"]["span"]
                right = next((i for i, (t, _) in enumerate(order) if t.start < b and t.end > a), -1)
                if right < 0:
                    continue
            options = [
                features(sentence, word, event["status"], time, head, rank, len(order), day)
                for rank, (time, head) in enumerate(order)
            ]
            options.append(nothing(sentence, word, event["status"], len(order)))
            if "corpus" in row:
                options[-1][NEWS] = 1.0
            yield str(row["id"]), Example(options, right, 1.0)


def learn(found: list[Example], ridge: float = RIDGE, steps: int = 200) -> dict[str, float]:
    """Weights of a softmax over the options, by their log loss with a ridge (Le Cessie and van Houwelingen
    1992). A plain sum: with hidden units it knew the learned articles better and others worse."""
    counts = Counter(name for example in found for features in example.options for name in features)
    names = sorted(name for name, n in counts.items() if n >= 5)
    index = {name: i for i, name in enumerate(names)}
    widest = max(len(example.options) for example in found)
    cells: list[tuple[int, int]] = []
    values: list[float] = []
    unused = torch.full((len(found), widest), -1e9)
    for i, example in enumerate(found):
        unused[i, : len(example.options)] = 0.0
        for k, option in enumerate(example.options):
            known = [(index[name], value) for name, value in option.items() if name in index]
            cells += [(i * widest + k, at) for at, _ in known]
            values += [value for _, value in known]
    size = (len(found) * widest, len(names))
    table = torch.sparse_coo_tensor(
        torch.tensor(cells).T, torch.tensor(values), size, check_invariants=True
    ).coalesce()
    gold = torch.tensor([example.right for example in found])
    weight = torch.zeros(len(names), requires_grad=True)
    optimizer = torch.optim.LBFGS([weight], max_iter=steps, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimizer.zero_grad()
        scores = torch.sparse.mm(table, weight[:, None]).view(len(found), widest) + unused
        out = torch.nn.functional.cross_entropy(scores, gold) + ridge * weight.square().sum() / 10
        out.backward()  # type: ignore[no-untyped-call]
        return out

    optimizer.step(loss)  # type: ignore[arg-type]
    return dict(zip(names, weight.detach().tolist(), strict=True))


def measure(found: list[Example], table: dict[str, float]) -> tuple[int, int, int]:
    """Events with a time that are given it, those with one, and those told one that is not theirs."""
    hits = there = wrong = 0
    for options, right, _ in found:
        *scores, none = (score(o, table) for o in options)
        best, share = likeliest(scores, none)
        told = best if share >= LEAST else len(scores)
        there += right < len(scores)
        hits += told == right < len(scores)
        wrong += told not in (right, len(scores))
    return hits, there, wrong


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("corpus", type=Path, nargs="+")
    parser.add_argument("--news", type=Path, default=Path("..") / "shared" / "data" / "news")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--folds", type=int, default=0)
    args = parser.parse_args()
    given = [r for path in args.corpus for r in rows(path)]
    known = [r for r in given if not kept_out(r) and not str(r["id"]).startswith("s-")]
    found = list(examples(known, args.news))
    print(f"events {len(found)}, with a time {sum(e.right < len(e.options) - 1 for _, e in found)}")
    if args.folds:
        total = [0, 0, 0]
        for k in range(args.folds):
            mine = [fold_of(n, args.folds) == k for n, _ in found]
            table = learn([e for (_, e), m in zip(found, mine, strict=True) if not m])
            held = [e for (n, e), m in zip(found, mine, strict=True) if m and n.startswith("d-")]
            now = measure(held, table)
            total = [a + b for a, b in zip(total, now, strict=True)]
        hits, there, wrong = total
        print(f"found {hits / there:.3f}, precision {hits / max(hits + wrong, 1):.3f}")
    if args.out:
        table = learn([e for _, e in found])
        table.pop(NEWS, None)
        lines = [f"{name},{value:.3f}" for name, value in sorted(table.items()) if abs(value) >= 0.0005]
        args.out.write_text(HEADER + "feature,weight\n" + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
