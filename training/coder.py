"""Training the branch that reads events: on the corpus, then on marked pairs beside it.

    python -m training.coder TRUNK --corpus FILE... --pairs plv_train.jsonl --out DIR [--folds 5]

The trunk's hidden values are computed once, so an epoch costs only the branch's own layers. ``--folds``
also trains one branch a fifth of the pairs without them, for ``benchmarks.relation``.
"""

from __future__ import annotations

import argparse
import copy
import json
import random
import time
from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor, nn

from benchmarks.corpora import rows
from benchmarks.events import articles
from benchmarks.relation import agreement, fold_of, groups
from communique.language.network import Network as Shipped
from training.apart import kept_out, without_copies
from training.branch import Branch, load_branch, save_branch
from training.eventdata import (
    EVENTS,
    LABELS,
    MUTUAL,
    STATUSES,
    Sample,
    batches,
    collate,
    marked_pairs,
    samples,
    sentences_alone,
    stories,
)
from training.frozen import fill
from training.network import load
from training.templates import rows as template_rows

# PLV has CONCEDE and RETREAT as one.
MERGED = [k for k in EVENTS if k not in ("NONE", "CONCEDE", "RETREAT")] + ["YIELD"]
IS_MUTUAL = torch.tensor([k in MUTUAL for k in EVENTS])
GROUPS = [
    (torch.tensor([e for e, _ in pairs]), torch.tensor([s for _, s in pairs]))
    for pairs in groups(EVENTS, STATUSES, MERGED)
]


def losses(branch: Branch, group: Sequence[Sample]) -> dict[str, Tensor]:
    """The losses of a group of annotated windows, or of marked pairs."""
    inputs, targets = collate(group)
    scores = branch(branch.words(inputs))
    if group[0].pair is not None:
        return {"pair": pair_loss(scores, inputs, group)}
    if group[0].told is not None:
        return silver_losses(scores, inputs, group)
    if group[0].about is not None:
        # The word that tells of it is not known: the likeliest is taken (Dietterich et al. 1997).
        told = scores["event"].log_softmax(-1).amax(1)
        kinds = torch.tensor([EVENTS.index(s.about or "NONE") for s in group])
        return {"about": -told.gather(1, kinds[:, None]).mean()}
    out = {
        "event": nn.functional.cross_entropy(
            scores["event"].flatten(0, 1), targets["event"].flatten(), ignore_index=-100, label_smoothing=0.01
        )
    }
    known = targets["status"] != -100
    if bool(known.any()):
        told = scores["status"][known]
        out["status"] = nn.functional.cross_entropy(told[:, :-1], targets["status"][known])
        past = targets["historical"][known].float()
        out["historical"] = nn.functional.binary_cross_entropy_with_logits(told[:, -1], past)
        out["roles"] = role_loss(scores["roles"], inputs["sentence"], group)
    return out


def silver_losses(
    scores: dict[str, Tensor], inputs: dict[str, Tensor], group: Sequence[Sample]
) -> dict[str, Tensor]:
    """How far the scores are from those of a larger network (Hinton et al. 2015); status and parties weigh by
    how likely it is that the word tells of an event at all."""
    event, status, roles, words, weight = [], [], [], 0, torch.tensor(1e-6)
    own = scores["event"].log_softmax(-1)
    for i, sample in enumerate(group):
        assert sample.told is not None
        w, told = len(sample.first), sample.told
        goal = told["event"].float()
        event.append(-(goal.exp() * own[i, :w]).sum())
        words += w
        at = told["at"]
        if not len(at):
            continue
        likely = 1 - goal[at, 0].exp()
        mine = scores["status"][i, at]
        kinds = told["status"].float()
        status.append(-(kinds[:, :-1].softmax(-1) * mine[:, :-1].log_softmax(-1)).sum(-1) @ likely)
        same = (inputs["sentence"][i, :w][None] == inputs["sentence"][i, at][:, None])[:, None]
        each = nn.functional.binary_cross_entropy_with_logits(
            scores["roles"][i, :, at, :w].transpose(0, 1), told["roles"].float().sigmoid(), reduction="none"
        )
        roles.append((each * same).sum((1, 2)) @ likely)
        weight = weight + likely.sum()
    nothing = scores["roles"].sum() * 0
    return {
        "event": torch.stack(event).sum() / words,
        "status": (torch.stack(status).sum() if status else nothing) / weight,
        # Two roles a word, as ``role_loss`` has a row for each.
        "roles": (torch.stack(roles).sum() if roles else nothing) / weight / 2,
    }


