"""The branch that reads events: the trunk's lower layers, three layers of its own, four small heads.

A word may tell of an event (its type), in a status; pairs of words of a sentence say who does it and to
whom. The trunk stays as it is, so trees and names do too.
"""

from __future__ import annotations

import copy
import math
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from torch import Tensor, nn

from training.encoder import DEPTH, above, half
from training.graph import layer_nodes

if TYPE_CHECKING:
    from training.encoder import Encoder
    from training.graph import Graph

HIDDEN, PAIR = 256, 128
ROLES = ("actor", "recipient")


class EventHeads(nn.Module):
    """What tells of events, over word vectors: type, status, and who takes part.

    Args:
        width: size of a word vector.
        labels: ``event`` (first 'NONE') and ``status``.
    """

    def __init__(self, width: int, labels: dict[str, list[str]]) -> None:
        super().__init__()
        self.labels = labels
        self.drop = nn.Dropout(0.25)
        self.hidden = nn.Linear(width, HIDDEN)
        self.event = nn.Linear(HIDDEN, len(labels["event"]))
        self.told = nn.Linear(width, HIDDEN)
        self.status = nn.Linear(HIDDEN, len(labels["status"]) + 1)  # the last: historical
        self.trigger = nn.Linear(width, len(ROLES) * PAIR)
        self.party = nn.Linear(width, len(ROLES) * PAIR)
        self.bias = nn.Parameter(torch.full((len(ROLES),), -2.0))

    def forward(self, words: Tensor) -> dict[str, Tensor]:
        """Scores: ``event`` ``[B, W, L]``, ``status`` ``[B, W, S + 1]``, ``roles`` ``[B, 2, W, W]``
        (row: the word that tells of the event; column: the party)."""
        words = self.drop(words)
        b, w, _ = words.shape
        trigger = self.trigger(words).view(b, w, len(ROLES), PAIR).permute(0, 2, 1, 3)
        party = self.party(words).view(b, w, len(ROLES), PAIR).permute(0, 2, 3, 1)
        return {
            "event": self.event(self.drop(torch.relu(self.hidden(words)))),
            "status": self.status(self.drop(torch.relu(self.told(words)))),
            "roles": trigger @ party / math.sqrt(PAIR) + self.bias[:, None, None],
        }


class Branch(EventHeads):
    """Layers of its own over the trunk's hidden values, and the heads.

    Args:
        encoder: the trunk; its layers from ``DEPTH`` on are where the branch's own begin from.
        labels: ``event`` (first 'NONE') and ``status``.
    """

    def __init__(self, encoder: Encoder, labels: dict[str, list[str]]) -> None:
        super().__init__(2 * encoder.width, labels)
        self.layers = nn.ModuleList(copy.deepcopy(layer) for layer in encoder.layers[DEPTH:])
        self.noise = nn.Dropout(0.1)

    def words(self, batch: dict[str, Tensor]) -> Tensor:
        """Word vectors ``[B, W, 2 D]``: the branch's own, and the trunk's last, which know the tree.

        ``batch`` has ``trunk`` ``[B, W, D]``, what the shared layers make of the words, and ``final``,
        likewise.
        """
        # Half precision where it learns: twice as fast on processors that have it.
        with half(self.training):
            x = above(self.layers, self.noise(batch["trunk"]), batch)
        return torch.cat([x.float(), self.noise(batch["final"])], dim=-1)

    def export(self, graph: Graph, shared: str, final: str, width: int) -> str:
        """Add the branch's nodes; outputs 'event' (log-probabilities), 'status', 'actor', 'recipient', and
        'vectors', on which codebooks and claims stand, whose name is given back. ``shared`` names what the
        shared layers make of the words, ``final`` the trunk's word vectors."""
        x = shared
        third = graph.constant(np.array([width] * 3, np.int64))
        for layer in self.layers:
            x = layer_nodes(graph, layer, x, third)
        words = graph.node("Concat", [x, final], axis=-1)
        graph.output("vectors", words, [1, "W", 2 * width])
        each = graph.linears(words, [self.hidden, self.told, self.trigger, self.party])
        hidden = graph.node("Relu", [each[0]])
        event = graph.node("LogSoftmax", [graph.linear(hidden, self.event)], axis=-1)
        graph.output("event", event, [1, "W", len(self.labels["event"])])
        told = graph.node("Relu", [each[1]])
        graph.output("status", graph.linear(told, self.status), [1, "W", len(self.labels["status"]) + 1])
        cut = graph.constant(np.array([PAIR, PAIR], np.int64))
        triggers = graph.node("Split", [each[2], cut], outputs=2, axis=-1)
        parties = graph.node("Split", [each[3], cut], outputs=2, axis=-1)
        for k, role in enumerate(ROLES):
            turned = graph.node("Transpose", [parties[k]], perm=[0, 2, 1])
            scaled = graph.node(
                "Mul", [triggers[k], graph.constant(np.array(1 / math.sqrt(PAIR), np.float32))]
            )
            scores = graph.node("MatMul", [scaled, turned])
            bias = graph.constant(self.bias[k].detach().float().numpy())
            graph.output(role, graph.node("Add", [scores, bias]), [1, "W", "V"])
        return str(words)


def save_branch(path: Any, branch: Branch, extra: dict[str, Any]) -> None:
    """A checkpoint of the branch alone."""
    torch.save({"state": branch.state_dict(), "labels": branch.labels, **extra}, path)


def load_branch(path: Any, encoder: Encoder) -> Branch:
    """The branch of a checkpoint, over its trunk."""
    saved = torch.load(path, weights_only=True)
    branch = Branch(encoder, saved["labels"])
    branch.load_state_dict(saved["state"])
    return branch
