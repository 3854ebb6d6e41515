"""Keeps a worker for packs running beside the web server, and ends it with the server.

gunicorn starts this file by its path, as a small process without the planner in it. A worker that dies is
started again; when gunicorn is gone, however that came about, the worker goes too.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from types import FrameType

_COMMAND = (sys.executable, "-m", "flask", "--app", "app", "worker", "--beside")
_LONGEST_PAUSE = 60.0
# The web server starts first, and pages come before packs ever after.
_FIRST_PAUSE, _NICE = 3.0, 5


def main() -> None:
    """Run workers one after the other until a signal comes or the starter is gone."""
    starter, stopping, pause = os.getppid(), False, 1.0

    def stop(_number: int, _frame: FrameType | None) -> None:
        nonlocal stopping
        stopping = True

    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGQUIT, signal.SIGHUP):
        signal.signal(number, stop)

    def is_wanted() -> bool:
        return not stopping and os.getppid() == starter

    os.nice(_NICE)
    _sleep(_FIRST_PAUSE, is_wanted)
    while is_wanted():
        began = time.monotonic()
        # In a group of its own: Ctrl+C reaches us, and we end it.
        worker = subprocess.Popen(_COMMAND, process_group=0)  # noqa: S603 our own command
        while is_wanted() and worker.poll() is None:
            time.sleep(0.2)
        if not is_wanted():
            _end(worker)
            return
        # One that cannot start is not to be started all the time.
        pause = 1.0 if time.monotonic() - began > _LONGEST_PAUSE else min(pause * 2, _LONGEST_PAUSE)
        _sleep(pause, is_wanted)


def _sleep(seconds: float, is_wanted: Callable[[], bool]) -> None:
    end = time.monotonic() + seconds
    while is_wanted() and time.monotonic() < end:
        time.sleep(0.2)


def _end(worker: subprocess.Popen[bytes]) -> None:
    worker.terminate()
    try:
        worker.wait(8)
    except subprocess.TimeoutExpired:
        worker.kill()
        worker.wait()


if __name__ == "__main__":
    main()
