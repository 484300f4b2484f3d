"""Training all layers on events, with trees and names held where they are.

    python -m training.whole TRUNK --corpus FILE... --data DIR --out DIR [--start BRANCH] [--old TRUNK]

A branch on a trunk that stays as it is learns less (see benchmarks/LOG.md). Two things hold the trees: the
trunk's word vectors must stay near what they were (their distance is a loss), and windows of the treebanks
and the names pull them there too. Writes ``network.pt`` and ``corpus.pt``; ``training.settle`` and
``training.coder --start`` go on from them.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import torch
from torch import nn

from benchmarks.corpora import rows
from benchmarks.events import articles
from benchmarks.relation import fold_of
from communique.language.network import Network as Shipped
from communique.language.wordpiece import WordPiece
from training.apart import kept_out, without_copies
from training.branch import Branch, load_branch, save_branch
from training.coder import WEIGHTS, losses, measure
from training.encoder import half, minilm_folder
from training.eventdata import LABELS, Sample, batches, marked_pairs, samples, samples_of_each
from training.exchange import exchanged, places_of, shelf_of
from training.frozen import fill
from training.joint import Joint, apart, both
from training.network import Network, load, save
from training.train import documents
from training.windows import Window, windows
from training.windows import batches as window_batches

Step = tuple[str, Any]


def plan(
    corpora: Sequence[Sequence[Sample]],
    pairs: Sequence[Sample],
    silver: Sequence[Sample],
    others: Sequence[Window],
    epochs: int,
    chance: random.Random,
    often: int = 3,
    pair_rounds: int = 2,
) -> list[Step]:
    """The steps in order: each epoch a corpus and the silver windows once, the marked pairs ``pair_rounds``
    times, and for ``often`` batches of these one of other windows."""
    out: list[Step] = []
    for number in range(epochs):
        now: list[Step] = [("events", g) for g in batches(corpora[number % len(corpora)], 512, chance)]
        for _ in range(pair_rounds if pairs else 0):
            now += [("events", g) for g in batches(pairs, 512, chance)]
        now += [("events", g) for g in batches(silver, 1024, chance)] if silver else []
        need = len(now) // often
        drawn = chance.sample(list(others), min(len(others), need * 7))
        now += [("trunk", inputs) for inputs, _ in list(window_batches(drawn, 1024, chance))[:need]]
        chance.shuffle(now)
        out += now
    return out


def corpora_of(
    known: Sequence[dict[str, Any]], epochs: int, share: float, shipped: Shipped, seed: int
) -> list[list[Sample]]:
    """The corpus of each epoch: that ``share`` of its articles with other names, drawn anew each time."""
    plain = samples_of_each(known, shipped.folder)
    if not share:
        return [[s for one in plain for s in one]] * epochs
    places = [places_of(r, shipped) for r in known]
    shelf = shelf_of(zip(known, places, strict=True))
    chance = random.Random(seed)
    out = []
    for _ in range(epochs):
        now: list[Sample] = []
        for row, found, one in zip(known, places, plain, strict=True):
            if chance.random() < share:
                other = exchanged(row, found, shelf, chance)
                now += samples([other], shipped, shipped.wordpiece)
            else:
                now += one
        out.append(now)
    return out


def groups(model: Joint, rate: float) -> list[dict[str, Any]]:
    """Parameters by how fast they learn: the layers, the branch's heads."""

    def of(name: str) -> int:
        return int(name.startswith("branch.") and not name.startswith("branch.layers."))

    named = [(of(n), p) for n, p in model.named_parameters() if not n.startswith("network.heads.")]
    peaks = (rate, rate * 10)
    return [{"params": [p for g, p in named if g == k], "peak": peak} for k, peak in enumerate(peaks)]


def train(
    model: Joint, old: Network, steps: Sequence[Step], rate: float, held: float, seed: int
) -> Iterator[int]:
    """Learn; yields the number of each step done. The weights end as their mean over the end."""
    torch.manual_seed(seed)
    parameters = groups(model, rate)
    every = [p for g in parameters for p in g["params"]]
    optimizer = torch.optim.AdamW(parameters, lr=rate, weight_decay=0.01, fused=True)
    weights = {**WEIGHTS, "moved": held}
    mean: list[torch.Tensor] = []
    began, seen = time.time(), dict[str, list[float]]()
    model.train()
    for number, (kind, group) in enumerate(steps, start=1):
        scale = min(number / 100, max(0.01, (len(steps) - number) / len(steps)))
        for one in optimizer.param_groups:
            one["lr"] = one["peak"] * scale
        if kind == "events":
            found = losses(model, group)
            assert model.moved is not None
            found["moved"] = model.moved
            loss = torch.stack([weights[k] * v for k, v in found.items()]).sum()
        else:
            # Without dropout: the goal is a function that is known.
            model.eval()
            with torch.no_grad(), half():
                goal = old.words(group).float()
            found = {"trunk": apart(both(model.network, model.branch, group)[0], goal, group)}
            loss = 3 * held * found["trunk"]
            model.train()
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(every, 1.0)
        optimizer.step()
        if number > 0.85 * len(steps):
            # Polyak and Juditsky 1992
            if not mean:
                mean = [p.detach().clone() for p in every]
            for m, p in zip(mean, every, strict=True):
                m.lerp_(p.detach(), 12 / len(steps))
        for k, v in found.items():
            seen.setdefault(k, []).append(float(v.detach()))
        if number % 200 == 0 or number == len(steps):
            means = {k: round(sum(v) / len(v), 3) for k, v in seen.items()}
            minutes = round((time.time() - began) / 60, 1)
            print(json.dumps({"step": number, "of": len(steps), "minutes": minutes} | means), flush=True)
            seen = {}
        yield number
    with torch.no_grad():
        for m, p in zip(mean, every, strict=True):
            p.copy_(m)
    model.eval()


