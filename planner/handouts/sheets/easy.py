"""Easy-read sheets: where a sentence ends, as each begins a line, and which picture stands beside a step.

Exercises that ship have an easy edition in English, written by hand. Other texts keep their words and steps.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "step_icons.toml"
# Words of a step that are looked at; what comes later seldom says what to do.
_WORDS = 10

_ENDS = ".!?…؟"
_OPENS, _CLOSES = "“«„", "”»"
# A sentence of this many letters or fewer stays with the one before it: "(Two minutes.)", "Or not."
_SHORT = 4
_ASIDE = re.compile(r"[“«„][^”»]*[”»]|\([^)]*\)|\{[^}]*\}|[*_`]")
_WORD = re.compile(r"[^\W\d_]+")
_VOWEL_MARKS = re.compile("[\u064b-\u0652\u0640]")


def sentences(text: str) -> list[str]:
    """The sentences of a Markdown text. What is quoted, in brackets or in bold is never cut."""
    found = [""]
    quoted = 0
    for word in text.split():
        quoted += sum(word.count(mark) for mark in (*_OPENS, "(", "{"))
        quoted -= sum(word.count(mark) for mark in (*_CLOSES, ")", "}"))
        # „…“: the mark that opens in English closes in German.
        if "“" in word and "„" in found[-1] + word and not word.startswith("“"):
            quoted -= 2
        quoted = max(quoted, 0)
        found[-1] = f"{found[-1]} {word}".strip()
        bare = word.rstrip("”“»)*\"'’")
        aside = found[-1].startswith("(") and word.endswith(")")
        if not quoted and (aside or bare.endswith(tuple(_ENDS))) and found[-1].count("**") % 2 == 0:
            found.append("")
    return _joined([each for each in found if each])


def _joined(parts: list[str]) -> list[str]:
    """The parts, with brackets and the shortest of them joined to what they belong to."""
    found: list[str] = []
    for part in parts:
        if found and (part.startswith("(") or len(part) <= _SHORT):
            found[-1] = f"{found[-1]} {part}"
        else:
            found.append(part)
    return found


@dataclass(frozen=True)
class Icons:
    """Whole words and beginnings of words of one language, each with the name of its icon."""

    words: dict[str, str]
    beginnings: dict[str, str]
    english: bool

    def of(self, word: str) -> str | None:
        for form in self._forms(word):
            if form in self.words:
                return self.words[form]
        for length in range(len(word), 1, -1):
            if word[:length] in self.beginnings:
                return self.beginnings[word[:length]]
        return None

    def _forms(self, word: str) -> tuple[str, ...]:
        """The word, and where it is English what it may be a form of."""
        if not self.english:
            return (word,)
        forms = [word]
        for ending, instead in (("s", ""), ("es", ""), ("ies", "y"), ("ing", ""), ("ing", "e"), ("ed", "")):
            if word.endswith(ending) and len(word) > len(ending) + 1:
                forms.append(word.removesuffix(ending) + instead)
        if len(word) > 6 and word.endswith("ing") and word[-4] == word[-5]:
            forms.append(word[:-4])
        return tuple(forms)


def icon_of(text: str, lang: str = "en") -> str:
    """The name of the icon for a step: of its first word that has one, else the usual one.

    What somebody is to say aloud and names do not count: “Ask me” is something to say.
    """
    icons = _icons(lang)
    plain = _VOWEL_MARKS.sub("", _ASIDE.sub(" ", text)).lower()
    for word in _WORD.findall(plain)[:_WORDS]:
        found = icons.of(word)
        if found:
            return found
    return default_icon()


def default_icon() -> str:
    return str(_data()["default"])


def icon_names() -> frozenset[str]:
    """Every icon that may stand beside a step."""
    tables = [table for table in _data().values() if isinstance(table, dict)]
    return frozenset({default_icon(), *(name for table in tables for name in table)})


@cache
def _icons(lang: str) -> Icons:
    """Those of a language; of one that has none, nothing: then each step has the usual icon."""
    words: dict[str, str] = {}
    beginnings: dict[str, str] = {}
    table = _data().get(lang, {})
    for name, listed in table.items() if isinstance(table, dict) else ():
        for word in listed.split():
            if word.endswith("*"):
                beginnings.setdefault(word[:-1], name)
            else:
                words.setdefault(word, name)
    return Icons(words, beginnings, english=lang == "en")


@cache
def _data() -> dict[str, str | dict[str, str]]:
    with DATA.open("rb") as file:
        return tomllib.load(file)
