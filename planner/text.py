"""Text as people type it, made fit to keep: every feature cleans in the same way."""

from __future__ import annotations

import unicodedata


def clean(text: str) -> str:
    """Text as it may be stored: no control characters or lone surrogates, plain line ends, no outer space."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = (c for c in text if c == "\n" or unicodedata.category(c) not in ("Cc", "Cs"))
    return "".join(kept).strip()


def one_line(text: str) -> str:
    """The same for names and titles: one line, single spaces, letters in their composed form."""
    spaced = "".join(" " if c.isspace() else c for c in text)
    return unicodedata.normalize("NFC", " ".join(clean(spaced).split()))


def has_words(text: str) -> bool:
    """True when there is a letter or a figure to be seen: not only dashes or invisible characters."""
    return any(unicodedata.category(c)[0] in "LN" for c in text)
