"""Trunk and branch as one network whose layers all learn events.

It looks like a branch to the trainer: ``words`` makes word vectors, and calling it gives scores.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from training.branch import Branch
from training.encoder import DEPTH, above, half
from training.network import Network

Batch = dict[str, Tensor]


def both(network: Network, branch: Branch, batch: Batch) -> tuple[Tensor, Tensor]:
    """Word vectors of trunk and branch, ``[B, W, D]`` each."""
    with half():
        shared = network.shared(batch)
        trunk, own = (above(k, shared, batch) for k in (network.encoder.layers[DEPTH:], branch.layers))
    return trunk.float(), own.float()


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
        final, own = both(self.network, self.branch, batch)
        if "final" in batch:
            there = (batch["sentence"] >= 0).unsqueeze(-1)
            far = ((final - batch["final"]) ** 2 * there).sum() / there.sum()
            self.moved = far / (batch["final"] ** 2 * there).sum() * there.sum()
        return torch.cat([own, self.branch.noise(final)], dim=-1)

    def forward(self, words: Tensor) -> dict[str, Tensor]:
        return dict(self.branch(words))
