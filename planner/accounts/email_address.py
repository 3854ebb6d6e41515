"""E-mail addresses, in the one form that they are kept and compared in."""

from __future__ import annotations

import re

from planner.text import one_line

MAX_LENGTH = 254
_SHAPE = re.compile(r"""[^\s@<>()\[\]",;:\\]+@[^\s@<>()\[\]",;:\\.]+(\.[^\s@<>()\[\]",;:\\.]+)+""")


def canonical(text: str) -> str:
    """The address in small letters without outer space, so that it is found however it was typed."""
    return one_line(text).lower()


def is_address(text: str) -> bool:
    """True when mail could be sent there, as far as its shape says."""
    return len(text) <= MAX_LENGTH and _SHAPE.fullmatch(text) is not None
