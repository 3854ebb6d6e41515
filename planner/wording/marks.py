"""What a remark that was left is known by: a keyed mark of its rule and its sentence.

The mark tells nobody what the sentence was, so that a sealed text cannot be read or guessed by it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from planner.wording.check import Finding
from planner.wording.rewrite import sentence

# Keyed hashes of a text, the newest key's first.
Sign = Callable[[str], tuple[str, ...]]
_AROUND = "“”\"'‘’().,;:!?…-–— *_"


@dataclass(frozen=True)
class Left:
    """What a member chose to leave as it is."""

    marks: frozenset[str]
    sign: Sign

    def mark(self, text: str, finding: Finding) -> str:
        """The mark under which this finding would be left."""
        return self.sign(_words(text, finding))[0]

    def has(self, text: str, finding: Finding) -> bool:
        """True when it was left, in this text or in another one."""
        return bool(self.marks) and not self.marks.isdisjoint(self.sign(_words(text, finding)))


def _words(text: str, finding: Finding) -> str:
    """The rule and the words of the sentence: capitals, spaces and marks around it make no difference."""
    start, end = sentence(text, finding)
    words = " ".join(text[start:end].casefold().split())
    return f"{finding.rule}\n{words.strip(_AROUND)}"
