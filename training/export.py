"""From a checkpoint to what ships: the graph, the vocabulary, the labels, and their hashes.

python -m training.export CHECKPOINT --out src/communique/language/weights [--branch BRANCH] [--claims CLAIMS]
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path

from training.attribution import Attribution
from training.attribution import load as load_claims
from training.branch import DEPTH, Branch, load_branch
from training.encoder import minilm_folder
from training.graph import Graph, encoder_nodes
from training.heads.base import Head
from training.network import Network, load

HEAD_ORDER = ("upos", "xpos", "lemma", "tree", "names")


def build(
    network: Network,
    branch: Branch | None = None,
    graph: Graph | None = None,
    claims: Attribution | None = None,
) -> bytes:
    """The network as a serialised ONNX model over one window; claims stand on the branch's vectors."""
    network.eval()
    graph = graph or Graph(bits=8, block=0)
    pieces, cases = graph.input("pieces", [1, "T"]), graph.input("cases", [1, "T"])
    first, last = graph.input("first", ["W"]), graph.input("last", ["W"])
    graph.input("sentence", [1, "W"])
    layers = encoder_nodes(graph, network.encoder, pieces, cases)
    ends = [graph.node("Gather", [layers[-1], at], axis=1) for at in (first, last)]
    words = str(graph.node("Add", ends))
    for head in network.heads.values():
        assert isinstance(head, Head)
        head.export(graph, words)
    if branch is not None:
        branch.eval()
        vectors = branch.export(graph, layers[DEPTH - 1], words, first, last, network.encoder.width)
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
