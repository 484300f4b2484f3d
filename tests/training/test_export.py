"""What ships computes what was trained."""

from __future__ import annotations

from typing import Any

import pytest

pytest.importorskip("torch")
pytest.importorskip("onnx")

import numpy as np
import onnxruntime
import torch

from training.attribution import Attribution
from training.branch import Branch
from training.encoder import Encoder
from training.eventdata import LABELS
from training.export import build
from training.frozen import fill
from training.graph import Graph
from training.heads.tree import TreeHead
from training.network import Network
from training.windows import Window

# Five words of seven pieces between the two marks; the second and the last word have several.
GIVEN = {
    "pieces": [[101, 2002, 3000, 4000, 5000, 6000, 2003, 2004, 102]],
    "cases": [[0, 1, 2, 2, 1, 1, 3, 3, 0]],
    "first": [[1, 2, 4, 5, 6]],
    "last": [[1, 3, 4, 5, 7]],
    "sentence": [[0, 0, 0, 1, 1]],
    "quoted": [[0, 1, 1, 0, 0]],
}
RELATIONS = {"deprel": ["det", "nsubj", "obj", "root"]}


def _network() -> tuple[Network, Branch, Attribution]:
    torch.manual_seed(3)
    network = Network(Encoder(), RELATIONS, ("tree",)).eval()
    branch, claims = Branch(network.encoder, LABELS).eval(), Attribution().eval()
    with torch.no_grad():
        for value in (*branch.parameters(), *network.heads.parameters()):
            value.add_(0.02 * torch.randn_like(value))
    return network, branch, claims


def _told(model: bytes) -> dict[str, Any]:
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(model, options)
    inputs = {name: np.array(value, np.int64) for name, value in GIVEN.items()}
    inputs |= {name: inputs[name][0] for name in ("first", "last")}
    taken = {i.name for i in session.get_inputs()}
    names = [o.name for o in session.get_outputs()]
    answers = session.run(names, {k: v for k, v in inputs.items() if k in taken})
    return dict(zip(names, answers, strict=True))


def test_the_graph_gives_the_networks_vectors_and_scores() -> None:
    network, branch, claims = _network()
    told = _told(build(network, branch, Graph(bits=32, block=0), claims))
    batch = {name: torch.tensor(value) for name, value in GIVEN.items()}
    with torch.no_grad():
        final = network.words(batch)
        words = branch.words(batch | {"trunk": network.shared(batch), "final": final})
        scores = branch(words)
        said = claims(batch | {"vectors": words})
    assert np.abs(told["vectors"] - words.numpy()).max() < 1e-3
    assert np.abs(told["event"] - scores["event"].log_softmax(-1).numpy()).max() < 1e-3
    assert np.abs(told["recipient"] - scores["roles"][:, 1].numpy()).max() < 1e-3
    assert np.abs(told["claim"] - said["tags"].numpy()).max() < 1e-3
    assert np.abs(told["claim_content"] - said["parts"][:, 2].numpy()).max() < 1e-3


def test_the_graph_chooses_the_relation_that_the_head_learned() -> None:
    network, branch, claims = _network()
    told = _told(build(network, branch, Graph(bits=32, block=0), claims))
    batch = {name: torch.tensor(value) for name, value in GIVEN.items()}
    tree = network.heads["tree"]
    assert isinstance(tree, TreeHead)
    with torch.no_grad():
        heads = torch.tensor(told["arcs"].argmax(-1))
        chosen = torch.tensor(told["deprel"])
        right = tree.loss(network.words(batch), batch["sentence"], {"head": heads, "deprel": chosen})
        for other in range(len(RELATIONS["deprel"])):
            changed = torch.where(torch.arange(5) == 2, other, chosen)
            loss = tree.loss(network.words(batch), batch["sentence"], {"head": heads, "deprel": changed})
            assert loss >= right - 1e-6
    assert told["arcs"].shape == (1, 5, 6)


def test_what_is_frozen_is_what_the_graph_computes() -> None:
    network, branch, claims = _network()
    told = _told(build(network, branch, None, claims))
    given = {name: value[0] for name, value in GIVEN.items() if name != "quoted"}
    window = Window(**given, targets={})
    fill([window], network)
    assert window.trunk is not None and window.final is not None
    assert window.trunk.shape == window.final.shape == (5, 384)
    assert np.abs(told["vectors"][0, :, 384:] - window.final).max() < 5e-3
