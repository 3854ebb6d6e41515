"""Real workers: beside the web server, killed in the middle, and gone when the server is."""

from __future__ import annotations

import os
import signal
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing

from flask import Flask
from sqlalchemy import select

from planner.db import db
from planner.library.models import ExerciseRecord
from planner.packs import operations, queries
from planner.packs.choice import Choice, Making
from planner.packs.operations import Wanted
from tests.cast import Cast
from tests.test_house import LINUX, children, free_port, serving


def wait_for(what: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end
        time.sleep(0.05)


def lives(process: int) -> bool:
    """True unless it has ended; one that nobody has asked about yet has ended too."""
    try:
        with open(f"/proc/{process}/stat") as file:  # noqa: PTH123
            return file.read().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def ordered(app: Flask, cast: Cast, count: int) -> str:
    """A pack of so many different exercises. Nobody is called: the worker finds it when it begins."""
    with app.app_context():
        records = db.session.scalars(select(ExerciseRecord).limit(count)).all()
        sheets = [Wanted(Choice("exercise", one.slug), one.title, one.digest) for one in records]
        made = operations.create(db.session, cast.owner, sheets, Making()).id
        db.session.commit()
        db.session.remove()
    return made


def state(app: Flask, pack_id: str) -> queries.Progress:
    with app.app_context():
        found = queries.progress(db.session, [db.session.get_one(operations.Pack, pack_id)])[pack_id]
        db.session.remove()
    return found


@LINUX
def test_a_worker_that_is_killed_is_replaced_its_sheet_is_made_again_and_all_end_with_the_server(
    app: Flask, cast: Cast
) -> None:
    folder = app.extensions["settings"].folder
    pack = ordered(app, cast, 4)
    with serving(folder, free_port()) as (process, _lines):
        wait_for(lambda: bool(children(process.pid, "beside.py")))
        (beside,) = children(process.pid, "beside.py")
        wait_for(lambda: state(app, pack).done > 0)
        (worker,) = children(beside)
        os.kill(worker, signal.SIGKILL)
        wait_for(lambda: not lives(worker))
        assert not state(app, pack).is_over
        # As if its time were over.
        with closing(sqlite3.connect(folder / "planner.db", timeout=15)) as database, database:
            database.execute("UPDATE pack_sheet SET leased_until = '2000-01-01 00:00:00.000000'")
        wait_for(lambda: state(app, pack).is_over)
        assert state(app, pack) == queries.Progress(4, done=4, begun=4)
        (worker,) = children(beside)
        os.kill(process.pid, signal.SIGKILL)  # not even the server itself can tell them
        wait_for(lambda: not lives(worker) and not lives(beside), 20)
