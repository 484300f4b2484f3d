"""Networks that learn events as a whole, not only a branch: the one that ships, and a larger teacher.

Both look like a branch to the trainer: ``words`` makes word vectors, and calling them gives scores.
"""

from __future__ import annotations

import math
from pathlib import Path

import torch
from torch import Tensor, nn

from communique.language.wordpiece import CASES
from training.branch import DEPTH, Branch, EventHeads
from training.encoder import Layer
from training.network import Network

BERT_CLS, BERT_SEP, BERT_UNK = 101, 102, 100
Batch = dict[str, Tensor]
ADDED = 4  # MPNet's vocabulary is BERT's behind four names of its own


def ends(hidden: Tensor, batch: dict[str, Tensor]) -> Tensor:
    """A word's vector is its first piece's plus its last piece's."""
    width = hidden.shape[-1]
    first = torch.gather(hidden, 1, batch["first"].unsqueeze(-1).expand(-1, -1, width))
    return first + torch.gather(hidden, 1, batch["last"].unsqueeze(-1).expand(-1, -1, width))


def both(network: Network, branch: Branch, batch: Batch) -> tuple[Tensor, Tensor]:
    """Word vectors of trunk and branch, ``[B, W, D]`` each."""
    mask = (batch["pieces"] != 0)[:, None, None, :]
    with torch.autocast("cpu", dtype=torch.bfloat16):
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
        with torch.autocast("cpu", dtype=torch.bfloat16):
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


class Teacher(EventHeads):
    """MPNet (Song et al. 2020), 12 × 768 with relative positions, under the same heads.

    Args:
        folder: of ``all-mpnet-base-v2``.
        labels: as for the branch.
    """

    def __init__(self, folder: Path, labels: dict[str, list[str]]) -> None:
        super().__init__(768, labels)
        from safetensors.torch import load_file

        given = load_file(folder / "model.safetensors")
        given = {k.removeprefix("mpnet."): v.float() for k, v in given.items()}
        self.pieces = nn.Embedding.from_pretrained(given["embeddings.word_embeddings.weight"], freeze=True)
        self.positions = nn.Parameter(given["embeddings.position_embeddings.weight"])
        self.cases = nn.Embedding(len(CASES), 768)
        nn.init.zeros_(self.cases.weight)
        self.norm = nn.LayerNorm(768, eps=1e-5)
        self.near = nn.Parameter(given["encoder.relative_attention_bias.weight"])
        self.noise = nn.Dropout(0.1)
        layers = []
        state: dict[str, Tensor] = {
            "norm.weight": given["embeddings.LayerNorm.weight"],
            "norm.bias": given["embeddings.LayerNorm.bias"],
        }
        parts = {
            "mix": "attention.attn.o",
            "norm1": "attention.LayerNorm",
            "up": "intermediate.dense",
            "down": "output.dense",
            "norm2": "output.LayerNorm",
        }
        for i in range(12):
            layers.append(Layer(768, 12, 3072, 0.1))
            source = f"encoder.layer.{i}"
            for kind in ("weight", "bias"):
                qkv = [given[f"{source}.attention.attn.{part}.{kind}"] for part in "qkv"]
                state[f"layers.{i}.qkv.{kind}"] = torch.cat(qkv)
                for ours, theirs in parts.items():
                    state[f"layers.{i}.{ours}.{kind}"] = given[f"{source}.{theirs}.{kind}"]
        self.layers = nn.ModuleList(layers)
        for layer in layers:
            layer.norm1.eps = layer.norm2.eps = 1e-5
        missing = self.load_state_dict(state, strict=False)
        assert not missing.unexpected_keys

    def words(self, batch: dict[str, Tensor]) -> Tensor:
        ids = batch["pieces"]
        there = ids != 0
        own = ids + ADDED
        for theirs, mine in ((BERT_CLS, 0), (BERT_SEP, 2), (BERT_UNK, 3), (0, 1)):
            own = torch.where(ids == theirs, mine, own)
        t = ids.shape[1]
        bias = self.near[buckets(t)].permute(2, 0, 1)[None]
        mask = torch.where(there[:, None, None, :], bias, torch.tensor(-1e9))
        with torch.autocast("cpu", dtype=torch.bfloat16):
            x = self.pieces(own) + self.positions[2 : t + 2] + self.cases(batch["cases"])
            x = self.noise(self.norm(x))
            for layer in self.layers:
                x = layer(x, mask.to(torch.bfloat16) if torch.is_autocast_enabled("cpu") else mask)
        return ends(x.float(), batch)


def buckets(length: int, count: int = 32, farthest: int = 128) -> Tensor:
    """Number of the relative position, ``[T, T]``: exact when near, by the logarithm when far (Raffel et
    al. 2020)."""
    places = torch.arange(length)
    n = places[:, None] - places[None, :]
    half, exact = count // 2, count // 4
    side = (n < 0).long() * half
    n = n.abs()
    far = exact + (torch.log(n.clamp(min=1) / exact) / math.log(farthest / exact) * (half - exact)).long()
    return side + torch.where(n < exact, n, far.clamp(max=half - 1))
