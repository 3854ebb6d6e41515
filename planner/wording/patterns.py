"""Patterns over the words of a sentence and their classes, as `rules.toml` writes them.

A sentence is written out as "<word|CLASS|CLASS>" word by word, and a pattern becomes a regular expression
over that line.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from planner.wording.grammar import Token

_ELEMENT = re.compile(r"\^|\.{2,3}|\([^()]*\)\??|[^\s()]+")
# The marks that end a clause: no gap reaches over them.
_CLAUSE_END = ".;:!?—–…,"
_GAP = r"(?:<[^<>,.;:!?—–…][^<>]*>)"
_MOST_BETWEEN = {"..": 3, "...": 7}
_START = r"(?:(?<=\A)|(?<=<[,.;:!?—–…]\|>)|(?<=<[“”\"'‘\-(]\|>))"


@dataclass(frozen=True)
class Written:
    """A sentence written out for patterns; `ends` holds where each token's text begins in `line`."""

    line: str
    begins: tuple[int, ...]

    def place(self, at: int) -> int:
        """The token that stands at a place in the line."""
        return bisect_right(self.begins, at) - 1


def write_out(tokens: list[Token]) -> Written:
    """The tokens as one line."""
    parts, begins, at = [], [], 0
    for token in tokens:
        part = f"<{_plain(token.word)}|{'|'.join(token.classes)}{'|' if token.classes else ''}>"
        parts.append(part)
        begins.append(at)
        at += len(part)
    return Written("".join(parts), tuple(begins))


def _plain(word: str) -> str:
    return "_" if word in "<>|" else word


def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern as a regular expression. Raises ValueError when it is malformed."""
    if _ELEMENT.sub("", pattern).strip():
        raise ValueError(f"not a pattern: {pattern}")
    try:
        return re.compile("".join(_element(part) for part in _ELEMENT.findall(pattern)))
    except re.error as error:
        raise ValueError(f"not a pattern: {pattern}") from error


def _element(part: str) -> str:
    if part == "^":
        return _START
    if part in _MOST_BETWEEN:
        return f"{_GAP}{{0,{_MOST_BETWEEN[part]}}}?"
    optional = "?" if part.endswith("?") else ""
    choices = part.rstrip("?").strip("()").split("|")
    return f"(?:{'|'.join(_choice(choice.strip()) for choice in choices)}){optional}"


def _choice(choice: str) -> str:
    if choice.isupper() and len(choice) > 1:
        return rf"<[^<>|]*\|(?:[A-Z]+\|)*{choice}\|[^<>]*>"
    return "".join(rf"<{re.escape(word)}\|[^<>]*>" for word in choice.split())
