"""Learn and measure whom a pronoun means.

    python -m training.coreference ../shared/data/treebank/gum_train.conllu --out
    src/communique/coding/data/pronouns.csv
    python -m training.coreference ../shared/data/treebank/gum_train.conllu --unnamed --out
    src/communique/coding/data/pronouns_unnamed.csv
    python -m training.coreference ../shared/data/treebank/gum_dev.conllu --genre news

GUM's documents are read as plain text by the package; a gold cluster is matched to the entity one of whose
mentions touches the head of one of its own, else to the nouns without a name that do. Pronouns of clusters
that are neither mean nobody. Learned is a softmax over the candidates and nobody, with a ridge.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import torch

from communique.article import Article
from communique.coding.identity import link
from communique.coding.mentions import find_names
from communique.coding.naming import Register
from communique.coding.nouns import add_nouns
from communique.coding.people import Draft
from communique.coding.pronouns import BECOMES, CLASSES, Ranker, add_pronouns, named
from communique.coding.unnamed import unnamed
from communique.language.analyse import analyse, shared_network
from training.corpora import open_text

HEADER = """\
# Weights of what speaks for an entity, or for nobody, as the one that a pronoun means. Made by
# training/coreference.py.
# Source: learned from the coreference annotation of GUM (CC BY 4.0), its training documents.
"""


@dataclass
class Gold:
    """A document: text, and by cluster the spans of its mentions and of their heads."""

    name: str
    text: str = ""
    clusters: dict[str, list[tuple[int, int, int]]] = field(default_factory=lambda: defaultdict(list))


def documents(path: Path) -> Iterator[Gold]:
    """The documents of a GUM file with their clusters; blank lines where paragraphs begin."""
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
    """The document's entities by name and title, as the package finds them."""
    article = Article(gold.text, id=gold.name)
    analysis = analyse(article.text, article.blocks, shared_network())
    register = Register(analysis, article.text, find_names(analysis, article.text))
    link(register, None)
    add_nouns(register)
    return register


Answer = tuple[Draft, ...]


def meant(register: Register, others: list[Draft], gold: Gold) -> dict[int, Answer]:
    """By the place of a pronoun: the entity that its cluster is; where there is none, its nouns."""
    at: dict[int, Draft] = {}
    for draft in (*others, *register.drafts):
        for mention in draft.mentions:
            for place in range(mention.start, mention.end):
                at[place] = draft
    named = {id(d): d for d in register.drafts}
    out: dict[int, Answer] = {}
    for mentions in gold.clusters.values():
        here = [at[h] for a, b, h in mentions if h in at and not _pronoun(gold.text[a:b])]
        votes = Counter(id(d) for d in here if id(d) in named)
        best = votes.most_common(1)[0][0] if votes else None
        answer: Answer = (named[best],) if best is not None else tuple(here)
        for a, b, _ in mentions:
            if _pronoun(gold.text[a:b]):
                out[a] = answer
    return out


def _pronoun(words: str) -> bool:
    return words.lower() in CLASSES


Example = tuple[list[dict[str, float]], int]


def examples(gold: Gold, among_named: bool) -> Iterator[Example]:
    """Each pronoun with candidates: their features, nobody's last, and which is right. Those without a name
    are candidates for the pronouns that the ranking of entities leaves."""
    register = register_of(gold)
    others = unnamed(register)
    ranker, answers = Ranker(register, others), meant(register, others, gold)
    for pronoun in ranker.pronouns():
        if not among_named and named(ranker, pronoun) is not None:
            continue
        found = ranker.candidates(pronoun, named=among_named)
        answer = answers.get(pronoun.word.start, ())
        right = next((i for i, c in enumerate(found) if any(c.draft is d for d in answer)), len(found))
        if found:
            yield [*(c.features for c in found), ranker.nobody(pronoun, len(found))], right
        if answer:
            ranker.mean(pronoun, answer[0] if right == len(found) else found[right].draft)


