"""The short code on a sheet: it finds the exact version of the exercise again, and says nothing by itself.

It is the beginning of the version's digest in eight letters and digits (Crockford's base 32, which leaves out
those that are taken for others), so nothing has to be kept for it.
"""

from __future__ import annotations

import re
from functools import lru_cache

import segno

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH, _HEX = 8, 10
# What a hand writes and an eye reads in their place.
_READ_AS = str.maketrans("OILU", "011V")


def code_of(digest: str) -> str:
    """The code of a version with this digest (hexadecimal), as in "K7QM-2XHD"; "" for what is no digest."""
    if not re.fullmatch(f"[0-9a-f]{{{_HEX},}}", digest):
        return ""
    number = int(digest[:_HEX], 16)
    letters = "".join(_ALPHABET[number >> 5 * place & 31] for place in reversed(range(_LENGTH)))
    return f"{letters[:4]}-{letters[4:]}"


def beginning_of(code: str) -> str | None:
    """The first ten hexadecimal digits that a code stands for; None for what is no code.

    Small letters, spaces and hyphens do not matter, and letters that look like digits are read as such.
    """
    letters = re.sub(r"[\s-]", "", code).upper().translate(_READ_AS)
    if len(letters) != _LENGTH or not all(letter in _ALPHABET for letter in letters):
        return None
    number = 0
    for letter in letters:
        number = number << 5 | _ALPHABET.index(letter)
    return f"{number:0{_HEX}x}"


@lru_cache(maxsize=1024)
def qr(address: str) -> str:
    """A QR code as an SVG element without a size, with its quiet zone, in one colour.

    Its mask is given: trying all eight takes longer than the page around it, and every reader takes any.
    """
    return segno.make(address, error="m", micro=False, mask=3).svg_inline(omitsize=True, border=4)
