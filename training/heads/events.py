"""The event type that a word tells of, or none: trained on words whose type is known, silent on others."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn

from training.heads.base import cross_entropy
from training.heads.tags import TagHead

if TYPE_CHECKING:
    from training.corpora import SentenceRow
    from training.export import Graph

HIDDEN = 256


class EventHead(TagHead):
    """One hidden layer over the word vector; '' in the labels means that nothing is known of the word."""

    target = "event"
    needs = ("event",)

    def __init__(self, width: int, labels: dict[str, list[str]]) -> None:
        super().__init__(width, labels)
        self.drop = nn.Dropout(0.3)
        self.hidden = nn.Linear(width, HIDDEN)
        self.out = nn.Linear(HIDDEN, len(self.index))

    @classmethod
    def inventory(cls, sentences: Iterable[SentenceRow]) -> dict[str, list[str]]:
        found = super().inventory(sentences)["event"]
        return {"event": ["NONE"] + [label for label in found if label not in ("", "NONE")]}

    def _scores(self, words: Tensor) -> Tensor:
        return self.out(self.drop(torch.relu(self.hidden(self.drop(words)))))

    def loss(self, words: Tensor, sentence_of: Tensor, targets: dict[str, Tensor]) -> Tensor:
        return cross_entropy(self._scores(words), targets["event"], smoothing=0.05)

    def export(self, graph: Graph, words: str) -> None:
        hidden = graph.node("Relu", [graph.linear(words, self.hidden)])
        scores = graph.node("LogSoftmax", [graph.linear(hidden, self.out)], axis=-1)
        graph.output("event", scores, [1, "W", len(self.index)])
