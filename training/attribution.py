"""Attribution: a layer over the frozen network's word vectors that finds who says what.

    python -m training.attribution train.jsonl --out claims.pt [--skip-every 10]

The word that heads a cue ("said", "according", "claim") is tagged; pairs of words of its sentence say
which words are the cue, the source and the content; a last score says of each word whether it is part of
any content, for sentences that go on with what was said before. Trained on the vectors of the shipped
8-bit network, so nothing is lost when it is exported beside it.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from benchmarks.corpora import rows
from communique.article import Article
from communique.coding.mentions import head_of
from communique.intake import read_articles
from communique.language.analyse import analyse
from communique.language.analysis import Analysis
from communique.language.network import Network as Shipped
from communique.language.quotes import find_quotes, quoted_words
from communique.language.windows import pack
from training.encoder import Layer

if TYPE_CHECKING:
    from training.graph import Graph

INPUT, WIDTH, HEADS, INNER, LAYERS, PAIR = 768, 256, 4, 512, 1, 96
PARTS = ("cue", "source", "content")
Row = dict[str, Any]


@dataclass(slots=True)
class Anchored:
    """One attribution: the word it hangs on, and its words by ``PARTS``, by number in the window."""

    word: int
    parts: tuple[tuple[int, ...], ...]


@dataclass(slots=True)
class Passage:
    """A window: vectors ``[W, 768]``, a flag a word that stands in quotation marks, sentence a word, and what
    is known of it."""

    vectors: NDArray[np.float16]
    quoted: list[int]
    sentence: list[int]
    anchors: list[Anchored] = field(default_factory=list)
    told: list[int] = field(default_factory=list)


class Attribution(nn.Module):
    """A small transformer layer over word vectors, and the heads."""

    def __init__(self) -> None:
        super().__init__()
        self.enter = nn.Linear(INPUT, WIDTH)
        self.quotes = nn.Embedding(2, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-6)
        self.layers = nn.ModuleList(Layer(WIDTH, HEADS, INNER, 0.15) for _ in range(LAYERS))
        self.drop = nn.Dropout(0.2)
        self.tags = nn.Linear(WIDTH, 2)  # heads a cue; part of a content
        self.pairs = nn.Linear(WIDTH, 2 * len(PARTS) * PAIR)  # as the cue's head, as a word of a part
        self.bias = nn.Parameter(torch.full((len(PARTS),), -2.0))

    def forward(self, batch: dict[str, Tensor]) -> dict[str, Tensor]:
        """``tags`` ``[B, W, 2]``; ``parts`` ``[B, 3, W, W]`` (row: the cue's head; column: the word)."""
        x = self.norm(self.enter(self.drop(batch["vectors"])) + self.quotes(batch["quoted"]))
        mask = (batch["sentence"] >= 0)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, mask)
        x = self.drop(x)
        b, w, _ = x.shape
        pairs = self.pairs(x).view(b, w, 2 * len(PARTS), PAIR).permute(0, 2, 1, 3)
        anchor, member = pairs[:, : len(PARTS)], pairs[:, len(PARTS) :].transpose(2, 3)
        return {
            "tags": self.tags(x),
            "parts": anchor @ member / math.sqrt(PAIR) + self.bias[:, None, None],
        }

    def export(self, graph: Graph, vectors: str, quoted: str) -> None:
        """Add the nodes; outputs 'claim' ``[1, W, 2]`` and 'claim_cue', 'claim_source', 'claim_content'."""
        from training.graph import layer_nodes

        table = graph.constant(self.quotes.weight.detach().float().numpy())
        x = graph.node("Add", [graph.linear(vectors, self.enter), graph.node("Gather", [table, quoted])])
        norm = [graph.constant(t.detach().float().numpy()) for t in (self.norm.weight, self.norm.bias)]
        x = graph.node("LayerNormalization", [x, *norm], axis=-1, epsilon=self.norm.eps)
        third = graph.constant(np.array([WIDTH] * 3, np.int64))
        for layer in self.layers:
            x = layer_nodes(graph, layer, x, third)
        graph.output("claim", graph.linear(x, self.tags), [1, "W", 2])
        cut = graph.constant(np.array([PAIR] * 2 * len(PARTS), np.int64))
        pairs = graph.node("Split", [graph.linear(x, self.pairs), cut], outputs=2 * len(PARTS), axis=-1)
        for k, part in enumerate(PARTS):
            turned = graph.node("Transpose", [pairs[len(PARTS) + k]], perm=[0, 2, 1])
            scale = graph.constant(np.array(1 / math.sqrt(PAIR), np.float32))
            scores = graph.node("MatMul", [graph.node("Mul", [pairs[k], scale]), turned])
            bias = graph.constant(self.bias[k].detach().float().numpy())
            graph.output(f"claim_{part}", graph.node("Add", [scores, bias]), [1, "W", "V"])


