"""Whom pronouns and descriptions mean, on the project's own test set.

    python -m benchmarks.mentions [training/corpus/mentions.txt]

A line is ``m | sentence | words | @sentence name; …`` (``!`` before a name that the article does not have:
such a mention must not be linked to another's name). A mention is linked where an entity of the reading
covers it that is mentioned elsewhere, too; rightly where one of the entity's mentions touches a gold one.
Prints precision, recall and F1 of pronouns, of titles ("the chancellor") and of other descriptions.
"""

from __future__ import annotations

import argparse
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.corpora import show
from communique.article import Article
from communique.intake import parse_date
from communique.knowledge.titles import ending, titles
from communique.pipeline import Pipeline
from communique.reading import Reading, Span
from training.annotations import Annotated, Fault, find, load

CORPUS = Path("training") / "corpus"
PRONOUN = re.compile(
    r"(he|him|his|she|her|hers|it|its|they|them|their|theirs|we|us|our|i|me|my)(self|selves)?", re.I
)


@dataclass(frozen=True, slots=True)
class Gold:
    """A mention and where whom it means is named; ``unnamed`` where the article does not name it."""

    span: Span
    kind: str
    antecedents: tuple[Span, ...]
    unnamed: bool


def gold_of(path: Path) -> Iterator[tuple[Annotated, list[Gold]]]:
    """The annotated articles with their mentions."""
    by_article: dict[str, list[list[str]]] = defaultdict(list)
    name = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            name = line[3:].strip()
        elif line.startswith("m |"):
            by_article[name].append([c.strip() for c in line.split("|")])
    for name, lines in by_article.items():
        article = load(CORPUS / "dispatches" / f"{name}.txt")
        found = []
        for cells in lines:
            number = int(cells[1])
            try:
                start, end = find(cells[2], number, article)
            except Fault:
                continue
            named: list[Span] = []
            for one in (c.strip() for c in cells[3].split(";")):
                if one.startswith("@"):
                    a, b = find(one, number, article)
                    named.append((a, b))
            found.append(Gold((start, end), _kind(article.text[start:end]), tuple(named), not named))
        yield article, found


def _kind(words: str) -> str:
    if PRONOUN.fullmatch(words):
        return "pronoun"
    return "title" if ending(words.lower().split(), titles().offices) else "description"


def linked(reading: Reading, span: Span) -> set[str]:
    """Entities that cover the mention and are mentioned elsewhere, too."""
    return {
        e.id
        for e in reading.entities
        if any(m.start < span[1] and m.end > span[0] for m in e.mentions)
        and any(m.end <= span[0] or m.start >= span[1] for m in e.mentions)
    }


def measure(path: Path) -> dict[str, float]:
    """The figures."""
    pipeline = Pipeline()
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for article, golds in gold_of(path):
        day = parse_date(article.published) if article.published else None
        reading = pipeline.read(Article(article.text, id=article.id, published=day))
        for gold in golds:
            here = linked(reading, gold.span)
            right = any(
                any(m.start < b and m.end > a for m in e.mentions for a, b in gold.antecedents)
                for e in reading.entities
                if e.id in here
            )
            for kind in (gold.kind, "pronoun and title" if gold.kind != "description" else ""):
                count = counts[kind]
                count[0] += right
                count[1] += bool(here)
                count[2] += not gold.unnamed
    out: dict[str, float] = {}
    for kind in ("pronoun", "title", "pronoun and title", "description"):
        hit, told, total = counts[kind]
        out |= {
            f"{kind} mentions": float(total),
            f"{kind} precision": hit / max(told, 1),
            f"{kind} recall": hit / max(total, 1),
            f"{kind} f1": 2 * hit / max(told + total, 1),
        }
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description="Whom pronouns and descriptions mean.")
    parser.add_argument("gold", type=Path, nargs="?", default=CORPUS / "mentions.txt")
    args = parser.parse_args()
    for name, value in measure(args.gold).items():
        show(name, value)


if __name__ == "__main__":
    main()
