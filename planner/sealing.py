"""Encryption of what belongs to couples, bound to where it stands.

AES-GCM with the place (practice, table, column, row) as associated data: a sealed text that is moved to
another row does not open. Keys live in a file outside the database; the first one seals, all of them open.
"""

from __future__ import annotations

import base64
import hmac
import os
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_KEY_BYTES, _NONCE_BYTES, _ID_BYTES = 32, 12, 4


class KeyMissing(Exception):
    """There is a database but no key to open it with."""


class SealBroken(Exception):
    """A sealed text does not open: wrong key, wrong place, or changed."""


class Keyring:
    """Seals texts with the newest key and opens them with any."""

    def __init__(self, keys: list[bytes]) -> None:
        if not keys or any(len(key) != _KEY_BYTES for key in keys):
            raise ValueError("a keyring needs keys of 32 bytes")
        self._keys = {key[:_ID_BYTES]: AESGCM(key) for key in keys}
        self._newest = keys[0][:_ID_BYTES]
        self._marking = [hmac.digest(key, b"marks", "sha256") for key in keys]

    def seal(self, text: str, place: str) -> bytes:
        """Encrypt `text` for `place`. Returns key id (4 bytes) + nonce (12) + ciphertext."""
        nonce = os.urandom(_NONCE_BYTES)
        return self._newest + nonce + self._keys[self._newest].encrypt(nonce, text.encode(), place.encode())

    def open(self, sealed: bytes, place: str) -> str:
        """Decrypt what `seal` returned for the same place. Raises SealBroken."""
        head = _ID_BYTES + _NONCE_BYTES
        key = self._keys.get(sealed[:_ID_BYTES])
        if key is None:
            raise SealBroken("sealed with a key that is not on this ring")
        try:
            return key.decrypt(sealed[_ID_BYTES:head], sealed[head:], place.encode()).decode()
        except InvalidTag as error:
            raise SealBroken("the sealed text was changed or moved") from error

    def marks(self, text: str, place: str) -> tuple[str, ...]:
        """What `text` is known by where it is not kept: keyed hashes for `place`, the newest key's first."""
        said = f"{place}\0{text}".encode("utf-8", "surrogatepass")
        return tuple(hmac.new(key, said, "sha256").hexdigest() for key in self._marking)


def _write_private(path: Path, text: str) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(text)


def make_keys(folder: Path) -> None:
    """Write a session key and a data key into `folder` (mode 0600) unless they are there."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name, length in (("session.key", 48), ("data.key", _KEY_BYTES)):
        path = folder / name
        if not path.exists():
            _write_private(path, base64.b64encode(secrets.token_bytes(length)).decode() + "\n")


def read_session_key(folder: Path) -> str:
    """The key that signs cookies and tokens. Raises KeyMissing."""
    return _read(folder / "session.key")[0]


def read_keyring(folder: Path) -> Keyring:
    """The data keys, newest first, a line each in base64. Raises KeyMissing."""
    path = folder / "data.key"
    try:
        return Keyring([base64.b64decode(line) for line in _read(path)])
    except ValueError as error:
        raise KeyMissing(f"{path} is damaged. Put it back from your backup.") from error


def _read(path: Path) -> list[str]:
    try:
        lines = path.read_text().split()
    except FileNotFoundError as error:
        raise KeyMissing(
            f"{path} is missing. Put it back from your backup; without it plans cannot be read."
        ) from error
    if not lines:
        raise KeyMissing(f"{path} is empty. Put it back from your backup.")
    return lines
