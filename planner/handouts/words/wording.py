"""Words for people: first names typed for this print, or neutral ones."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from html import unescape

from markupsafe import Markup, escape

from planner.handouts.words.languages import LANGUAGES, Language
from planner.handouts.words.pronouns import THEY, NotRead, Pronouns, read_pronouns
from planner.library.exercise import Block
from planner.library.markdown import inline
from planner.library.people import People

# A short last word and the word before it, without markup; before them stands enough for a line of its own.
_TAIL = re.compile(r"(?<=.{6}\s)([^\s<>]{1,14}\s[^\s<>]{1,8})$")
# "To begin: “Welcome, both of you.”": what comes before the words that are said.
# A worksheet block of planner.library.blocks, with what it asks.
_WORKSHEET = re.compile(r"\[\w+: *([^|\]]+)(?:\|[^\]]*)?\]")
_CUE = re.compile(r"([^:“”\"]{2,60}:)(?=\s+[“\"])")
_BRACES = re.compile(r"\{([^{}]*)\}")
# First-strong isolate and its end: the text around keeps its direction, whatever stands between.
_ISOLATE, _END = "\u2068", "\u2069"
_TURNS_TEXT = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


def people(
    whose: str, names: tuple[str, str] = ("", ""), pronouns: tuple[str, str] = ("", ""), lang: str = "en"
) -> People:
    """What stands for {a}, {partner}, {they} and the like on the sheets for `whose`, in the language `lang`.

    On A's sheet the partner is B, on B's it is A. Without a name the words stay neutral; without pronouns,
    or with some that cannot be read, they are "they".
    """
    language = LANGUAGES[lang]
    a, b = (isolated(name, language) for name in names)
    named = {"a": a, "b": b, "partner": {"a": b, "b": a}.get(whose, "")}
    named["Partner"] = named["partner"]
    given = {name: word for name, word in named.items() if word}
    theirs = read(pronouns[0 if whose == "b" else 1]) if whose in ("a", "b") else THEY
    return People(language.people | theirs.words() | given, given=given, plural=theirs.plural)


def read(pronouns: str) -> Pronouns:
    """Pronouns, "they" when they cannot be read: a form has said so before."""
    try:
        return read_pronouns(pronouns)
    except NotRead:
        return THEY


def isolated(name: str, language: Language) -> str:
    """A name that leaves the direction of the words around it alone, for a text in `language`."""
    kinds = {unicodedata.bidirectional(letter) for letter in name}
    foreign = {"L"} if language.direction == "rtl" else {"R", "AL"}
    return f"{_ISOLATE}{name}{_END}" if kinds & (foreign | _TURNS_TEXT) else name


def named(text: str, words: Mapping[str, str]) -> Markup:
    """One line of Markdown as HTML, with words for people filled in after it was read as Markdown.

    So nothing in a name is markup, and braces that mean no person stay as they are.
    """
    known = words if isinstance(words, People) else People(words)

    def word(match: re.Match[str]) -> str:
        found = known.word(unescape(match[1]))
        return match[0] if found is None else str(escape(found))

    return Markup(_BRACES.sub(word, inline(text)))  # noqa: S704


def ends_together(html: Markup) -> Markup:
    """A title with its last two words kept on one line, so that no short word stands alone below."""
    return Markup(_TAIL.sub(r'<span class="together">\1</span>', str(html)))  # noqa: S704 (it was markup before)


def cued(line: str) -> Markup:
    """A line of words to say, with the cue before them in bold so that the eye finds it in the room."""
    cue = _CUE.match(line)
    return Markup("<strong>{}</strong>{}").format(cue[1], line[cue.end() :]) if cue else escape(line)


def to_fill_in(line: str) -> str:
    """What a line that stands for a worksheet asks, as in "[lines: What I heard | 2]"; "" for any other."""
    found = _WORKSHEET.match(line.strip())
    return found[1].strip() if found else ""


def block_kind(block: Block) -> str:
    """The kind of a handout's block, for templates: "paragraph", "steps", "lines" and so on."""
    return type(block).__name__.lower()
