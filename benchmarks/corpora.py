"""Reading the files that benchmarks run on; gzipped or not."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def lines(path: Path) -> Iterator[str]:
    """Lines of a text file, or of its gzipped twin where the name given does not exist."""
    if not path.exists() and path.with_name(path.name + ".gz").exists():
        path = path.with_name(path.name + ".gz")
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as source:
        yield from source


def rows(path: Path) -> list[dict[str, Any]]:
    """Rows of a JSONL file."""
    return [json.loads(line) for line in lines(path) if line.strip()]


def conllu(path: Path) -> Iterator[list[list[list[str]]]]:
    """Documents of a CoNLL-U file: sentences of words of cells (multiword and empty tokens left out)."""
    document: list[list[list[str]]] = []
    sentence: list[list[str]] = []
    for line in lines(path):
        if line.startswith("# newdoc") and document:
            yield document
            document = []
        elif line[0].isdigit():
            cells = line.rstrip("\n").split("\t")
            if cells[0].isdigit():
                sentence.append(cells)
        elif not line.strip() and sentence:
            document.append(sentence)
            sentence = []
    if sentence:
        document.append(sentence)
    if document:
        yield document


def show(name: str, value: float) -> None:
    """One figure, as every benchmark prints it."""
    print(f"{name} {value:.4f}" if isinstance(value, float) else f"{name} {value}")
