"""What tests of the search put into the index, and what they find."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from hypothesis import HealthCheck, settings
from sqlalchemy import Engine
from sqlalchemy.orm import Session

import planner.factory  # noqa: F401  (tables point at each other: all of them are made)
from planner.accounts.models import Member
from planner.db import Base, new_id
from planner.library import operations, search
from planner.library.models import ExerciseRecord
from tests import shipped
from tests.library.samples import BARE

EXERCISES = shipped.exercises()
# An exercise without words of its own, so that only what a test writes can be found.
BLANK = replace(
    BARE,
    summary="Nothing here.",
    purpose="Nothing here.",
    steps=(),
    source=replace(BARE.source, technique=""),
)
WHATEVER = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@contextmanager
def tables(engine: Engine) -> Iterator[Engine]:
    """All tables and an empty index."""
    with engine.begin() as connection:
        Base.metadata.create_all(connection)
        search.create(connection)
    yield engine
    engine.dispose()


def put(
    session: Session, *titles: str, summary: str = "", purpose: str = "", member: Member | None = None
) -> None:
    for title in titles:
        one = replace(BLANK, title=title, summary=summary or "Nothing.", purpose=purpose or "Nothing.")
        record = ExerciseRecord(id=new_id(), slug=new_id(), shared=True)
        if member:
            record.practice_id, record.member_id = member.practice_id, member.id
        operations.write(session, record, one, f"{title}\n{summary}\n{purpose}")


def found(session: Session, query: str, number: int = 50) -> list[str]:
    """The titles that a query finds, in order."""
    ids = search.best(session, search.understand(session, query, search.Among()), search.Among(), number)
    return [session.get_one(ExerciseRecord, each).title for each in ids]
