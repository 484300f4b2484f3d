"""Second stage: a new head learns beside the old ones, which practise on.

    python -m training.finetune CHECKPOINT --weights DIR --data DIR --out DIR [--device cpu|cuda]

``--weights`` is the export of the checkpoint, which parses the event sentences. The old heads' batches
are replayed so that nothing is unlearned.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path
from random import Random

import torch

from communique.language.network import Network as Shipped
from communique.language.wordpiece import WordPiece
from training.encoder import minilm_folder
from training.events import marked_pairs, stories
from training.heads import HEADS
from training.network import Network, load, save
from training.train import WEIGHTS, documents, optimizer_for, to
from training.windows import batches, windows


def main() -> None:
    parser = argparse.ArgumentParser(description="Teach a trained network a further head.")
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--epochs", type=int, default=8, help="passes over the marked pairs")
    parser.add_argument("--stories", type=int, default=450)
    parser.add_argument("--replay", type=int, default=260, help="batches of the old heads' data")
    parser.add_argument("--rate", type=float, default=4e-5)
    parser.add_argument("--head-rate", type=float, default=1e-3)
    parser.add_argument("--seed", type=int, default=11)
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    args.out.mkdir(parents=True, exist_ok=True)
    wordpiece = WordPiece.load(minilm_folder() / "vocab.txt")
    shipped = Shipped(args.weights)
    pairs = marked_pairs(args.data / "events" / "plv_train.jsonl", shipped)
    told = stories(args.data / "events" / "synthetic_stories.csv", shipped, args.stories)
    old, _ = load(args.checkpoint)
    rows = [s for d in pairs + told for s in d.sentences]
    network = Network(old.encoder, old.labels | HEADS["event"].inventory(rows), (*old.heads, "event"))
    network.load_state_dict(old.state_dict(), strict=False)
    network.to(args.device).train()
    trees, names = documents(args.data)
    random = Random(args.seed)
    plan = []
    for epoch in range(args.epochs):
        mine = windows(pairs, network, wordpiece) + (
            windows(told, network, wordpiece) if epoch % 4 == 0 else []
        )
        plan += list(batches(mine, 1024, random))
    tree_batches = list(batches(windows(trees, network, wordpiece), 2048, random))
    name_batches = list(batches(windows(names, network, wordpiece), 2048, random))
    plan += tree_batches[: args.replay // 2] + name_batches[: args.replay - args.replay // 2]
    random.shuffle(plan)
    optimizer = optimizer_for(network, args.rate, args.head_rate)
    for group in optimizer.param_groups:
        if any(
            p is q
            for p in group["params"]
            for n, q in network.named_parameters()
            if n.startswith("heads.") and "event" not in n
        ):
            group["peak"] = args.head_rate / 3  # the old heads are trained already
    seen: dict[str, list[float]] = {}
    began = time.time()
    for step, (inputs, targets) in enumerate(plan, start=1):
        scale = min(step / 30, max(0.02, (len(plan) - step) / len(plan)))
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
        if step % 25 == 0:
            means = {name: round(sum(v) / len(v), 3) for name, v in seen.items()}
            print(
                json.dumps(
                    {"step": step, "of": len(plan), "minutes": round((time.time() - began) / 60, 1)} | means
                ),
                flush=True,
            )
            seen = {}
    save(args.out / "network.pt", network, {"step": len(plan)})


if __name__ == "__main__":
    main()
