"""A larger network that learns events from the corpus, and tells the student what it sees in unlabelled news.

    python -m training.teacher MPNET --corpus FILE... --pairs plv_train.jsonl --news DIR --out DIR

``MPNET`` is the folder with ``model.safetensors`` of all-mpnet-base-v2 (Song et al. 2020, Apache-2.0). Writes
``teacher.pt`` and, with ``--silver FILE``, what the teacher makes of windows of news nobody annotated, from
which ``training.whole --silver`` learns: the student sees how sure the teacher is of each type, status and
party (Hinton et al. 2015).
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from benchmarks.corpora import rows
from benchmarks.events import articles
from benchmarks.relation import agreement, fold_of
from communique.language.network import Network as Shipped
from communique.language.sentences import split_sentences
from communique.language.wordpiece import CASES
from communique.language.words import split_words
from training.apart import kept_out, without_copies
from training.branch import EventHeads
from training.coder import WEIGHTS, losses, measure, relation
from training.corpora import read_texts
from training.encoder import Layer, half, joined
from training.eventdata import LABELS, Sample, batches, collate, marked_pairs, samples, windows_of

WIDTH, LAYERS, HEADS, INNER, PIECES = 768, 12, 12, 3072, 30527
CLS, SEP, PAD, SHIFT = 0, 2, 1, 4  # MPNet's own; every other piece is BERT's number + 4
BUCKETS, FAR = 32, 128


def distances(length: int) -> Tensor:
    """Bucket of the distance of every two positions ``[T, T]``, as T5 and MPNet count them."""
    at = torch.arange(length)
    far = at[:, None] - at[None, :]
    half_, exact = BUCKETS // 2, BUCKETS // 4
    size = far.abs()
    large = exact + (
        torch.log(size.clamp(min=1).float() / exact) / torch.log(torch.tensor(FAR / exact)) * (half_ - exact)
    ).long().clamp(max=half_ - exact - 1)
    return (far < 0).long() * half_ + torch.where(size < exact, size, large.clamp(max=half_ - 1))


class Teacher(EventHeads):
    """MPNet and the heads of events; looks like a branch to the trainer.

    Args:
        labels: as ``EventHeads`` has them.
        dropout: of the layers.
    """

    def __init__(self, labels: dict[str, list[str]], dropout: float = 0.1) -> None:
        super().__init__(WIDTH, labels)
        self.pieces = nn.Embedding(PIECES, WIDTH)
        self.positions = nn.Embedding(514, WIDTH)
        self.cases = nn.Embedding(len(CASES), WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-5)
        self.noise = nn.Dropout(dropout)
        self.nearness = nn.Embedding(BUCKETS, HEADS)
        self.layers = nn.ModuleList(Layer(WIDTH, HEADS, INNER, dropout) for _ in range(LAYERS))
        for layer in self.layers:
            layer.norm1.eps = layer.norm2.eps = 1e-5  # type: ignore[union-attr,assignment]
        nn.init.zeros_(self.cases.weight)

    def words(self, batch: dict[str, Tensor]) -> Tensor:
        """Word vectors ``[B, W, D]``."""
        given = batch["pieces"]
        ids = given + SHIFT
        for ours, theirs in ((101, CLS), (102, SEP), (0, PAD)):
            ids = ids.masked_fill(given == ours, theirs)
        x = self.pieces(ids) + self.positions.weight[2 : 2 + ids.shape[1]] + self.cases(batch["cases"])
        x = self.noise(self.norm(x))
        bias = self.nearness(distances(ids.shape[1])).permute(2, 0, 1)[None]
        mask = bias.masked_fill((given == 0)[:, None, None, :], -1e4)
        with half():
            mask = mask.expand(len(ids), -1, -1, -1).bfloat16()
            for layer in self.layers:
                x = layer(x, mask)
        return joined(x.float(), batch)


def pretrained(folder: Path) -> Teacher:
    """The teacher with MPNet's published weights; heads are new."""
    from safetensors.torch import load_file

    given = load_file(folder / "model.safetensors")
    given = {k.removeprefix("mpnet."): v for k, v in given.items()}
    teacher = Teacher(LABELS)
    state = teacher.state_dict()
    state["pieces.weight"] = given["embeddings.word_embeddings.weight"]
    state["positions.weight"] = given["embeddings.position_embeddings.weight"]
    state["nearness.weight"] = given["encoder.relative_attention_bias.weight"]
    parts = {
        "mix": "attention.attn.o",
        "norm1": "attention.LayerNorm",
        "up": "intermediate.dense",
        "down": "output.dense",
        "norm2": "output.LayerNorm",
    }
    for kind in ("weight", "bias"):
        state[f"norm.{kind}"] = given[f"embeddings.LayerNorm.{kind}"]
        for i in range(LAYERS):
            source = f"encoder.layer.{i}"
            qkv = [given[f"{source}.attention.attn.{part}.{kind}"] for part in "qkv"]
            state[f"layers.{i}.qkv.{kind}"] = torch.cat(qkv)
            for ours, theirs in parts.items():
                state[f"layers.{i}.{ours}.{kind}"] = given[f"{source}.{theirs}.{kind}"]
    teacher.load_state_dict(state)
    for frozen in (teacher.pieces, teacher.positions, teacher.nearness):
        frozen.requires_grad_(False)
    return teacher


