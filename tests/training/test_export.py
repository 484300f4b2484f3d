"""What ships computes what was trained."""

from __future__ import annotations

import pytest

pytest.importorskip("torch")
pytest.importorskip("onnx")

import numpy as np
import onnxruntime
import torch

from training.branch import DEPTH, Branch
from training.encoder import Encoder
from training.eventdata import LABELS
from training.export import build
from training.graph import Graph
from training.network import Network

# Five words of seven pieces between the two marks; the second and the last word have several.
GIVEN = {
    "pieces": [[101, 2002, 3000, 4000, 5000, 6000, 2003, 2004, 102]],
    "cases": [[0, 1, 2, 2, 1, 1, 3, 3, 0]],
    "first": [[1, 2, 4, 5, 6]],
    "last": [[1, 3, 4, 5, 7]],
    "sentence": [[0, 0, 0, 1, 1]],
}


def test_the_graph_gives_the_networks_vectors_and_scores() -> None:
    torch.manual_seed(3)
    network = Network(Encoder(), {}, ()).eval()
    branch = Branch(network.encoder, LABELS).eval()
    with torch.no_grad():
        for value in branch.parameters():
            value.add_(0.02 * torch.randn_like(value))
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(build(network, branch, Graph(bits=32, block=0)), options)
    inputs = {name: np.array(value, np.int64) for name, value in GIVEN.items()}
    inputs |= {name: inputs[name][0] for name in ("first", "last")}
    taken = {i.name for i in session.get_inputs()}
    names = [o.name for o in session.get_outputs()]
    told = dict(zip(names, session.run(names, {k: v for k, v in inputs.items() if k in taken}), strict=True))
    batch = {name: torch.tensor(value) for name, value in GIVEN.items()}
    with torch.no_grad():
        shared = network.encoder(batch["pieces"], batch["cases"], DEPTH)
        words = branch.words(batch | {"trunk": shared, "final": network.words(batch)})
        scores = branch(words)
    assert np.abs(told["vectors"] - words.numpy()).max() < 1e-3
    assert np.abs(told["event"] - scores["event"].log_softmax(-1).numpy()).max() < 1e-3
    assert np.abs(told["recipient"] - scores["roles"][:, 1].numpy()).max() < 1e-3
