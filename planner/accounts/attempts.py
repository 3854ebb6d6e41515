"""Counting tries in the database, in a transaction apart: a request that fails is counted all the same."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import request
from sqlalchemy import Connection, case, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from planner.accounts.models import Attempts
from planner.accounts.throttle import Counter, TooMany, counters, minutes_left, window
from planner.db import apart, new_id, now

_INSERT: dict[str, Callable[..., Any]] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def count(kind: str, account: str = "", at: datetime | None = None) -> None:
    """Count one try before it is made. Raises TooMany, and then counts nothing."""
    at = at or now()
    with apart(write=True) as connection:
        connection.execute(delete(Attempts).where(Attempts.window < window(at) - 1))
        wanted = counters(kind, account, request.remote_addr or "")
        _refuse_if_full(connection, wanted, at)
        for counter in wanted:
            _add_one(connection, counter, at)


def check(kind: str, account: str = "", at: datetime | None = None) -> None:
    """Look without counting, for pages that only read. Raises TooMany."""
    with apart(write=False) as connection:
        _refuse_if_full(connection, counters(kind, account, request.remote_addr or ""), at or now())


def forgive(kind: str, account: str = "", at: datetime | None = None) -> None:
    """The try was right: the account starts afresh, and the shared counts take this one back."""
    at = at or now()
    shared = [each.scope for each in counters(kind, "", request.remote_addr or "")]
    own = [each.scope for each in counters(kind, account, "")][:1] if account else []
    with apart(write=True) as connection:
        connection.execute(delete(Attempts).where(Attempts.scope.in_(own), Attempts.window == window(at)))
        connection.execute(
            update(Attempts)
            .where(Attempts.scope.in_(shared), Attempts.window == window(at))
            .values(count=case((Attempts.count > 0, Attempts.count - 1), else_=0))
        )


def _refuse_if_full(connection: Connection, wanted: tuple[Counter, ...], at: datetime) -> None:
    query = select(Attempts.scope, Attempts.count).where(
        Attempts.scope.in_([counter.scope for counter in wanted]), Attempts.window == window(at)
    )
    counts = {row.scope: int(row[1]) for row in connection.execute(query)}
    if any(counts.get(counter.scope, 0) >= counter.limit for counter in wanted):
        raise TooMany(minutes_left(at))


def _add_one(connection: Connection, counter: Counter, at: datetime) -> None:
    """One more. Of two at once both are counted, and the later one may then be over the limit."""
    new = _INSERT[connection.dialect.name](Attempts).values(
        id=new_id(), scope=counter.scope, window=window(at), count=1
    )
    added = new.on_conflict_do_update(
        index_elements=["scope", "window"], set_={"count": Attempts.count + 1}
    ).returning(Attempts.count)
    if connection.execute(added).scalar_one() > counter.limit:
        raise TooMany(minutes_left(at))
