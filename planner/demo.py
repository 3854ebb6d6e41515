"""A practice to look around in: three members, plans around today, templates and favourites.

There is nobody's story in it: couples are not named, and the notes are a counsellor's reminders.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from pathlib import Path

from flask_security.utils import hash_password
from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.accounts.models import COUNSELLOR, OWNER, Member, Practice
from planner.consulting import operations as consulting
from planner.consulting import queries as consulted
from planner.landing import operations as landing
from planner.landing.notes import Notes, Pair
from planner.landing.steps import steps_of
from planner.library import operations as library
from planner.plans import operations as plans
from planner.plans.models import PlanRecord
from planner.plans.plan import Plan, describe, edit
from planner.plans.queries import opened
from planner.programmes import operations as programmes
from planner.programmes.programme import Programme
from planner.programmes.programme import Session as Step
from planner.sharing import operations as sharing
from planner.sharing.models import Template
from planner.sharing.starters import read_starters
from planner.who import Asker

PRACTICE = "Harbour Practice (demo)"
PASSWORD = "harbour light at dusk"  # noqa: S105 it is printed at every start of the demo
TEMPLATES = Path(__file__).parent / "sharing" / "demo"


@dataclass(frozen=True)
class Person:
    """A member of the demo, and the exercises that carry their star."""

    name: str
    email: str
    role: str
    favourites: tuple[str, ...]


@dataclass(frozen=True)
class Sketch:
    """A plan to be made: whose, from which template, and what its counsellor made of it.

    `day` counts from today; None leaves the date open. `note` goes to the step at `note_on`. `landed` says
    how its steps landed, in their order; `follows` is the title of the same counsellor's session before.
    """

    whose: str
    template: str
    title: str
    day: int | None
    hope: str = ""
    note: str = ""
    note_on: int = 0
    shared: bool = False
    binned: bool = False
    landed: tuple[str, ...] = ()
    worked: str = ""
    closeness: Pair = field(default_factory=Pair)
    follows: str = ""


MIRIAM, TOM, ELIN = "miriam@example.org", "tom@example.org", "elin@example.org"

PEOPLE = (
    Person(
        "Miriam Ashdown",
        MIRIAM,
        OWNER,
        ("thanks-that-names-you", "three-doors", "pause-with-a-return", "breathing-alongside"),
    ),
    Person("Tom Okafor", TOM, COUNSELLOR, ("walk-and-say", "laugh-again", "small-kindness-list")),
    Person("Elin Hughes", ELIN, COUNSELLOR, ("closeness-dial", "touch-menu", "letter-from-next-year")),
)

# The practice's own templates, by the file that they come from, and who made them.
PUBLISHED = {"a-light-hour-for-a-heavy-week": MIRIAM, "second-session-a-pause-that-works": TOM}

SKETCHES = (
    Sketch(
        MIRIAM,
        "second-session-a-pause-that-works",
        "Second session: a pause that works",
        -7,
        landed=("well", "well", "well", "mixed", "well", "skipped", "well"),
        worked="Saying when we will be back. Then the pause is a pause.",
        closeness=Pair(6, 5),
    ),
    Sketch(
        MIRIAM,
        "rejection-asking-and-answering",
        "Third session: asking for small things",
        0,
        follows="Second session: a pause that works",
        note="Leave a longer pause after each question today. The quieter one of the two begins.",
        note_on=2,
    ),
    Sketch(
        MIRIAM,
        "a-first-session",
        "First session, in the evening room",
        2,
        note="Both chairs towards the window; the radiator side is the warm one.",
    ),
    Sketch(
        MIRIAM,
        "engulfment-room-for-both",
        "Room for both of us",
        7,
        hope="have each said one wish plainly, and know that they may both be right.",
        shared=True,
    ),
    Sketch(MIRIAM, "an-ending-session", "Our last session: keeping it going", 21),
    Sketch(
        MIRIAM,
        "a-light-hour-for-a-heavy-week",
        "After the move: a light hour",
        -7,
        note="Good as it was. Next time bring more cards.",
        note_on=2,
    ),
    Sketch(MIRIAM, "hurt-opening-a-little", "Opening up, first try", None, binned=True),
    Sketch(
        TOM,
        "second-session-a-pause-that-works",
        "A pause, and the way back",
        1,
        note="Use the picnic. Keep the timer where both can see it.",
        note_on=2,
    ),
    Sketch(TOM, "play-and-closeness-side-by-side", "Long session by the canal", 5),
    Sketch(TOM, "failure-one-piece-of-a-good-morning", "One piece of a good morning", None),
    Sketch(
        ELIN,
        "abandonment-someone-at-my-side",
        "Someone at my side",
        0,
        note="Say the half-way time aloud. It helped last time.",
    ),
    Sketch(ELIN, "a-first-session", "First session, online", 3),
    Sketch(
        ELIN,
        "second-session-a-pause-that-works",
        "Pausing well",
        -14,
        hope="can stop early and come back on time.",
        landed=("well", "mixed", "well", "not_now", "well", "well", "well"),
    ),
)

# The sessions of a programme: aim, kind, and the title of the plan, if there is one.
PROGRAMME = (
    ("Land after the move, with something light", "ordinary", "After the move: a light hour"),
    ("Find a pause that works", "ordinary", "Second session: a pause that works"),
    ("Ask for small things", "ordinary", "Third session: asking for small things"),
    ("See what has become easier, and choose what comes next", "review", ""),
    ("Room for both wishes", "ordinary", "Room for both of us"),
    ("Plan together how to keep it going", "ending", "Our last session: keeping it going"),
)


def fill(session: Session, today: dt.date | None = None) -> list[tuple[str, str, str]]:
    """Write the demo practice unless it is there. Returns name, e-mail and password of each member.

    The library must have been loaded. Like an operation, it does not commit.
    """
    if session.scalar(select(Practice).where(Practice.name == PRACTICE)) is None:
        sharing.load_starters(session)
        people = _engage(session)
        templates = _publish(session, people)
        made: dict[str, str] = {}
        for sketch in SKETCHES:
            whose, template = people[sketch.whose], templates[sketch.template]
            record = _plan(session, whose, sketch, template, today or dt.date.today())
            record.follows_id = made.get(sketch.follows)
            made[sketch.title] = record.id
        _programme(session, people[MIRIAM], made)
        _ask(session, people[TOM], people[ELIN], made["Long session by the canal"])
    return [(person.name, person.email, PASSWORD) for person in PEOPLE]


def _engage(session: Session) -> dict[str, Asker]:
    practice = Practice(name=PRACTICE, contact_line="01632 960 001 · hello@example.org")
    session.add(practice)
    session.flush()
    password = hash_password(PASSWORD)
    people = {}
    for person in PEOPLE:
        member = Member(
            practice_id=practice.id, name=person.name, email=person.email, password=password, role=person.role
        )
        session.add(member)
        session.flush()
        people[person.email] = Asker(member.id, practice.id, member.name, member.is_owner)
        for slug in person.favourites:
            library.favourite(session, people[person.email], slug)
    return people


def _publish(session: Session, people: dict[str, Asker]) -> dict[str, Template]:
    """The practice's own templates and the starters, by the name of their file."""
    templates = {
        one.id: one for one in session.scalars(select(Template).where(Template.practice_id.is_(None)))
    }
    for own in read_starters(TEMPLATES):
        maker = people[PUBLISHED[own.slug]]
        templates[own.slug] = sharing.publish(session, maker, own.plan, own.when_to_use)
    return templates


