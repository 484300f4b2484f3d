"""Training the network.

    python -m training.train --data DIR --out DIR [--device cpu|cuda] [--epochs N] [--resume]

``DIR`` holds ``treebank/`` and ``entities/`` as described in README.md. A checkpoint is written after
every epoch and every ``--save-minutes``; ``--resume`` goes on from the last one.
"""

from __future__ import annotations

import argparse
import json
import time
from itertools import chain
from pathlib import Path
from random import Random
from typing import Any

import torch
from torch import Tensor

from communique.language.wordpiece import WordPiece
from training.corpora import Document, read_conllu, read_names
from training.encoder import minilm_folder, pretrained
from training.heads import HEADS
from training.network import Network, load, save
from training.windows import Window, batches, windows

WEIGHTS = {"upos": 0.5, "xpos": 0.3, "lemma": 0.3, "tree": 1.0, "names": 1.0}


def documents(data: Path) -> tuple[list[Document], list[Document]]:
    """The training documents: treebanks, names."""
    trees = [d for name in ("ewt", "gum") for d in read_conllu(data / "treebank" / f"{name}_train.conllu")]
    return trees, read_names(data / "entities" / "train.jsonl")


def fresh(trees: list[Document], names: list[Document]) -> Network:
    """An untrained network with the label sets of the data."""
    labels: dict[str, list[str]] = {}
    for head in HEADS.values():
        rows = [
            s
            for s in chain.from_iterable(d.sentences for d in chain(trees, names))
            if set(head.needs) <= set(s.labels)
        ]
        labels |= head.inventory(rows)
    return Network(pretrained(), labels)


def optimizer_for(network: Network, rate: float, head_rate: float) -> torch.optim.Optimizer:
    """AdamW, slower for the pretrained encoder than for the new heads; no decay on vectors."""
    groups: list[dict[str, Any]] = []
    for prefix, lr in (("encoder.", rate), ("heads.", head_rate)):
        mine = [(n, p) for n, p in network.named_parameters() if n.startswith(prefix)]
        new = [p for n, p in mine if n == "encoder.cases.weight"]
        groups.append(
            {
                "params": [p for n, p in mine if p.dim() > 1 and p is not (new[0] if new else None)],
                "lr": lr,
                "weight_decay": 0.01,
            }
        )
        groups.append({"params": [p for n, p in mine if p.dim() == 1], "lr": lr, "weight_decay": 0.0})
        if new:
            groups.append({"params": new, "lr": head_rate, "weight_decay": 0.0})
    for group in groups:
        group["peak"] = group["lr"]
    return torch.optim.AdamW(groups, betas=(0.9, 0.98), eps=1e-8, fused=True)


def to(device: str, tensors: dict[str, Tensor]) -> dict[str, Tensor]:
    return {k: v.to(device, non_blocking=True) for k, v in tensors.items()}


def epoch_of(
    trees: list[Window], names: list[Window], epoch: int, share: float, size: int, seed: int
) -> list[Any]:
    """The batches of one epoch: every tree window, and a share of the name windows that goes round."""
    random = Random(seed * 1000 + epoch)
    order = list(range(len(names)))
    Random(seed).shuffle(order)
    take = int(len(order) * share)
    begin = epoch * take % max(len(order), 1)
    mine = [names[i] for i in (order + order)[begin : begin + take]]
    out = list(batches(trees, size, random)) + list(batches(mine, size, random))
    random.shuffle(out)
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--names-share", type=float, default=0.5)
    parser.add_argument("--batch", type=int, default=2048, help="word pieces in a batch")
    parser.add_argument("--rate", type=float, default=1.2e-4)
    parser.add_argument("--head-rate", type=float, default=1.5e-3)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--threads", type=int, default=0)
    parser.add_argument("--resume", action="store_true")
    parser.add_argument("--save-minutes", type=float, default=6)
    parser.add_argument("--limit", type=int, default=0, help="only so many windows, for a trial")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    if args.threads:
        torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)

    wordpiece = WordPiece.load(minilm_folder() / "vocab.txt")
    trees, names = documents(args.data)
    last = args.out / "last.pt"
    done = 0
    if args.resume and last.exists():
        network, saved = load(last)
        done = saved["step"]
    else:
        network, saved = fresh(trees, names), {}
    tree_windows, name_windows = (windows(d, network, wordpiece) for d in (trees, names))
    if args.limit:
        tree_windows, name_windows = tree_windows[: args.limit], name_windows[: args.limit]
    print(f"{len(tree_windows)} tree windows, {len(name_windows)} name windows", flush=True)
    network.to(args.device)
    optimizer = optimizer_for(network, args.rate, args.head_rate)
    if saved:
        optimizer.load_state_dict(saved["optimizer"])
    sizes = [
        len(epoch_of(tree_windows, name_windows, e, args.names_share, args.batch, args.seed))
        for e in range(args.epochs)
    ]
    total, warm = sum(sizes), max(1, sum(sizes) // 12)
    step, began, saved_at = 0, time.time(), time.time()
    seen: dict[str, list[float]] = {}
    network.train()
    for epoch in range(args.epochs):
        if step + sizes[epoch] <= done:
            step += sizes[epoch]
            continue
        for inputs, targets in epoch_of(
            tree_windows, name_windows, epoch, args.names_share, args.batch, args.seed
        ):
            step += 1
            if step <= done:
                continue
            # Warm-up, then a straight line down to a small remainder.
            scale = step / warm if step < warm else max(0.02, (total - step) / (total - warm))
            for group in optimizer.param_groups:
                group["lr"] = group["peak"] * scale
            losses = network.losses(to(args.device, inputs), to(args.device, targets))
            loss = torch.stack([WEIGHTS.get(name, 1.0) * value for name, value in losses.items()]).sum()
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            for name, value in losses.items():
                seen.setdefault(name, []).append(float(value.detach()))
            if step % 50 == 0:
                means = {name: round(sum(v) / len(v), 3) for name, v in seen.items()}
                rate = (step - done) / (time.time() - began)
                print(
                    json.dumps(
                        {"step": step, "of": total, "left_min": round((total - step) / rate / 60, 1)} | means
                    ),
                    flush=True,
                )
                seen = {}
            if time.time() - saved_at > args.save_minutes * 60:
                save(last, network, {"step": step, "optimizer": optimizer.state_dict()})
                saved_at = time.time()
        save(last, network, {"step": step, "optimizer": optimizer.state_dict()})
        save(args.out / "network.pt", network, {"step": step})
        print(f"epoch {epoch + 1} of {args.epochs}: {(time.time() - began) / 60:.1f} min", flush=True)


if __name__ == "__main__":
    main()
