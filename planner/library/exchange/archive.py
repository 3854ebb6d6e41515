"""Exercise files in one upload, and packed for the way out.

Pure: bytes and a name in, texts or every fault out. Nothing of an upload is believed: names are refused
rather than mended, and sizes are counted while reading.
"""

from __future__ import annotations

import io
import re
import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from planner.library.front_matter import Fault
from planner.library.limits import MAX_BYTES

MAX_UPLOAD, MAX_FILE, MAX_UNPACKED = 2_000_000, MAX_BYTES, 4_000_000
MAX_FILES, MAX_ENTRIES, MAX_DEPTH, MAX_NAME = 200, 1_000, 3, 200
# Texts shrink to a fifth; what shrinks to less than a hundredth is no text that somebody wrote.
MAX_RATIO = 100
# What systems add to a ZIP by themselves, beside names that begin with a dot.
IGNORED = {"__macosx", "thumbs.db", "desktop.ini"}
_SIGNATURES = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_ENCRYPTED = 0x1 | 0x40
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError, NotImplementedError)
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class File:
    """A text and the name that it came with, folders included; lines end in "\\n"."""

    name: str
    text: str


class Refused(Exception):
    """An upload that is not taken. `faults` says everything that is wrong with it."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


class _Bad(Exception):
    """Why one file is refused, and on which line of it; 0 for the file as a whole."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.message, self.line = message, line


def read_upload(name: str, data: bytes) -> list[File]:
    """The exercise files in an upload: one Markdown file, or those in a ZIP. Raises Refused."""
    name = _last(name) or "upload"
    if len(data) > MAX_UPLOAD:
        raise Refused([Fault(name, 0, f"The file is larger than {_size(MAX_UPLOAD)}.")])
    if data[:4] in _SIGNATURES:
        return _read_zip(name, data)
    if name.lower().endswith(".zip"):
        raise Refused([Fault(name, 0, "This is not a ZIP that can be opened. It may be damaged.")])
    return read_files([(name, data)])


def read_files(files: Iterable[tuple[str, bytes]]) -> list[File]:
    """Texts out of names and bytes, sorted by name. Raises Refused with every fault."""
    good: list[File] = []
    faults: list[Fault] = []
    for name, data in files:
        try:
            _check_kind(name)
            good.append(File(name, _text(data)))
        except _Bad as bad:
            faults.append(Fault(name, bad.line, bad.message))
    faults += _twice(good)
    if len(good) > MAX_FILES:
        faults.append(Fault("", 0, f"There are {len(good)} files; {MAX_FILES} are the most at once."))
    if faults:
        raise Refused(sorted(faults))
    return sorted(good, key=lambda file: file.name)


