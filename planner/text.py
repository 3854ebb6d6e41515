"""Text as people type it, made fit to keep: every feature cleans in the same way."""

from __future__ import annotations

import re
import unicodedata

# Control characters but the end of a line, and halves of surrogate pairs. A pattern, as every plan that is
# opened goes through here whole.
_UNWANTED = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def clean(text: str) -> str:
    """Text as it may be stored: no control characters or lone surrogates, plain line ends, no outer space."""
    return _UNWANTED.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def one_line(text: str) -> str:
    """The same for names and titles: one line, single spaces, letters in their composed form."""
    spaced = "".join(" " if c.isspace() else c for c in text)
    return unicodedata.normalize("NFC", " ".join(clean(spaced).split()))


def has_words(text: str) -> bool:
    """True when there is a letter or a figure to be seen: not only dashes or invisible characters."""
    return any(unicodedata.category(c)[0] in "LN" for c in text)