def role_loss(scores: Tensor, sentence: Tensor, group: Sequence[Sample]) -> Tensor:
    """Mean over event words of the cross entropy of "is this word the party?", within the window."""
    rows, golds, masks = [], [], []
    for i, sample in enumerate(group):
        for word, role, named in sample.roles:
            gold = torch.zeros(scores.shape[-1])
            gold[list(named)] = 1
            rows.append(scores[i, role, word])
            golds.append(gold)
            masks.append(sentence[i] >= 0)
    if not rows:
        return scores.sum() * 0
    mask = torch.stack(masks)
    each = nn.functional.binary_cross_entropy_with_logits(
        torch.stack(rows), torch.stack(golds), reduction="none", pos_weight=torch.tensor(1.5)
    )
    return (each * mask).sum() / len(rows)


def type_scores(scores: dict[str, Tensor], sample: Sample, i: int) -> Tensor:
    """log P(some word tells of an event coded as that type, with the marked parties), for ``MERGED``."""
    assert sample.pair is not None
    actors, recipients, _ = sample.pair
    width = len(sample.first)
    event = scores["event"][i, :width].log_softmax(-1)
    status = scores["status"][i, :width, :-1].log_softmax(-1)
    roles = scores["roles"][i, :, :width, :width]
    does, gets = roles[0], roles[1]

    def side(table: Tensor, words: tuple[int, ...]) -> Tensor:
        if not words:
            return torch.zeros(width)
        return nn.functional.logsigmoid(table[:, list(words)]).max(-1).values

    straight = side(does, actors) + side(gets, recipients)
    either = torch.maximum(does, gets)
    mutual = side(either, actors) + side(either, recipients)
    parties = torch.where(IS_MUTUAL, mutual[:, None], straight[:, None])
    # [events, statuses]: log P that some word tells of that, with these parties
    table = ((event + parties)[:, :, None] + status[:, None, :]).logsumexp(0)
    return torch.stack([table[e, s].logsumexp(0) for e, s in GROUPS])


def pair_loss(scores: dict[str, Tensor], inputs: dict[str, Tensor], group: Sequence[Sample]) -> Tensor:
    """Half: that such an event is told at all; half: that it is of this type rather than another."""
    found = torch.stack([type_scores(scores, s, i) for i, s in enumerate(group)])
    gold = torch.tensor([MERGED.index(s.pair[2]) for s in group if s.pair])
    told = found.gather(1, gold[:, None]).mean()
    return nn.functional.cross_entropy(found, gold, label_smoothing=0.05) - 0.25 * told.clamp(max=0.0)


WEIGHTS = {"event": 3.0, "status": 0.4, "historical": 0.2, "roles": 0.5, "pair": 0.7, "about": 0.2}


def train(
    branch: Branch,
    corpus: Sequence[Sample],
    pairs: Sequence[Sample],
    epochs: float,
    rate: float,
    seed: int,
    pair_rounds: int = 1,
    told: Sequence[Sample] = (),
    share: float = 1.0,
) -> None:
    """Passes over a share of the corpus, drawn anew each time, each with ``pair_rounds`` passes over the
    pairs and one over what was ``told``; the rate falls to zero."""
    chance = random.Random(seed)
    torch.manual_seed(seed)
    plan: list[list[Sample]] = []
    for _ in range(int(epochs)):
        drawn = chance.sample(list(corpus), int(share * len(corpus)))
        now = list(batches(drawn, 512, chance)) if drawn else []
        for _ in range(pair_rounds if pairs else 0):
            now += list(batches(pairs, 512, chance))
        now += list(batches(told, 1024, chance)) if told else []
        chance.shuffle(now)
        plan += now
    layers = [p for n, p in branch.named_parameters() if n.startswith("layers.")]
    heads = [p for n, p in branch.named_parameters() if not n.startswith("layers.")]
    groups = [{"params": layers, "peak": rate}, {"params": heads, "peak": rate * 5}]
    optimizer = torch.optim.AdamW(groups, lr=rate, weight_decay=0.02)
    branch.train()
    mean = {n: p.detach().clone() for n, p in branch.named_parameters()}
    began, seen = time.time(), {}
    for step, group in enumerate(plan, start=1):
        scale = min(step / 40, max(0.01, (len(plan) - step) / len(plan)))
        for one in optimizer.param_groups:
            one["lr"] = one["peak"] * scale
        found = losses(branch, group)
        loss = torch.stack([WEIGHTS[k] * v for k, v in found.items()]).sum()
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(branch.parameters(), 1.0)
        optimizer.step()
        keep = min(1 - 12 / len(plan), step / (step + 10))
        for n, p in branch.named_parameters():
            mean[n].lerp_(p.detach(), 1 - keep)
        for k, v in found.items():
            seen.setdefault(k, []).append(float(v.detach()))
        if step % 100 == 0 or step == len(plan):
            means = {k: round(sum(v) / len(v), 4) for k, v in seen.items()}
            minutes = round((time.time() - began) / 60, 1)
            print(json.dumps({"step": step, "of": len(plan), "minutes": minutes} | means), flush=True)
            seen = {}
    # The running mean of the weights does better than the last ones (Polyak and Juditsky 1992).
    with torch.no_grad():
        for n, p in branch.named_parameters():
            p.copy_(mean[n])
    branch.eval()


