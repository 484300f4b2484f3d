"""The upper layers and the heads of trees and names, on shared layers that stay as they ship.

    python -m training.upper NETWORK --data DIR --out NETWORK [--pieces]

Each thing is learned from what the 8-bit graph computes below it, so that its rounding is learned too. With
``--pieces`` the upper layers first learn to make of words what those of NETWORK made of pieces; then they and
the heads learn from treebanks and names; then the heads alone go on, the tagger longest. Events stand on the
shared layers and on these, and are learned anew after it (``training.coder``).
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import torch
from torch import nn

from communique.language.wordpiece import WordPiece
from training.encoder import DEPTH, Encoder, half, joined, minilm_folder
from training.frozen import fill
from training.heads import HEADS
from training.joint import apart
from training.network import Network, load, save
from training.train import WEIGHTS, documents
from training.windows import Window, batches, collate, windows


def learn(
    network: Network,
    found: Sequence[Window],
    epochs: int,
    rates: Sequence[tuple[list[nn.Parameter], float]],
    seed: int,
    goal: bool = False,
) -> None:
    """Passes over the windows, each group of parameters at its rate; with ``goal`` 'final' is learned, else
    the labels, on 'final' where windows have it. The weights end as their mean over the end."""
    chance, began = random.Random(seed), time.time()
    torch.manual_seed(seed)
    kinds = [[w for w in found if ("names" in w.targets) is named] for named in (False, True)]
    plan = [b for _ in range(epochs) for k in kinds if k for b in batches(k, 1024, chance)]
    chance.shuffle(plan)
    groups = [{"params": p, "peak": rate} for p, rate in rates]
    every = [p for g in groups for p in g["params"]]
    optimizer = torch.optim.AdamW(groups, lr=1e-4, weight_decay=0.0 if goal else 0.01, fused=True)
    network.train(not goal)
    mean: list[torch.Tensor] = []
    seen: dict[str, list[float]] = {}
    for number, (inputs, targets) in enumerate(plan, start=1):
        scale = min(number / 100, max(0.01, (len(plan) - number) / len(plan)))
        for one in optimizer.param_groups:
            one["lr"] = one["peak"] * scale
        if goal:
            with half():
                words = network.words(inputs).float()
            parts = {"apart": apart(words, inputs["final"], inputs)}
            loss = parts["apart"]
        else:
            given = inputs.get("final")
            if given is None:
                with half():
                    given = network.words(inputs).float()
            parts = network.losses(inputs, targets, given)
            loss = torch.stack([WEIGHTS[k] * v for k, v in parts.items()]).sum()
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(every, 1.0)
        optimizer.step()
        if number > 0.8 * len(plan):
            # Polyak and Juditsky 1992
            if not mean:
                mean = [p.detach().clone() for p in every]
            for m, p in zip(mean, every, strict=True):
                m.lerp_(p.detach(), 12 / len(plan))
        for k, v in parts.items():
            seen.setdefault(k, []).append(float(v.detach()))
        if number % 400 == 0 or number == len(plan):
            told = {k: round(sum(v) / len(v), 4) for k, v in seen.items()}
            minutes = round((time.time() - began) / 60, 1)
            print(json.dumps({"step": number, "of": len(plan), "minutes": minutes} | told), flush=True)
            seen = {}
    with torch.no_grad():
        for m, p in zip(mean, every, strict=True):
            p.copy_(m)
    network.eval()


def begun(path: Path) -> Network:
    """A network over words from a checkpoint all of whose layers read pieces and whose word vectors were
    sums of two: what fits is taken, weights on word vectors are doubled, the rest begins anew."""
    saved = torch.load(path, weights_only=True)
    network = Network(Encoder(), saved["labels"], tuple(saved["heads"]))
    state = network.state_dict()
    for name, value in saved["state"].items():
        if name in state and all(m >= v for m, v in zip(state[name].shape, value.shape, strict=True)):
            state[name][tuple(slice(n) for n in value.shape)] = value
    for name, value in state.items():
        if name.endswith((".out.weight", ".tree.dependent.weight", ".tree.head.weight")):
            value.mul_(2)
        elif name.endswith(".tree.root"):
            value.div_(2)
    network.load_state_dict(state)
    return network


def over_pieces(found: Sequence[Window], network: Network) -> None:
    """Let 'final' be the means over pieces of what all layers make of them."""
    order = sorted(range(len(found)), key=lambda i: len(found[i].pieces))
    for at in range(0, len(order), 24):
        group = [found[i] for i in order[at : at + 24]]
        inputs, _ = collate([replace(w, final=None) for w in group])
        with torch.no_grad():
            words = joined(network.encoder(inputs["pieces"], inputs["cases"]), inputs)
        for k, window in enumerate(group):
            window.final = words[k, : len(window.first)].half().numpy().copy()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("network", type=Path)
    parser.add_argument("--data", type=Path, required=True, help="folder with treebank/ and entities/")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--pieces", action="store_true", help="all layers of NETWORK read pieces")
    parser.add_argument(
        "--epochs", type=int, nargs=4, default=(2, 2, 7, 16), help="vectors, labels, heads alone, upos alone"
    )
    parser.add_argument("--rate", type=float, default=6e-5, help="of the upper layers as they learn labels")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    network = begun(args.network) if args.pieces else load(args.network)[0]
    wordpiece = WordPiece.load(minilm_folder() / "vocab.txt")
    found = [w for each in documents(args.data) for w in windows(each, network, wordpiece)]
    fill(found, network, ["trunk"])
    upper = list(network.encoder.layers[DEPTH:].parameters())
    tree = list(network.heads["tree"].parameters())
    rest = [p for name, head in network.heads.items() if name != "tree" for p in head.parameters()]
    vectors, labels, heads, tags = args.epochs
    if args.pieces and vectors:
        over_pieces(found, network)
        learn(network, found, vectors, [(upper, 3e-4)], args.seed, goal=True)
        for window in found:
            window.final = None
    if labels:
        learn(network, found, labels, [(upper, args.rate), (tree, 8e-4), (rest, 2e-4)], args.seed + 1)
    if heads or tags:
        fill(found, network, ["final"])
    if heads:
        learn(network, found, heads, [(tree, 5e-4), (rest, 4e-4)], args.seed + 2)
    if tags:
        # Without what it has learned so far: it goes on longer than the others.
        tagger = network.heads["upos"] = HEADS["upos"](network.encoder.width, network.labels)
        trees = [w for w in found if "upos" in w.targets]
        for window in trees:
            window.targets = {"upos": window.targets["upos"]}
        learn(network, trees, tags, [(list(tagger.parameters()), 2e-3)], args.seed + 3)
    save(args.out, network, {"step": 0})


if __name__ == "__main__":
    main()
