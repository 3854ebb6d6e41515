"""The one-time token of the first start: who can read the terminal or the instance folder may set up."""

from __future__ import annotations

import hmac
import os
import secrets
from pathlib import Path

_NAME = "setup.token"


def setup_token(folder: Path) -> str:
    """The token, made now unless there is one. Its file can be read by its owner only."""
    path = folder / _NAME
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="utf-8").strip()
    token = secrets.token_urlsafe(18)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(token + "\n")
    return token


def is_setup_token(folder: Path, given: str) -> bool:
    """True for the right token; as long as there is none, nothing is right."""
    try:
        token = (folder / _NAME).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return False
    return bool(token) and hmac.compare_digest(token.encode(), given.strip().encode("utf-8", "replace"))


def spend(folder: Path) -> None:
    """The token has done its work."""
    (folder / _NAME).unlink(missing_ok=True)
