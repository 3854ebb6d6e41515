"""How gunicorn serves the planner. The settings come from planner/config.py like all others."""

import os
import signal
import subprocess
import sys
from typing import Any

from planner.config import ROOT, Settings

_settings = Settings.from_env()

chdir = str(ROOT)
bind = _settings.listens_at
workers = _settings.workers
worker_class = "gthread"
threads = 4
# Longer than the longest PDF may take.
timeout = _settings.render_seconds + 30
graceful_timeout = 5
loglevel = "warning"
# Nothing about clients belongs into logs: no request lines, which carry addresses and searches.
accesslog = None
# The heartbeat file must not wait for a disk: Linux has a folder in memory.
_in_memory = "/dev/shm"  # noqa: S108 gunicorn makes its file there safely
worker_tmp_dir = _in_memory if os.access(_in_memory, os.W_OK) else None
# Nothing here is to be steered from outside.
control_socket_disable = True


def post_worker_init(worker: Any) -> None:
    """Let Ctrl+C end workers as SIGTERM does; then start the PDF processes, which print nothing of it either.

    It reaches each of them twice, from the terminal and from gunicorn as SIGQUIT, and gunicorn's own answer
    to the second can wait for ever for a lock that the first one holds.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGQUIT, worker.handle_exit)
    worker.wsgi.extensions["press"].renderer.begin()


def worker_int(worker: Any) -> None:
    """End a worker that is still loading at once: it has served nobody, and some libraries that are being
    loaded take an exit badly and say so at length.
    """
    if not worker.booted:
        os._exit(0)


_beside: list[subprocess.Popen[bytes]] = []


def when_ready(_server: Any) -> None:
    """Say the address as soon as it answers, and not before; then start the worker for packs."""
    print(f"Reconnect is at http://{_settings.listens_at}", flush=True)
    if _settings.pack_workers:
        command = [sys.executable, "-P", str(ROOT / "planner" / "packs" / "beside.py")]
        _beside.append(subprocess.Popen(command, cwd=ROOT))  # noqa: S603 our own command


def on_exit(_server: Any) -> None:
    """End the worker for packs. If there is no time for this, it sees for itself that we are gone."""
    for process in _beside:
        process.terminate()
        process.wait(10)
