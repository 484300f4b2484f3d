"""Training one head on a network that stays as it is: quick, and nothing else can change.

    python -m training.head CHECKPOINT --weights DIR --data DIR --out DIR [--blend OTHER]

``--blend`` first takes the mean of the checkpoint's weights and another's of the same shape (Wortsman et
al. 2022): the second stage's encoder has learned events, the first's parses better, their mean does both.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from random import Random

import torch

from communique.language.network import Network as Shipped
from communique.language.wordpiece import WordPiece
from training.encoder import minilm_folder
from training.events import marked_pairs, stories
from training.heads import HEADS
from training.heads.base import IGNORE
from training.network import load, save
from training.windows import collate, windows


def main() -> None:
    parser = argparse.ArgumentParser(description="Train the events head on a frozen network.")
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument(
        "--weights", type=Path, required=True, help="an export, which parses the event sentences"
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--blend", type=Path)
    parser.add_argument("--epochs", type=int, default=60)
    parser.add_argument("--stories", type=int, default=900)
    parser.add_argument("--seed", type=int, default=11)
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    args.out.mkdir(parents=True, exist_ok=True)
    network, _ = load(args.checkpoint)
    if args.blend:
        other = load(args.blend)[0].state_dict()
        mine = network.state_dict()
        network.load_state_dict(
            {k: (v + other[k]) / 2 if k in other and v.is_floating_point() else v for k, v in mine.items()}
        )
    shipped = Shipped(args.weights)
    wordpiece = WordPiece.load(minilm_folder() / "vocab.txt")
    pairs = marked_pairs(args.data / "events" / "plv_train.jsonl", shipped)
    told = stories(args.data / "events" / "synthetic_stories.csv", shipped, args.stories)
    vectors, targets, weights = [], [], []
    network.eval()
    with torch.no_grad():
        for documents, weight in ((pairs, 1.0), (told, 0.3)):  # what stories say of a word is a guess
            found = windows(documents, network, wordpiece)
            for at in range(0, len(found), 16):
                inputs, gold = collate(found[at : at + 16])
                known = gold["event"] != IGNORE
                vectors.append(network.words(inputs)[known])
                targets.append(gold["event"][known])
                weights.append(torch.full((int(known.sum()),), weight))
    x, y, w = torch.cat(vectors), torch.cat(targets), torch.cat(weights)
    print(f"words {len(y)}, of them telling an event {int((y != 0).sum())}")
    head = HEADS["event"](network.encoder.width, network.labels)
    optimizer = torch.optim.AdamW(head.parameters(), lr=1e-3, weight_decay=0.05)
    random = Random(args.seed)
    # A batch has as many words that tell an event as words that tell none.
    positive, negative = (y != 0).nonzero().squeeze(1).tolist(), (y == 0).nonzero().squeeze(1).tolist()
    head.train()
    for epoch in range(args.epochs):
        random.shuffle(positive)
        random.shuffle(negative)
        for group in optimizer.param_groups:
            group["lr"] = 1e-3 * (1 - epoch / args.epochs)
        for at in range(0, len(positive), 128):
            pick = torch.tensor(positive[at : at + 128] + negative[at : at + 128])
            scores = head._scores(x[pick])  # type: ignore[attr-defined]
            loss = torch.nn.functional.cross_entropy(scores, y[pick], reduction="none", label_smoothing=0.05)
            loss = (loss * w[pick]).sum() / w[pick].sum()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    print(f"last loss {loss.item():.3f}")
    network.heads["event"].load_state_dict(head.state_dict())
    save(args.out / "network.pt", network, {"step": 0})


if __name__ == "__main__":
    main()
