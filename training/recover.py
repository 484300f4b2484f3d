"""From what ships back to a checkpoint, so that a further branch can be trained on a network at hand.

    python -m training.recover src/communique/language/weights --out runs/trunk/network.pt \
        [--branch runs/trunk/branch.pt]

The graph is built once more from an untrained network, and every constant that the builder asks for is
read from the shipped file instead. Exporting the result gives the same 8-bit weights again.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import numpy_helper
from torch import Tensor, nn

from training.attribution import Attribution
from training.attribution import save as save_claims
from training.branch import Branch, save_branch
from training.encoder import Encoder
from training.eventdata import LABELS
from training.export import HEAD_ORDER, build
from training.graph import Graph
from training.network import Network, save


class Recovering(Graph):
    """A graph whose building fills the network with the weights of a file."""

    def __init__(self, model: Any) -> None:
        super().__init__(bits=8, block=0)
        self.given = {w.name: numpy_helper.to_array(w) for w in model.graph.initializer}

    def constant(self, value: NDArray[Any]) -> str:
        name = super().constant(value)
        given = self.given.get(name)
        if given is not None and given.size == value.size and value.dtype == np.float32:
            value[...] = given.reshape(value.shape)
        return name

    def embedding(self, table: Tensor, ids: str) -> str:
        array = table.detach().numpy()
        first = self._n + 1
        out = super().embedding(table, ids)
        small, scale = self._pair(first, array.shape)
        array[...] = small.astype(np.float32) * scale
        return out

    def _dynamic(self, value: str, matrix: NDArray[np.float32], bias: NDArray[np.float32] | None) -> str:
        first = self._n + 1
        out = super()._dynamic(value, matrix, bias)
        small, scale = self._pair(first, matrix.shape)
        matrix[...] = small.astype(np.float32) * scale
        return out

    def fill(self, layers: list[nn.Linear], weight: NDArray[np.float32], bias: NDArray[np.float32]) -> None:
        at = 0
        for layer in layers:
            here = slice(at, at + layer.out_features)
            layer.weight.detach().numpy()[...] = weight[:, here].T
            if layer.bias is not None:
                layer.bias.detach().numpy()[...] = bias[here]
            at = here.stop

    def _pair(self, first: int, shape: tuple[int, ...]) -> tuple[NDArray[Any], NDArray[Any]]:
        """The 8-bit table and its scales among the constants made since ``first``."""
        found = [self.given[f"w{k}"] for k in range(first, self._n + 1) if f"w{k}" in self.given]
        small = next(a for a in found if a.dtype == np.int8 and a.shape == shape)
        scale = next(a for a in found if a.dtype == np.float32)
        return small, scale


def recover(folder: Path) -> tuple[Network, Branch, Attribution]:
    """The network of an export, the branch that reads events and the layer that reads claims, as 32-bit
    weights."""
    labels = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
    network = Network(Encoder(), labels, HEAD_ORDER)
    branch = Branch(network.encoder, {k: labels[k] for k in LABELS})
    claims = Attribution()
    build(network, branch, Recovering(onnx.load(str(folder / "network.onnx"))), claims)
    return network, branch, claims


def main() -> None:
    parser = argparse.ArgumentParser(description="Recover a checkpoint from an export.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--branch", type=Path)
    parser.add_argument("--claims", type=Path)
    args = parser.parse_args()
    network, branch, claims = recover(args.folder)
    args.out.parent.mkdir(parents=True, exist_ok=True)
    save(args.out, network, {"step": 0})
    if args.branch:
        save_branch(args.branch, branch, {})
    if args.claims:
        save_claims(args.claims, claims)


if __name__ == "__main__":
    main()