def _plan(session: Session, whose: Asker, sketch: Sketch, template: Template, today: dt.date) -> PlanRecord:
    """Make the plan as its counsellor would: use a template, then give it a title, a date and a note."""
    record = plans.create(
        session, whose, template.plan, template_id=template.id, template_title=template.title
    )
    date = today + dt.timedelta(days=sketch.day) if sketch.day is not None else None

    def head(plan: Plan) -> Plan:
        return describe(plan, title=sketch.title, date=date, hope=sketch.hope or plan.hope)

    def noted(plan: Plan) -> Plan:
        return edit(plan, plan.segments[sketch.note_on].id, note=sketch.note)

    plans.change(session, whose, record.id, 1, head, "Changed the plan’s head")
    if sketch.note:
        plans.change(session, whose, record.id, 2, noted, f"Changed “{sketch.title}”")
    if sketch.shared:
        plans.share(session, whose, record.id, True)
    if sketch.landed:
        _land(session, whose, record.id, sketch)
    if sketch.binned:
        plans.put_in_bin(session, whose, record.id)
    return record


def _programme(session: Session, whose: Asker, made: dict[str, str]) -> None:
    """A programme under way, whose fourth session is still to be planned."""
    sessions = tuple(
        Step(f"s{place}", aim, kind, made.get(title))
        for place, (aim, kind, title) in enumerate(PROGRAMME, start=1)
    )
    hope = "can ask for small things, and answer each other kindly."
    programmes.create(session, whose, Programme("Closer again", hope, sessions=sessions))


def _ask(session: Session, whose: Asker, colleague: Asker, plan_id: str) -> None:
    """Ask colleagues about a plan; one of them has answered."""
    question = "Would you keep both walks, or leave more time to sit?"
    consulting.ask(session, whose, plan_id, "A long session out of doors", question)
    asked, plan = consulted.consultation(session, whose, plan_id, ())
    text = "I would keep both, and bring a flask: a warm cup side by side went well with mine."
    consulting.comment(session, colleague, asked, plan, text, segment_id="", answers="")


def _land(session: Session, whose: Asker, plan_id: str, sketch: Sketch) -> None:
    """Note how its session landed, as its counsellor would on the same evening."""
    steps = steps_of(opened(session, whose, plan_id).plan)
    said = tuple(replace(step, landed=landed) for step, landed in zip(steps, sketch.landed, strict=False))
    notes = Notes(said, closeness=sketch.closeness, worked=sketch.worked)
    landing.save(session, whose, plan_id, notes, 0)
