"""What must not reach paper, taken out of the HTML of anything printed: the one place where this is done.

Invisible letters can turn the order of words around, or run from one person's words into the next's.
"""

from __future__ import annotations

import re

# Controls of C0 and C1 but tab and line ends, noncharacters, marks that turn all words after them
# (embeddings and overrides, U+202A to U+202E) and old formatting (U+206A to U+206F). Nobody types these.
_NEVER = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u206a-\u206f\ufdd0-\ufdef\ufff9-\ufffb\ufffe\uffff]"
)
# Ends of lines and of paragraphs that come along from elsewhere: paper has no sign for them, and lines that
# turn around cannot be broken at one.
_ENDS = re.compile("[\u2028\u2029]")
_HALF = re.compile("[\ud800-\udfff]")
_ISOLATES = re.compile("[\u2066-\u2069]")
# A text between tags, or a tag with its attributes.
_PIECE = re.compile(r"<[^<>]*>|[^<]+|<")
_END = "\u2069"
# Where lines may break in what has no spaces, so that laying it out does not take for ever.
_ENDLESS, _PART = re.compile(r"(?:&[#\w]+;|[^\s<>&]){400,}"), re.compile(r"(?:&[#\w]+;|[^\s<>&]){40}")
# Marks above and below one letter: no language needs more than a handful.
_MARKS = re.compile(
    "([\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]{8})[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]+"
)


def neutral(html: str) -> str:
    """`html` without letters that show nothing and change what is around them.

    Halves of letters (lone surrogates) become U+FFFD, and separators of lines spaces. Isolates stay where a
    text closes what it opens. Lines may break within a word of 400 letters, and a letter has at most eight
    marks.
    """
    html = _MARKS.sub(r"\1", _HALF.sub("\ufffd", _NEVER.sub("", _ENDS.sub(" ", html))))
    if not _ISOLATES.search(html) and not _ENDLESS.search(html):
        return html
    return _PIECE.sub(lambda piece: _clean(piece[0]), html)


def _clean(piece: str) -> str:
    if piece.startswith("<") and len(piece) > 1:
        return _ISOLATES.sub("", piece)
    return _ENDLESS.sub(lambda word: _PART.sub("\\g<0>\u200b", word[0]), _balanced(piece))


def _balanced(text: str) -> str:
    """The text without isolates that have no end in it, and ends that have no beginning."""
    open_: list[int] = []
    lonely: set[int] = set()
    for match in _ISOLATES.finditer(text):
        if match[0] != _END:
            open_.append(match.start())
        elif open_:
            open_.pop()
        else:
            lonely.add(match.start())
    lonely.update(open_)
    return "".join(letter for place, letter in enumerate(text) if place not in lonely)
