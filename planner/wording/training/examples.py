"""The labelled sentences that the encoder learns from, and the small changes that make more of them."""

from __future__ import annotations

import csv
import random
import re
from dataclasses import dataclass
from pathlib import Path

from planner.wording.grammar import sentences

# The labelled sentences stand with the tests that judge by others like them.
_TESTS = Path(__file__).parents[3] / "tests" / "wording"
FILES = (_TESTS / "tuning.tsv", *sorted((_TESTS / "training").glob("*.tsv")))
_LONG_TEXT = 130
_NAMES = [
    "Sam",
    "Alex",
    "Kim",
    "Robin",
    "Jo",
    "Jordan",
    "Max",
    "Pat",
    "Lee",
    "Ash",
    "Rae",
    "Chris",
    "Charlie",
    "Jamie",
]
_NAMED = re.compile(r"\b(Sam|Alex|Kim|Robin|Jo)\b")
_PRONOUN = re.compile(r"\b(he|she|him|his|himself|herself|husband|wife|he['’]s|she['’]s)\b", re.IGNORECASE)
_SWAPPED = {"he": "she", "she": "he", "him": "her", "his": "her", "himself": "herself", "herself": "himself"}
_SWAPPED |= {"husband": "wife", "wife": "husband", "he's": "she's", "she's": "he's"}


@dataclass(frozen=True)
class Example:
    """A sentence, whether it leans back, its kind, and the pair of near-identical ones that it belongs to."""

    text: str
    leans: bool
    kind: str
    pair: str


def read(path: Path) -> list[Example]:
    """The examples of one file. Raises KeyError when a column is missing."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [
        Example(row["text"], row["leans"] == "1", row["kind"], f"{path.stem} {row['pair'] or number}")
        for number, row in enumerate(rows)
    ]


def changed(example: Example, chance: random.Random) -> str:
    """The text, now and then with other names, he for she, no full stop, or one clean sentence of it."""
    text = example.text
    spans = list(sentences(text))
    if not example.leans and len(spans) > 1 and chance.random() < 0.25:
        start, end = chance.choice(spans)
        text = text[start:end].strip()
    if chance.random() < 0.35 and not re.search(r"\bher\b", text, re.IGNORECASE):
        text = _PRONOUN.sub(_swap, text)
    if chance.random() < 0.3:
        one, other = chance.sample(_NAMES, 2)
        text = _NAMED.sub(lambda match: one if match[0] in ("Sam", "Kim", "Jo") else other, text)
    return text.rstrip(".") if chance.random() < 0.15 else text


def _swap(match: re.Match[str]) -> str:
    word = match[0].replace("’", "'")
    swapped = _SWAPPED[word.lower()]
    return swapped.capitalize() if word[0].isupper() else swapped


def beside(text: str, clean: list[Example], chance: random.Random) -> str:
    """The text, now and then with a clean sentence before or after it: what it is does not change."""
    other = chance.choice(clean).text
    if chance.random() >= 0.08 or len(text) > _LONG_TEXT or len(other) > _LONG_TEXT:
        return text
    ended = text + "." if text[-1].isalnum() else text
    return f"{other} {ended}" if chance.random() < 0.5 else f"{ended} {other}"
