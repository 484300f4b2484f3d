"""The dependency tree: deep biaffine attention (Dozat and Manning 2017) over a window of sentences; the
relation by a small layer over both words and their product, a fifth of a biaffine product's cost.

Arcs between sentences are masked, so a window may hold several sentences, each other's context.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor, nn

from training.heads.base import IGNORE, Head, cross_entropy, stable_labels

if TYPE_CHECKING:
    from training.corpora import SentenceRow
    from training.export import Graph

ARC, LABEL, MIXED = 320, 192, 256
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
        self.mine = nn.Linear(LABEL, MIXED)
        self.theirs = nn.Linear(LABEL, MIXED, bias=False)
        self.both = nn.Linear(LABEL, MIXED, bias=False)
        self.label = nn.Linear(MIXED, n)
        self.root = nn.Parameter(torch.zeros(width))
        nn.init.xavier_uniform_(self.arc)
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
        mixed = torch.relu(self.mine(mine) + self.theirs(theirs) + self.both(mine * theirs))
        scores = self.label(self.drop(mixed))
        return cross_entropy(arcs, gold) + cross_entropy(scores, targets["deprel"].reshape(-1)[known])

    def export(self, graph: Graph, words: str) -> None:
        """Outputs 'arcs' ``[1, W, W + 1]`` (column 0 is the root) and 'deprel' ``[1, W]``, the relation
        to the best-scored head."""

        def array(value: Tensor) -> str:
            return graph.constant(value.detach().float().numpy())

        def ints(*values: int) -> str:
            return graph.constant(np.array(values, np.int64))

        cut = ints(ARC, LABEL)
        dependent = graph.node("LeakyRelu", [graph.linear(words, self.dependent)], alpha=0.1)
        rooted = graph.node("Concat", [array(self.root[None, None]), words], axis=1)
        head = graph.node("LeakyRelu", [graph.linear(rooted, self.head)], alpha=0.1)
        arc_d, label_d = graph.node("Split", [dependent, cut], outputs=2, axis=-1)
        arc_h, label_h = graph.node("Split", [head, cut], outputs=2, axis=-1)
        biased = graph.node(
            "Add", [graph.matmul(arc_d, self.arc.detach().float().numpy()), array(self.arc_bias)]
        )
        arcs = graph.node("MatMul", [biased, graph.node("Transpose", [arc_h], perm=[0, 2, 1])])
        sentence = graph.node("Squeeze", ["sentence", ints(0)])
        same = graph.node(
            "Equal",
            [graph.node("Unsqueeze", [sentence, ints(1)]), graph.node("Unsqueeze", [sentence, ints(0)])],
        )
        to_root = graph.node("Equal", [sentence, sentence])
        allowed = graph.node("Concat", [graph.node("Unsqueeze", [to_root, ints(1)]), same], axis=1)
        arcs = graph.node("Where", [allowed, arcs, graph.constant(np.array(MASKED, np.float32))])
        graph.output("arcs", arcs, [1, "W", "H"])

        best = graph.node("Squeeze", [graph.node("ArgMax", [arcs], axis=2, keepdims=0), ints(0)])
        at_head = graph.node("Gather", [label_h, best], axis=1)
        mixed = graph.node("Add", [graph.linear(label_d, self.mine), graph.linear(at_head, self.theirs)])
        product = graph.linear(graph.node("Mul", [label_d, at_head]), self.both)
        mixed = graph.node("Relu", [graph.node("Add", [mixed, product])])
        graph.best("deprel", graph.linear(mixed, self.label))