def measure(branch: Branch, found: Sequence[Sample]) -> dict[str, float]:
    """Of annotated windows: F1 of trigger and type, accuracy of status, F1 of the parties of gold events
    that stand in the event's sentence, and of those that stand in another."""
    branch.eval()
    hits = told = gold = status = statuses = place = 0
    roles = {True: [0, 0], False: [0, 0]}  # right; told and gold
    with torch.no_grad():
        for group in batches(found, 3000, random.Random(0)):
            inputs, targets = collate(group)
            scores = branch(branch.words(inputs))
            known = targets["event"] != -100
            guess = scores["event"].argmax(-1)
            hits += int(((guess == targets["event"]) & known & (guess > 0)).sum())
            place += int(((targets["event"] > 0) & known & (guess > 0)).sum())
            told += int(((guess > 0) & known).sum())
            gold += int((targets["event"] > 0).sum())
            there = targets["status"] != -100
            status += int((scores["status"][..., :-1].argmax(-1)[there] == targets["status"][there]).sum())
            statuses += int(there.sum())
            for i, sample in enumerate(group):
                for word, role, named in sample.roles:
                    row = scores["roles"][i, role, word, : len(sample.first)]
                    mine = torch.tensor(sample.sentence) == sample.sentence[word]
                    for within, counts in roles.items():
                        picked = set(((row > 0) & (mine == within)).nonzero().flatten().tolist())
                        there_too = {w for w in named if bool(mine[w]) == within}
                        counts[0] += len(picked & there_too)
                        counts[1] += len(picked) + len(there_too)
    return {
        "precision": hits / max(told, 1),
        "recall": hits / max(gold, 1),
        "f1": 2 * hits / max(told + gold, 1),
        "trigger_f1": 2 * place / max(told + gold, 1),
        "status": status / max(statuses, 1),
        "roles_f1": 2 * roles[True][0] / max(roles[True][1], 1),
        "roles_elsewhere_f1": 2 * roles[False][0] / max(roles[False][1], 1),
    }


