"""Learn and measure whom a pronoun means.

    python -m training.coreference GUM_TRAIN.conllu training/corpus/mentions_dev.txt
    --out src/communique/coding/data/pronouns.csv
    python -m training.coreference GUM_TRAIN.conllu training/corpus/mentions_dev.txt --folds 5
    python -m training.coreference GUM_DEV.conllu --genre news

Documents are GUM's, read as plain text by the package, the project's own dispatches, and real articles
(``corpus/pronouns.jsonl``, stand-off, whose texts lie in ``--news``). A cluster of
GUM's is matched to the entity, or to those who stand together, one of whose mentions touches the head of
one of its own, else to the nouns without a name that do. Pronouns of clusters that are neither mean nobody.
Learned is a softmax over the candidates and nobody; news and our own dispatches count more than the rest.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from benchmarks.corpora import rows
from benchmarks.events import articles
from benchmarks.mentions import gold_of
from communique.article import Article
from communique.coding import pronouns
from communique.coding.antecedents import CLASSES, TOGETHER, Ranker
from communique.coding.identity import link
from communique.coding.layered import BEGINS, COUNTS, Layered
from communique.coding.mentions import find_names
from communique.coding.naming import Register
from communique.coding.nouns import add_nouns
from communique.coding.people import Draft
from communique.coding.pronouns import BECOMES, add_pronouns
from communique.coding.retold import add_descriptions
from communique.coding.unnamed import unnamed
from communique.intake import parse_date
from communique.language.analyse import analyse, shared_network
from training.corpora import open_text

HEADER = """\
# Weights of what speaks for an entity, or for nobody, as the one that a pronoun means. Made by
# training/coreference.py.
# Source: learned from the coreference annotation of GUM (CC BY 4.0), its training documents, and from our own
# of dispatches and news articles.
"""
OWN, NEWS, REAL, OTHER = 3.0, 4.0, 4.0, 1.0  # how much a pronoun counts
NEWS_FOLDER = Path("..") / "shared" / "data" / "news"
NETS, UNITS, DROPPED, LOST, EPOCHS, RATE = 4, 12, 0.2, 0.1, 20, 5e-3


@dataclass
class Gold:
    """A document: text, and by cluster the spans of its mentions and of their heads; or, of our own
    annotation, by the place of a pronoun where those it means are named. ``real``: an article of which every
    pronoun is annotated, also those that mean nobody."""

    name: str
    text: str = ""
    published: date | None = None
    own: dict[int, tuple[tuple[int, int], ...]] | None = None
    real: bool = False
    clusters: dict[str, list[tuple[int, int, int]]] = field(default_factory=lambda: defaultdict(list))


def documents(path: Path, news: Path = NEWS_FOLDER) -> Iterator[Gold]:
    """The documents of a file of GUM's, or of our own annotation."""
    if path.suffix == ".jsonl":
        return _articles(path, news)
    return _dispatches(path) if path.suffix == ".txt" else _gum(path)


def _articles(path: Path, news: Path) -> Iterator[Gold]:
    for row, article in articles(rows(path), news):
        own = {p["at"][0]: tuple((a, b) for a, b in p["means"]) for p in row["pronouns"]}
        yield Gold(article.id, article.text, article.published, own, real=True)


def _dispatches(path: Path) -> Iterator[Gold]:
    for annotated, golds in gold_of(path):
        day = parse_date(annotated.published) if annotated.published else None
        own = {g.span[0]: g.antecedents for g in golds if annotated.text[slice(*g.span)].lower() in CLASSES}
        yield Gold(annotated.id, annotated.text, day, own)


def _gum(path: Path) -> Iterator[Gold]:
    """Documents with their clusters; blank lines where paragraphs begin."""
    gold: Gold | None = None
    rows: list[list[str]] = []
    with open_text(path) as lines:
        for line in lines:
            if line.startswith("# newdoc"):
                if gold:
                    yield gold
                gold = Gold(line.partition("=")[2].strip())
            elif line.startswith("# newpar") and "block" not in line and gold and gold.text:
                gold.text = gold.text.rstrip() + "\n\n"
            elif line[0].isdigit():
                cells = line.rstrip("\n").split("\t")
                if "." not in cells[0]:
                    rows.append(cells)
            elif not line.strip() and rows and gold:
                _sentence(gold, rows)
                rows = []
    if gold:
        yield gold


