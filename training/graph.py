"""Building the shipped graph node by node: 8-bit weights, 32-bit arithmetic between them.

Exporting by hand, not by tracing, keeps the graph small, fused (Microsoft's contrib operators, which
every onnxruntime has) and the same from run to run.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn

OPSET = 18
MICROSOFT = "com.microsoft"
LEVELS = 63  # 7 bits of the 8: processors without VNNI saturate on more


class Graph:
    """An ONNX graph under construction. Methods add nodes and give back the name of their value.

    Args:
        bits: 8 for quantised matrices, 32 to keep them as they are (for comparison).
        block: columns of a matrix that share a scale.
    """

    def __init__(self, bits: int = 8, block: int = 128) -> None:
        self.bits = bits
        self.block = block
        self.nodes: list[Any] = []
        self.weights: list[Any] = []
        self.inputs: list[Any] = []
        self.outputs: list[Any] = []
        self.names: dict[str, str] = {}  # of values that are outputs
        self._n = 0

    def node(
        self, kind: str, inputs: list[str], domain: str = "", outputs: int = 1, **attributes: Any
    ) -> Any:
        """Any node; one name back, or a list where it has several outputs."""
        self._n += 1
        names = [f"{kind}_{self._n}_{k}" for k in range(outputs)]
        self.nodes.append(helper.make_node(kind, inputs, names, domain=domain, **attributes))
        return names[0] if outputs == 1 else names

    def constant(self, value: NDArray[Any]) -> str:
        """A weight or a constant."""
        self._n += 1
        name = f"w{self._n}"
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def input(self, name: str, shape: list[Any], kind: int = TensorProto.INT64) -> str:
        self.inputs.append(helper.make_tensor_value_info(name, kind, shape))
        return name

    def output(self, name: str, value: str, shape: list[Any], kind: int = TensorProto.FLOAT) -> None:
        """Make a value an output of the graph, under ``name``."""
        self.names[value] = name
        self.outputs.append(helper.make_tensor_value_info(name, kind, shape))

    def best(self, name: str, scores: str) -> None:
        """Make the number of the best-scored label an output, ``[1, W]``."""
        self.output(name, self.node("ArgMax", [scores], axis=2, keepdims=0), [1, "W"], TensorProto.INT64)

    def embedding(self, table: Tensor, ids: str) -> str:
        """Rows of a table kept in 8 bits with one scale a row."""
        array = table.detach().float().numpy()
        if self.bits == 32:
            return str(self.node("Gather", [self.constant(array), ids]))
        scale = np.maximum(np.abs(array).max(axis=1, keepdims=True), 1e-8) / 127
        small = np.round(array / scale).astype(np.int8)
        rows = self.node("Cast", [self.node("Gather", [self.constant(small), ids])], to=TensorProto.FLOAT)
        return str(
            self.node("Mul", [rows, self.node("Gather", [self.constant(scale.astype(np.float32)), ids])])
        )

    def matmul(self, value: str, matrix: NDArray[np.float32], bias: NDArray[np.float32] | None = None) -> str:
        """``value @ matrix + bias`` (``[K, N]``, ``[N]``)."""
        columns = matrix.shape[1]
        if self.bits == 8 and columns >= 16 and not self.block:
            return self._dynamic(value, matrix, bias)
        out = self._plain(value, matrix)
        return out if bias is None else str(self.node("Add", [out, self.constant(bias)]))

    def _plain(self, value: str, matrix: NDArray[np.float32]) -> str:
        """A product without a bias, of other kinds than the dynamic one."""
        rows, columns = matrix.shape
        if self.bits == 32 or columns < 16:
            return str(self.node("MatMul", [value, self.constant(matrix)]))
        block = self.block
        blocks = -(-rows // block)
        padded = np.zeros((columns, blocks * block), np.float32)
        padded[:, :rows] = matrix.T
        cut = padded.reshape(columns, blocks, block)
        scale = np.maximum(np.abs(cut).max(axis=2), 1e-8) / 127
        small = (np.round(cut / scale[..., None]) + 128).clip(0, 255).astype(np.uint8)
        return str(
            self.node(
                "MatMulNBits",
                [value, self.constant(small), self.constant(scale.astype(np.float32).reshape(-1))],
                domain=MICROSOFT,
                K=rows,
                N=columns,
                bits=8,
                block_size=block,
                accuracy_level=4,
            )
        )

    def _dynamic(self, value: str, matrix: NDArray[np.float32], bias: NDArray[np.float32] | None) -> str:
        scale = (np.maximum(np.abs(matrix).max(axis=0), 1e-8) / LEVELS).astype(np.float32)
        small = np.round(matrix / scale).astype(np.int8)
        weights = [self.constant(small), self.constant(scale), self.constant(np.zeros(len(scale), np.int8))]
        # The bias goes into the product: a node of its own is another pass over memory.
        weights += [] if bias is None else [self.constant(bias)]
        return str(self.node("DynamicQuantizeMatMul", [value, *weights], domain=MICROSOFT))

    def linear(self, value: str, layer: nn.Linear) -> str:
        """A linear layer with its bias."""
        bias = None if layer.bias is None else layer.bias.detach().float().numpy()
        return self.matmul(value, layer.weight.detach().float().numpy().T, bias)

    def linears(self, value: str, layers: list[nn.Linear]) -> list[str]:
        """Several linear layers over one value, as one product: the value is rounded but once."""
        weight = np.concatenate([layer.weight.detach().float().numpy().T for layer in layers], axis=1)
        biases = [
            np.zeros(layer.out_features, np.float32)
            if layer.bias is None
            else layer.bias.detach().float().numpy()
            for layer in layers
        ]
        bias = np.concatenate(biases)
        out = self.matmul(value, weight, bias)
        self.fill(layers, weight, bias)
        cut = self.constant(np.array([layer.out_features for layer in layers], np.int64))
        found: list[str] = self.node("Split", [out, cut], outputs=len(layers), axis=-1)
        return found

    def fill(self, layers: list[nn.Linear], weight: NDArray[np.float32], bias: NDArray[np.float32]) -> None:
        """What is done with the weights of layers put together: here nothing (see ``training.recover``)."""

    def model(self) -> bytes:
        """The finished model, serialised."""
        for node in self.nodes:
            for values in (node.input, node.output):
                values[:] = [self.names.get(value, value) for value in values]
        graph = helper.make_graph(self.nodes, "communique", self.inputs, self.outputs, self.weights)
        opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(MICROSOFT, 1)]
        model = helper.make_model(graph, opset_imports=opsets, ir_version=9, producer_name="communique")
        onnx.checker.check_model(model)
        return bytes(model.SerializeToString())


def encoder_nodes(graph: Graph, encoder: Any, pieces: str, cases: str, depth: int) -> str:
    """The encoder's first ``depth`` layers over one window, ``pieces`` and ``cases`` ``[1, T]``, to
    ``[1, T, D]``."""

    def vector(value: Tensor) -> str:
        return graph.constant(value.detach().float().numpy())

    length = graph.node("Shape", [pieces], start=1, end=2)
    one = graph.constant(np.array([1], np.int64))
    zero = graph.constant(np.array([0], np.int64))
    places = graph.node("Slice", [vector(encoder.positions.weight), zero, length, zero, one])
    x = graph.node("Add", [graph.embedding(encoder.pieces.weight, pieces), places])
    x = graph.node("Add", [x, graph.node("Gather", [vector(encoder.cases.weight), cases])])
    norm = encoder.norm
    x = graph.node(
        "LayerNormalization", [x, vector(norm.weight), vector(norm.bias)], axis=-1, epsilon=norm.eps
    )
    third = graph.constant(np.array([encoder.width] * 3, np.int64))
    for layer in encoder.layers[:depth]:
        x = layer_nodes(graph, layer, x, third)
    return str(x)


def layer_nodes(graph: Graph, layer: Any, x: str, third: str) -> str:
    """One transformer layer; ``third`` is the constant that cuts queries, keys and values apart."""
    q, k, v = graph.node("Split", [graph.linear(x, layer.qkv), third], outputs=3, axis=-1)
    seen = graph.node("MultiHeadAttention", [q, k, v], domain=MICROSOFT, num_heads=layer.heads)
    x = _skip(graph, graph.linear(seen, layer.mix), x, layer.norm1)
    wide = graph.node("Gelu", [graph.linear(x, layer.up)], domain=MICROSOFT)
    return _skip(graph, graph.linear(wide, layer.down), x, layer.norm2)


def _skip(graph: Graph, value: str, skip: str, norm: nn.LayerNorm) -> str:
    """``norm(value + skip)``. Two nodes: SkipLayerNormalization takes five times as long."""
    weight, shift = (graph.constant(t.detach().float().numpy()) for t in (norm.weight, norm.bias))
    total = graph.node("Add", [value, skip])
    return str(graph.node("LayerNormalization", [total, weight, shift], axis=-1, epsilon=norm.eps))
