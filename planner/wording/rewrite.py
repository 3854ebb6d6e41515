"""What a finding's advice would put into the text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from planner.wording.check import Finding
from planner.wording.grammar import sentences

# Advice says what to do, and holds words to say in quotation marks where it has some.
_WORDS = re.compile(r"“([^“”]+)”")


@dataclass(frozen=True)
class Rewrite:
    """`words` in place of `text[start:end]`."""

    start: int
    end: int
    words: str

    def into(self, text: str) -> str:
        """The text with the words in their place."""
        return text[: self.start] + self.words + text[self.end :]


def rewrite(text: str, finding: Finding) -> Rewrite | None:
    """The words that the advice offers, in place of the finding's sentence; None when it offers none.

    They are a sentence, so a sentence makes room for them: in place of half of one they would make no sense.
    """
    offered = _WORDS.findall(finding.instead)
    if not offered:
        return None
    start, end = sentence(text, finding)
    return Rewrite(start, end, offered[-1].strip())


def sentence(text: str, finding: Finding) -> tuple[int, int]:
    """Where the sentence of a finding begins and ends, without quotation marks and signs of a list."""
    start, end = next(
        ((start, end) for start, end in sentences(text) if start <= finding.start < end),
        (finding.start, finding.end),
    )
    # {a} stands for a name.
    while start < finding.start and not text[start].isalnum() and text[start] != "{":
        start += 1
    while end > finding.end and text[end - 1] in "”’\"') \n":
        end -= 1
    return start, end
