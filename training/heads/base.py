"""What a head is: labels it learns, a loss, and the nodes it adds to the exported graph."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor, nn

if TYPE_CHECKING:
    from training.corpora import SentenceRow
    from training.export import Graph

IGNORE = -100


class Head(nn.Module, ABC):
    """A head reads word vectors ``[B, W, D]`` and answers for each word.

    ``needs`` names the keys of ``SentenceRow.labels`` that a sentence must have to train it.
    """

    needs: tuple[str, ...] = ()

    @classmethod
    @abstractmethod
    def inventory(cls, sentences: Iterable[SentenceRow]) -> dict[str, list[str]]:
        """The label sets of this head, from the training data, in a stable order."""

    @abstractmethod
    def encode(self, sentence: SentenceRow) -> dict[str, list[int]]:
        """The sentence's labels as numbers, one a word, by target name; ``IGNORE`` where there is none."""

    @abstractmethod
    def loss(self, words: Tensor, sentence_of: Tensor, targets: dict[str, Tensor]) -> Tensor:
        """Mean loss over the words that have a target."""

    @abstractmethod
    def export(self, graph: Graph, words: str) -> None:
        """Add this head's nodes, from the value named ``words`` (``[B, W, D]``) to its outputs."""


def cross_entropy(logits: Tensor, target: Tensor, smoothing: float = 0.0) -> Tensor:
    """Mean cross entropy over targets that are not ``IGNORE``; zero where there are none."""
    if not bool((target != IGNORE).any()):
        return logits.sum() * 0
    return nn.functional.cross_entropy(
        logits.reshape(-1, logits.shape[-1]),
        target.reshape(-1),
        ignore_index=IGNORE,
        label_smoothing=smoothing,
    )


def stable_labels(values: Iterable[Any]) -> list[str]:
    """Distinct labels, sorted, as strings."""
    return sorted({str(v) for v in values})


__all__ = ["IGNORE", "Head", "cross_entropy", "stable_labels", "torch"]
