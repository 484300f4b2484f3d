"""The network: one encoder, all heads. Its lower layers read pieces, its upper ones words."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn

from training.encoder import DEPTH, Encoder, above, joined
from training.heads import HEADS
from training.heads.base import Head


class Network(nn.Module):
    """Encoder and heads.

    Args:
        encoder: the encoder.
        labels: all label sets, by target name.
        heads: names of the heads, from ``HEADS``.
    """

    def __init__(
        self, encoder: Encoder, labels: dict[str, list[str]], heads: tuple[str, ...] = tuple(HEADS)
    ) -> None:
        super().__init__()
        self.encoder = encoder
        self.labels = labels
        self.heads = nn.ModuleDict({name: HEADS[name](encoder.width, labels) for name in heads})

    def words(self, batch: dict[str, Tensor]) -> Tensor:
        """Word vectors ``[B, W, D]``. The shared layers are not run where the batch has ``trunk``, what they
        make of the words."""
        return above(self.encoder.layers[DEPTH:], self.shared(batch), batch)

    def shared(self, batch: dict[str, Tensor]) -> Tensor:
        """What the shared layers make of the words, ``[B, W, D]``."""
        if "trunk" in batch:
            return batch["trunk"]
        return joined(self.encoder(batch["pieces"], batch["cases"], DEPTH), batch)

    def losses(
        self, batch: dict[str, Tensor], targets: dict[str, Tensor], words: Tensor | None = None
    ) -> dict[str, Tensor]:
        """One loss a head that the batch has targets for; ``words`` are made from it where not given."""
        words = self.words(batch) if words is None else words
        out: dict[str, Tensor] = {}
        for name, head in self.heads.items():
            assert isinstance(head, Head)
            if targets.keys() >= _targets_of(name):
                out[name] = head.loss(words, batch["sentence"], targets)
        return out


def _targets_of(name: str) -> set[str]:
    return {"head", "deprel"} if name == "tree" else {name}


def save(path: Any, network: Network, extra: dict[str, Any]) -> None:
    """A checkpoint: weights, label sets, and what the trainer needs to go on."""
    torch.save(
        {"state": network.state_dict(), "labels": network.labels, "heads": list(network.heads), **extra}, path
    )


def load(path: Any, device: str = "cpu") -> tuple[Network, dict[str, Any]]:
    """The network of a checkpoint, and the rest of what was saved."""
    saved = torch.load(path, map_location=device, weights_only=True)
    network = Network(Encoder(), saved["labels"], tuple(saved["heads"]))
    network.load_state_dict(saved.pop("state"))
    return network, saved