def pack(files: Iterable[File]) -> bytes:
    """A ZIP of these files; the same files always give the same bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for file in sorted(files, key=lambda file: file.name):
            info = zipfile.ZipInfo(file.name, _FIRST_DAY)
            info.create_system, info.external_attr = 3, (stat.S_IFREG | 0o644) << 16
            archive.writestr(info, file.text.encode(), zipfile.ZIP_DEFLATED, compresslevel=9)
    return packed.getvalue()


def slug_of(name: str) -> str:
    """The name of the exercise that a file holds; browsers number a second download, “three-doors (1).md”."""
    stem = re.sub(r"\.md$", "", _last(name), flags=re.IGNORECASE)
    return re.sub(r" ?\([0-9]{1,3}\)$", "", stem)


# One file


def _check_kind(name: str) -> None:
    if name.lower().endswith(".zip"):
        raise _Bad("A ZIP inside a ZIP is not opened.")
    if not name.lower().endswith(".md"):
        raise _Bad("Only exercise files are taken; their names end in “.md”.")


def _text(data: bytes) -> str:
    if len(data) > MAX_FILE:
        raise _Bad(f"The file is larger than {_size(MAX_FILE)}.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise _Bad("This is not UTF-8 text. Save the file as UTF-8 and try again.", line) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _twice(files: list[File]) -> Iterator[Fault]:
    """Files of one name, also when they differ in capitals or stand in different folders."""
    first: dict[str, str] = {}
    for file in files:
        key = unicodedata.normalize("NFC", slug_of(file.name)).casefold()
        if key in first:
            yield Fault(file.name, 0, f"There is another file of this name: {first[key]}")
        first.setdefault(key, file.name)


# A ZIP


def _read_zip(name: str, data: bytes) -> list[File]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return read_files(_Unpacking(name, archive).files())
    except _BROKEN:
        message = "This is not a ZIP that can be opened. It may be damaged."
        raise Refused([Fault(name, 0, message)]) from None


class _Unpacking:
    """Reads a ZIP member by member, and counts what comes out of it."""

    def __init__(self, name: str, archive: zipfile.ZipFile) -> None:
        self.name, self.archive = name, archive
        self.unpacked = 0

    def files(self) -> list[tuple[str, bytes]]:
        """Names and bytes of the members that count. Raises Refused."""
        members = self.archive.infolist()
        if len(members) > MAX_ENTRIES:
            raise Refused([Fault(self.name, 0, f"There are more than {MAX_ENTRIES} entries in this ZIP.")])
        wanted, faults = self._wanted(members)
        if len(wanted) > MAX_FILES:
            message = f"There are {len(wanted)} files in this ZIP; {MAX_FILES} are the most."
            faults.append(Fault(self.name, 0, message))
        if not members or not (wanted or faults):
            faults.append(Fault(self.name, 0, "There is no exercise in this ZIP."))
        found: list[tuple[str, bytes]] = []
        for member in [] if faults else wanted:
            try:
                found.append((member.filename, self._bytes(member)))
            except _Bad as bad:
                faults.append(Fault(member.filename, bad.line, bad.message))
            except _BROKEN:
                faults.append(Fault(member.filename, 0, "This file is damaged."))
            if self.unpacked > MAX_UNPACKED:
                message = f"Unpacked, this ZIP is larger than {_size(MAX_UNPACKED)}."
                raise Refused([Fault(self.name, 0, message)])
        if faults:
            raise Refused(sorted(faults))
        return found

    def _wanted(self, members: list[zipfile.ZipInfo]) -> tuple[list[zipfile.ZipInfo], list[Fault]]:
        """The members to be read, and what is wrong with any of them before it is."""
        wanted: list[zipfile.ZipInfo] = []
        faults: list[Fault] = []
        for member in members:
            try:
                _check_name(member.orig_filename)
                _check_member(member)
                if not _is_ignored(member):
                    _check_kind(member.filename)
                    wanted.append(member)
            except _Bad as bad:
                faults.append(Fault(_printable(member.orig_filename), bad.line, bad.message))
        return wanted, faults

    def _bytes(self, member: zipfile.ZipInfo) -> bytes:
        """Raises _Bad, and what `zipfile` raises."""
        if member.file_size > MAX_FILE:
            raise _Bad(f"The file is larger than {_size(MAX_FILE)}.")
        with self.archive.open(member) as stream:
            data = stream.read(MAX_FILE + 1)
        self.unpacked += len(data)
        if len(data) > MAX_FILE:
            raise _Bad(f"The file is larger than {_size(MAX_FILE)}.")
        if len(data) > MAX_RATIO * max(member.compress_size, 1):
            raise _Bad("The file is packed far more tightly than a text can be.")
        return data


def _check_name(name: str) -> None:
    """Raises _Bad for a name that could lead out of a folder, or mean another on another system."""
    parts = name.removesuffix("/").split("/")
    if not name or not name.isprintable() or len(name) > MAX_NAME:
        raise _Bad("The name holds signs that cannot be printed, or is too long.")
    if "\\" in name:
        raise _Bad("The name holds a backslash.")
    if name.startswith("/") or re.match(r"[A-Za-z]:", name):
        raise _Bad("The name says a place on the disk, not in the ZIP.")
    if any(part in ("", ".", "..") for part in parts):
        raise _Bad("The name leads out of its folder.")
    if len(parts) - 1 > MAX_DEPTH:
        raise _Bad(f"Folders are nested more than {MAX_DEPTH} deep.")


def _check_member(member: zipfile.ZipInfo) -> None:
    """Raises _Bad for what is no plain file or folder, and for what cannot be read with measure."""
    kind = stat.S_IFMT(member.external_attr >> 16)
    if kind == stat.S_IFLNK:
        raise _Bad("This is a link to another file, not a file.")
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise _Bad("This is not a plain file.")
    if member.flag_bits & _ENCRYPTED:
        raise _Bad("The file is locked with a password.")
    # Other methods unpack in one go, however much that is.
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise _Bad("The file is packed in a way that is not read here. Use an ordinary ZIP.")


def _is_ignored(member: zipfile.ZipInfo) -> bool:
    parts = member.filename.casefold().removesuffix("/").split("/")
    return member.is_dir() or any(part in IGNORED or part.startswith(".") for part in parts)


def _printable(name: str) -> str:
    shown = "".join(c if c.isprintable() else "�" for c in name)
    return shown if len(shown) <= MAX_NAME else f"{shown[:MAX_NAME]}…"


def _last(name: str) -> str:
    return _printable(PurePosixPath(name.replace("\\", "/")).name)


def _size(number: int) -> str:
    return f"{number // 1_000_000} MB" if number >= 1_000_000 else f"{number // 1_000} kB"
