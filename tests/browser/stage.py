"""The planner as it is looked at page by page: with the demo practice, and before anybody set it up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from wsgiref.types import StartResponse, WSGIEnvironment

from flask import Flask
from flask_security.utils import hash_password
from playwright.sync_api import Browser, Page
from sqlalchemy import select
from sqlalchemy.orm import Session

from planner import demo
from planner.accounts import credentials, operations
from planner.accounts.models import COUNSELLOR, OWNER, Member, Practice
from planner.accounts.setup import setup_token
from planner.consulting import operations as consulting
from planner.consulting import queries as consulted
from planner.db import db, now
from planner.library import queries as library
from planner.library.finding import filters
from planner.library.finding.facets import Wanted
from planner.library.writing import drafts
from planner.packs import operations as packs
from planner.packs.choice import Choice, Making
from planner.packs.operations import Wanted as Sheet
from planner.plans import operations as plans
from planner.plans import queries
from planner.plans.from_exercise import segment_from
from planner.plans.history import operations as history
from planner.plans.plan import Plan, Segment, edit, remove
from planner.programmes import operations as programme_operations
from planner.programmes import queries as programmes
from planner.programmes.outline import Outline, Stop
from planner.programmes.programme import Programme
from planner.programmes.programme import Session as Step
from planner.running import operations as running
from planner.running.events import Event
from planner.sharing import operations as sharing
from planner.sharing.models import Template
from planner.sharing.stripping import Keep, plan_for_template
from planner.who import Asker
from tests.browser.conftest import PATIENCE, Live, enter, live_at
from tests.browser.own_stage import own_exercises
from tests.conftest import start

NEWCOMER = "newcomer@example.org"
NOBODY = ""
# In whose browser the set-up page is: on a planner of its own, as it is shown once only.
FIRST = "first"


@dataclass
class Stage:
    """Two planners, and one page in the browser for each person who looks at them."""

    browser: Browser
    filled: Live
    empty: Live
    names: dict[str, str]
    # What each page runs before anything of its own.
    script: str = ""
    pages: dict[str, Page] = field(default_factory=dict)

    def page(self, who: str) -> Page:
        """The page of this person, signed in; the same one each time."""
        if who not in self.pages:
            live = self.empty if who == FIRST else self.filled
            context = self.browser.new_context(base_url=live.address, reduced_motion="reduce")
            context.set_default_timeout(2 * PATIENCE)
            if self.script:
                context.add_init_script(self.script)
            self.pages[who] = context.new_page()
            if "@" in who:
                enter(self.pages[who], who, demo.PASSWORD)
        return self.pages[who]


def _without_frames(app: Flask) -> None:
    """Frames stay empty. Were the browser asked to stop them, it would keep no style or font in its cache."""
    whole = app.wsgi_app

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ.get("HTTP_SEC_FETCH_DEST") == "iframe":
            start_response("204 No Content", [])
            return []
        return whole(environ, start_response)

    app.wsgi_app = answer  # type: ignore[method-assign]


@contextmanager
def stage(browser: Browser, folder: Path, *, with_frames: bool = True, script: str = "") -> Iterator[Stage]:
    """Both planners, running, with their data in `folder`.

    Without frames the previews stay empty: each takes a while to be laid out.
    """
    names = prepared(folder / "empty", lambda _session: {}) | prepared(folder / "filled", furnish)
    with live_at(folder / "filled") as filled, live_at(folder / "empty") as empty:
        if not with_frames:
            _without_frames(filled.app)
        made = Stage(browser, filled, empty, names, script)
        yield made
        for page in made.pages.values():
            page.context.close()


def prepared(folder: Path, fill: Callable[[Session], dict[str, str]]) -> dict[str, str]:
    """A database as after the first start, with what `fill` puts into it. Returns the names of things."""
    app: Flask = start(folder)
    done = app.test_cli_runner().invoke(args=["prepare"])
    assert done.exit_code == 0, done.output
    with app.app_context():
        names = fill(db.session) | {"token": setup_token(folder)}
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    return names


def furnish(session: Session) -> dict[str, str]:
    """The demo practice, and beside it what a page needs to be seen in each of its states."""
    demo.fill(session, dt.date.today())
    miriam, tom = (_member(session, email) for email in (demo.MIRIAM, demo.TOM))
    names = {"miriam": miriam.id, "tom": tom.id}
    asks, tom_asks = _asker(miriam), _asker(tom)
    titles = {line.plan.title: line for line in queries.listed(session, asks)}
    plan = titles["Third session: asking for small things"]
    names["plan"] = plan.id
    names["step"] = plan.plan.segments[2].id
    names["shared"] = titles["Room for both of us"].id
    names["before"] = titles["Second session: a pause that works"].id
    names["bare"] = plans.create(session, asks, Plan("Still to be planned")).id
    names["free"], names["own_step"] = _with_steps_of_its_own(session, asks)
    names["bold"] = _ending_boldly(session, asks)
    names["consulted"] = _consultations(session, asks, tom_asks, names["free"])
    names["leaning"] = _leaning_back(session, asks)
    names["running"], names["held"] = _in_the_room(session, asks)
    names |= own_exercises(session, asks, tom_asks)
    names["draft"] = drafts.adapt(session, asks, "closeness-dial").id
    names["blank_draft"] = drafts.begin(session, asks).id
    names |= _programmes(session, asks)
    names |= _packs(session, asks, names["plan"])
    filters.save(session, asks, "Short, no touch", Wanted(minutes=("10",), without=("touch",)))
    light = session.scalars(select(Template).where(Template.practice_id.is_not(None))).first()
    starter = session.scalars(select(Template).where(Template.title.contains("first session"))).first()
    names["template"], names["starter"] = light.id, starter.id
    draft = plan_for_template(replace(plan.plan, title="An early version"), Keep())
    names["withdrawn"] = sharing.publish(session, tom_asks, draft, "When there is more time.").id
    sharing.withdraw(session, tom_asks, names["withdrawn"])
    names["join"] = operations.invite(
        session, asks, email="robin@example.org", role=COUNSELLOR, at=now(), lifetime=dt.timedelta(days=7)
    )
    names["reset"] = credentials.reset_token(_member(session, demo.ELIN))
    _meadow(session)
    return names


def _programmes(session: Session, who: Asker) -> dict[str, str]:
    """The demo's programme, one that leaves several rules, one in the bin, and a withdrawn template."""
    names = {"programme": programmes.listed(session, who)[0].id}
    made = [
        plans.create(
            session, who, Plan(title, segments=(Segment("x1", "core", title, minutes, intensity=level),))
        )
        for title, minutes, level in (("Bold at once", 60, 4), ("Tea", 50, 1))
    ]
    sessions = (Step("a", "Begin boldly", plan_id=made[0].id), Step("b", "Be gentle", plan_id=made[1].id))
    sessions += (Step("c", "", "ending"), Step("d", "Go on"))
    value = Programme("Everything at once", sessions=sessions)
    names["uneven"] = programme_operations.create(session, who, value).id
    gone = programme_operations.create(session, who, Programme("Put aside", sessions=(Step("a"),)))
    programme_operations.put_in_bin(session, who, gone.id)
    outline = Outline("An early version", stops=(Stop("Arrive", "ordinary"),))
    template = programme_operations.publish(session, who, outline, "When there is more time.")
    programme_operations.withdraw(session, who, template.id)
    return names | {"outline": template.id}


