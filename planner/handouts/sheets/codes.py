"""The short code on a sheet: it finds the exact version of the exercise again, and says nothing by itself.

It is the beginning of the version's digest in eight letters and digits (Crockford's base 32, which leaves out
those that are taken for others), so nothing has to be kept for it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from ipaddress import ip_address
from urllib.parse import urlsplit

import segno

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH, _HEX = 8, 10
# Characters of an address: the picture of a longer one would be too fine for its place.
_LONGEST = 120
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


def opened_elsewhere(address: str) -> str:
    """The address with one "/" at its end; "" for one of this very machine, which no telephone could open,
    and for one that is too long for a code.
    """
    try:
        host = (urlsplit(address).hostname or "").rstrip(".")
    except ValueError:
        return ""
    if (
        not host
        or len(address) > _LONGEST
        or host == "localhost"
        or host.endswith(".localhost")
        or _is_this_machine(host)
    ):
        return ""
    return address.rstrip("/") + "/"


def _is_this_machine(host: str) -> bool:
    try:
        found = ip_address(host)
    except ValueError:
        return False
    return found.is_loopback or found.is_unspecified


@lru_cache(maxsize=1024)
def qr(address: str) -> str:
    """A QR code as an SVG element without a size, with its quiet zone, in one colour.

    Its mask is given: trying all eight takes longer than the page around it, and every reader takes any.
    """
    return segno.make(address, error="m", micro=False, mask=3).svg_inline(omitsize=True, border=4)