def relation(branch: Branch, found: Sequence[Sample]) -> list[tuple[str, str]]:
    """Gold type and the branch's, of marked pairs."""
    out = []
    with torch.no_grad():
        for at in range(0, len(found), 24):
            group = found[at : at + 24]
            inputs, _ = collate(group)
            scores = branch(branch.words(inputs))
            for i, sample in enumerate(group):
                assert sample.pair is not None
                out.append((sample.pair[2], MERGED[int(type_scores(scores, sample, i).argmax())]))
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("trunk", type=Path)
    parser.add_argument("--weights", type=Path, default=Path("src/communique/language/weights"))
    parser.add_argument("--corpus", type=Path, nargs="*", default=[])
    parser.add_argument("--news", type=Path, default=Path("..") / "shared" / "data" / "news")
    parser.add_argument("--held-out", type=Path, nargs="*", default=[])
    parser.add_argument("--pairs", type=Path)
    parser.add_argument("--frames", type=int, default=0, help="plain sentences a word of the lexicon")
    parser.add_argument("--stories", type=Path)
    parser.add_argument(
        "--silver", type=Path, help="what training.teacher or training.silver told of unlabelled news"
    )
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--start", type=Path, help="a branch to go on from, instead of the first stage")
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--again", type=int, default=0, help="passes over the corpus after --start")
    parser.add_argument("--pair-epochs", type=int, default=3)
    parser.add_argument("--pair-rounds", type=int, default=2, help="passes over the pairs an epoch")
    parser.add_argument("--share", type=float, default=1.0, help="of the corpus, replayed beside the pairs")
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument(
        "--alone", type=float, default=0.0, help="share of windows whose sentences stand alone too"
    )
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--only-folds", action="store_true")
    parser.add_argument("--without", default="", help="types never to learn, by comma")
    parser.add_argument("--seed", type=int, default=11)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    network, _ = load(args.trunk)
    shipped = Shipped(args.weights)
    given = [r for p in args.corpus for r in rows(p)]
    known = [r | {"text": a.text} for r, a in articles(given, args.news)]
    known = without_copies([r for r in known if not kept_out(r)], [r for r in known if kept_out(r)])
    corpus = samples(known, shipped, shipped.wordpiece)
    if args.alone:
        chance = random.Random(args.seed)
        drawn = chance.sample(corpus, int(args.alone * len(corpus)))
        single = [one for sample in drawn for one in sentences_alone(sample, shipped.wordpiece)]
        # Most sentences tell of nothing; a third of those is enough.
        corpus += [one for one in single if any(k > 0 for k in one.event) or chance.random() < 0.3]
    framed = samples(template_rows(args.seed, args.frames), shipped, shipped.wordpiece) if args.frames else []
    held = samples([r for p in args.held_out for r in rows(p)], shipped, shipped.wordpiece)
    marked = rows(args.pairs) if args.pairs else []
    pairs = marked_pairs(marked, shipped, shipped.wordpiece)
    about = []
    if args.stories:
        about = stories(args.stories, 30, shipped, shipped.wordpiece, random.Random(args.seed))
    silver: list[Sample] = torch.load(args.silver, weights_only=False) if args.silver else []
    fill([*corpus, *held, *pairs, *about, *framed, *silver], network)
    told = sum(e > 0 for s in corpus for e in s.event)
    print(f"windows {len(corpus)}, events {told}, held out {len(held)}, pairs {len(pairs)}", flush=True)
    unlearned = {EVENTS.index(k) for k in args.without.split(",") if k}
    for sample in [*corpus, *framed]:
        # Neither told as that type nor as no event: nothing at all is said of such words.
        sample.event = [-100 if e in unlearned else e for e in sample.event]
    torch.manual_seed(args.seed)
    if args.start:
        first = load_branch(args.start, network.encoder)
        if args.again:
            train(first, corpus, [], args.again, args.rate, args.seed)
            save_branch(args.out / "corpus.pt", first, {})
    else:
        first = Branch(network.encoder, LABELS)
        train(first, [*corpus, *framed], [], args.epochs, args.rate, args.seed, told=about)
        save_branch(args.out / "corpus.pt", first, {})
    if held:
        print("after the corpus", json.dumps(measure(first, held)), flush=True)
    if pairs and not args.only_folds:
        branch = copy.deepcopy(first)
        rate, rounds = args.rate * 0.5, args.pair_rounds
        train(branch, corpus, pairs, args.pair_epochs, rate, args.seed, rounds, silver, args.share)
        save_branch(args.out / "branch.pt", branch, {})
        if held:
            print("after the pairs", json.dumps(measure(branch, held)), flush=True)
    answers: list[tuple[str, str]] = []
    for fold in range(args.folds):
        mine = [p for p, r in zip(pairs, marked, strict=True) if fold_of(r) == fold]
        rest = [p for p, r in zip(pairs, marked, strict=True) if fold_of(r) != fold]
        branch = copy.deepcopy(first)
        rate, rounds = args.rate * 0.5, args.pair_rounds
        train(branch, corpus, rest, args.pair_epochs, rate, args.seed, rounds, silver, args.share)
        save_branch(args.out / f"fold{fold}.pt", branch, {})
        answers += relation(branch, mine)
        print(f"fold {fold}", agreement(relation(branch, mine)), flush=True)
    if answers:
        print("relation macro F1, accuracy", agreement(answers))


if __name__ == "__main__":
    main()
