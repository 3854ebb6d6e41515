"""Words of good for words of hurt, read from `swaps.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from planner.wording.inflect import plural, same_form, verb_forms

_FILE = Path(__file__).parent / "swaps.toml"
_LONGEST = 4


@dataclass(frozen=True)
class _Swaps:
    """The file, with every form of a word on its own."""

    phrases: dict[tuple[str, ...], str]
    verbs: dict[str, str]
    nouns: dict[str, str]
    before_noun: frozenset[str]
    before_verb: frozenset[str]


def swaps(words: list[str]) -> Iterator[tuple[int, int, str]]:
    """Each phrase that can be swapped: its first word, the one after it, and what to say instead."""
    place = 0
    while place < len(words):
        after, said = _longest(words, place)
        if said:
            yield place, after, said
        place = after


def _longest(words: list[str], place: int) -> tuple[int, str]:
    """The end of the longest phrase from `place` that can be swapped, and what for; "" when there is none."""
    known = _read()
    for length in range(min(_LONGEST, len(words) - place), 1, -1):
        said = known.phrases.get(tuple(words[place : place + length]))
        if said:
            return place + length, said
    word, before = words[place], words[place - 1] if place else ""
    if word in known.nouns and (word not in known.verbs or before in known.before_noun):
        return place + 1, known.nouns[word]
    if word in known.verbs and (word not in known.nouns or before in known.before_verb):
        return place + 1, known.verbs[word]
    return place + 1, known.phrases.get((word,), "")


@cache
def _read() -> _Swaps:
    data = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    nouns: dict[str, str] = {}
    for noun, other in data["nouns"].items():
        nouns |= {noun: other, plural(noun): plural(other)}
    return _Swaps(
        phrases={tuple(phrase.split()): said for phrase, said in data["words"].items()},
        verbs={
            form: same_form(other, form, verb)
            for verb, other in data["verbs"].items()
            for form in verb_forms(verb)
        },
        nouns=nouns,
        before_noun=frozenset(data["before_noun"].split()),
        before_verb=frozenset(data["before_verb"].split()),
    )
