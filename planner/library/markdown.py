"""Markdown to HTML: no HTML inside, and sanitised afterwards all the same."""

from __future__ import annotations

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

_MARKDOWN = MarkdownIt("commonmark", {"html": False, "typographer": False}).disable(
    ["image", "link", "autolink", "html_inline", "html_block"]
)
_BLOCK = {"p", "strong", "em", "ul", "ol", "li", "br", "blockquote", "code", "h4"}
_INLINE = {"strong", "em", "code", "br"}


def render(text: str) -> Markup:
    """A text of paragraphs and lists."""
    return Markup(nh3.clean(_MARKDOWN.render(text), tags=_BLOCK, attributes={}))  # noqa: S704 – cleaned just here


def inline(text: str) -> Markup:
    """One line: only strong, emphasis and code."""
    return Markup(nh3.clean(_MARKDOWN.renderInline(text), tags=_INLINE, attributes={}))  # noqa: S704 – cleaned just here
