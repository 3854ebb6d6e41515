"""Documents that were printed once and are looked at by many tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache

import pytest
from flask import Flask

from planner.db import db
from planner.handouts.options import Letterhead, Options
from planner.handouts.paper import to_html
from planner.handouts.pdf import worker
from planner.handouts.pdf.laid import Laid
from planner.handouts.printed import Printed as Value
from planner.handouts.sheets import document, runsheet
from planner.handouts.sheets.document import Document
from planner.library import queries as library_queries
from planner.library.exercise import Exercise
from planner.plans import operations
from planner.plans.from_exercise import segment_from
from planner.plans.plan import Origin, Plan, Segment, checked
from tests import shipped
from tests.cast import Cast
from tests.conftest import start

FOOT = Letterhead("Harbour Practice", "01632 960 001")
# Each stands in one place of the plan below that no client may see.
PRIVATE = ("TITLE-OF-THE-PLAN", "NOTE-TO-MYSELF", "SCRIPT-OF-MINE", "Losing myself", "engulfment", "ntensity")


@dataclass(frozen=True)
class Printed:
    """A document, its HTML and its PDF."""

    html: str
    pdf: bytes
    laid: Laid


Print = Callable[[Value], Printed]


@pytest.fixture(scope="package")
def paper_app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """An application without a database, as for the command line.

    Nobody keeps its context open: other tests that run in between would take it for theirs.
    """
    return start(tmp_path_factory.mktemp("paper") / "instance")


@pytest.fixture
def in_app(paper_app: Flask) -> Iterator[None]:
    """Inside the application, for one test."""
    with paper_app.app_context():
        yield


def _printing(app: Flask, make: Callable[[str, int, bool], tuple[bytes, Laid]]) -> Print:
    def print_it(printed: Value) -> Printed:
        with app.app_context():
            html = to_html(printed)
        return Printed(html, *make(html, printed.options.pages_each, printed.options.fillable))

    return print_it


@pytest.fixture(scope="package")
def print_(paper_app: Flask) -> Print:
    """Print in this very process, without the pool; what was printed before is not laid again."""
    return _printing(paper_app, cache(worker.make))


@pytest.fixture(scope="package")
def print_afresh(paper_app: Flask) -> Print:
    return _printing(paper_app, worker.make)


@pytest.fixture(scope="package")
def library() -> dict[str, Exercise]:
    return {exercise.slug: exercise for exercise in shipped.exercises()}


@pytest.fixture(scope="package")
def exercises(library: dict[str, Exercise]) -> dict[Origin, Exercise]:
    return {Origin(slug, "v1"): exercise for slug, exercise in library.items()}


def segment(slug: str, part: str = "core", **fields: object) -> Segment:
    """A step from an exercise, with private words in every field that may hold some."""
    made = Segment(
        slug,
        part,
        slug,
        10,
        areas=("self",),
        fears=("engulfment",),
        intensity=4,
        exercise=Origin(slug, "v1"),
        words="SCRIPT-OF-MINE",
        note="NOTE-TO-MYSELF",
        in_handout=True,
    )
    return replace(made, **fields)  # type: ignore[arg-type]


FREE = Segment(
    "free",
    "close",
    "Our own ending",
    5,
    areas=("play",),
    words="Sit where you like.\nBreathe out.\n"
    "1. One of you speaks.\n2. Then the other.\n[lines: What I heard | 2]",
    note="NOTE-TO-MYSELF",
    in_handout=True,
)


@pytest.fixture(scope="package")
def plan() -> Plan:
    return checked(
        Plan(
            "TITLE-OF-THE-PLAN",
            hope="they can each ask for a hug, and keep their own time",
            fears=("engulfment",),
            segments=(
                segment("thanks-that-names-you", "warm_up"),
                segment("touch-menu"),
                segment("closeness-dial"),
                FREE,
                segment("touch-menu", "home", id="again"),
            ),
        )
    )


Build = Callable[..., Document]


@pytest.fixture(scope="package")
def build(plan: Plan, exercises: dict[Origin, Exercise]) -> Build:
    """`build("a", design="large")`: the document of the plan above with every step in it."""

    def make(whose: str = "together", **options: object) -> Document:
        chosen = [each.id for each in plan.segments]
        return document.of_plan(plan, exercises, chosen, whose, Options(**options), FOOT)  # type: ignore[arg-type]

    return make


@pytest.fixture(scope="package")
def together(print_: Print, build: Build) -> Printed:
    return print_(build())


@pytest.fixture(scope="package")
def for_a(print_: Print, build: Build) -> Printed:
    return print_(build("a", names=("Zoë", "Sam")))


@pytest.fixture(scope="package")
def large_letter(print_: Print, build: Build) -> Printed:
    return print_(build(paper="letter", design="large"))


@pytest.fixture(scope="package")
def run_sheet(print_: Print, plan: Plan, exercises: dict[Origin, Exercise]) -> Printed:
    return print_(runsheet.of_plan(plan, exercises, Options(), FOOT))


# In the database


def _exercise_segment(cast: Cast) -> Segment:
    record, exercise = library_queries.exercise(db.session, cast.owner, "touch-menu")
    made = segment_from(exercise, record.digest, "core", "s1")
    assert made.exercise == Origin("touch-menu", record.digest)
    return made


@pytest.fixture
def plan_id(app: Flask, cast: Cast) -> str:
    with app.app_context():
        segments = (_exercise_segment(cast), FREE)
        plan = Plan("TITLE-OF-THE-PLAN", hope="they can ask for a hug", segments=segments)
        made = operations.create(db.session, cast.owner, plan).id
        db.session.commit()
        db.session.remove()
    return made
