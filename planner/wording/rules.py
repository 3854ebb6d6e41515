"""The rules of the forward-focus check, read from `rules.toml`: each with its reason and its examples."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from planner.wording.patterns import compiled

_FILE = Path(__file__).parent / "rules.toml"


@dataclass(frozen=True)
class Recast:
    """How a sentence that begins with these words becomes a request: `into` has a place for "{rest}"."""

    begins: tuple[str, ...]
    into: str


@dataclass(frozen=True)
class Rule:
    """One way of leaning back.

    `why` is a sentence; `instead` leans forward, and so does `about`, which has a place for "{topic}" (or is
    ""). `recasts` and `swaps` say how a sentence may keep its words (see `offer.py`). `kinds` are the
    kinds of training sentences that belong to it. `patterns` find it, unless the text has a word of a class
    in `unless`. `finds` and `leaves` are examples.
    """

    key: str
    why: str
    instead: str
    about: str
    recasts: tuple[Recast, ...]
    swaps: bool
    kinds: tuple[str, ...]
    patterns: tuple[re.Pattern[str], ...]
    unless: frozenset[str]
    finds: tuple[str, ...]
    leaves: tuple[str, ...]


@cache
def rules(path: Path = _FILE) -> tuple[Rule, ...]:
    """All rules in the order of the file. Raises KeyError or ValueError when one is malformed."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return tuple(_rule(entry, frozenset(data["calm"]["unless"])) for entry in data["rule"])


@cache
def of_kind(kind: str) -> Rule:
    """The rule for a kind of sentence; the most general one when no rule names it."""
    return next((rule for rule in rules() if kind in rule.kinds), rules()[-1])


def _rule(entry: dict[str, Any], calm: frozenset[str]) -> Rule:
    return Rule(
        key=entry["key"],
        why=entry["why"],
        instead=entry["instead"],
        about=entry.get("about", ""),
        recasts=tuple(
            Recast(tuple(begins.split()), into)
            for into, choices in entry.get("recast", {}).items()
            for begins in choices
        ),
        swaps=entry.get("swaps", False),
        kinds=tuple(entry["kinds"]),
        patterns=tuple(compiled(pattern) for pattern in entry["match"]),
        unless=calm | frozenset(entry.get("unless", ())),
        finds=tuple(entry["finds"]),
        leaves=tuple(entry["leaves"]),
    )
