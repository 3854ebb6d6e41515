"""By how much rules are left: the pacing rules of a plan, and those of a whole programme."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, Protocol


class Breach(Protocol):
    """One place where a rule is left, and by how much."""

    @property
    def rule(self) -> str: ...

    @property
    def excess(self) -> int: ...


class Weight(NamedTuple):
    """How many breaches of a rule there are, and by how much in all."""

    number: int = 0
    excess: int = 0


class Weights(dict[str, Weight]):
    """By rule; a rule that is kept weighs nothing."""

    def __init__(self, breaches: Iterable[Breach]) -> None:
        super().__init__()
        for breach in breaches:
            number, excess = self[breach.rule]
            self[breach.rule] = Weight(number + 1, excess + breach.excess)

    def __missing__(self, rule: str) -> Weight:
        return Weight()

    def no_worse_than(self, before: Weights) -> bool:
        """True when no rule is left more often, and none by more."""
        return all(
            weight.number <= before[rule].number and weight.excess <= before[rule].excess
            for rule, weight in self.items()
        )
