"""The queue of packs, and the worker that empties it.

The queue only wakes workers up: a task says "there is something to print" and holds nothing else. What there
is to print stands in the database, so a queue that is lost costs a minute and no sheet.
"""

from __future__ import annotations

import json
import logging
import os
import signal
import sqlite3
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import psycopg
import structlog
from flask import Flask, current_app
from huey import Huey, PostgresHuey, SqliteHuey, crontab
from huey.registry import Message
from huey.serializer import Serializer
from sqlalchemy import make_url

from planner.config import Settings
from planner.handouts.pdf.press import Press
from planner.handouts.pdf.render import renderer
from planner.packs import jobs

log = structlog.get_logger()
_NAME = "packs"
# A pack wakes up as many workers as it can use, and no more than there may be.
_MOST_CALLS = 16
_SCHEMA = "pack_queue"


class JsonSerializer(Serializer):
    """Tasks as JSON: reading a pickle would run whatever somebody had written into the queue."""

    def _serialize(self, data: Any) -> bytes:
        return json.dumps(list(data)).encode()

    def _deserialize(self, data: Any) -> Any:
        return Message(*json.loads(bytes(data)))


class Runner:
    """The queue of one application. Nothing is opened before it is needed."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self.settings: Settings = app.extensions["settings"]
        self._huey: Huey | None = None
        self._lock = threading.Lock()
        self.stop = threading.Event()

    @property
    def huey(self) -> Huey:
        """The queue, opened when first used."""
        with self._lock:
            if self._huey is None:
                self._huey = self._opened()
            return self._huey

    def call(self, sheets: int) -> None:
        """Wake up workers for this many new sheets. Without a queue the next look finds them."""
        try:
            huey = self.huey
            for _ in range(min(sheets, _MOST_CALLS)):
                self._print_all()
            huey.storage.close()  # a web worker calls so rarely that a connection need not wait for it
        except (OSError, sqlite3.Error, psycopg.Error) as error:
            log.warning("the queue of packs cannot be reached", error=type(error).__name__)

    def look_again(self) -> None:
        """Call workers for sheets that wait while nobody is called, as after a worker died."""
        with self._app.app_context():
            waiting = jobs.due()
        if waiting and not self.huey.storage.queue_size():
            self.call(waiting)

    def run(self, workers: int) -> None:
        """Print in this process until it is told to stop (SIGTERM or Ctrl+C): `workers` sheets at a time."""
        settings = self.settings
        press: Press = self._app.extensions["press"]
        own = renderer(workers, settings.render_seconds, settings.render_megabytes)
        self._app.extensions["press"] = replace(press, renderer=own)
        logging.getLogger("huey").setLevel(logging.ERROR)
        consumer = self.huey.create_consumer(
            workers=workers, worker_type="thread", max_delay=1.0, scheduler_interval=60, shutdown_timeout=0
        )
        self.look_again()
        consumer.start()
        ended: list[int] = []  # an event must not be set where it may be waited for in the same thread
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda number, _frame: ended.append(number))
        checked = time.monotonic()
        while not ended and not self.stop.is_set():
            time.sleep(0.5)
            if time.monotonic() - checked > 10:
                consumer.check_worker_health()
                checked = time.monotonic()
        self.stop.set()
        consumer.stop_flag.set()
        own.close()  # what is being printed ends at once, and its sheet is put back
        for _, thread in consumer.worker_threads:
            thread.join(5)

    def _opened(self) -> Huey:
        settings = self.settings
        url = make_url(settings.database)
        common: dict[str, Any] = {"results": False, "serializer": JsonSerializer()}
        if url.get_backend_name() == "sqlite":
            made = SqliteHuey(_NAME, filename=str(settings.folder / "packs.db"), timeout=15, **common)
        else:
            made = PostgresHuey(_NAME, connection=_connection(settings.database), **common)
        self._print_all: Callable[[], Any] = made.task(name="print_all")(self._in_app(self._print))
        made.periodic_task(crontab(minute="*"), name="look_again")(self.look_again)
        made.periodic_task(crontab(minute="7"), name="clear_old")(self._in_app(jobs.clear_old))
        return made

    def _print(self) -> None:
        jobs.print_all(self.stop)

    def _in_app(self, function: Callable[[], None]) -> Callable[[], None]:
        def inside() -> None:
            with self._app.app_context():
                function()

        return inside


def _connection(address: str) -> Callable[[], psycopg.Connection[Any]]:
    """Connections to the same PostgreSQL, with the queue's tables in a schema of their own.

    There they are no business of migrations.
    """
    plain = make_url(address).set(drivername="postgresql").render_as_string(hide_password=False)

    def connect() -> psycopg.Connection[Any]:
        made = psycopg.connect(plain, autocommit=True)
        made.execute(f"CREATE SCHEMA IF NOT EXISTS {_SCHEMA}")
        made.execute(f"SET search_path TO {_SCHEMA}")
        return made

    return connect


def set_up(app: Flask) -> None:
    """Give `app` its queue."""
    app.extensions["packs"] = Runner(app)


def runner() -> Runner:
    found: Runner = current_app.extensions["packs"]
    return found


def ends_with_its_starter(stop: threading.Event) -> None:
    """Set `stop` when the process that started this one is gone, so that no worker is left behind."""
    starter = os.getppid()

    def watch() -> None:
        while os.getppid() == starter:
            time.sleep(1)
        stop.set()

    threading.Thread(target=watch, daemon=True).start()
