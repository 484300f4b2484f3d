"""Trees and tags on gold words, from the shipped weights.

    python -m benchmarks.tree FILE.conllu

Prints ``las`` and ``uas`` (labelled and unlabelled attachment over all words, punctuation and relation
subtypes included), ``las_universal`` (subtypes aside, as CoNLL 2018 counts), ``upos``, ``xpos`` and
``lemma``, all in percent. Words and sentences are the file's own.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from benchmarks.corpora import conllu, show
from communique.language.analyse import parse
from communique.language.network import WEIGHTS, Network
from communique.reading import Span


def measure(path: Path, network: Network) -> dict[str, float]:
    """The figures, by name."""
    right: Counter[str] = Counter()
    total = 0
    for document in conllu(path):
        text, spans = _laid_out(document)
        parsed = parse(text, spans, network).sentences
        for gold, mine in zip(document, parsed, strict=True):
            for cells, word in zip(gold, mine.words, strict=True):
                total += 1
                attached = int(cells[6]) - 1 == word.head
                right["uas"] += attached
                right["las"] += attached and cells[7] == word.deprel
                right["las_universal"] += attached and cells[7].split(":")[0] == word.deprel.split(":")[0]
                right["upos"] += cells[3] == word.upos
                right["xpos"] += cells[4] == word.xpos
                right["lemma"] += cells[2] == word.lemma
    return {
        name: 100 * right[name] / total for name in ("las", "las_universal", "uas", "upos", "xpos", "lemma")
    } | {"words": total}


def _laid_out(document: list[list[list[str]]]) -> tuple[str, list[list[Span]]]:
    """A text that holds the document's words one space apart, and where they stand in it."""
    parts: list[str] = []
    sentences: list[list[Span]] = []
    at = 0
    for sentence in document:
        spans = []
        for cells in sentence:
            spans.append((at, at + len(cells[1])))
            parts.append(cells[1])
            at += len(cells[1]) + 1
        sentences.append(spans)
    return " ".join(parts), sentences


def main() -> None:
    parser = argparse.ArgumentParser(description="Trees and tags on gold words.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--weights", type=Path, default=WEIGHTS)
    args = parser.parse_args()
    for name, value in measure(args.file, Network(args.weights)).items():
        show(name, value)


if __name__ == "__main__":
    main()