def learn(
    teacher: Teacher, corpus: Sequence[Sample], pairs: Sequence[Sample], epochs: int, rate: float, seed: int
) -> Any:
    """Passes over corpus and pairs; yields after each. The weights end as their mean over the end."""
    chance = random.Random(seed)
    torch.manual_seed(seed)
    plan: list[list[Sample]] = []
    for _ in range(epochs):
        now = [*batches(corpus, 1024, chance), *batches(pairs, 1024, chance)]
        chance.shuffle(now)
        plan += now
    named = [(n, p) for n, p in teacher.named_parameters() if p.requires_grad]
    body = [p for n, p in named if n.startswith(("layers.", "norm."))]
    heads = [p for n, p in named if not n.startswith(("layers.", "norm."))]
    parameters = [{"params": body, "peak": rate}, {"params": heads, "peak": rate * 10}]
    every = body + heads
    optimizer = torch.optim.AdamW(parameters, lr=rate, weight_decay=0.01, fused=True)
    mean: list[Tensor] = []
    began, seen = time.time(), dict[str, list[float]]()
    teacher.train()
    for step, group in enumerate(plan, start=1):
        scale = min(step / 100, max(0.01, (len(plan) - step) / len(plan)))
        for one in optimizer.param_groups:
            one["lr"] = one["peak"] * scale
        found = losses(teacher, group)  # type: ignore[arg-type]
        loss = torch.stack([WEIGHTS[k] * v for k, v in found.items()]).sum()
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(every, 1.0)
        optimizer.step()
        if step > 0.85 * len(plan):
            # Polyak and Juditsky 1992
            if not mean:
                mean = [p.detach().clone() for p in every]
            for m, p in zip(mean, every, strict=True):
                m.lerp_(p.detach(), 12 / len(plan))
        for k, v in found.items():
            seen.setdefault(k, []).append(float(v.detach()))
        if step % 50 == 0 or step == len(plan):
            means = {k: round(sum(v) / len(v), 3) for k, v in seen.items()}
            minutes = round((time.time() - began) / 60, 1)
            print(json.dumps({"step": step, "of": len(plan), "minutes": minutes} | means), flush=True)
            seen = {}
        if step % (len(plan) // epochs) == 0 and step < len(plan):
            yield step
            teacher.train()
    with torch.no_grad():
        for m, p in zip(mean, every, strict=True):
            p.copy_(m)
    teacher.eval()


def plain(paths: Sequence[Path], known: set[str], shipped: Shipped) -> list[Sample]:
    """Windows of whole articles of which nothing is known, without those whose text is in ``known``."""
    out = []
    for name, text in (found for path in paths for found in read_texts(path)):
        if not text or text in known:
            continue
        words = [w for a, b in split_sentences(text) if (w := split_words(text, a, b))]
        for _, sample in windows_of(text, words, shipped.wordpiece, name, 128):
            sample.event = [-100] * len(sample.first)
            sample.status = sample.historical = list(sample.event)
            out.append(sample)
    return out


def tell(teacher: Teacher, found: Sequence[Sample], floor: float = 0.03) -> None:
    """Fill in what the teacher makes of windows; words less likely than ``floor`` have their type alone."""
    teacher.eval()
    began, done = time.time(), 0
    with torch.no_grad():
        for group in batches(found, 3000, random.Random(0)):
            inputs, _ = collate(group)
            scores = teacher(teacher.words(inputs))
            event = scores["event"].log_softmax(-1)
            for i, sample in enumerate(group):
                w = len(sample.first)
                mine = event[i, :w]
                at = (mine[:, 0].exp() < 1 - floor).nonzero().flatten()
                sample.told = {
                    "event": mine.half(),
                    "at": at,
                    "status": scores["status"][i, at].half(),
                    "roles": scores["roles"][i, :, at, :w].transpose(0, 1).half(),
                }
            done += len(group)
            if done // 1000 != (done - len(group)) // 1000:
                print(f"{done} of {len(found)}, {(time.time() - began) / 60:.1f} min", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("mpnet", type=Path, help="folder of MPNet, or a teacher.pt to go on from")
    parser.add_argument("--weights", type=Path, default=Path("src/communique/language/weights"))
    parser.add_argument("--corpus", type=Path, nargs="+", required=True)
    parser.add_argument("--pairs", type=Path)
    parser.add_argument("--without-fold", type=int, default=-1, help="a fifth of the pairs not to learn")
    parser.add_argument("--news", type=Path, default=Path("..") / "shared" / "data" / "news")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=5, help="0 to tell only")
    parser.add_argument("--rate", type=float, default=4e-5)
    parser.add_argument("--silver", type=Path, help="write what the teacher makes of unlabelled news there")
    parser.add_argument("--unlabelled", type=Path, nargs="*", default=[])
    parser.add_argument("--most", type=int, default=6000, help="windows told of, drawn at random")
    parser.add_argument("--seed", type=int, default=11)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    shipped = Shipped(args.weights)
    given = [r for p in args.corpus for r in rows(p)]
    known = [r | {"text": a.text} for r, a in articles(given, args.news)]
    if args.mpnet.is_dir():
        teacher = pretrained(args.mpnet)
    else:
        teacher = Teacher(LABELS)
        teacher.load_state_dict(torch.load(args.mpnet, weights_only=True))
    if args.epochs:
        held = [r for r in known if kept_out(r)]
        learned = without_copies([r for r in known if not kept_out(r)], held)
        corpus = samples(learned, shipped, shipped.wordpiece)
        test = samples(held, shipped, shipped.wordpiece)
        marked = rows(args.pairs) if args.pairs else []
        pairs = marked_pairs(
            [r for r in marked if fold_of(r) != args.without_fold], shipped, shipped.wordpiece
        )
        rest = marked_pairs(
            [r for r in marked if fold_of(r) == args.without_fold], shipped, shipped.wordpiece
        )
        print(f"windows {len(corpus)}, held out {len(test)}, pairs {len(pairs)}", flush=True)
        for _ in learn(teacher, corpus, pairs, args.epochs, args.rate, args.seed):
            print("held out", json.dumps(measure(teacher, test)), flush=True)  # type: ignore[arg-type]
            torch.save(teacher.state_dict(), args.out / "teacher.pt")
        print("held out", json.dumps(measure(teacher, test)), flush=True)  # type: ignore[arg-type]
        if rest:
            print("pairs kept out", agreement(relation(teacher, rest)), flush=True)  # type: ignore[arg-type]
        torch.save(teacher.state_dict(), args.out / "teacher.pt")
    if args.silver:
        # Nothing is told of articles that are held out, nor of those annotated.
        texts = {r["text"] for r in known}
        found = plain(args.unlabelled, texts, shipped)
        chance = random.Random(args.seed)
        chance.shuffle(found)
        tell(teacher, found[: args.most])
        torch.save(found[: args.most], args.silver)


if __name__ == "__main__":
    main()
