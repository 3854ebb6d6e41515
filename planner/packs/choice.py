"""What goes into a pack, as values: which sheets, how many, and whether they may be together."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

MOST = 200
SOURCES = ("exercise", "plan", "programme")


@dataclass(frozen=True)
class Choice:
    """One sheet that was ticked: `ref` is an exercise's slug or the id of a plan, `kind` as in handouts.

    A programme stands for the sheets for both of all its sessions; its kind is "together".
    """

    source: str
    ref: str
    kind: str = "together"

    @property
    def code(self) -> str:
        """The choice as a form sends it."""
        return f"{self.source}:{self.ref}:{self.kind}"


def read(code: str) -> Choice | None:
    """A choice from what a form sends; None for anything else."""
    parts = code.split(":")
    if len(parts) != 3 or parts[0] not in SOURCES or not all(0 < len(part) <= 80 for part in parts):
        return None
    return Choice(*parts)


def read_all(codes: Collection[str]) -> tuple[Choice, ...]:
    """The choices that a form sends, each once and in its order."""
    return tuple(dict.fromkeys(found for code in codes if (found := read(code)) is not None))


@dataclass(frozen=True)
class Making:
    """How a pack is made: its `form` is "pdf" for one file or "zip", `copies` are those in the one file."""

    form: str = "zip"
    copies: int = 1
    paper: str = "a4"
    design: str = "standard"
    lang: str = "en"


def sheets(choices: Sequence[Choice], making: Making) -> int:
    """How many sheets a pack has. A file in a ZIP is printed as often as one likes, so it counts once."""
    return len(choices) * (making.copies if making.form == "pdf" else 1)


def objection(choices: Sequence[Choice], making: Making) -> str:
    """Why there can be no such pack: "none", "many" or "mixed"; "" when there can.

    "mixed": the sheets for A alone and those for B alone are never in one file, because whoever holds it
    would hold what the other wrote for themselves.
    """
    if not choices:
        return "none"
    if sheets(choices, making) > MOST:
        return "many"
    if making.form == "pdf" and {"a", "b"} <= {choice.kind for choice in choices}:
        return "mixed"
    return ""
