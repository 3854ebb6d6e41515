"""A practice to look around in: three members, plans around today, templates and favourites.

There is nobody's story in it: couples are not named, and the notes are a counsellor's reminders.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from flask_security.utils import hash_password
from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.accounts.models import COUNSELLOR, OWNER, Member, Practice
from planner.library import operations as library
from planner.plans import operations as plans
from planner.plans.plan import Plan, describe, edit
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

    `day` counts from today; None leaves the date open. `note` goes to the step at `note_on`.
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
        "rejection-asking-and-answering",
        "Third session: asking for small things",
        0,
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
    ),
)


def fill(session: Session, today: dt.date | None = None) -> list[tuple[str, str, str]]:
    """Write the demo practice unless it is there. Returns name, e-mail and password of each member.

    The library must have been loaded. Like an operation, it does not commit.
    """
    if session.scalar(select(Practice).where(Practice.name == PRACTICE)) is None:
        sharing.load_starters(session)
        people = _engage(session)
        templates = _publish(session, people)
        for sketch in SKETCHES:
            _plan(session, people[sketch.whose], sketch, templates[sketch.template], today or dt.date.today())
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


def _plan(session: Session, whose: Asker, sketch: Sketch, template: Template, today: dt.date) -> None:
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
    if sketch.binned:
        plans.put_in_bin(session, whose, record.id)
