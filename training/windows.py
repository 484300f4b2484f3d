"""Sentences to windows: runs of consecutive sentences that fill the encoder, and batches of them.

The same packing serves the shipped program (``communique.language.windows``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from random import Random

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from communique.language.windows import pack
from communique.language.wordpiece import WordPiece, case_class
from training.corpora import Document
from training.heads.base import IGNORE
from training.network import Network


@dataclass(slots=True)
class Window:
    """One window, as numbers; ``targets`` one value a word."""

    pieces: list[int]
    cases: list[int]
    first: list[int]
    last: list[int]
    sentence: list[int]
    targets: dict[str, list[int]]
    trunk: NDArray[np.float16] | None = None  # what the shared layers make of the words, ``[W, D]``
    final: NDArray[np.float16] | None = None  # word vectors, ``[W, D]``


def windows(
    documents: Iterable[Document], network: Network, wordpiece: WordPiece, limit: int = 128
) -> list[Window]:
    """All windows of the documents, in order, of at most ``limit`` pieces unless a sentence is longer."""
    out = []
    for document in documents:
        rows = [s for s in document.sentences if s.words]
        coded = [[wordpiece.pieces(w) for w in s.words] for s in rows]
        for group in pack([sum(map(len, c)) for c in coded], limit):
            window = Window([wordpiece.cls], [0], [], [], [], {})
            for k in group:
                _append(window, coded[k], rows[k].words, k)
                before = len(window.first) - len(rows[k].words)
                for name, head in network.heads.items():
                    if all(need in rows[k].labels for need in head.needs):  # type: ignore[union-attr]
                        for target, values in head.encode(rows[k]).items():  # type: ignore[operator, union-attr]
                            if target == "head":
                                values = [v + 1 + before if v >= 0 else 0 for v in values]
                            window.targets.setdefault(target, []).extend(values)
                    del name
            window.pieces.append(wordpiece.sep)
            window.cases.append(0)
            if len(window.pieces) <= 512:
                out.append(window)
    return out


def _append(window: Window, coded: Sequence[Sequence[int]], words: Sequence[str], sentence: int) -> None:
    for ids, word in zip(coded, words, strict=True):
        window.first.append(len(window.pieces))
        window.pieces.extend(ids)
        window.cases.extend([case_class(word)] * len(ids))
        window.last.append(len(window.pieces) - 1)
        window.sentence.append(sentence)


def batches(
    found: Sequence[Window], size: int, random: Random
) -> Iterator[tuple[dict[str, Tensor], dict[str, Tensor]]]:
    """Batches of about ``size`` pieces, windows of like length together, in random order."""
    order = sorted(
        range(len(found)), key=lambda i: (len(found[i].pieces) + random.randint(-6, 6), random.random())
    )
    groups: list[list[int]] = [[]]
    for i in order:
        longest = len(found[i].pieces)
        if groups[-1] and longest * (len(groups[-1]) + 1) > size:
            groups.append([])
        groups[-1].append(i)
    random.shuffle(groups)
    for group in groups:
        yield collate([found[i] for i in group])


def collate(group: Sequence[Window]) -> tuple[dict[str, Tensor], dict[str, Tensor]]:
    """Padded tensors of a group of windows: inputs and targets."""

    def padded(rows: Sequence[Sequence[int]], fill: int) -> Tensor:
        width = max(map(len, rows))
        return torch.tensor([list(r) + [fill] * (width - len(r)) for r in rows])

    inputs = {
        name: padded([getattr(w, name) for w in group], 0) for name in ("pieces", "cases", "first", "last")
    }
    inputs["sentence"] = padded([w.sentence for w in group], -1)
    for name in ("trunk", "final"):
        given = [getattr(w, name) for w in group]
        if given[0] is not None:
            inputs[name] = torch.zeros(*inputs["first"].shape, given[0].shape[1])
            for i, value in enumerate(given):
                inputs[name][i, : len(value)] = torch.from_numpy(value.astype(np.float32))
    names = set.intersection(*(set(w.targets) for w in group))
    return inputs, {name: padded([w.targets[name] for w in group], IGNORE) for name in sorted(names)}
