"""One command starts it, says where, and says plainly what is wrong when it cannot."""

from __future__ import annotations

import os
import runpy
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from stat import S_IMODE
from types import SimpleNamespace

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import func, inspect, select

from planner import create_app, demo
from planner.accounts.models import Practice
from planner.config import ROOT, BadSetting, Settings
from planner.db import db
from planner.library.search import is_ours
from planner.plans.models import PlanRecord
from planner.sealing import KeyMissing
from tests.conftest import World

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


def free_port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as probe:
        return int(probe.getsockname()[1])


def flask(folder: Path, *arguments: str, **settings: str) -> subprocess.Popen[str]:
    """`flask --app app …` as a shell would start it, with a process group of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "app", *arguments],
        cwd=ROOT,
        env={**os.environ, "INSTANCE": str(folder), **settings},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def refusal(folder: Path, *arguments: str, **settings: str) -> str:
    """What it says when it does not start."""
    process = flask(folder, *arguments, **settings)
    said = process.communicate(timeout=60)[0]
    assert process.returncode != 0, said
    assert "Traceback" not in said
    return said


def is_running(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def all_ended(process: subprocess.Popen[str], seconds: float = 15) -> bool:
    """True as soon as neither the process nor any that it started is left."""
    process.wait(seconds)
    end = time.monotonic() + seconds
    while is_running(process.pid) and time.monotonic() < end:
        time.sleep(0.05)
    return not is_running(process.pid)


@contextmanager
def serving(folder: Path, port: int, *options: str) -> Iterator[tuple[subprocess.Popen[str], list[str]]]:
    """A started planner, and the lines that it said until it gave its address."""
    process = flask(folder, "serve", *options, PORT=str(port))
    lines: list[str] = []
    try:
        assert process.stdout is not None
        for line in process.stdout:
            lines.append(line.strip())
            if line.startswith("Reconnect is at"):
                break
        else:
            pytest.fail("\n".join(lines))
        yield process, lines
    finally:
        if is_running(process.pid):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def page(port: int, path: str = "/") -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=30) as answer:
        return str(answer.read().decode())


def mode(path: Path) -> int:
    return S_IMODE(path.stat().st_mode)


def test_a_first_start_makes_everything_and_ctrl_c_ends_everything(tmp_path: Path) -> None:
    folder, port = tmp_path / "instance", free_port()
    with serving(folder, port) as (process, lines):
        token = (folder / "setup.token").read_text().strip()
        assert lines == [
            f"First start. The token for the set-up page: {token}",
            f"Reconnect is at http://127.0.0.1:{port}",
        ]
        assert mode(folder) == 0o700
        for secret in ("data.key", "session.key", "setup.token"):
            assert mode(folder / secret) == 0o600
        assert "token" in page(port)  # the set-up page, and it answers at once
        os.killpg(process.pid, signal.SIGINT)
        assert process.stdout is not None
        assert process.stdout.read() == ""
        assert all_ended(process)


def test_ctrl_c_ends_a_worker_that_is_still_loading_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    ended: list[int] = []
    monkeypatch.setattr(os, "_exit", ended.append)
    answer = runpy.run_path(str(ROOT / "gunicorn.conf.py"))["worker_int"]
    answer(SimpleNamespace(booted=True))
    assert ended == []
    answer(SimpleNamespace(booted=False))
    assert ended == [0]


@LINUX
def test_a_worker_that_dies_is_replaced(world: World, tmp_path: Path) -> None:
    port = free_port()
    with serving(world_copy(world, tmp_path), port) as (process, lines):
        assert len(lines) == 1  # it is set up: no token
        first, *_ = two_workers(process.pid)
        os.kill(first, signal.SIGKILL)
        assert "Sign in" in page(port)
        for worker in two_workers(process.pid, without=first):
            assert pdf_process(worker)  # it waits for the first who prints, not they for it
        process.terminate()
        assert all_ended(process)


def two_workers(master: int, without: int = 0) -> list[int]:
    """The workers, as soon as there are two of them."""
    end = time.monotonic() + 30
    while len(found := [each for each in children(master, "gunicorn") if each != without]) < 2:
        assert time.monotonic() < end
        time.sleep(0.05)
    return found


def pdf_process(worker: int) -> int:
    """The PDF process that a worker starts once it serves."""
    end = time.monotonic() + 30
    while not (found := children(worker, "spawn_main")):
        assert time.monotonic() < end
        time.sleep(0.05)
    return found[0]


def children(master: int, named: str = "") -> list[int]:
    """The processes that `master` started, oldest first; only those with `named` in their command."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(status.read_text().rsplit(")", 1)[1].split()[1])
            command = status.with_name("cmdline").read_text()
        except OSError:  # it has just ended
            continue
        if parent == master and named in command:
            found.append(int(status.parent.name))
    return sorted(found)


def world_copy(world: World, tmp_path: Path) -> Path:
    return Path(shutil.copytree(world.folder, tmp_path / "instance"))


def test_a_port_that_is_taken_is_named(tmp_path: Path) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as other:
        port = other.getsockname()[1]
        said = refusal(tmp_path / "instance", "serve", PORT=str(port))
    assert f"Port {port} is in use." in said
    assert f"make run PORT={port + 1}" in said
    assert not (tmp_path / "instance" / "planner.db").exists()


