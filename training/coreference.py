"""Learn and measure whom a pronoun means.

    python -m training.coreference GUM_TRAIN.conllu training/corpus/mentions_dev.txt
    --out src/communique/coding/data/pronouns.csv
    python -m training.coreference GUM_TRAIN.conllu training/corpus/mentions_dev.txt --folds 5
    python -m training.coreference GUM_DEV.conllu --genre news

Documents are GUM's, read as plain text by the package, and the project's own dispatches. A cluster of
GUM's is matched to the entity, or to those who stand together, one of whose mentions touches the head of
one of its own, else to the nouns without a name that do. Pronouns of clusters that are neither mean nobody.
Learned is a softmax over the candidates and nobody, with a ridge; news and our own dispatches count more
than the rest.
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

import torch

from benchmarks.mentions import gold_of
from communique.article import Article
from communique.coding import pronouns
from communique.coding.antecedents import CLASSES, TOGETHER, Ranker
from communique.coding.identity import link
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
# Source: learned from the coreference annotation of GUM (CC BY 4.0), its training documents, and of our own
# dispatches.
"""
OWN, NEWS, OTHER = 3.0, 4.0, 1.0  # how much a pronoun counts
RIDGE = 0.03


@dataclass
class Gold:
    """A document: text, and by cluster the spans of its mentions and of their heads; or, of our own, by the
    place of a pronoun where those it means are named."""

    name: str
    text: str = ""
    published: date | None = None
    own: dict[int, tuple[tuple[int, int], ...]] | None = None
    clusters: dict[str, list[tuple[int, int, int]]] = field(default_factory=lambda: defaultdict(list))


def documents(path: Path) -> Iterator[Gold]:
    """The documents of a file of GUM's, or of our own annotation."""
    return _dispatches(path) if path.suffix == ".txt" else _gum(path)


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
    weight = OWN if gold.own is not None else NEWS if "_news_" in gold.name else OTHER
    for pronoun in ranker.pronouns():
        answer = right_ones.get(pronoun.word.start, [])
        if gold.own is not None and not answer:
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


def learn(found: list[Example], ridge: float = RIDGE, steps: int = 200) -> dict[str, float]:
    """Weights by gradient descent on the log loss with a ridge."""
    counts = Counter(name for example in found for features in example.options for name in features)
    names = sorted(name for name, n in counts.items() if n >= 5)
    index = {name: i for i, name in enumerate(names)}
    widest = max(len(example.options) for example in found)
    cells: list[tuple[int, int]] = []
    values: list[float] = []
    mask = torch.full((len(found), widest), -1e9)
    for i, example in enumerate(found):
        for k, features in enumerate(example.options):
            mask[i, k] = 0.0
            for name, value in features.items():
                if name in index:
                    cells.append((i * widest + k, index[name]))
                    values.append(value)
    table = torch.sparse_coo_tensor(
        torch.tensor(cells).T, torch.tensor(values), (len(found) * widest, len(names)), check_invariants=True
    ).coalesce()
    gold = torch.tensor([example.right for example in found])
    share = torch.tensor([example.weight for example in found])
    weight = torch.zeros(len(names), requires_grad=True)
    optimizer = torch.optim.LBFGS([weight], max_iter=steps, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimizer.zero_grad()
        scores = torch.sparse.mm(table, weight[:, None]).view(len(found), widest) + mask
        each = torch.nn.functional.cross_entropy(scores, gold, reduction="none")
        out = (each * share).sum() / share.sum() + ridge * weight.square().sum() / 10
        out.backward()  # type: ignore[no-untyped-call]
        return out

    optimizer.step(loss)  # type: ignore[arg-type]
    return dict(zip(names, weight.detach().tolist(), strict=True))


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
    """The figures of our own dispatches and of GUM's news, each document read by weights that were learned
    without it."""
    found = [list(examples(g)) for g in golds]
    out = {"own": Counts(), "news": Counts()}
    for fold in range(folds):
        table = learn([e for i, some in enumerate(found) if i % folds != fold for e in some])
        shipped, pronouns.weights = pronouns.weights, lambda _, table=table: table  # type: ignore[misc, assignment]
        held = [g for i, g in enumerate(golds) if i % folds == fold]
        out["own"].update(measure([g for g in held if g.own is not None]))
        out["news"].update(measure([g for g in held if "_news_" in g.name]))
        pronouns.weights = shipped
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--genre", default="", help="only documents of this genre, by comma")
    parser.add_argument("--folds", type=int, help="learn and measure in so many folds")
    parser.add_argument("--out", type=Path, help="learn, and write the weights; left out, measure")
    args = parser.parse_args()
    genres = [g for g in args.genre.split(",") if g]
    golds = [g for path in args.files for g in documents(path)]
    golds = [g for g in golds if not genres or any(f"_{k}_" in g.name for k in genres)]
    if args.out:
        found = [e for g in golds for e in examples(g)]
        print(f"{len(golds)} documents, {len(found)} pronouns with candidates")
        table = learn(found)
        lines = [f"{name},{value:.3f}" for name, value in sorted(table.items()) if abs(value) >= 0.0005]
        args.out.write_text(HEADER + "feature,weight\n" + "\n".join(lines) + "\n", encoding="utf-8")
        return
    parts = crossed(golds, args.folds) if args.folds else {"": measure(golds)}
    for part, counts in parts.items():
        for name, value in counts.figures().items():
            print(f"{part} {name} {value:.4f}".strip())


if __name__ == "__main__":
    main()
