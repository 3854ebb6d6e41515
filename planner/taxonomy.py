"""Areas, fears, parts, modes and the other words of the field, read from `taxonomy.toml`.

Nothing else in the code knows an area or a fear by its meaning.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path

_FILE = Path(__file__).parent / "library" / "taxonomy.toml"


@dataclass(frozen=True)
class Term:
    """One word of the field: a stable key and what people read."""

    key: str
    name: str
    line: str = ""


@dataclass(frozen=True)
class Area(Term):
    """An area of intimacy. `our_choice` marks the one that is this product's own."""

    icon: str = ""
    our_choice: bool = False
    why: str = ""


@dataclass(frozen=True)
class Fear(Term):
    """A fear of intimacy, and how a client might say it."""

    says: str = ""


@dataclass(frozen=True)
class Part(Term):
    """A part of a session; shares are minutes of a 50- and an 80-minute one."""

    share_50: int = 0
    share_80: int = 0

    @property
    def in_session(self) -> bool:
        """False for practice at home, which takes no session time."""
        return self.share_50 > 0


@dataclass(frozen=True)
class Taxonomy:
    """Every word of the field, by key and in the order of the file."""

    areas: dict[str, Area] = field(default_factory=dict)
    fears: dict[str, Fear] = field(default_factory=dict)
    parts: dict[str, Part] = field(default_factory=dict)
    modes: dict[str, Term] = field(default_factory=dict)
    audiences: dict[str, Term] = field(default_factory=dict)
    speakers: dict[str, Term] = field(default_factory=dict)
    cautions: dict[str, Term] = field(default_factory=dict)
    evidence: dict[str, Term] = field(default_factory=dict)

    @property
    def session_parts(self) -> tuple[Part, ...]:
        return tuple(part for part in self.parts.values() if part.in_session)


def read(path: Path = _FILE) -> Taxonomy:
    """Read a taxonomy file. Raises KeyError or TypeError when an entry is malformed."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return Taxonomy(
        areas={row["key"]: Area(**row) for row in data["area"]},
        fears={row["key"]: Fear(**row) for row in data["fear"]},
        parts={row["key"]: Part(**row) for row in data["part"]},
        modes={row["key"]: Term(**row) for row in data["mode"]},
        audiences={row["key"]: Term(**row) for row in data["audience"]},
        speakers={row["key"]: Term(**row) for row in data["speaker"]},
        cautions={row["key"]: Term(**row) for row in data["caution"]},
        evidence={row["key"]: Term(**row) for row in data["evidence"]},
    )


TAXONOMY = read()
INTENSITIES = (1, 2, 3, 4, 5)
