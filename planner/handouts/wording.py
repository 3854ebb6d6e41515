"""Words for people: first names typed for this print, or neutral ones."""

from __future__ import annotations

import re
from collections.abc import Mapping

from markupsafe import Markup, escape

from planner.library.exercise import Block
from planner.library.markdown import inline
from planner.library.plaintext import PLAIN_PEOPLE

# A short last word and the word before it, without markup.
_TAIL = re.compile(r"(?<=\S\s)([^\s<>]{1,14}\s[^\s<>]{1,8})$")
# "To begin: “Welcome, both of you.”": what comes before the words that are said.
_CUE = re.compile(r"([^:“”\"]{2,60}:)(?=\s+[“\"])")
_PERSON = re.compile(r"\{(partner|Partner|a|b)\}")


def people(whose: str, names: tuple[str, str] = ("", "")) -> dict[str, str]:
    """What stands for {a}, {b}, {partner} and {Partner} on the sheets for `whose`.

    On A's sheet the partner is B, on B's it is A. Without a name the words stay neutral.
    """
    words = dict(PLAIN_PEOPLE)
    a, b = names
    if a:
        words["a"] = a
    if b:
        words["b"] = b
    other = {"a": b, "b": a}.get(whose, "")
    if other:
        words["partner"] = words["Partner"] = other
    return words


def named(text: str, words: Mapping[str, str]) -> Markup:
    """One line of Markdown as HTML, with words for people filled in after it was read as Markdown.

    So nothing in a name is markup, and braces that mean no person stay as they are.
    """
    return Markup(_PERSON.sub(lambda match: str(escape(words[match[1]])), inline(text)))  # noqa: S704


def ends_together(html: Markup) -> Markup:
    """A title with its last two words kept on one line, so that no short word stands alone below.

    For one line or two: over more lines WeasyPrint breaks text before such a pair at the wrong place.
    """
    return Markup(_TAIL.sub(r'<span class="together">\1</span>', str(html)))  # noqa: S704 (it was markup before)


def cued(line: str) -> Markup:
    """A line of words to say, with the cue before them in bold so that the eye finds it in the room."""
    cue = _CUE.match(line)
    return Markup("<strong>{}</strong>{}").format(cue[1], line[cue.end() :]) if cue else escape(line)


def block_kind(block: Block) -> str:
    """The kind of a handout's block, for templates: "paragraph", "steps", "lines" and so on."""
    return type(block).__name__.lower()
