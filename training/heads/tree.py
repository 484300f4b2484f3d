"""The dependency tree: deep biaffine attention (Dozat and Manning 2017) over a window of sentences.

Arcs between sentences are masked, so a window may hold several sentences, each other's context.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn

from training.heads.base import IGNORE, Head, cross_entropy, stable_labels

if TYPE_CHECKING:
    from training.corpora import SentenceRow
    from training.export import Graph

ARC, LABEL = 320, 128
MASKED = -1e4


class TreeHead(Head):
    """Scores each word's head (or the root) and the relation to it."""

    needs = ("head", "deprel")

    def __init__(self, width: int, labels: dict[str, list[str]]) -> None:
        super().__init__()
        self.index = {label: i for i, label in enumerate(labels["deprel"])}
        n = len(self.index)
        self.drop = nn.Dropout(0.3)
        self.dependent = nn.Linear(width, ARC + LABEL)
        self.head = nn.Linear(width, ARC + LABEL)
        self.arc = nn.Parameter(torch.empty(ARC, ARC))
        self.arc_bias = nn.Parameter(torch.zeros(ARC))
        self.label = nn.Parameter(torch.zeros(LABEL, n * LABEL))
        self.label_dependent = nn.Linear(LABEL, n)
        self.label_head = nn.Linear(LABEL, n, bias=False)
        self.root = nn.Parameter(torch.zeros(width))
        nn.init.xavier_uniform_(self.arc)
        nn.init.normal_(self.label, std=0.01)
        nn.init.normal_(self.root, std=0.02)

    @classmethod
    def inventory(cls, sentences: Iterable[SentenceRow]) -> dict[str, list[str]]:
        return {"deprel": stable_labels(v for s in sentences for v in s.labels["deprel"])}

    def encode(self, sentence: SentenceRow) -> dict[str, list[int]]:
        return {
            "head": list(sentence.labels["head"]),
            "deprel": [self.index.get(v, IGNORE) for v in sentence.labels["deprel"]],
        }

    def _projected(self, words: Tensor) -> tuple[Tensor, Tensor]:
        words = self.drop(words)
        root = self.drop(self.root.expand(words.shape[0], 1, -1))
        act = nn.functional.leaky_relu
        dependent = self.drop(act(self.dependent(words), 0.1))
        head = self.drop(act(self.head(torch.cat([root, words], dim=1)), 0.1))
        return dependent, head

    def loss(self, words: Tensor, sentence_of: Tensor, targets: dict[str, Tensor]) -> Tensor:
        """``targets['head']`` counts from 1 in the window; 0 is the root."""
        dependent, head = self._projected(words)
        arcs = (dependent[..., :ARC] @ self.arc + self.arc_bias) @ head[..., :ARC].transpose(1, 2)
        same = sentence_of.unsqueeze(2) == sentence_of.unsqueeze(1)
        arcs[:, :, 1:] = arcs[:, :, 1:].masked_fill(~same, MASKED)
        gold = targets["head"]
        chosen = gold.clamp(min=0).unsqueeze(-1).expand(-1, -1, LABEL)
        at_head = torch.gather(head[..., ARC:], 1, chosen)
        known = (gold != IGNORE).reshape(-1)
        mine = dependent[..., ARC:].reshape(-1, LABEL)[known]
        theirs = at_head.reshape(-1, LABEL)[known]
        n = len(self.index)
        scores = ((mine @ self.label).view(-1, n, LABEL) @ theirs.unsqueeze(-1)).squeeze(-1)
        scores = scores + self.label_dependent(mine) + self.label_head(theirs)
        return cross_entropy(arcs, gold) + cross_entropy(scores, targets["deprel"].reshape(-1)[known])

    def export(self, graph: Graph, words: str) -> None:
        from training.graphs import tree_nodes

        tree_nodes(self, graph, words)
