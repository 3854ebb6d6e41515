"""What a sentence is about, as far as it says so: "the row about his mother" is about "his mother"."""

from __future__ import annotations

import tomllib
from pathlib import Path

from planner.wording.grammar import Token

_FILE = Path(__file__).parent / "rules.toml"
_WORDS: dict[str, frozenset[str]] = {
    name: frozenset(words.split())
    for name, words in tomllib.loads(_FILE.read_text(encoding="utf-8"))["topic"].items()
}
_HARSH = {"HURT", "FEELBAD", "WOE", "LABEL", "FAULT", "SPITE", "REHASH", "PARTNER"}
_MOST_WORDS = 4


def topic(tokens: list[Token], text: str) -> str:
    """The words after "about", when they are plain ones; "" when there are none."""
    for place, token in enumerate(tokens):
        if token.word in _WORDS["before"]:
            found = _phrase(tokens[place + 1 :])
            if found:
                return text[found[0].start : found[-1].end]
    return ""


def _phrase(following: list[Token]) -> list[Token]:
    found: list[Token] = []
    for token in following[: _MOST_WORDS + 1]:
        if token.word in _WORDS["ends"] or not token.word[0].isalpha():
            break
        if _HARSH & set(token.classes):
            return []
        found.append(token)
    begins = found[1:] if found and found[0].word in _WORDS["determiners"] else found
    if not begins or begins[0].word in _WORDS["never_first"] or len(found) > _MOST_WORDS:
        return []
    return found