def test_a_host_that_is_not_this_machine_is_named(tmp_path: Path) -> None:
    said = refusal(tmp_path / "instance", "serve", HOST="203.0.113.9")
    assert "Cannot listen on HOST 203.0.113.9" in said


def test_without_its_key_it_does_not_start_and_makes_no_new_one(world: World, tmp_path: Path) -> None:
    folder = world_copy(world, tmp_path)
    for name in ("data.key", "session.key"):
        kept = (folder / name).read_bytes()
        (folder / name).unlink()
        with pytest.raises(KeyMissing, match=f"{name} is missing"):
            create_app(Settings(instance=str(folder)))
        assert not (folder / name).exists()
        (folder / name).write_bytes(kept)
    (folder / "data.key").write_text("half a k\n")
    with pytest.raises(KeyMissing, match=r"data\.key is damaged"):
        create_app(Settings(instance=str(folder)))
    (folder / "data.key").unlink()
    assert "Put it back from your backup" in refusal(folder, "serve")


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("PORT", "five", "PORT takes a whole number, not “five”"),
        ("PORT", "²", "PORT takes a whole number, not “²”"),
        ("PORT", "70000", "PORT takes a whole number from 1 to 65535, not 70000"),
        ("PORT", "0", "PORT takes a whole number from 1 to 65535, not 0"),
        ("WORKERS", "0", "WORKERS takes a whole number of 1 or more, not 0"),
        ("SECURE_COOKIES", "maybe", "SECURE_COOKIES takes 1 or 0, not “maybe”"),
        ("LOG_LEVEL", "shout", "LOG_LEVEL takes one of debug, info, warning, error, not “shout”"),
        ("TIME_ZONE", "Mars/Olympus", "TIME_ZONE takes a name like “Europe/London”, not “Mars/Olympus”"),
    ],
)
def test_a_bad_setting_is_named(name: str, text: str, says: str) -> None:
    with pytest.raises(BadSetting, match=says):
        Settings.from_env({name: text})


def test_settings_are_read_and_empty_ones_keep_their_default() -> None:
    settings = Settings.from_env(
        {"PORT": " 8080 ", "SECURE_COOKIES": "1", "SMTP_TLS": "no", "TIME_ZONE": "Asia/Tokyo", "WORKERS": ""}
    )
    assert (settings.port, settings.secure_cookies, settings.smtp_tls) == (8080, True, False)
    assert (settings.time_zone, settings.workers) == ("Asia/Tokyo", Settings().workers)
    assert Settings(host="::1").listens_at == "[::1]:5000"
    assert Settings.from_env({}) == Settings()


def test_a_bad_setting_ends_the_start_with_one_line(tmp_path: Path) -> None:
    said = refusal(tmp_path / "instance", "serve", PORT="five")
    assert said == "Reconnect cannot start. PORT takes a whole number, not “five”.\n"
    assert not (tmp_path / "instance").exists()


@pytest.mark.parametrize("address", ["nonsense", "sqlite:////nowhere/at/all.db", "missingdb://localhost/x"])
def test_a_database_that_cannot_be_opened_is_named(tmp_path: Path, address: str) -> None:
    with pytest.raises(BadSetting, match="DATABASE_URL names a database that cannot be opened"):
        create_app(Settings(instance=str(tmp_path / "instance"), database_url=address))


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(BadSetting, match=r"INSTANCE: .*/file/instance cannot be used"):
        create_app(Settings(instance=str(tmp_path / "file" / "instance")))


def everything(folder: Path) -> list[str]:
    with closing(sqlite3.connect(folder / "planner.db")) as connection:
        return list(connection.iterdump())


def test_starting_again_changes_nothing(app: Flask) -> None:
    folder = app.extensions["settings"].folder
    before = everything(folder)
    with app.app_context():
        done = app.test_cli_runner().invoke(args=["prepare"])
    assert (done.exit_code, done.output) == (0, "")
    assert everything(folder) == before


def test_the_demo_stays_out_of_a_real_practice(world: World, tmp_path: Path) -> None:
    said = refusal(world_copy(world, tmp_path), "serve", "--demo", PORT=str(free_port()))
    assert "A practice of your own lives in this database" in said
    assert everything(tmp_path / "instance") == everything(world.folder)


def differences() -> list[object]:
    """What the tables lack or have too much, compared with the models."""
    with db.engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": True,
                "include_name": lambda name, kind, _: not (kind == "table" and is_ours(name or "")),
            },
        )
        return list(compare_metadata(context, db.metadata))


def test_migrations_go_down_and_up_again_with_data_in_the_tables(app: Flask) -> None:
    migrations = str(ROOT / "migrations")
    with app.app_context():
        demo.fill(db.session)
        db.session.commit()
        assert db.session.scalar(select(func.count()).select_from(PlanRecord)) == len(demo.SKETCHES)
        db.session.remove()
        assert differences() == []
        downgrade(directory=migrations, revision="base")
        assert [name for name in inspect(db.engine).get_table_names() if not is_ours(name)] == [
            "alembic_version"
        ]
        upgrade(directory=migrations)
        assert differences() == []
        assert app.test_cli_runner().invoke(args=["prepare"]).exit_code == 0
        demo.fill(db.session)
        db.session.commit()
        assert db.session.scalars(select(Practice.name)).all() == [demo.PRACTICE]
        assert db.session.scalar(select(func.count()).select_from(PlanRecord)) == len(demo.SKETCHES)
