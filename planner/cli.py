"""The commands of `flask --app app`. Each calls operations; none has rules of its own."""

from __future__ import annotations

import datetime as dt
import os
import socket
import sys
from contextlib import closing
from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from flask_migrate import upgrade
from sqlalchemy import func, select

from planner import demo
from planner.accounts import setup
from planner.accounts.models import Practice
from planner.config import ROOT, Settings
from planner.db import db
from planner.handouts.cli import handout_command
from planner.library.cli import library_commands
from planner.library.operations import load
from planner.library.starter import read_sources
from planner.sharing.operations import load_starters


def register(app: Flask) -> None:
    """Give `app` its commands."""
    for command in (library_commands, handout_command, prepare, serve):
        app.cli.add_command(command)


@click.command()
@with_appcontext
def prepare() -> None:
    """Bring the database up to date and load what ships: exercises and starter templates."""
    upgrade(directory=str(ROOT / "migrations"))
    exercises, faults = read_sources()
    load(db.session, exercises)
    faults += load_starters(db.session)
    db.session.commit()
    for fault in faults:
        click.echo(f"Left out: {fault}", err=True)


@click.command()
@click.option("--demo", "with_demo", is_flag=True, help="Fill an empty database with a practice to look at.")
@click.pass_context
def serve(context: click.Context, with_demo: bool) -> None:
    """Prepare the database and serve until it is stopped (Ctrl+C)."""
    settings: Settings = current_app.extensions["settings"]
    if not _is_free(settings.host, settings.port):
        raise click.ClickException(
            f"Port {settings.port} is in use. Stop what uses it, or choose another: make run PORT=5001"
        )
    context.invoke(prepare)
    _welcome(settings, demo.fill(db.session, dt.date.today()) if with_demo else [])
    db.session.commit()
    db.session.close()
    db.engine.dispose()
    gunicorn = str(Path(sys.executable).with_name("gunicorn"))
    os.execv(gunicorn, [gunicorn, "--config", str(ROOT / "gunicorn.conf.py"), "app:app"])  # noqa: S606


def _welcome(settings: Settings, sign_ins: list[tuple[str, str, str]]) -> None:
    for name, email, password in sign_ins:
        click.echo(f"  {name}: {email}  password: {password}")
    if not db.session.scalar(select(func.count()).select_from(Practice)):
        click.echo(f"First start. The token for the set-up page: {setup.setup_token(settings.folder)}")
    click.echo(f"Reconnect is at http://{settings.host}:{settings.port}")
    sys.stdout.flush()


def _is_free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with closing(socket.socket(family, socket.SOCK_STREAM)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True