def write(model: Joint, out: Path) -> None:
    """The two checkpoints."""
    save(out / "network.pt", model.network, {"step": 0})
    save_branch(out / "corpus.pt", model.branch, {})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("trunk", type=Path)
    parser.add_argument("--weights", type=Path, default=Path("src/communique/language/weights"))
    parser.add_argument("--corpus", type=Path, nargs="+", required=True)
    parser.add_argument(
        "--known", type=Path, nargs="*", default=[], help="what START has learned: once in all epochs"
    )
    parser.add_argument("--news", type=Path, default=Path("..") / "shared" / "data" / "news")
    parser.add_argument("--data", type=Path, required=True, help="folder with treebank/ and entities/")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--old", type=Path, help="the trunk that is held; TRUNK itself if left out")
    parser.add_argument("--start", type=Path, help="a branch to go on from")
    parser.add_argument("--pairs", type=Path, help="marked pairs, learned beside the corpus")
    parser.add_argument("--silver", type=Path, help="what training.teacher told of unlabelled news")
    parser.add_argument("--without-fold", type=int, default=-1, help="a fifth of the pairs not to learn")
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--exchange", type=float, default=0.0, help="share of articles with other names")
    parser.add_argument("--exchange-known", type=float, default=0.7)
    parser.add_argument("--often", type=int, default=3, help="steps of events for one of trees and names")
    parser.add_argument("--pair-rounds", type=int, default=2)
    parser.add_argument("--rate", type=float, default=1e-4)
    parser.add_argument("--held", type=float, default=1.0, help="weight of the trunk's distance moved")
    parser.add_argument("--seed", type=int, default=11)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    network, old = load(args.trunk)[0], load(args.old or args.trunk)[0]
    old.eval()
    shipped = Shipped(args.weights)
    given = [r for p in args.corpus for r in rows(p)]
    known = [r | {"text": a.text} for r, a in articles(given, args.news)]
    held_out = [r for r in known if kept_out(r)]
    learned = without_copies([r for r in known if not kept_out(r)], held_out)
    corpora = corpora_of(learned, args.epochs, args.exchange, shipped, args.seed)
    before = [r | {"text": a.text} for r, a in articles((r for p in args.known for r in rows(p)), args.news)]
    before = without_copies([r for r in before if not kept_out(r)], held_out)
    random.Random(args.seed).shuffle(before)
    for k in range(args.epochs if before else 0):
        part = corpora_of(before[k :: args.epochs], 1, args.exchange_known, shipped, args.seed + k)
        corpora[k % len(corpora)] = corpora[k % len(corpora)] + part[0]
    test = list(chain.from_iterable(samples_of_each(held_out, args.weights)))
    marked = [r for r in (rows(args.pairs) if args.pairs else []) if fold_of(r) != args.without_fold]
    pairs = marked_pairs(marked, shipped, shipped.wordpiece)
    silver: list[Sample] = torch.load(args.silver, weights_only=False) if args.silver else []
    each = {id(s): s for s in (*chain.from_iterable(corpora), *pairs, *silver)}
    print(f"windows {[len(c) for c in corpora]}, pairs {len(pairs)}, test {len(test)}", flush=True)
    fill(each.values(), old, ["final"])
    branch = load_branch(args.start, network.encoder) if args.start else Branch(network.encoder, LABELS)
    model = Joint(network, branch)
    wordpiece = WordPiece.load(minilm_folder() / "vocab.txt")
    others = [w for d in documents(args.data) for w in windows(d, network, wordpiece)]
    chance = random.Random(args.seed)
    steps = plan(corpora, pairs, silver, others, args.epochs, chance, args.often, args.pair_rounds)
    if args.start:
        print("before", json.dumps(measure(model, test)), flush=True)
    for number in train(model, old, steps, args.rate, args.held, args.seed):
        if number % (len(steps) // args.epochs) == 0 and number < len(steps):
            model.eval()
            print("held out", json.dumps(measure(model, test)), flush=True)
            model.train()
            write(model, args.out)
    print("held out", json.dumps(measure(model, test)), flush=True)
    write(model, args.out)


if __name__ == "__main__":
    main()
