"""Making PDFs in a warm pool of processes, each with a limit of time and of memory.

WeasyPrint keeps a processor busy and cannot be stopped from inside, so it runs where it can be ended
without harm to the web worker that waits for it.
"""

from __future__ import annotations

import atexit
import concurrent.futures
import multiprocessing
import os
import shutil
import threading
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import structlog
from pebble import CONSTS, ProcessExpired, ProcessPool

from planner.handouts.pdf import isolation, worker
from planner.handouts.pdf.laid import Laid

log = structlog.get_logger()
Result = TypeVar("Result")
_START_SECONDS = 30
# A process that is stopped has nothing to put away; the next one waits for it.
CONSTS.term_timeout = 0.5


class RenderFailed(Exception):
    """No PDF came of it; it quotes nothing.

    `reason` is "time", "memory", "crash", or "fault": what is to be printed cannot be set, however often it
    is tried.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Renderer:
    """A pool that is started when first used, or before by `begin`, once in every web worker."""

    def __init__(self, processes: int, seconds: int, megabytes: int) -> None:
        self._processes, self.seconds, self._megabytes = processes, seconds, megabytes
        self._lock = threading.Lock()
        self._pool: Any = None
        self._owner = 0
        self._folder: Path | None = None

    def begin(self) -> None:
        """Start the processes, so that nobody waits for them later. Returns at once."""
        self._running().schedule(int)

    def make(
        self, html: str, pages_each: int, fillable: bool = False, known: Mapping[str, int] | None = None
    ) -> tuple[bytes, Laid]:
        """The document as PDF, and where its pages fall; `known` are fits of sheets. Raises RenderFailed."""
        return self.run(worker.make, html, pages_each, fillable, known)

    def measure(self, html: str, pages_each: int, known: Mapping[str, int] | None = None) -> Laid:
        """Where the pages of a document would fall. Raises RenderFailed."""
        return self.run(worker.measure, html, pages_each, known)

    def run(self, task: Callable[..., Result], *arguments: object) -> Result:
        """Run `task` in a PDF process. Raises RenderFailed."""
        try:
            future = self._running().schedule(worker.carry_out, args=(task, *arguments), timeout=self.seconds)
            # Longer than the task's own limit: there may be a process to start, and others before us.
            result: Result = future.result(timeout=self.seconds * 2 + _START_SECONDS)
        except concurrent.futures.TimeoutError as error:
            raise _failed("time", error) from None
        except MemoryError as error:
            raise _failed("memory", error) from None
        except ProcessExpired as error:
            raise _failed("crash", error) from None
        except Exception as error:
            raise _failed("fault", error) from None
        return result

    def close(self) -> None:
        """End the processes. The renderer can be used again afterwards."""
        with self._lock:
            pool, self._pool = self._pool, None
            if pool is not None and self._owner == os.getpid():
                pool.stop()
                pool.join()
                if self._folder is not None:
                    shutil.rmtree(self._folder, ignore_errors=True)

    def _running(self) -> Any:
        with self._lock:
            # A forked web worker must not talk through its parent's pipes.
            if self._pool is None or self._owner != os.getpid() or not self._pool.active:
                self._owner = os.getpid()
                self._folder = isolation.make_folder()
                self._pool = ProcessPool(
                    max_workers=self._processes,
                    initializer=worker.begin,
                    initargs=(self._megabytes, self.seconds, self._folder),
                    context=multiprocessing.get_context("spawn"),
                )
            return self._pool


def _failed(reason: str, error: Exception) -> RenderFailed:
    # Its message could quote what a client is to read: only its kind goes further, and only into the log.
    log.error("a PDF could not be made", reason=reason, error=type(error).__name__)
    return RenderFailed(reason)


@cache
def renderer(processes: int, seconds: int, megabytes: int) -> Renderer:
    """The renderer of this process for these limits, closed when the process ends."""
    made = Renderer(processes, seconds, megabytes)
    atexit.register(made.close)
    return made
