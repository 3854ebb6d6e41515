"""What training starts from: all-MiniLM-L6-v2, under our names."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from planner.wording.encoder import MOST_PIECES
from planner.wording.grammar import CLASSES
from planner.wording.pieces import Pieces

LAYERS = 6
_OURS = {
    "attended": "attention.output.dense",
    "norm": "attention.output.LayerNorm",
    "widen": "intermediate.dense",
    "narrow": "output.dense",
    "last_norm": "output.LayerNorm",
}

Weights = dict[str, Any]


@dataclass(frozen=True)
class Base:
    """The weights to be trained, the embeddings of the pieces, which stay as they are, and the pieces."""

    weights: Weights
    embeddings: np.ndarray[Any, Any]
    pieces: Pieces


def begin_from(folder: Path, kinds: int) -> Base:
    """Read `model.safetensors` and `vocab.txt`. Raises OSError when one is missing."""
    stored = _read_safetensors(folder / "model.safetensors")
    embeddings = stored["embeddings.word_embeddings.weight"]
    size = embeddings.shape[1]
    weights: Weights = {
        "places": stored["embeddings.position_embeddings.weight"][:MOST_PIECES]
        + stored["embeddings.token_type_embeddings.weight"][0],
        "first_norm.weight": stored["embeddings.LayerNorm.weight"],
        "first_norm.bias": stored["embeddings.LayerNorm.bias"],
        # The same for every seed, so that what several have learnt can be averaged.
        "classes": np.random.default_rng(0).normal(0, 0.01, (len(CLASSES), size)).astype(np.float32),
        "lean": np.zeros(2 * size, np.float32),
        "lean_bias": np.zeros((), np.float32),
        "kind": np.zeros((2 * size, kinds), np.float32),
        "kind_bias": np.zeros(kinds, np.float32),
    }
    for number in range(LAYERS):
        weights |= {f"{number}.{name}": value for name, value in _layer(stored, number).items()}
    names = (folder / "vocab.txt").read_text(encoding="utf-8").splitlines()
    return Base(weights, embeddings, Pieces(names))


def _read_safetensors(path: Path) -> dict[str, np.ndarray[Any, Any]]:
    """The arrays of 32-bit numbers in a file: a length, a description in JSON, then the numbers."""
    data = path.read_bytes()
    begin = 8 + int.from_bytes(data[:8], "little")
    found = {}
    for name, entry in json.loads(data[8:begin]).items():
        if name != "__metadata__" and entry["dtype"] == "F32":
            start, end = entry["data_offsets"]
            found[name] = np.frombuffer(data[begin + start : begin + end], np.float32).reshape(entry["shape"])
    return found


def _layer(stored: dict[str, np.ndarray[Any, Any]], number: int) -> dict[str, np.ndarray[Any, Any]]:
    def of(name: str) -> np.ndarray[Any, Any]:
        return stored[f"encoder.layer.{number}.{name}"]

    asked = ("query", "key", "value")
    found = {
        "attend.weight": np.concatenate([of(f"attention.self.{name}.weight").T for name in asked], axis=1),
        "attend.bias": np.concatenate([of(f"attention.self.{name}.bias") for name in asked]),
    }
    for ours, theirs in _OURS.items():
        weight = of(f"{theirs}.weight")
        found[f"{ours}.weight"] = weight.T if weight.ndim == 2 else weight
        found[f"{ours}.bias"] = of(f"{theirs}.bias")
    return found
