"""From a checkpoint to what ships: the graph, the vocabulary, the labels, and their hashes.

python -m training.export CHECKPOINT --out src/communique/language/weights [--branch BRANCH] [--claims CLAIMS]
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from training.attribution import Attribution
from training.attribution import load as load_claims
from training.branch import Branch, load_branch
from training.encoder import DEPTH, minilm_folder
from training.graph import Graph, encoder_nodes, layer_nodes
from training.heads.base import Head
from training.network import Network, load

HEAD_ORDER = ("upos", "xpos", "lemma", "tree", "names")


def build(
    network: Network,
    branch: Branch | None = None,
    graph: Graph | None = None,
    claims: Attribution | None = None,
    only: Sequence[str] = (),
) -> bytes:
    """The network as a serialised ONNX model over one window; claims stand on the branch's vectors.

    ``only``: 'trunk', 'final', what the shared layers or all make of the words, and nothing else.
    """
    network.eval()
    graph = graph or Graph(bits=8, block=0)
    pieces, cases = graph.input("pieces", [1, "T"]), graph.input("cases", [1, "T"])
    first, last = graph.input("first", ["W"]), graph.input("last", ["W"])
    x = encoder_nodes(graph, network.encoder, pieces, cases, DEPTH)
    ends = [graph.node("Gather", [x, at], axis=1) for at in (first, last)]
    shared = graph.node("Mul", [graph.node("Add", ends), graph.constant(np.array(0.5, np.float32))])
    words = shared
    third = graph.constant(np.array([network.encoder.width] * 3, np.int64))
    for layer in network.encoder.layers[DEPTH:]:
        words = layer_nodes(graph, layer, words, third)
    if only:
        for name in only:
            graph.output(name, {"trunk": shared, "final": words}[name], [1, "W", network.encoder.width])
        return graph.model()
    graph.input("sentence", [1, "W"])
    for head in network.heads.values():
        assert isinstance(head, Head)
        head.export(graph, words)
    if branch is not None:
        branch.eval()
        vectors = branch.export(graph, shared, words, network.encoder.width)
        if claims is not None:
            claims.eval()
            claims.export(graph, vectors, graph.input("quoted", [1, "W"]))
    return graph.model()


def write(
    network: Network,
    out: Path,
    name: str,
    branch: Branch | None = None,
    graph: Graph | None = None,
    claims: Attribution | None = None,
) -> None:
    """Write ``network.onnx``, ``labels.json``, ``vocab.txt`` and ``manifest.json`` into ``out``."""
    out.mkdir(parents=True, exist_ok=True)
    labels = network.labels | (branch.labels if branch else {})
    (out / "network.onnx").write_bytes(build(network, branch, graph, claims))
    (out / "labels.json").write_text(json.dumps(labels, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    (out / "vocab.txt").write_bytes((minilm_folder() / "vocab.txt").read_bytes())
    files = ("labels.json", "network.onnx", "vocab.txt")
    digests = {f: hashlib.sha256((out / f).read_bytes()).hexdigest() for f in files}
    manifest = {"name": name, "files": digests}
    (out / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description="Export a checkpoint.")
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--name", default="communique-en")
    parser.add_argument("--branch", type=Path, help="checkpoint of the events branch")
    parser.add_argument("--claims", type=Path, help="checkpoint of the layer that reads claims")
    parser.add_argument("--bits", type=int, default=8)
    parser.add_argument("--block", type=int, default=0, help="0: one scale a column and 8-bit activations")
    args = parser.parse_args()
    network, _ = load(args.checkpoint)
    branch = load_branch(args.branch, network.encoder) if args.branch else None
    claims = load_claims(args.claims) if args.claims else None
    write(network, args.out, args.name, branch, Graph(args.bits, args.block), claims)
    size = sum(f.stat().st_size for f in args.out.iterdir())
    print(f"weights_megabytes {size / 1e6:.1f}")


if __name__ == "__main__":
    main()
