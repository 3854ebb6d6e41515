"""The labelled sentences of this folder, and how well the check does on them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from planner.wording.check import check
from planner.wording.training.examples import Example, read

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Figures:
    """How many sentences were found that lean back, found that do not, and missed."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong)

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed)


def labelled(name: str) -> list[Example]:
    """The sentences of "tuning" or "held_back"."""
    return read(FOLDER / f"{name}.tsv")


def figures(sentences: list[Example]) -> Figures:
    """A sentence counts as found when the check finds anything in it."""
    found = [(sentence.leans, bool(check(sentence.text))) for sentence in sentences]
    return Figures(
        right=sum(leans and finds for leans, finds in found),
        wrong=sum(finds and not leans for leans, finds in found),
        missed=sum(leans and not finds for leans, finds in found),
    )