def learn(found: list[Example], ridge: float = 0.02, steps: int = 300) -> dict[str, float]:
    """Weights by gradient descent on the log loss with a ridge."""
    counts = Counter(name for options, _ in found for features in options for name in features)
    names = sorted(name for name, n in counts.items() if n >= 5)
    index = {name: i for i, name in enumerate(names)}
    widest = max(len(options) for options, _ in found)
    table = torch.zeros(len(found), widest, len(names))
    mask = torch.full((len(found), widest), -1e9)
    gold = torch.zeros(len(found), dtype=torch.long)
    for i, (options, right) in enumerate(found):
        gold[i] = right
        for k, features in enumerate(options):
            mask[i, k] = 0.0
            for name, value in features.items():
                if name in index:
                    table[i, k, index[name]] = value
    weight = torch.zeros(len(names), requires_grad=True)
    optimizer = torch.optim.LBFGS([weight], max_iter=steps, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimizer.zero_grad()
        out = (
            torch.nn.functional.cross_entropy(table @ weight + mask, gold)
            + ridge * weight.square().sum() / 10
        )
        out.backward()  # type: ignore[no-untyped-call]
        return out

    optimizer.step(loss)  # type: ignore[arg-type]
    return dict(zip(names, weight.detach().tolist(), strict=True))


def measure(golds: list[Gold]) -> dict[str, float]:
    """Of the pronouns linked, how many rightly; of those whose cluster is an entity of ours or people without
    a name, how many are found. The same for those of entities by name alone."""
    told = right = there = every = named_told = named_right = named_there = 0
    for gold in golds:
        register = register_of(gold)
        known = {id(d) for d in register.drafts}
        others = unnamed(register)
        kinds = {id(d): d.kind for d in others}
        answers = meant(register, others, gold)
        spots = {m.start: d for d in others for m in d.mentions}
        add_pronouns(register)
        for draft in register.drafts:
            for mention in draft.mentions:
                if mention.form != "pronoun":
                    continue
                # The package made its own drafts of those without a name: told by where they stand.
                mine = draft if id(draft) in known else spots.get(draft.mentions[0].start)
                good = any(mine is d for d in answers.get(mention.start, ()))
                told, right = told + 1, right + good
                if id(draft) in known:
                    named_told, named_right = named_told + 1, named_right + good
        for answer in answers.values():
            named_there += any(id(d) in known for d in answer)
            there += any(id(d) in known or kinds[id(d)] in BECOMES for d in answer)
        every += len(answers)
    return {
        "pronouns": float(every),
        "of_people_and_entities": float(there),
        "linked": float(told),
        "precision": right / max(told, 1),
        "recall": right / max(there, 1),
        "f1": 2 * right / max(told + there, 1),
        "of_entities": float(named_there),
        "linked_to_entities": float(named_told),
        "entities_precision": named_right / max(named_told, 1),
        "entities_recall": named_right / max(named_there, 1),
        "entities_f1": 2 * named_right / max(named_told + named_there, 1),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("file", type=Path)
    parser.add_argument("--genre", default="", help="only documents of this genre, by comma")
    parser.add_argument("--unnamed", action="store_true", help="learn of those without a name")
    parser.add_argument("--out", type=Path, help="learn, and write the weights; left out, measure")
    args = parser.parse_args()
    genres = [g for g in args.genre.split(",") if g]
    golds = [g for g in documents(args.file) if not genres or any(f"_{k}_" in g.name for k in genres)]
    if args.out:
        found = [e for g in golds for e in examples(g, not args.unnamed)]
        print(f"{len(golds)} documents, {len(found)} pronouns with candidates")
        table = learn(found)
        lines = [f"{name},{value:.3f}" for name, value in sorted(table.items()) if abs(value) >= 0.0005]
        args.out.write_text(HEADER + "feature,weight\n" + "\n".join(lines) + "\n", encoding="utf-8")
    else:
        for name, value in measure(golds).items():
            print(f"{name} {value:.4f}")


if __name__ == "__main__":
    main()
