"""After all layers have learned events: shared layers that serve the trees of before and the events of now.

    python -m training.settle FOLDER --old TRUNK --corpus FILE... --data DIR --out FOLDER

``FOLDER`` is what ``training.whole`` wrote. Two functions are known: the old trunk's word vectors, on which
trees and names stood, and the new branch's. All layers learn to give both at once (without dropout, since the
goals are functions, not labels that may be learned by heart); the heads stay the old trunk's and the new
branch's own.
"""

from __future__ import annotations

import argparse
import copy
import json
import random
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from torch import nn

from benchmarks.corpora import rows
from benchmarks.events import articles
from communique.language.network import Network as Shipped
from communique.language.wordpiece import WordPiece
from training.apart import kept_out, without_copies
from training.branch import Branch, load_branch, save_branch
from training.encoder import half, minilm_folder
from training.eventdata import batches as event_batches
from training.eventdata import collate, plain_windows
from training.joint import Batch, apart, both
from training.network import Network, load, save
from training.train import documents
from training.windows import batches, windows


def settle(
    network: Network, branch: Branch, old: Network, found: Sequence[Batch], rate: float, weight: float
) -> None:
    """Learn; ``weight`` is the trunk's against the branch's."""
    before = copy.deepcopy(network), copy.deepcopy(branch)
    network.heads.load_state_dict(old.heads.state_dict())
    for module in (network, branch, old, *before):
        module.eval()
    learned = [*network.encoder.layers.parameters(), *branch.layers.parameters()]
    optimizer = torch.optim.AdamW(learned, lr=rate, weight_decay=0.0, fused=True)
    began, seen = time.time(), list[tuple[float, float]]()
    for number, batch in enumerate(found, start=1):
        for one in optimizer.param_groups:
            one["lr"] = rate * min(number / 50, max(0.01, (len(found) - number) / len(found)))
        with torch.no_grad():
            with half():
                trees = old.words(batch).float()
            events = both(*before, batch)[1]
        trunk, own = both(network, branch, batch)
        parts = apart(trunk, trees, batch), apart(own, events, batch)
        optimizer.zero_grad(set_to_none=True)
        (weight * parts[0] + parts[1]).backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(learned, 1.0)
        optimizer.step()
        seen.append((float(parts[0].detach()), float(parts[1].detach())))
        if number % 100 == 0 or number == len(found):
            told: dict[str, float] = {
                "step": number,
                "of": len(found),
                "minutes": round((time.time() - began) / 60, 1),
            }
            for k, name in enumerate(("trunk", "branch")):
                told[name] = round(sum(parts[k] for parts in seen) / len(seen), 4)
            print(json.dumps(told), flush=True)
            seen = []


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--old", type=Path, required=True, help="the trunk from before")
    parser.add_argument("--weights", type=Path, default=Path("src/communique/language/weights"))
    parser.add_argument("--corpus", type=Path, nargs="+", required=True)
    parser.add_argument("--news", type=Path, default=Path("..") / "shared" / "data" / "news")
    parser.add_argument("--data", type=Path, required=True, help="folder with treebank/ and entities/")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--rate", type=float, default=1e-4)
    parser.add_argument("--weight", type=float, default=2.0, help="of the trunk against the branch")
    parser.add_argument("--share", type=float, default=1.0, help="of the windows")
    parser.add_argument("--seed", type=int, default=11)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    chance = random.Random(args.seed)
    network, old = load(args.folder / "network.pt")[0], load(args.old)[0]
    branch = load_branch(args.folder / "corpus.pt", network.encoder)
    shipped = Shipped(args.weights)
    given = [r for p in args.corpus for r in rows(p)]
    known = [r | {"text": a.text} for r, a in articles(given, args.news)]
    known = without_copies([r for r in known if not kept_out(r)], [r for r in known if kept_out(r)])
    corpus = [w for r in known for w in plain_windows(r, shipped.wordpiece)]
    wordpiece = WordPiece.load(minilm_folder() / "vocab.txt")
    found: list[Any] = [collate(g)[0] for g in event_batches(corpus, 1024, chance)]
    for each in documents(args.data):
        found += [b for b, _ in batches(windows(each, network, wordpiece), 1024, chance)]
    chance.shuffle(found)
    torch.manual_seed(args.seed)
    settle(network, branch, old, found[: int(args.share * len(found))], args.rate, args.weight)
    save(args.out / "network.pt", network, {"step": 0})
    save_branch(args.out / "corpus.pt", branch, {})


if __name__ == "__main__":
    main()