def _sentence(gold: Gold, rows: list[list[str]]) -> None:
    spans: dict[int, tuple[int, int]] = {}
    heads: dict[int, int] = {}
    joined: tuple[int, int] | None = None
    opened: dict[str, list[int]] = defaultdict(list)
    mentions: list[tuple[str, int, int]] = []
    for cells in rows:
        if "-" in cells[0]:
            first, last = map(int, cells[0].split("-"))
            start = len(gold.text)
            gold.text += cells[1]
            at = start
            joined = (first, last)
            for number in range(first, last + 1):
                form = next(c[1] for c in rows if c[0] == str(number))
                end = min(at + len(form), len(gold.text)) if number < last else len(gold.text)
                spans[number] = (at, end)
                at = end
            gold.text += "" if "SpaceAfter=No" in cells[9] else " "
            continue
        number = int(cells[0])
        if joined is None or not joined[0] <= number <= joined[1]:
            spans[number] = (len(gold.text), len(gold.text) + len(cells[1]))
            gold.text += cells[1] + ("" if "SpaceAfter=No" in cells[9] else " ")
        heads[number] = int(cells[6])
        entity = re.search(r"Entity=([^|]*)", cells[9])
        for mark in re.findall(r"\([^()]+\)?|[^()]+\)", entity[1]) if entity else ():
            cluster = mark.strip("()").split("-")[0]
            if mark.startswith("("):
                opened[cluster].append(number)
            if mark.endswith(")") and opened[cluster]:
                mentions.append((cluster, opened[cluster].pop(), number))
    for cluster, first, last in mentions:
        outside = [n for n in range(first, last + 1) if not first <= heads[n] <= last]
        head = outside[0] if outside else last
        gold.clusters[cluster].append((spans[first][0], spans[last][1], spans[head][0]))


def register_of(gold: Gold) -> Register:
    """The document's entities by name, title and description, as the package finds them."""
    article = Article(gold.text, id=gold.name, published=gold.published)
    analysis = analyse(article.text, article.blocks, shared_network())
    register = Register(analysis, article.text, find_names(analysis, article.text))
    register.day = gold.published
    link(register, register.day)
    add_nouns(register)
    add_descriptions(register)
    return register


Answers = dict[int, list[Draft]]


def answers(register: Register, ranker: Ranker, others: list[Draft], gold: Gold) -> Answers:
    """By the place of a pronoun: the drafts that it means, the best first."""
    at: dict[int, list[Draft]] = defaultdict(list)
    for draft in (*others, *register.drafts):
        for mention in draft.mentions:
            for place in range(mention.start, mention.end):
                at[place].append(draft)
    if gold.own is not None:
        return {start: _named(spans, at, ranker) for start, spans in gold.own.items()}
    named = {id(d) for d in register.drafts}
    out: Answers = {}
    for mentions in gold.clusters.values():
        drafts = [_meant(m, at, ranker) for m in mentions if not _pronoun(gold.text[m[0] : m[1]])]
        found = [d for d in drafts if d is not None]
        votes = Counter(id(d) for d in found if id(d) in named or d.kind == TOGETHER)
        best = votes.most_common(1)[0][0] if votes else None
        answer = found if best is None else [next(d for d in found if id(d) == best)]
        for a, b, _ in mentions:
            if _pronoun(gold.text[a:b]):
                out[a] = answer
    return out


def _meant(mention: tuple[int, int, int], at: Mapping[int, list[Draft]], ranker: Ranker) -> Draft | None:
    """The draft that a mention of a cluster is: several, where it holds them all, or the one at its head."""
    start, end, head = mention
    for one in ranker.seen:
        if id(one.draft) in ranker.members and ranker.sentences[one.number].words[one.word].start == head:
            members = ranker.members[id(one.draft)]
            if all(any(start <= m.start < end for m in d.mentions) for d in members):
                return one.draft
    here = at.get(head)
    return here[-1] if here else None


def _named(spans: Sequence[tuple[int, int]], at: Mapping[int, list[Draft]], ranker: Ranker) -> list[Draft]:
    """The drafts that our annotation names; those who stand together first, where it names them all."""
    singles: dict[int, Draft] = {}
    for start, end in spans:
        singles |= {id(d): d for place in range(start, end) for d in at.get(place, ())}
    joined: dict[int, Draft] = {}
    if len(spans) > 1:
        for one in ranker.seen:
            if all(id(d) in singles for d in ranker.members.get(id(one.draft), [one.draft, Draft("", "")])):
                joined[id(one.draft)] = one.draft
    return [*joined.values(), *singles.values()]


def _pronoun(words: str) -> bool:
    return words.lower() in CLASSES


class Example(NamedTuple):
    """A pronoun: the features of its candidates, nobody's last, and which is right."""

    options: list[dict[str, float]]
    right: int
    weight: float


