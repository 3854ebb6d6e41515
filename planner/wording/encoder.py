"""A small trained reader: a transformer of six layers that says how much a sentence leans back.

It was trained by `python -m planner.wording.training.train` on labelled sentences. Beside the words it reads
the classes of `words.toml`: a word that it never met may be known by its class. It needs no network.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from planner.wording.grammar import CLASSES, Token
from planner.wording.pieces import Piece, Pieces

FOLDER = Path(__file__).parent / "encoder"
MOST_PIECES = 128
# Readings kept in memory: while somebody types, all sentences but one are the same as a moment ago.
_MOST_KEPT = 12_000

Array = NDArray[np.float32]
_CLASS_NUMBERS = {name: number for number, name in enumerate(CLASSES)}


@dataclass(frozen=True)
class Reading:
    """What the encoder makes of a sentence.

    `lean` is the odds in favour of leaning back, as a logarithm: 0 is even. `kind` names the kind of wording
    that it comes nearest to. `shares` says for each token how much it adds.
    """

    lean: float
    kind: str
    shares: tuple[float, ...]


class Encoder:
    """The encoder with its weights. Use `encoder()`, which reads them once."""

    def __init__(self, weights: dict[str, Array], layers: Any, pieces: Pieces) -> None:
        self._pieces = pieces
        self._weights = weights
        self._layers = layers
        self.kinds = str(weights["kinds"]).split(",")
        self._kept = lru_cache(maxsize=_MOST_KEPT)(self._read)

    @classmethod
    def read_files(cls, folder: Path = FOLDER) -> Encoder:
        """Read the weights. Raises OSError when a file is missing."""
        import onnxruntime  # here, as most processes never check a text

        with np.load(folder / "weights.npz", allow_pickle=False) as stored:
            weights: dict[str, Any] = {name: stored[name] for name in stored.files}
        options = onnxruntime.SessionOptions()
        # Sentences are too small to share out: with more threads than free cores each waits for the slowest.
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        layers = onnxruntime.InferenceSession(
            (folder / "layers.onnx").read_bytes(), options, providers=["CPUExecutionProvider"]
        )
        return cls(weights, layers, Pieces.read(folder / "pieces.txt"))

    def read(self, tokens: Iterable[Token]) -> Reading:
        """A reading of a sentence, given as tokens. What is longer than MOST_PIECES loses its end."""
        return self._kept(tuple((token.word, token.classes) for token in tokens))

    def forget(self) -> None:
        """Let go of the readings that are kept."""
        self._kept.cache_clear()

    def _read(self, words: tuple[tuple[str, tuple[str, ...]], ...]) -> Reading:
        cut = self._pieces.of([word for word, _classes in words], MOST_PIECES)
        states = self._layers.run(None, {"states": self._embed(cut, words)})[0]
        return self._judge(states, cut, len(words))

    def _embed(self, cut: list[Piece], words: tuple[tuple[str, tuple[str, ...]], ...]) -> Array:
        weights = self._weights
        numbers = np.array([piece.number for piece in cut])
        found = weights["embeddings"][numbers].astype(np.float32) * weights["embeddings_scale"][numbers, None]
        found += weights["places"][: len(cut)]
        for row, piece in enumerate(cut):
            classes = words[piece.token][1] if piece.token >= 0 else ()
            if classes:
                found[row] += weights["classes"][[_CLASS_NUMBERS[name] for name in classes]].sum(axis=0)
        return _normed(found, weights["first_norm.weight"], weights["first_norm.bias"])

    def _judge(self, states: Array, cut: list[Piece], tokens: int) -> Reading:
        weights = self._weights
        size = states.shape[1]
        each = states @ weights["lean"][size:] / len(states)
        lean = float(states[0] @ weights["lean"][:size] + each.sum() + weights["lean_bias"])
        pooled = np.concatenate([states[0], states.mean(axis=0)])
        kind = self.kinds[int(np.argmax(pooled @ weights["kind"] + weights["kind_bias"]))]
        shares = [0.0] * tokens
        for piece, share in zip(cut, each.tolist(), strict=True):
            if piece.token >= 0:
                shares[piece.token] += share
        return Reading(lean, kind, tuple(shares))


@cache
def encoder() -> Encoder:
    """The encoder that ships. Raises OSError when its files are missing."""
    return Encoder.read_files()


def _normed(states: Array, weight: Array, bias: Array) -> Array:
    centred = states - states.mean(axis=-1, keepdims=True)
    spread = np.sqrt((centred * centred).mean(axis=-1, keepdims=True) + np.float32(1e-7))
    found: Array = centred / spread * weight + bias
    return found