def passages(row: Row, article: Article, shipped: Shipped) -> Iterator[Passage]:
    """The windows of an annotated article."""
    text = article.text
    analysis = analyse(text, article.blocks, shipped, vectors=True)
    sentences = analysis.sentences
    marks = find_quotes(text, article.blocks or ((0, len(text)),))
    sizes = [sum(len(shipped.wordpiece.pieces(w.text)) for w in s.words) for s in sentences]
    gold = [_anchored(a, analysis) for a in row["attributions"]]
    contents = [tuple(s) for a in row["attributions"] for s in a["content"]]
    for group in pack(sizes):
        words = [w for k in group for w in sentences[k].words]
        offset, at = {}, 0
        for k in group:
            offset[k] = at
            at += len(sentences[k].words)
        passage = Passage(
            np.concatenate([sentences[k].scores["vectors"] for k in group]).astype(np.float16),
            quoted_words([(w.start, w.end) for w in words], marks),
            [k for k in group for _ in sentences[k].words],
            told=[int(any(w.start < b and w.end > a for a, b in contents)) for w in words],
        )
        for found in gold:
            if found is not None and found[0] in offset:
                base = offset[found[0]]
                parts = tuple(tuple(base + i for i in part) for part in found[2])
                passage.anchors.append(Anchored(base + found[1], parts))
        yield passage


def _anchored(given: Row, analysis: Analysis) -> tuple[int, int, list[list[int]]] | None:
    """Sentence, head word and the words by part of an attribution; None where it has no cue."""
    if not given["cue"] or not given["content"]:
        return None
    for k, sentence in enumerate(analysis.sentences):
        if sentence.start <= given["cue"][0][0] < sentence.end:
            parts = [
                [w.index for w in sentence.words if any(w.start < b and w.end > a for a, b in given[part])]
                for part in PARTS
            ]
            if not parts[0]:
                return None
            return k, head_of(sentence, parts[0][0], parts[0][-1]).index, parts
    return None


def load_passages(path: Path, shipped: Shipped) -> list[list[Passage]]:
    """The windows of a file's articles, by article."""
    known = {str(r["id"]): r for r in rows(path)}
    found = read_articles([str(path)])
    return [list(passages(known[a.id], a, shipped)) for a in found if isinstance(a, Article)]


def collate(group: Sequence[Passage]) -> dict[str, Tensor]:
    """Padded inputs and the targets that go word by word."""
    width = max(len(p.quoted) for p in group)
    vectors = torch.zeros(len(group), width, INPUT)
    for i, p in enumerate(group):
        vectors[i, : len(p.quoted)] = torch.from_numpy(p.vectors.astype(np.float32))

    def padded(values: Sequence[Sequence[int]], fill: int) -> Tensor:
        return torch.tensor([list(v) + [fill] * (width - len(v)) for v in values])

    tags = []
    for p in group:
        heads = {a.word for a in p.anchors}
        tags.append([int(i in heads) for i in range(len(p.quoted))])
    return {
        "vectors": vectors,
        "quoted": padded([p.quoted for p in group], 0),
        "sentence": padded([p.sentence for p in group], -1),
        "cue": padded(tags, -100),
        "told": padded([p.told for p in group], -100),
    }


def losses(model: Attribution, group: Sequence[Passage]) -> dict[str, Tensor]:
    """Cross entropies of the two tags and of the parts of each attribution."""
    batch = collate(group)
    scores = model(batch)
    out = {}
    for k, name in enumerate(("cue", "told")):
        known = batch[name] != -100
        out[name] = nn.functional.binary_cross_entropy_with_logits(
            scores["tags"][..., k][known], batch[name][known].float()
        )
    picked, gold, mask = [], [], []
    for i, p in enumerate(group):
        for a in p.anchors:
            target = torch.zeros(len(PARTS), scores["parts"].shape[-1])
            for k, part in enumerate(a.parts):
                target[k, list(part)] = 1
            picked.append(scores["parts"][i, :, a.word])
            gold.append(target)
            mask.append(batch["sentence"][i] == batch["sentence"][i, a.word])
    if picked:
        each = nn.functional.binary_cross_entropy_with_logits(
            torch.stack(picked), torch.stack(gold), reduction="none"
        )
        there = torch.stack(mask)[:, None, :]
        for k, name in enumerate(PARTS):
            out[f"part {name}"] = (each[:, k] * there[:, 0]).sum() / there.sum()
    return out


