"""A little grammar: sentences and words, and the classes of `words.toml` that each word has."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from planner.wording.inflect import noun_forms, verb_forms

_FILE = Path(__file__).parent / "words.toml"
# "Alex's" and "post-mortem" are one word, {partner} is a person. Marks stand alone; Markdown's are left out.
_TOKEN = re.compile(r"\{\w+\}|[^\W_]+(?:['’-][^\W_]+)*|[^\w\s*_#`>~|]")
# The same for the entries of `words.toml`, where "_" stands for words in between.
_ENTRY_PART = re.compile(r"_|[^\W_]+(?:['-][^\W_]+)*")
# A line that goes on in small letters goes on with the sentence. What is to be said, after a colon, is one
# itself.
_END = re.compile(r":(?=\s*[“\"])|[.!?…]+[”’\"')\]]*(?=\s|$)|\n\s*\n|\n(?![ \t]*[a-z])")
_MOST_BETWEEN = 3
_AFTER_A = {
    "and",
    "to",
    "had",
    "never",
    "always",
    "will",
    "may",
    "must",
    "would",
    "could",
    "cannot",
    "did",
    "on",
}

# Words that other languages do not have.
_ENGLISH_WORDS = """
the and of to is are what how when which where that this with for not it at from by who why did does do had
has have be been there then than they would could should will your my out up down about into over go went"""
_ENGLISH = frozenset(_ENGLISH_WORDS.split())
_FEWEST_ENGLISH = 1 / 6


@dataclass(frozen=True)
class Token:
    """A word or mark: as it stands in lower case, where it stands in the whole text, and its classes."""

    word: str
    start: int
    end: int
    classes: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Node:
    """What may follow after some words of an entry, and the classes of entries that end here."""

    following: dict[str, _Node]
    classes: list[str]


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Where each sentence begins and ends, without the space around it."""
    start = 0
    for end in [*(match.end() for match in _END.finditer(text)), len(text)]:
        sentence = text[start:end]
        if sentence.strip():
            yield start + len(sentence) - len(sentence.lstrip()), start + len(sentence.rstrip())
        start = end


def tokens(text: str, start: int, end: int) -> list[Token]:
    """The words and marks of a stretch of text, with their classes."""
    matches = list(_TOKEN.finditer(text, start, end))
    words = [
        match[0].strip("{}").lower().replace("’", "'") if len(match[0]) > 1 else match[0].lower()
        for match in matches
    ]
    classes = _classes(words)
    for place, match in enumerate(matches):
        if match[0] in ("{a}", "{b}") or (match[0] == "A" and _is_partner_a(place, words)):
            classes[place].add("HESHE")
    return [
        Token(word, match.start(), match.end(), tuple(sorted(found)))
        for word, match, found in zip(words, matches, classes, strict=True)
    ]


def is_english(words: list[Token]) -> bool:
    """True when enough of the words are known to be English."""
    spoken = [token for token in words if token.word[0].isalpha()]
    known = sum(bool(token.classes) or token.word in _ENGLISH for token in spoken)
    return known > 0 and known >= _FEWEST_ENGLISH * len(spoken)


def _is_partner_a(place: int, words: list[str]) -> bool:
    """A capital A is a partner; at the beginning of a sentence it is so before a verb or a mark."""
    following = words[place + 1] if place + 1 < len(words) else ""
    return place > 0 or following.endswith("s") or not following.isalpha() or following in _AFTER_A


def _classes(words: list[str]) -> list[set[str]]:
    """The classes of each word; those of a phrase stand at its first word."""
    found: list[set[str]] = [set() for _ in words]
    for place in range(len(words)):
        for name in _ending(_ENTRIES, words, place):
            found[place].add(name)
    return found


def _ending(node: _Node, words: list[str], place: int) -> Iterator[str]:
    yield from node.classes
    if place >= len(words):
        return
    following = node.following.get(words[place])
    if following:
        yield from _ending(following, words, place + 1)
    slot = node.following.get("_")
    if slot:
        for between in range(1, _MOST_BETWEEN + 1):
            if place + between < len(words) and words[place + between] in slot.following:
                yield from _ending(slot, words, place + between)
                break


def _read(entries: dict[str, dict[str, str]]) -> _Node:
    root = _Node({}, [])
    for name, of_class in entries.items():
        for phrase in _phrases(of_class):
            _enter(root, phrase, name)
    return root


def _phrases(entries: dict[str, str]) -> Iterator[list[str]]:
    yield from _split(entries.get("words", ""))
    for *before, noun in _split(entries.get("nouns", "")):
        yield from ([*before, form] for form in noun_forms(noun))
    for verb, *after in _split(entries.get("verbs", "")):
        yield from ([form, *after] for form in verb_forms(verb))


def _split(entries: str) -> Iterator[list[str]]:
    for entry in entries.split(","):
        phrase = _ENTRY_PART.findall(entry.lower())
        if phrase:
            yield phrase


def _enter(root: _Node, phrase: list[str], name: str) -> None:
    node = root
    for word in phrase:
        node = node.following.setdefault(word, _Node({}, []))
    if name not in node.classes:
        node.classes.append(name)


_WORDS = tomllib.loads(_FILE.read_text(encoding="utf-8"))
CLASSES = tuple(sorted(_WORDS))
_ENTRIES = _read(_WORDS)
# The first word of every verb entry.
VERBS = tuple(
    sorted({verb for of_class in _WORDS.values() for verb, *_ in _split(of_class.get("verbs", ""))})
)
