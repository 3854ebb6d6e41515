"""Sentences as numbers, in batches, for training."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Any

import numpy as np

from planner.wording.encoder import MOST_PIECES
from planner.wording.grammar import CLASSES, tokens
from planner.wording.pieces import MASK, Pieces
from planner.wording.training.examples import Example, beside, changed

BATCH = 32
_NUMBERS = {name: number for number, name in enumerate(CLASSES)}
# How many pairs are put in order of their length at a time.
_SORTED_AT_ONCE = 200

Array = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Read:
    """A sentence as numbers: its pieces, and for each a row of classes."""

    pieces: Array
    classes: Array


def read(text: str, pieces: Pieces) -> Read:
    """A text as numbers."""
    words = tokens(text, 0, len(text))
    cut = pieces.of([word.word for word in words], MOST_PIECES)
    rows = np.zeros((len(cut), len(CLASSES)), np.float32)
    for row, piece in zip(rows, cut, strict=True):
        for name in words[piece.token].classes if piece.token >= 0 else ():
            row[_NUMBERS[name]] = 1
    return Read(np.array([piece.number for piece in cut]), rows)


def padded(sentences: list[Read]) -> tuple[Array, Array, Array]:
    """Sentences of different lengths as one block: pieces, classes, and 1 where something is there."""
    longest = max(len(one.pieces) for one in sentences)
    # Few different lengths: each is compiled anew.
    longest = -(-longest // 8) * 8 if longest <= 32 else -(-longest // 32) * 32
    pieces = np.zeros((len(sentences), longest), np.int32)
    classes = np.zeros((len(sentences), longest, len(CLASSES)), np.float32)
    there = np.zeros((len(sentences), longest), np.float32)
    for row, one in enumerate(sentences):
        length = len(one.pieces)
        pieces[row, :length], classes[row, :length], there[row, :length] = one.pieces, one.classes, 1
    return pieces, classes, there


class Batches:
    """Batches of examples, each time in another order and slightly changed."""

    def __init__(self, learnt: list[Example], clean: list[Example], pieces: Pieces, seed: int) -> None:
        self.kinds = sorted({example.kind for example in learnt})
        self._learnt, self._clean, self._pieces = learnt, clean, pieces
        self._chance = random.Random(seed)  # noqa: S311 no secrets
        self._noise = np.random.default_rng(seed)

    def round(self, most_clean: int) -> list[list[Example]]:
        """All examples and some clean ones, in batches of about one length, those of a pair together."""
        pairs: dict[str, list[Example]] = {}
        for example in self._learnt:
            pairs.setdefault(example.pair, []).append(example)
        some = self._chance.sample(self._clean, min(most_clean, len(self._clean)))
        groups = [*pairs.values(), *([example] for example in some)]
        self._chance.shuffle(groups)
        found: list[list[Example]] = []
        for start in range(0, len(groups), _SORTED_AT_ONCE):
            part = groups[start : start + _SORTED_AT_ONCE]
            found += _filled(sorted(part, key=lambda group: max(len(e.text) for e in group)))
        self._chance.shuffle(found)
        return found

    def numbers(self, batch: list[Example]) -> tuple[Any, ...]:
        """The batch filled up to BATCH: what `padded` gives, leaning, kinds, which of them count, pairs."""
        filled = (batch + [batch[-1]] * BATCH)[:BATCH]
        texts = [beside(changed(example, self._chance), self._clean, self._chance) for example in filled]
        sentences = [self._hidden(read(text, self._pieces)) for text in texts]
        leans = np.array([example.leans for example in filled], np.float32)
        known = np.array([example.kind in self.kinds for example in filled])
        kinds = np.array([self.kinds.index(e.kind) if k else 0 for e, k in zip(filled, known, strict=True)])
        counted = (np.arange(BATCH) < len(batch)).astype(np.float32)
        paired = np.array([[a.leans and not b.leans and a.pair == b.pair for b in filled] for a in filled])
        return (
            *padded(sentences),
            leans,
            kinds,
            known * counted,
            counted,
            paired * counted * counted[:, None],
        )

    def _hidden(self, sentence: Read) -> Read:
        """Some words hidden whose classes stay, some classes hidden, and now and then all of them.

        So it learns to do with what there is: the classes know words that it never met, and miss others.
        """
        chance = np.where(sentence.classes.any(1), 0.12, 0.05)
        hidden = self._noise.random(len(sentence.pieces)) < chance
        hidden[[0, -1]] = False
        pieces = np.where(hidden, self._pieces.number(MASK), sentence.pieces)
        kept = (self._noise.random((len(pieces), 1)) >= 0.1) * (self._noise.random() >= 0.25)
        return Read(pieces, sentence.classes * kept)


def _filled(groups: list[list[Example]]) -> list[list[Example]]:
    found: list[list[Example]] = []
    batch: list[Example] = []
    for group in groups:
        if len(batch) + len(group) > BATCH:
            found.append(batch)
            batch = []
        batch = batch + group
    return [*found, batch]
