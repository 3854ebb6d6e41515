"""Words for people: first names typed for this print, or neutral ones."""

from __future__ import annotations

import re
from collections.abc import Mapping

from markupsafe import Markup, escape

from planner.library.exercise import Block
from planner.library.markdown import inline
from planner.library.plaintext import PLAIN_PEOPLE

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


def block_kind(block: Block) -> str:
    """The kind of a handout's block, for templates: "paragraph", "steps", "lines" and so on."""
    return type(block).__name__.lower()
