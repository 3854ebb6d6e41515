"""Packs as they are made in a test: in this process, at once, by a printer that answers without delay."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from planner.handouts.pdf import worker
from planner.handouts.pdf.render import RenderFailed
from planner.handouts.printed import Printed
from planner.library import queries as library
from planner.packs import operations
from planner.packs.choice import Choice, Making
from planner.packs.models import Pack
from planner.packs.operations import Wanted
from planner.packs.runner import Runner
from planner.who import Asker

# Exercises that ship: two with a sheet for both, one of them with sheets for each partner too.
BOTH, EACH = "touch-menu", "good-enough-evening"


@cache
def little_pdf(pages: int = 1) -> bytes:
    """A tagged PDF as our renderer makes them, quickly."""
    more = '<p style="break-before: page">More.</p>' * (pages - 1)
    html = (
        f'<!doctype html><html lang="en-GB"><title>A sheet</title><body><h1>A sheet</h1><p>Words.</p>{more}'
    )
    return worker.make(html, 1)[0]


@dataclass
class Printer:
    """Stands for the press: the same little PDF for everything, or a failure when `fails` says so."""

    fails: Callable[[Printed], str] = lambda _made: ""
    printed: list[Printed] = field(default_factory=list)

    def pdf(self, made: Printed) -> bytes:
        self.printed.append(made)
        if reason := self.fails(made):
            raise RenderFailed(reason)
        return little_pdf()


@pytest.fixture
def printer(app: Flask) -> Printer:
    made = Printer()
    app.extensions["press"] = made
    return made


@pytest.fixture
def at_once(app: Flask, printer: Printer) -> Printer:
    """Packs are made while the request that asks for them is answered."""
    runner = Runner(app)
    runner.huey.immediate = True
    app.extensions["packs"] = runner
    return printer


@pytest.fixture
def asleep(app: Flask) -> Runner:
    """Nobody prints: what is asked for waits."""
    runner = Runner(app)
    app.extensions["packs"] = runner
    return runner


def order(session: Session, who: Asker, count: int = 3, **making: object) -> Pack:
    """A pack of so many sheets of one exercise, committed."""
    record = library.record(session, who, BOTH)
    sheets = [Wanted(Choice("exercise", BOTH), record.title, record.digest)] * count
    made = operations.create(session, who, sheets, replace(Making(), **making))  # type: ignore[arg-type]
    session.commit()
    return made


def never() -> threading.Event:
    return threading.Event()
