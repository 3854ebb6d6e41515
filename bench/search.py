"""How long the first results take, at 1,000, 10,000 and 100,000 exercises: `make bench`.

For each kind of query: the median server time of `browse` (everything that a first page needs of the
database) in milliseconds; how many times that is of a bare FTS5 query for fifty rows in the same file; what
FTS5 needs for its own best fifty; and the whole request, rendered. Below that, how much `browse` grows from
the smallest library to the largest. Times are those of the process, SQLite included, so that neighbours on a
busy machine do not count.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import text

from bench import library
from planner import create_app
from planner.config import ROOT, Settings
from planner.db import db, reads_only
from planner.library.finding import browsing
from planner.library.finding.facets import Wanted
from planner.who import Asker
from tests.cast import PASSWORD, engage

SIZES = (1_000, 10_000, 100_000)
RUNS = 9
FRAME = 16


@dataclass(frozen=True)
class Case:
    """A query, and the same as a bare one; it is empty where nothing is typed, and all rows are asked for."""

    name: str
    wanted: Wanted
    bare: str = ""


_RARE = library.spelled(300)
CASES = (
    Case("nothing typed", Wanted()),
    Case("nothing typed, two facets", Wanted(area=("self",), intensity=("2",))),
    Case("a rare word", Wanted(q=_RARE), f'"{_RARE}"'),
    Case("a common word", Wanted(q="partner"), '"partner"'),
    Case("one letter", Wanted(q="p"), '"p"*'),
    Case("two letters", Wanted(q="pa"), '"pa"*'),
    Case("three letters", Wanted(q="par"), '"par"*'),
    Case("four letters", Wanted(q="part"), '"part"*'),
    Case("two words", Wanted(q="quiet hand"), '"quiet"* AND "hand"*'),
    Case("a phrase", Wanted(q="“at the same time”"), '"at the same time"'),
    Case("a typing mistake", Wanted(q="conection"), '"connection"*'),
    Case(
        "a whole title",
        Wanted(q="A side of me to meet"),
        '"a" AND "side" AND "of" AND "me" AND "to" AND "meet"',
    ),
    Case("a word, two facets", Wanted(q="touch", area=("self",), intensity=("2",)), '"touch"*'),
    Case(
        "a word, five facets",
        Wanted(q="the", area=("play",), fear=("hurt",), part=("close",), mode=("solo",), intensity=("5",)),
        '"the"*',
    ),
    Case("page ten", Wanted(q="partner", page=10), '"partner"'),
    Case("nothing to find", Wanted(q="xyzzy partner"), '"xyzzy"* AND "partner"*'),
)
# Fifty rows as FTS5 gives them; and its own best fifty, for which it must look at every match.
_BARE = "SELECT rowid FROM exercise_search_all WHERE exercise_search_all MATCH :q LIMIT 50"
_RANKED = "SELECT rowid FROM exercise_search_all WHERE exercise_search_all MATCH :q ORDER BY rank LIMIT 50"
_ALL = "SELECT rowid FROM exercise_search_all LIMIT 50"


@dataclass(frozen=True)
class Measured:
    """Milliseconds."""

    browse: float
    bare: float
    ranked: float
    request: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES)
    sizes = parser.parse_args().sizes
    found = {size: measured(size) for size in sizes}
    for size in sizes:
        _print_size(size, found[size])
    if len(sizes) > 1:
        _print_growth(sizes[0], sizes[-1], found)


def measured(size: int) -> list[Measured]:
    """Every case in a library of `size` exercises."""
    with _library(size) as (app, asker):
        client = app.test_client()
        client.post("/sign-in", data={"email": "owner@example.org", "password": PASSWORD})
        with app.app_context():
            reads_only.set(True)
            results = [_database_times(case, asker) for case in CASES]
            db.session.remove()
        requests = [_request_time(client.get, case) for case in CASES]
    return [Measured(*times, request) for times, request in zip(results, requests, strict=True)]


@contextmanager
def _library(size: int) -> Iterator[tuple[Flask, Asker]]:
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        app = create_app(Settings(instance=str(Path(folder) / "instance"), log_level="error"))
        app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
        start = time.perf_counter()
        with app.app_context():
            upgrade(directory=str(ROOT / "migrations"))
            asker = engage(db.session).owner
            _journal("OFF")  # half the disk, half the time
            library.fill(db.session, size)
            db.session.commit()
            _journal("WAL")
        megabytes = sum(file.stat().st_size for file in Path(folder).rglob("*.db*")) / 1e6
        print(
            f"{size:,} exercises: {megabytes:,.0f} MB, written in {time.perf_counter() - start:.0f} s",
            flush=True,
        )
        yield app, asker
        with app.app_context():
            db.engine.dispose()


def _journal(mode: str) -> None:
    db.session.remove()
    connection = db.engine.raw_connection()
    connection.cursor().execute(f"PRAGMA journal_mode={mode}")
    connection.close()


def _database_times(case: Case, asker: Asker) -> tuple[float, float, float]:
    def bare(statement: str) -> Callable[[], object]:
        query = text(statement if case.bare else _ALL)
        return lambda: db.session.execute(query, {"q": case.bare} if case.bare else {}).all()

    def browse() -> object:
        db.session.expunge_all()
        return browsing.browse(db.session, asker, case.wanted)

    return _median(browse), _median(bare(_BARE)), _median(bare(_RANKED), 3)


def _request_time(get: Callable[..., object], case: Case) -> float:
    arguments = case.wanted.to_args()
    return _median(lambda: get("/library", query_string=arguments, headers={"HX-Request": "true"}), 5)


def _median(run: Callable[[], object], runs: int = RUNS) -> float:
    run()
    times = []
    for _ in range(runs):
        start = time.process_time()
        run()
        times.append(time.process_time() - start)
    return statistics.median(times) * 1000


def _print_size(size: int, found: list[Measured]) -> None:
    print(
        f"\n{size:,} exercises, milliseconds{'browse':>18}  bare FTS5  ratio   FTS5's best 50  whole request"
    )
    for case, each in zip(CASES, found, strict=True):
        print(
            f"{case.name:32}{each.browse:12.1f}{each.bare:11.2f}{each.browse / each.bare:7.0f}"
            f"{each.ranked:17.1f}{each.request:15.1f}{'' if each.browse < FRAME else '   more than a frame'}"
        )


def _print_growth(small: int, large: int, found: dict[int, list[Measured]]) -> None:
    print(f"\nGrowth of browse from {small:,} to {large:,} exercises")
    for case, before, after in zip(CASES, found[small], found[large], strict=True):
        print(f"{case.name:32}{after.browse / before.browse:10.1f} times")
