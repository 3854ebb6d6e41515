"""The index in both databases, empty and with the whole library."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import URL, Engine, create_engine
from sqlalchemy.orm import Session

from planner.library import operations
from tests.library.search.putting import EXERCISES, tables
from tests.postgres import database


@pytest.fixture(scope="package")
def on_postgres(postgres: URL) -> Iterator[Engine]:
    with database(postgres, "search") as address, tables(create_engine(address)) as engine:
        yield engine


@pytest.fixture(params=["sqlite", "postgresql"])
def bare(request: pytest.FixtureRequest) -> Iterator[Session]:
    """A session on a database with an empty library; nothing stays of what is written."""
    if request.param == "postgresql":
        with Session(request.getfixturevalue("on_postgres")) as session:
            yield session
            session.rollback()
    else:
        with tables(create_engine("sqlite://")) as engine, Session(engine) as session:
            yield session


@pytest.fixture(scope="package")
def both(postgres: URL) -> Iterator[tuple[Session, Session]]:
    """The whole library in each database."""
    with (
        tables(create_engine("sqlite://")) as one,
        database(postgres, "whole") as address,
        tables(create_engine(address)) as other,
        Session(one) as here,
        Session(other) as there,
    ):
        for session in (here, there):
            operations.load(session, [(exercise, exercise.slug) for exercise in EXERCISES])
        yield here, there
