"""The database: base class, naming, engine set-up, and column types that behave the same everywhere."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar

from flask import current_app
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, DateTime, Dialect, Engine, MetaData, TypeDecorator, event
from sqlalchemy.orm import DeclarativeBase, Session
from werkzeug.local import LocalProxy

# A request that only reads must not queue behind writers; everything else takes the write lock at its
# first statement, because SQLite's default transactions lose updates when two requests read, then write.
reads_only: ContextVar[bool] = ContextVar("reads_only", default=False)

View = TypeVar("View", bound=Callable[..., Any])


def only_looks(view: View) -> View:
    """Mark a view that is asked by POST, so that no text stands in an address, and that writes nothing."""
    view.only_looks = True  # type: ignore[attr-defined]
    return view


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Database(SQLAlchemy):
    if TYPE_CHECKING:
        session: Session  # type: ignore[assignment]  # a scoped session passes everything on to one


# Models find the keyring on their session, so that they need not know of Flask.
db = Database(
    metadata=Base.metadata,
    session_options={"info": {"keyring": LocalProxy(lambda: current_app.extensions["keyring"])}},
)


class UtcDateTime(TypeDecorator[datetime]):
    """Aware times in UTC; SQLite would forget the zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("a time without a zone")
        return value.astimezone(UTC) if value is not None else None

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None or value.tzinfo is not None:
            return value
        return value.replace(tzinfo=UTC)


def new_id() -> str:
    """An unguessable key for a row, 20 hexadecimal digits (80 bits)."""
    return secrets.token_hex(10)


def now() -> datetime:
    return datetime.now(UTC)


def prepare(engine: Engine) -> None:
    """Make connections behave alike: see `_prepare_sqlite` and `_prepare_postgresql`."""
    if engine.dialect.name == "sqlite":
        _prepare_sqlite(engine)
    else:
        _prepare_postgresql(engine)


def _prepare_postgresql(engine: Engine) -> None:
    """Its texts cannot hold NUL. What is kept has none; who asks for one finds nothing, and gets no error."""

    @event.listens_for(engine, "before_cursor_execute", retval=True)
    def without_nul(
        _connection: Any, _cursor: Any, statement: str, values: Any, _context: Any, many: bool
    ) -> tuple[str, Any]:
        # Many rows in one statement come as one dictionary.
        listed = many and not isinstance(values, dict)
        return statement, [_without_nul(row) for row in values] if listed else _without_nul(values)


def _without_nul(values: Any) -> Any:
    if not isinstance(values, dict):
        return values
    return {
        name: value.replace("\x00", "\ufffd") if isinstance(value, str) else value
        for name, value in values.items()
    }


def _prepare_sqlite(engine: Engine) -> None:
    """Durable, with foreign keys, and honest transactions."""

    @event.listens_for(engine, "connect")
    def connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver must not begin transactions of its own
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=15000"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN" if reads_only.get() else "BEGIN IMMEDIATE")


@contextmanager
def apart(*, write: bool) -> Iterator[Connection]:
    """A short transaction of its own, kept whatever becomes of the request.

    A writing one first gives up what the request has not committed: SQLite has room for one writer, and a
    request that held the lock would wait for itself.
    """
    if write:
        db.session.rollback()
    token = reads_only.set(not write)
    try:
        with db.engine.begin() as connection:
            yield connection
    finally:
        reads_only.reset(token)
