"""A branch that leaves the trunk earlier begins by reading as the one it was made from."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("torch")

import torch

from training import branch, joint
from training.encoder import Encoder
from training.eventdata import LABELS
from training.network import Network


def _own(network: Network, made: branch.Branch) -> torch.Tensor:
    numbers = torch.tensor([[1, 2, 3, 4]])
    batch = {"pieces": numbers + 100, "cases": numbers * 0, "first": numbers - 1, "last": numbers - 1}
    network.eval(), made.eval()
    with torch.no_grad():
        return joint.both(network, made, batch)[1]


def test_what_was_shared_is_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    torch.manual_seed(1)
    network = Network(Encoder(), {}, [])
    shallow = branch.Branch(network.encoder, LABELS)
    with torch.no_grad():
        for value in shallow.layers.parameters():
            value.add_(0.01 * torch.randn_like(value))
    branch.save_branch(tmp_path / "branch.pt", shallow, {})
    before = _own(network, shallow)
    for module in (branch, joint):
        monkeypatch.setattr(module, "DEPTH", module.DEPTH - 1)
    deeper = branch.load_branch(tmp_path / "branch.pt", network.encoder)
    assert len(deeper.layers) == len(shallow.layers) + 1
    assert torch.equal(_own(network, deeper), before)


def test_a_branch_that_left_earlier_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    network = Network(Encoder(), {}, [])
    branch.save_branch(tmp_path / "branch.pt", branch.Branch(network.encoder, LABELS), {})
    monkeypatch.setattr(branch, "DEPTH", branch.DEPTH + 1)
    with pytest.raises(ValueError, match="DEPTH"):
        branch.load_branch(tmp_path / "branch.pt", network.encoder)