def examples(gold: Gold) -> Iterator[Example]:
    """Each pronoun with candidates; of our own dispatches, each that is annotated."""
    register = register_of(gold)
    others = unnamed(register)
    ranker = Ranker(register, others)
    right_ones = answers(register, ranker, others, gold)
    weight = REAL if gold.real else OWN if gold.own is not None else NEWS if "_news_" in gold.name else OTHER
    for pronoun in ranker.pronouns():
        answer = right_ones.get(pronoun.word.start, [])
        if gold.own is not None and not answer and not (gold.real and pronoun.word.start in gold.own):
            continue
        found = ranker.candidates(pronoun)
        rights = [i for i, c in enumerate(found) if any(c.draft is d for d in answer)]
        right = next(
            (i for i in rights if found[i].draft.kind == TOGETHER), rights[0] if rights else len(found)
        )
        if found:
            nobody = ranker.nobody(pronoun, len(found))
            yield Example([*(c.features for c in found), nobody], right, weight)
        if answer:
            ranker.mean(pronoun, found[right].draft if right < len(found) else answer[0])


class Net(torch.nn.Module):
    """Plain weights of features, and a layer of hidden units over them."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.plain = torch.nn.EmbeddingBag(size, 1, mode="sum")
        self.units = torch.nn.EmbeddingBag(size, UNITS, mode="sum")
        self.begins = torch.nn.Parameter(torch.zeros(UNITS))
        self.counts = torch.nn.Parameter(torch.randn(UNITS) / UNITS**0.5)
        self.drop = torch.nn.Dropout(DROPPED)
        torch.nn.init.zeros_(self.plain.weight)
        torch.nn.init.normal_(self.units.weight, std=0.15)

    def forward(self, ids: Tensor, values: Tensor, starts: Tensor) -> Tensor:
        """The score of each candidate; its features begin at ``starts``."""
        if self.training:
            values = values * (torch.rand(len(values)) > LOST) / (1 - LOST)
        plain = self.plain(ids, starts, per_sample_weights=values).squeeze(-1)
        units = torch.relu(self.units(ids, starts, per_sample_weights=values) + self.begins)
        return plain + self.drop(units) @ self.counts


def learn(found: list[Example], nets: int = NETS, epochs: int = EPOCHS) -> Layered:
    """The mean of several nets that begin otherwise, as one."""
    learned = [_learn(found, seed, epochs) for seed in range(nets)]
    plain = sum(net.table[:, :1] for net in learned) / nets
    return Layered(
        learned[0].index,
        np.concatenate([plain, *(net.table[:, 1:] for net in learned)], axis=1).round(3),
        np.concatenate([net.begins for net in learned]),
        np.concatenate([net.counts / nets for net in learned]).round(3),
    )


def _learn(found: list[Example], seed: int, epochs: int) -> Layered:
    """Weights by passes over the examples: a softmax over the candidates and nobody."""
    torch.manual_seed(seed)
    torch.set_num_threads(1)  # the same sums on every machine
    counts = Counter(name for example in found for features in example.options for name in features)
    index = {name: i for i, name in enumerate(sorted(name for name, n in counts.items() if n >= 5))}
    coded = [_coded(example, index) for example in found]
    net = Net(len(index))
    optimizer = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=0.01)
    for epoch in range(epochs):
        for one in optimizer.param_groups:
            one["lr"] = RATE * (1 - epoch / epochs)
        for group in torch.randperm(len(found)).split(64):
            numbers = group.tolist()
            ids, values, sizes = (
                torch.cat(parts) for parts in zip(*(coded[i] for i in numbers), strict=True)
            )
            starts = torch.cat([sizes.new_zeros(1), sizes[:-1]]).cumsum(0)
            scores = net(ids, values, starts).split([len(coded[i][2]) for i in numbers])
            padded = torch.nn.utils.rnn.pad_sequence(list(scores), batch_first=True, padding_value=-1e9)
            gold = torch.tensor([found[i].right for i in numbers])
            share = torch.tensor([found[i].weight for i in numbers])
            each = torch.nn.functional.cross_entropy(padded, gold, reduction="none")
            optimizer.zero_grad()
            ((each * share).sum() / share.sum()).backward()  # type: ignore[no-untyped-call]
            optimizer.step()
    state = {k: v.detach().double().numpy().round(3) for k, v in net.named_parameters()}
    table = np.concatenate([state["plain.weight"], state["units.weight"]], axis=1)
    return Layered(index, table, state["begins"], state["counts"])


def _coded(example: Example, index: Mapping[str, int]) -> tuple[Tensor, Tensor, Tensor]:
    """Rows and values of the features of all its candidates, and how many each of them has."""
    known = [[(index[name], v) for name, v in option.items() if name in index] for option in example.options]
    return (
        torch.tensor([row for option in known for row, _ in option], dtype=torch.long),
        torch.tensor([v for option in known for _, v in option], dtype=torch.float32),
        torch.tensor([len(option) for option in known]),
    )


def written(learned: Layered, header: str = HEADER) -> str:
    """The table as ``layered`` reads it."""
    units = range(1, len(learned.begins) + 1)
    rows = [
        ",".join(("feature", "weight", *(f"unit {k}" for k in units))),
        *(",".join((name, *(f"{v:.3f}" for v in learned.table[i]))) for name, i in learned.index.items()),
        *(
            ",".join((name, "0.000", *(f"{v:.3f}" for v in values)))
            for name, values in ((BEGINS, learned.begins), (COUNTS, learned.counts))
        ),
    ]
    return header + "\n".join(rows).replace("-0.000", "0.000") + "\n"


class Counts(Counter[str]):
    """Pronouns counted; ``figures`` are shares of them."""

    def figures(self) -> dict[str, float]:
        out: dict[str, float] = {"pronouns": float(self["pronouns"])}
        for part in ("", "entities_"):
            there, told, right = self[f"{part}there"], self[f"{part}told"], self[f"{part}right"]
            out |= {
                f"{part}there": float(there),
                f"{part}linked": float(told),
                f"{part}precision": right / max(told, 1),
                f"{part}recall": right / max(there, 1),
                f"{part}f1": 2 * right / max(told + there, 1),
            }
        return out


def measure(golds: list[Gold]) -> Counts:
    """Of the pronouns linked, how many rightly; of those whose cluster is an entity of ours, or of somebody
    without a name who can become one, how many are found. The same for those of entities by name alone."""
    out = Counts()
    for gold in golds:
        register = register_of(gold)
        known = {id(d) for d in register.drafts}
        others = unnamed(register)
        ranker = Ranker(register, others)
        right_ones = answers(register, ranker, others, gold)
        ones_of = {
            start: [one for d in drafts for one in ranker.members.get(id(d), [d])]
            for start, drafts in right_ones.items()
        }
        places = {
            start: {(m.start, m.end) for one in ones for m in one.mentions} for start, ones in ones_of.items()
        }
        add_pronouns(register)
        told: dict[int, bool] = defaultdict(bool)
        by_name: dict[int, bool] = {}
        for draft in register.drafts:
            # The package made its own drafts of those without a name: told by where they stand.
            stands = {(m.start, m.end) for m in draft.mentions if m.form != "pronoun"}
            for mention in draft.mentions:
                if not _pronoun(gold.text[mention.start : mention.end]):
                    continue  # "I" is not learned
                if gold.own is None or mention.start in right_ones:
                    told[mention.start] |= bool(stands & places.get(mention.start, set()))
                    by_name[mention.start] = by_name.get(mention.start, False) or id(draft) in known
        out["pronouns"] += len(right_ones)
        out["told"] += len(told)
        out["right"] += sum(told.values())
        out["entities_told"] += sum(by_name.values())
        out["entities_right"] += sum(told[start] for start, named in by_name.items() if named)
        for ones in ones_of.values():
            out["there"] += any(id(d) in known or d.kind in BECOMES for d in ones)
            out["entities_there"] += any(id(d) in known for d in ones)
    return out


def crossed(golds: list[Gold], folds: int) -> dict[str, Counts]:
    """The figures of our own dispatches, of GUM's news and of real articles, each document read by weights
    that were learned without it."""
    found = [list(examples(g)) for g in golds]
    out = {"own": Counts(), "news": Counts(), "real": Counts()}
    for fold in range(folds):
        table = learn([e for i, some in enumerate(found) if i % folds != fold for e in some])
        shipped, pronouns.layered = pronouns.layered, lambda _, table=table: table  # type: ignore[misc, assignment]
        held = [g for i, g in enumerate(golds) if i % folds == fold]
        out["own"].update(measure([g for g in held if g.own is not None and not g.real]))
        out["real"].update(measure([g for g in held if g.real]))
        out["news"].update(measure([g for g in held if "_news_" in g.name]))
        pronouns.layered = shipped
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--news", type=Path, default=NEWS_FOLDER)
    parser.add_argument("--genre", default="", help="only documents of this genre, by comma")
    parser.add_argument("--folds", type=int, help="learn and measure in so many folds")
    parser.add_argument("--out", type=Path, help="learn, and write the weights; left out, measure")
    args = parser.parse_args()
    genres = [g for g in args.genre.split(",") if g]
    golds = [g for path in args.files for g in documents(path, args.news)]
    golds = [g for g in golds if not genres or any(f"_{k}_" in g.name for k in genres)]
    if args.out:
        found = [e for g in golds for e in examples(g)]
        print(f"{len(golds)} documents, {len(found)} pronouns with candidates")
        args.out.write_text(written(learn(found)), encoding="utf-8")
        return
    parts = crossed(golds, args.folds) if args.folds else {"": measure(golds)}
    for part, counts in parts.items():
        for name, value in counts.figures().items():
            print(f"{part} {name} {value:.4f}".strip())


if __name__ == "__main__":
    main()
