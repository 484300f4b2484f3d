"""The heads of trees and names once more, on shared layers that stay as they are.

    python -m training.refit NETWORK --data DIR --out NETWORK

After ``training.settle`` the trunk's word vectors are a little off what its heads were learned on. The heads
go on learning from the treebanks and the names over the vectors as they are now, which are made only once;
events and claims stand on the same layers and are not touched.
"""

from __future__ import annotations

import argparse
import random
import time
from pathlib import Path

import torch

from communique.language.wordpiece import WordPiece
from training.encoder import half, minilm_folder
from training.network import load, save
from training.train import WEIGHTS, documents
from training.windows import batches, windows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("network", type=Path)
    parser.add_argument("--data", type=Path, required=True, help="folder with treebank/ and entities/")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--mean-with", type=Path, nargs="*", default=[], help="what other runs gave")
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    chance, began = random.Random(args.seed), time.time()
    network = load(args.network)[0]
    wordpiece = WordPiece.load(minilm_folder() / "vocab.txt")
    network.eval()
    found = []
    for each in documents(args.data):
        for inputs, targets in batches(windows(each, network, wordpiece), 1024, chance):
            with torch.no_grad(), half():
                words = network.words(inputs).to(torch.bfloat16)
            found.append((inputs, targets, words))
    print(f"{len(found)} batches, {(time.time() - began) / 60:.1f} min", flush=True)
    learned = list(network.heads.parameters())
    optimizer = torch.optim.AdamW(learned, lr=args.rate, weight_decay=0.01, fused=True)
    network.heads.train()
    total = args.epochs * len(found)
    for number in range(total):
        if number % len(found) == 0:
            chance.shuffle(found)
        for one in optimizer.param_groups:
            one["lr"] = args.rate * min((number + 1) / 50, max(0.01, (total - number) / total))
        inputs, targets, words = found[number % len(found)]
        losses = network.losses(inputs, targets, words.float())
        loss = torch.stack([WEIGHTS[name] * value for name, value in losses.items()]).sum()
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(learned, 1.0)
        optimizer.step()
        if (number + 1) % len(found) == 0:
            print(f"epoch {(number + 1) // len(found)}: {(time.time() - began) / 60:.1f} min", flush=True)
    # Runs from one beginning have a mean that is better than each (Wortsman et al. 2022, model soups).
    others = [load(path)[0].heads.state_dict() for path in args.mean_with]
    with torch.no_grad():
        for name, value in network.heads.state_dict().items():
            value.copy_(sum((o[name] for o in others), value) / (1 + len(others)))
    save(args.out, network.eval(), {"step": 0})


if __name__ == "__main__":
    main()
