"""What a PDF process may do: read our files, write into its own folder, and take so much time and memory.

Limits of the system hold for everything in the process. The hook holds for what Python code does, and nothing
else in a PDF process opens addresses or files by a name that a document could give.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from planner.config import ROOT

_READ_FROM = (ROOT / "static", ROOT / "planner", Path(sys.prefix), Path(sys.base_prefix))
_READ_TOO = {os.devnull}
# Beginnings of what Python calls a connection and another program.
_NEVER = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.system")
_CHANGING = {"remove", "rename", "rmdir", "mkdir", "chmod", "chown", "link", "symlink", "truncate", "utime"}
_CHANGES = {f"os.{name}" for name in _CHANGING}
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_PREFIX = "reconnect-pdf-"
_FILE_BYTES, _FILES = 64 * 1024 * 1024, 256


class Refused(PermissionError):
    """A PDF process tried what it has no business with. The message names no file."""


def make_folder() -> Path:
    """A folder for the PDF processes of this process; those of processes that are gone are removed.

    Raises OSError.
    """
    for old in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        _remove_if_left(old, old.name.removeprefix(_PREFIX).split("-")[0])
    return Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-"))


def enter_folder(folder: Path) -> Path:
    """This process's own place in `folder` for fonts and the like. One that was stopped left its own."""
    for old in folder.iterdir():
        _remove_if_left(old, old.name)
    own = folder / str(os.getpid())
    own.mkdir(mode=0o700, exist_ok=True)
    tempfile.tempdir = str(own)
    return own


def _remove_if_left(folder: Path, owner: str) -> None:
    if not owner.isdigit():
        return
    try:
        os.kill(int(owner), 0)
    except ProcessLookupError:
        shutil.rmtree(folder, ignore_errors=True)
    except OSError:
        return  # somebody else's, and alive


def limit(megabytes: int) -> None:
    """Cap memory, size and number of files, and forbid other processes and dumps of memory. Linux only."""
    if sys.platform != "linux":
        return
    import resource

    size = megabytes * 1024 * 1024
    for what, most in (
        (resource.RLIMIT_AS, size),
        (resource.RLIMIT_FSIZE, _FILE_BYTES),
        (resource.RLIMIT_NOFILE, _FILES),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(ValueError, OSError):  # a lower limit is set already
            resource.setrlimit(what, (most, most))


def limit_time(seconds: int) -> None:
    """Cap the processor time of the task that begins: should nobody be left to stop it, the system does."""
    if sys.platform != "linux":
        return
    import resource

    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time()) + seconds + 5, hard))


def confine(own: Path) -> None:
    """From now on refuse connections, other programs, and files that are neither ours nor in `own`.

    It cannot be undone in this process. What it refuses raises Refused.
    """
    readable = tuple(f"{_real(each)}{os.sep}" for each in (*_READ_FROM, own))
    writable = f"{_real(own)}{os.sep}"

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            name, _mode, flags = arguments
            if isinstance(name, int):
                return
            path = _real(name)
            if path in _READ_TOO or path.startswith(writable):
                return
            if (flags or 0) & _WRITING or not path.startswith(readable):
                raise Refused("a file that is not ours")
        elif event in _CHANGES:
            if not all(_real(each).startswith(writable) for each in _paths(event, arguments)):
                raise Refused("a file that is not ours")
        elif event.startswith(_NEVER):
            raise Refused("not for a PDF process")

    sys.addaudithook(hook)


def _paths(event: str, arguments: tuple[Any, ...]) -> tuple[Any, ...]:
    two = event in ("os.rename", "os.link", "os.symlink")
    return tuple(each for each in arguments[: 2 if two else 1] if not isinstance(each, int))


def _real(name: Any) -> str:
    return os.path.realpath(os.fsdecode(name))
