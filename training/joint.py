"""Trunk and branch as one network whose layers all learn events.

It looks like a branch to the trainer: ``words`` makes word vectors, and calling it gives scores.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from training.branch import DEPTH, Branch
from training.encoder import half
from training.network import Network

Batch = dict[str, Tensor]


def ends(hidden: Tensor, batch: dict[str, Tensor]) -> Tensor:
    """A word's vector is its first piece's plus its last piece's."""
    width = hidden.shape[-1]
    first = torch.gather(hidden, 1, batch["first"].unsqueeze(-1).expand(-1, -1, width))
    return first + torch.gather(hidden, 1, batch["last"].unsqueeze(-1).expand(-1, -1, width))


def both(network: Network, branch: Branch, batch: Batch) -> tuple[Tensor, Tensor]:
    """Word vectors of trunk and branch, ``[B, W, D]`` each."""
    mask = (batch["pieces"] != 0)[:, None, None, :]
    with half():
        shared = network.encoder(batch["pieces"], batch["cases"], DEPTH)
        trunk = own = shared
        for layer in network.encoder.layers[DEPTH:]:
            trunk = layer(trunk, mask)
        for layer in branch.layers:
            own = layer(own, mask)
    return ends(trunk.float(), batch), ends(own.float(), batch)


def apart(found: Tensor, goal: Tensor, batch: Batch) -> Tensor:
    """Mean squared distance over the words, as a share of the goal's own size."""
    there = (batch["sentence"] >= 0).unsqueeze(-1)
    return ((found - goal) ** 2 * there).sum() / (goal**2 * there).sum()


class Joint(nn.Module):
    """Trunk and branch, all layers learning; how far the trunk's word vectors moved is kept in ``moved``.

    Args:
        network: the trunk with its heads.
        branch: the branch over it.
    """

    def __init__(self, network: Network, branch: Branch) -> None:
        super().__init__()
        self.network, self.branch = network, branch
        self.moved: Tensor | None = None

    def words(self, batch: dict[str, Tensor]) -> Tensor:
        encoder = self.network.encoder
        mask = (batch["pieces"] != 0)[:, None, None, :]
        with half():
            shared = encoder(batch["pieces"], batch["cases"], DEPTH)
            x = shared
            for layer in encoder.layers[DEPTH:]:
                x = layer(x, mask)
            own = shared
            for layer in self.branch.layers:
                own = layer(own, mask)
        final = ends(x.float(), batch)
        if "final" in batch:
            there = (batch["sentence"] >= 0).unsqueeze(-1)
            far = ((final - batch["final"]) ** 2 * there).sum() / there.sum()
            self.moved = far / (batch["final"] ** 2 * there).sum() * there.sum()
        return torch.cat([ends(own.float(), batch), self.branch.noise(final)], dim=-1)

    def forward(self, words: Tensor) -> dict[str, Tensor]:
        return dict(self.branch(words))
