"""What a programme's page reads: its sessions as rows, the remarks on it, and open forms."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from flask_babel import format_date, to_user_timezone
from sqlalchemy.orm import Session as Database
from wtforms.fields.choices import SelectChoice

from planner.db import now
from planner.plans import series
from planner.plans.coverage import cells
from planner.plans.plan import Plan
from planner.plans.series import Held
from planner.plans.timing import Timing, timing
from planner.programmes.cover import cover
from planner.programmes.forms import AttachForm, HeadForm, SessionForm
from planner.programmes.moving import Moved
from planner.programmes.programme import Programme, Session
from planner.programmes.queries import Opened
from planner.programmes.rules import peak
from planner.programmes.words import said_remarks
from planner.who import Asker

VIEWS = ("sessions", "steps", "coverage")


@dataclass(frozen=True)
class Row:
    """A session with its number from 1. `state` is "open", "planned", "held" or "binned".

    `date` is that of its plan, or else the day on which it is due.
    """

    session: Session
    number: int
    state: str
    held: Held | None
    date: dt.date | None
    time: dt.time | None = None
    # The title of its plan without that of the programme before it.
    title: str = ""

    @property
    def plan(self) -> Plan | None:
        """The plan as it stands, unless there is none or it is in the bin."""
        return self.held.plan if self.held and self.state != "binned" else None

    @property
    def timing(self) -> Timing:
        return timing(self.plan or Plan("–"))

    @property
    def peak(self) -> int:
        return peak(self.plan) if self.plan else 0


def today() -> dt.date:
    """The date where the practice is."""
    return to_user_timezone(now()).date()


def rows(database: Database, who: Asker, programme: Programme) -> tuple[Row, ...]:
    """Its sessions with their plans, in one query."""
    held, day = series.held(database, who, programme.plan_ids), today()
    return tuple(
        _row(programme, session, number, held.get(session.plan_id or ""), day)
        for number, session in enumerate(programme.sessions, start=1)
    )


def _row(programme: Programme, session: Session, number: int, held: Held | None, day: dt.date) -> Row:
    due = programme.due(number)
    if held is None:
        # A plan that cannot be found is none.
        return Row(replace(session, plan_id=None), number, "open", None, due)
    if held.is_binned:
        return Row(session, number, "binned", held, due)
    date = held.plan.date
    state = "held" if date and date < day else "planned"
    title = held.plan.title.removeprefix(f"{programme.title}: ")
    return Row(session, number, state, held, date or due, held.plan.time if date else None, title)


def plans_of(found: tuple[Row, ...]) -> dict[str, Plan]:
    """The plans that stand in a programme, by their ids; those in the bin are left out."""
    return {row.held.id: row.plan for row in found if row.held and row.plan}


def context(database: Database, who: Asker, opened: Opened, **extra: Any) -> dict[str, Any]:
    """Everything `_programme.html` reads. `view` is one of VIEWS, `editing` "head" or nothing."""
    programme = opened.programme
    found = rows(database, who, programme)
    plans = plans_of(found)
    known: dict[str, Any] = {
        "opened": opened,
        "programme": programme,
        "rows": found,
        "remarks": said_remarks(programme, plans),
        "cover": cover(programme, plans),
        "view": VIEWS[0],
        "editing": "",
        "attaching": "",
        "attach_form": None,
        "head_form": None,
        "session_form": None,
        "row_of": "",
        "moving": "",
        "moved": None,
        "stale": False,
        "problem": "",
        "conflict": (),
    } | extra
    known["cells"] = cells(plans.values()) if known["view"] == "coverage" else None
    if known["moved"] and not _stands(known["moved"], found):
        known["moved"] = None
    known["next_open"] = next((row.session.id for row in found if row.state == "open"), "")
    if known["editing"] == "head" and known["head_form"] is None:
        known["head_form"] = HeadForm(formdata=None, data=head_data(programme))
    if known["attaching"] and known["attach_form"] is None:
        known["attach_form"] = AttachForm(formdata=None)
    if known["attach_form"] is not None:
        offer(database, who, known["attach_form"])
    known["forms"] = {row.session.id: SessionForm(formdata=None, data=vars(row.session)) for row in found}
    if known["session_form"] is not None:
        known["forms"][known["row_of"]] = known["session_form"]
    for session_id, form in known["forms"].items():
        form.aim.id = f"aim-{session_id}"
    return known


def _stands(moved: Moved, found: tuple[Row, ...]) -> bool:
    """True when both plans are still as the move left them, so that it can be taken back."""
    numbers = {row.held.id: row.held.number for row in found if row.held and row.plan}
    return all(numbers.get(at.plan_id) == at.revision for at in (moved.source, moved.target))


def head_data(programme: Programme) -> dict[str, Any]:
    """The head of a programme as its form holds it."""
    return vars(programme) | {"weeks": str(programme.weeks)}


def offer(database: Database, who: Asker, form: AttachForm) -> None:
    """Offer the plans that are in no programme yet."""
    lines = series.free(database, who)
    form.plan.choices = [SelectChoice("", ""), *(SelectChoice(line.id, _named(line.plan)) for line in lines)]


def _named(plan: Plan) -> str:
    return f"{plan.title} · {format_date(plan.date, 'd MMM y')}" if plan.date else plan.title
