"""Markdown to HTML: no HTML inside, and sanitised afterwards all the same."""

from __future__ import annotations

import re
from collections import Counter

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

_MARKDOWN = MarkdownIt("commonmark", {"html": False, "typographer": False}).disable(
    ["image", "link", "autolink", "html_inline", "html_block"]
)
_BLOCK = {"p", "strong", "em", "ul", "ol", "li", "br", "blockquote", "code", "h4"}
_INLINE = {"strong", "em", "code", "br"}
_STRESS = re.compile(r"<(/?)(strong|em)>")


def render(text: str) -> Markup:
    """A text of paragraphs and lists."""
    return Markup(_once(nh3.clean(_MARKDOWN.render(text), tags=_BLOCK, attributes={})))  # noqa: S704 – cleaned just here


def inline(text: str) -> Markup:
    """One line: only strong, emphasis and code."""
    return Markup(_once(nh3.clean(_MARKDOWN.renderInline(text), tags=_INLINE, attributes={})))  # noqa: S704 – cleaned just here


def _once(html: str) -> str:
    """The HTML without stress inside the same stress, which shows nothing more.

    A row of stars would otherwise nest as deep as it is long, and laying that out on paper breaks off.
    """
    depth: Counter[str] = Counter()

    def kept(match: re.Match[str]) -> str:
        ends, name = match[1], match[2]
        depth[name] += -1 if ends else 1
        return match[0] if depth[name] == (0 if ends else 1) else ""

    return _STRESS.sub(kept, html)
