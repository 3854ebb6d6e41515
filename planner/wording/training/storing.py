"""Writing what was learnt for `encoder.py` to read: weights in 8 bits, the layers as a graph of ONNX."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

from planner.wording.training.base import LAYERS, Base, Weights
from planner.wording.training.forward import HEADS, TINY

# English, numbers and marks: other scripts would only take room.
_KEPT = re.compile(r"(##)?[a-z]+|[!-/:-@\[-`{-~£€“”‘’–—…°½]|(##)?[0-9]|[0-9]{2}|\[(CLS|SEP|UNK|MASK)\]")


def write(base: Base, weights: Weights, kinds: list[str], leaning: set[str], folder: Path) -> None:
    """Write `weights.npz`, `pieces.txt` and `layers.onnx`; of the kinds only those that lean back."""
    arrays = {name: np.asarray(value, np.float32) for name, value in weights.items()}
    kept = [number for number, name in enumerate(base.pieces.names) if _KEPT.fullmatch(name)]
    shown = [number for number, kind in enumerate(kinds) if kind in leaning]
    embeddings, scale = _small(base.embeddings[kept])
    stored: dict[str, Any] = {name: value for name, value in arrays.items() if not name[0].isdigit()}
    stored |= {name: arrays[name][..., shown] for name in ("kind", "kind_bias")}
    stored |= {"kinds": np.array(",".join(kinds[number] for number in shown))}
    stored |= {"embeddings": embeddings, "embeddings_scale": scale}
    folder.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(folder / "weights.npz", **stored)
    pieces = "\n".join(base.pieces.names[number] for number in kept)
    (folder / "pieces.txt").write_text(pieces + "\n", encoding="utf-8")
    with tempfile.TemporaryDirectory() as place:
        exact = Path(place) / "layers.onnx"
        onnx.save(_Graph(arrays).model(), exact)
        quantize_dynamic(
            exact,
            folder / "layers.onnx",
            weight_type=QuantType.QInt8,
            per_channel=True,
            op_types_to_quantize=["MatMul"],
            extra_options={"MatMulConstBOnly": True},
        )


def _small(rows: np.ndarray[Any, Any]) -> tuple[Any, Any]:
    """Rows of numbers in 8 bits, and the scale of each."""
    scale = np.maximum(np.abs(rows).max(axis=1, keepdims=True), 1e-9) / 127
    return np.round(rows / scale).astype(np.int8), scale[:, 0].astype(np.float32)


class _Graph:
    """The layers of `forward.py` for one sentence: from `states` to `read`, a row for each piece."""

    def __init__(self, weights: dict[str, np.ndarray[Any, Any]]) -> None:
        self._weights = weights
        self._width = weights["first_norm.bias"].shape[0]
        self._nodes: list[Any] = []
        self._constants: list[Any] = []
        self._count = 0

    def model(self) -> Any:
        """The whole of it."""
        states = "states"
        for number in range(LAYERS):
            states = self._layer(number, states)
        self._nodes.append(helper.make_node("Identity", [states], ["read"]))
        shape = ["pieces", self._width]
        graph = helper.make_graph(
            self._nodes,
            "layers",
            [helper.make_tensor_value_info("states", TensorProto.FLOAT, shape)],
            [helper.make_tensor_value_info("read", TensorProto.FLOAT, shape)],
            self._constants,
        )
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=10)
        onnx.checker.check_model(model)
        return model

    def _layer(self, number: int, states: str) -> str:
        seen = self._attention(self._dense(f"{number}.attend", states))
        seen = self._dense(f"{number}.attended", seen)
        states = self._normed(f"{number}.norm", self._does("Add", states, seen))
        wide = self._does("Gelu", self._dense(f"{number}.widen", states), approximate="tanh")
        narrow = self._dense(f"{number}.narrow", wide)
        return self._normed(f"{number}.last_norm", self._does("Add", states, narrow))

    def _attention(self, mixed: str) -> str:
        size = self._width // HEADS
        parts = self._constant(np.array([self._width] * 3, np.int64))
        heads = self._constant(np.array([-1, HEADS, size], np.int64))
        thirds = [self._name() for _ in range(3)]
        self._nodes.append(helper.make_node("Split", [mixed, parts], thirds, axis=1))
        asked, offered, given = (self._does("Reshape", third, heads) for third in thirds)
        asked = self._does("Transpose", asked, perm=[1, 0, 2])
        offered = self._does("Transpose", offered, perm=[1, 2, 0])
        given = self._does("Transpose", given, perm=[1, 0, 2])
        fit = self._does("MatMul", asked, offered)
        fit = self._does("Mul", fit, self._constant(np.array(size**-0.5, np.float32)))
        seen = self._does("MatMul", self._does("Softmax", fit, axis=-1), given)
        seen = self._does("Transpose", seen, perm=[1, 0, 2])
        return self._does("Reshape", seen, self._constant(np.array([-1, self._width], np.int64)))

    def _dense(self, name: str, value: str) -> str:
        product = self._does("MatMul", value, self._constant(self._weights[f"{name}.weight"]))
        return self._does("Add", product, self._constant(self._weights[f"{name}.bias"]))

    def _normed(self, name: str, value: str) -> str:
        weight, bias = (self._constant(self._weights[f"{name}.{part}"]) for part in ("weight", "bias"))
        return self._does("LayerNormalization", value, weight, bias, axis=-1, epsilon=TINY)

    def _does(self, what: str, *given: str, **how: Any) -> str:
        name = self._name()
        self._nodes.append(helper.make_node(what, list(given), [name], name=name, **how))
        return name

    def _constant(self, value: np.ndarray[Any, Any]) -> str:
        name = f"constant{len(self._constants)}"
        self._constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def _name(self) -> str:
        self._count += 1
        return f"value{self._count}"