def _packs(session: Session, who: Asker, plan_id: str) -> dict[str, str]:
    """A pack of which one sheet is done and one could not be made, and one that was cancelled."""
    sheets = [Sheet(Choice("plan", plan_id, kind), "Third session") for kind in ("together", "home", "cards")]
    going = packs.create(session, who, sheets, Making("pdf", 2))
    for failed in (False, True):
        taken = packs.take(session, now(), 60)
        assert taken is not None
        if failed:
            packs.fail(session, taken, "time")
        else:
            packs.deliver(session, taken, "A sheet", b"%PDF-1.7")
    ended = packs.create(session, who, sheets, Making())
    packs.cancel(ended)
    return {"pack": going.id, "cancelled_pack": ended.id}


def _member(session: Session, email: str) -> Member:
    return session.scalars(select(Member).where(Member.email == email)).one()


def _asker(member: Member) -> Asker:
    return Asker(member.id, member.practice_id, member.name, member.is_owner)


def _with_steps_of_its_own(session: Session, who: Asker) -> tuple[str, str]:
    """A plan that runs over, with a long unbroken word, a note and practice at home in it."""
    steps = (
        Segment("a1", "arrive", "Welcome", 8, intensity=1, words="“Good to see you both.”"),
        Segment("a2", "core", "Naming the Rindfleischetikettierungsüberwachungsaufgabe", 45, ("dream",)),
        Segment("a3", "close", "One sentence each", 9, ("self", "emotional", "conflict"), in_handout=True),
        Segment("a4", "home", "A walk, without telephones", 30, ("play",)),
    )
    record = plans.create(session, who, Plan("Too much for one evening", length=50, segments=steps))
    plans.change(session, who, record.id, 1, lambda plan: edit(plan, "a2", note="Shorten this."), "Changed")
    return record.id, "a2"


