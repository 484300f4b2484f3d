"""Reading the training data: treebanks (CoNLL-U), names (JSONL with character offsets), plain texts.

A ``Passage`` is a run of consecutive words of one document with the labels that its corpus has; a
label that a corpus does not have is simply not in ``labels``.
"""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO
from xml.etree import ElementTree

from communique.article import Article
from communique.intake import read_articles
from communique.language.sentences import split_sentences
from communique.language.words import split_words


@dataclass(slots=True)
class SentenceRow:
    """One sentence: its words and, by head name, one label a word."""

    words: list[str]
    labels: dict[str, list[Any]] = field(default_factory=dict)


@dataclass(slots=True)
class Document:
    """Consecutive sentences that may serve each other as context."""

    id: str
    sentences: list[SentenceRow]


def open_text(path: Path) -> TextIO:
    """A file, or its gzipped twin where the name given does not exist."""
    if not path.exists() and path.with_name(path.name + ".gz").exists():
        path = path.with_name(path.name + ".gz")
    return gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else open(path, encoding="utf-8")


def read_texts(path: Path) -> Iterator[tuple[str, str]]:
    """Id and text of the articles of a file in any form that is read by the program, of a CSV file's column
    ``text``, or of LGL's XML."""
    name = path.name.removesuffix(".gz")
    if name.endswith(".csv"):
        with open_text(path) as lines:
            for i, row in enumerate(csv.DictReader(lines)):
                yield f"{name}-{i}", row["text"].strip()
    elif name.endswith(".xml"):
        with open_text(path) as lines:
            for i, article in enumerate(ElementTree.parse(lines).iter("article")):
                yield f"{name}-{i}", (article.findtext("text") or "").strip()
    else:
        for found in read_articles([str(path)]):
            if isinstance(found, Article):
                yield str(found.id), found.text


def read_conllu(path: Path) -> list[Document]:
    """Documents of a CoNLL-U file, labels 'upos', 'xpos', 'lemma', 'head' (-1 is the root), 'deprel'."""
    documents: list[Document] = []
    rows: list[list[str]] = []
    with open_text(path) as lines:
        for line in lines:
            if line.startswith("# newdoc") or not documents:
                documents.append(Document(line.partition("=")[2].strip() or path.name, []))
            if line[0].isdigit():
                cells = line.rstrip("\n").split("\t")
                if cells[0].isdigit():
                    rows.append(cells)
            elif not line.strip() and rows:
                documents[-1].sentences.append(_sentence(rows))
                rows = []
    if rows:
        documents[-1].sentences.append(_sentence(rows))
    return [d for d in documents if d.sentences]


def _sentence(rows: list[list[str]]) -> SentenceRow:
    labels: dict[str, list[Any]] = {
        "upos": [r[3] for r in rows],
        "xpos": [r[4] for r in rows],
        "lemma": [r[2] for r in rows],
        "head": [int(r[6]) - 1 for r in rows],
        "deprel": [r[7] for r in rows],
    }
    return SentenceRow([r[1] for r in rows], labels)


def read_names(path: Path) -> list[Document]:
    """Documents of a names file, label 'names' in BIO, one a word; words and sentences are our own."""
    documents = []
    with open_text(path) as lines:
        for line in lines:
            row = json.loads(line)
            spans = sorted((e["start"], e["end"], e["label"]) for e in row["entities"])
            documents.append(Document(row["id"], list(_named(row["text"], spans))))
    return documents


def _named(text: str, spans: list[tuple[int, int, str]]) -> Iterator[SentenceRow]:
    for start, end in split_sentences(text):
        offsets = split_words(text, start, end)
        tags = ["O"] * len(offsets)
        for first, last, label in spans:
            inside = [i for i, (a, b) in enumerate(offsets) if a < last and b > first]
            for k, i in enumerate(inside):
                tags[i] = ("I-" if k else "B-") + label
        yield SentenceRow([text[a:b] for a, b in offsets], {"names": tags})
