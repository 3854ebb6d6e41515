"""PDFs that were made before, by the hash of everything that went into them.

They are sealed like plans are, since they may hold what belongs to a couple.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import os
import tempfile
from functools import cache
from pathlib import Path
from typing import Protocol

import weasyprint

from planner.handouts.pdf.assets import STATIC
from planner.sealing import SealBroken

_STYLES = (
    *("css/paper*.css", "css/print.css", "css/overview.css"),
    *("vendor/*/*.woff2", "vendor/lucide/*"),
)
_CODE = (
    "worker.py",
    "laying.py",
    "assets.py",
    "laid.py",
    "tagging.py",
    "filling.py",
    "places.py",
    "typeface.py",
)


class Seal(Protocol):
    """What the cache needs of a keyring."""

    def seal(self, text: str, place: str) -> bytes: ...

    def open(self, sealed: bytes, place: str) -> str: ...


class PdfCache:
    """A folder of at most `megabytes`; what was used longest ago goes first."""

    def __init__(self, folder: Path, megabytes: int, keys: Seal) -> None:
        self._folder, self._limit, self._keys = folder, megabytes * 1024 * 1024, keys

    def get(self, key: str) -> bytes | None:
        path = self._path(key)
        try:
            text = self._keys.open(path.read_bytes(), f"pdf/{key}")
            os.utime(path)
        except FileNotFoundError:
            return None
        except (OSError, SealBroken):
            with contextlib.suppress(OSError):
                path.unlink()
            return None
        return base64.b64decode(text)

    def put(self, key: str, pdf: bytes) -> None:
        """Keep a PDF. A disk that is full or read-only costs time later, never the answer now."""
        sealed = self._keys.seal(base64.b64encode(pdf).decode(), f"pdf/{key}")
        if len(sealed) > self._limit:
            return
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._write(self._path(key), sealed)
            self._make_room()

    def _write(self, path: Path, content: bytes) -> None:
        """All of it or nothing: nobody ever reads half a file."""
        handle, name = tempfile.mkstemp(dir=self._folder, suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise

    def _make_room(self) -> None:
        files = []
        for path in self._folder.glob("*.sealed"):
            with contextlib.suppress(FileNotFoundError):  # another worker was faster
                found = path.stat()
                files.append((found.st_mtime_ns, found.st_size, path))
        size = sum(bytes_ for _, bytes_, _ in files)
        for _, bytes_, path in sorted(files):
            if size <= self._limit:
                return
            path.unlink(missing_ok=True)
            size -= bytes_

    def _path(self, key: str) -> Path:
        return self._folder / f"{key}.sealed"


def key_of(html: str, pages_each: int, fillable: bool = False) -> str:
    """SHA-256 of everything that a PDF is made of."""
    return _digest(_looks(), f"{pages_each} {fillable}".encode(), html.encode())


@cache
def _looks() -> bytes:
    """Of style sheets, fonts, icons, our own code for pages, and the version of WeasyPrint."""
    files = [path for pattern in _STYLES for path in sorted(STATIC.glob(pattern))]
    files += [Path(__file__).parent / name for name in _CODE]
    parts = [each for path in files for each in (path.name.encode(), path.read_bytes())]
    return _digest(weasyprint.VERSION.encode(), *parts).encode()


def _digest(*parts: bytes) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()