def _ending_boldly(session: Session, who: Asker) -> str:
    """A plan that leaves house rules in several ways, and asks for more at home than a week has room for."""
    doors, weather = (
        _from_library(session, who, slug) for slug in ("three-doors", "outside-weather-inside-team")
    )
    steps = (
        Segment("d1", "arrive", "Check-in and consent", 6, intensity=1),
        replace(doors, id="d2"),
        replace(weather, id="d3"),
        Segment("d4", "close", "Next step", 5, intensity=1),
        Segment("d5", "home", "Ten minutes each, five times a week", 10),
        Segment("d6", "home", "A walk, without telephones", 30),
    )
    return plans.create(session, who, Plan("Too bold, too late", length=50, segments=steps)).id


def _consultations(session: Session, who: Asker, other: Asker, plan_id: str) -> str:
    """A plan about which a colleague commented, with an answer and something dealt with. Returns its id."""
    consulting.ask(session, who, plan_id, "An evening that is full", "What would you leave out?")
    asked, plan = consulted.consultation(session, who, plan_id, ())

    def say(by: Asker, text: str, step: str = "", answers: str = "") -> str:
        return consulting.comment(session, by, asked, plan, text, segment_id=step, answers=answers).id

    first = say(other, "Half of the core, I think.\nThe rest can wait.", "a2")
    say(who, "Thank you, I will try it.", answers=first)
    consulting.settle(session, who, asked, say(other, "A good beginning.", "a1"), True)
    say(other, "They may like it.")
    say(other, "Is this one needed?", "a3")
    record = queries.record(session, who, plan_id)
    plans.change(session, who, plan_id, record.current, lambda value: remove(value, "a3"), "")
    history.name(session, who, plan_id, 1, "As it was first meant", "")
    return plan_id


def _leaning_back(session: Session, who: Asker) -> str:
    """A plan whose wording is remarked on: in its hope, and twice in a step."""
    said = (
        "“Welcome.”\n\n“Who started the row in the kitchen?”\n\n“What went wrong between you in the spring?”"
    )
    steps = (Segment("w1", "core", "A talk over tea", 20, ("conflict",), words=said),)
    hope = "can say it.\n\nYou never listen to me."
    return plans.create(session, who, Plan("What leans back", hope=hope, segments=steps)).id


def _in_the_room(session: Session, who: Asker) -> tuple[str, str]:
    """A plan whose session is under way, at an exercise; and one whose session is over."""
    ids = []
    for title in ("Under way", "Over"):
        steps = (
            Segment("r1", "arrive", "Check-in and consent", 6, intensity=1, words="“Welcome, both of you.”"),
            replace(_from_library(session, who, "three-doors"), id="r2", note="Slowly."),
            Segment("r3", "settle", "Talk it over", 8, intensity=1, words="“Let us slow down.”"),
            Segment("r4", "close", "Next step", 6, intensity=1),
        )
        ids.append(plans.create(session, who, Plan(title, length=50, segments=steps)).id)
        held = running.begin(session, who, ids[-1], now())
        at = held.run.began
        happened = [
            Event("0" * 20, "next", at, 0, "r1"),
            Event("1" * 20, "note", at, 1, "r2", text="Both smiled."),
        ]
        if title == "Over":
            happened.append(Event("2" * 20, "end", at, 2, "r2"))
        running.add(session, who, ids[-1], held.id, happened, now())
    return ids[0], ids[1]


def _from_library(session: Session, who: Asker, slug: str) -> Segment:
    record, exercise = library.exercise(session, who, slug)
    return segment_from(exercise, record.digest, "core", slug)


def _meadow(session: Session) -> None:
    """A practice in which nothing has been made yet."""
    practice = Practice(name="Meadow Rooms")
    session.add(practice)
    session.flush()
    session.add(
        Member(
            practice_id=practice.id,
            name="Noor Bakker",
            email=NEWCOMER,
            password=hash_password(demo.PASSWORD),
            role=OWNER,
        )
    )
