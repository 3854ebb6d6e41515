"""How hard a client's text is to read: figures that warn a writer, and never block.

The Flesch–Kincaid grade is a school year of the United States: 6 is what an eleven-year-old reads with ease.
"""

from __future__ import annotations

from dataclasses import dataclass

import textstat

from planner.library.exercise import Handout, Steps
from planner.library.plaintext import handout_sentences

# What client texts keep to: a grade, words in a sentence, steps on a sheet.
MOST_GRADE, MOST_WORDS, MOST_STEPS = 6.0, 22, 7


@dataclass(frozen=True)
class Reading:
    """What a client's sheet asks of its reader.

    `grade` is the Flesch–Kincaid grade, `words` and `sentence` belong to its longest sentence, and `steps`
    counts numbered steps.
    """

    grade: float
    words: int
    sentence: str
    steps: int

    @property
    def is_hard(self) -> bool:
        return self.grade > MOST_GRADE

    @property
    def is_long(self) -> bool:
        return self.words > MOST_WORDS


def grade(sentences: list[str]) -> float:
    """The Flesch–Kincaid grade of a text given as sentences; 0.0 when there are none."""
    text = " ".join(sentences)
    return float(textstat.flesch_kincaid_grade(text)) if text.strip() else 0.0


def longest(sentences: list[str]) -> tuple[int, str]:
    """The longest sentence and its number of words, of several the first; (0, "") when there are none."""
    lengths = [(len(sentence.split()), sentence) for sentence in sentences]
    return max(lengths, key=lambda pair: pair[0], default=(0, ""))


def reading(sheet: Handout) -> Reading:
    """How a sheet reads."""
    sentences = handout_sentences(sheet)
    steps = sum(len(block.items) for block in sheet.blocks if isinstance(block, Steps))
    return Reading(grade(sentences), *longest(sentences), steps)