WEIGHTS = {"cue": 6.0, "told": 0.5, "part cue": 1.0, "part source": 2.0, "part content": 1.0}


def train(model: Attribution, found: Sequence[Passage], epochs: int, rate: float, seed: int) -> None:
    """Passes over the windows, the rate falling to zero."""
    chance = random.Random(seed)
    torch.manual_seed(seed)
    plan = []
    for _ in range(epochs):
        order = sorted(range(len(found)), key=lambda i: len(found[i].quoted) + chance.randint(-5, 5))
        groups = [order[at : at + 16] for at in range(0, len(order), 16)]
        chance.shuffle(groups)
        plan += groups
    optimizer = torch.optim.AdamW(model.parameters(), lr=rate, weight_decay=0.02, fused=True)
    began, seen = time.time(), dict[str, list[float]]()
    model.train()
    mean = [p.detach().clone() for p in model.parameters()]
    for number, group in enumerate(plan, start=1):
        for one in optimizer.param_groups:
            one["lr"] = rate * min(number / 200, max(0.01, (len(plan) - number) / len(plan)))
        parts = losses(model, [found[i] for i in group])
        loss = torch.stack([WEIGHTS[k] * v for k, v in parts.items()]).sum()
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        keep = min(1 - 12 / len(plan), number / (number + 10))
        for m, p in zip(mean, model.parameters(), strict=True):
            m.lerp_(p.detach(), 1 - keep)
        for k, v in parts.items():
            seen.setdefault(k, []).append(float(v.detach()))
        if number % 200 == 0 or number == len(plan):
            told = {k: round(sum(v) / len(v), 4) for k, v in seen.items()}
            minutes = round((time.time() - began) / 60, 1)
            print(json.dumps({"step": number, "of": len(plan), "minutes": minutes} | told), flush=True)
            seen = {}
    with torch.no_grad():
        for m, p in zip(mean, model.parameters(), strict=True):
            p.copy_(m)
    model.eval()


def measure(model: Attribution, found: Sequence[Passage]) -> dict[str, float]:
    """F1 of cue heads, and of the words of each part given the cue's head."""
    model.eval()
    counts = {name: [0, 0, 0] for name in ("head", "told", *PARTS)}

    def add(name: str, guess: Tensor, gold: Tensor) -> None:
        for k, n in enumerate((guess & gold, guess, gold)):
            counts[name][k] += int(n.sum())

    with torch.no_grad():
        for at in range(0, len(found), 24):
            group = found[at : at + 24]
            batch = collate(group)
            scores = model(batch)
            for k, name in enumerate(("cue", "told")):
                known = batch[name] != -100
                guess = scores["tags"][..., k][known] > 0
                add("head" if name == "cue" else name, guess, batch[name][known] > 0)
            for i, p in enumerate(group):
                for a in p.anchors:
                    here = batch["sentence"][i] == batch["sentence"][i, a.word]
                    for k, name in enumerate(PARTS):
                        gold = torch.zeros(len(here), dtype=torch.bool)
                        gold[list(a.parts[k])] = True
                        add(name, (scores["parts"][i, k, a.word] > 0) & here, gold & here)
    return {name: round(2 * hit / max(told + gold, 1), 4) for name, (hit, told, gold) in counts.items()}


def save(path: Path, model: Attribution) -> None:
    """A checkpoint."""
    torch.save(model.state_dict(), path)


def load(path: Path) -> Attribution:
    """The layer of a checkpoint."""
    model = Attribution()
    model.load_state_dict(torch.load(path, weights_only=True))
    return model.eval()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--weights", type=Path, default=Path("src/communique/language/weights"))
    parser.add_argument("--skip-every", type=int, default=0, help="keep every so manieth article out")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--start", type=Path, help="layers of other vectors, to go on from")
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--rate", type=float, default=8e-4)
    parser.add_argument("--seed", type=int, default=11)
    args = parser.parse_args()
    shipped = Shipped(args.weights)
    articles = load_passages(args.gold, shipped)
    skip = args.skip_every
    found = [p for i, article in enumerate(articles) if not skip or i % skip for p in article]
    held = [p for i, article in enumerate(articles) if skip and i % skip == 0 for p in article]
    print(f"windows {len(found)}, attributions {sum(len(p.anchors) for p in found)}", flush=True)
    torch.manual_seed(args.seed)
    model = load(args.start) if args.start else Attribution()
    train(model, found, args.epochs, args.rate, args.seed)
    save(args.out, model)
    if held:
        print("held out", json.dumps(measure(model, held)), flush=True)


if __name__ == "__main__":
    main()
