"""The planner as it is looked at page by page: with the demo practice, and before anybody set it up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from flask import Flask
from flask_security.utils import hash_password
from playwright.sync_api import Browser, Page, Route
from sqlalchemy import select
from sqlalchemy.orm import Session

from planner import demo
from planner.accounts import credentials, operations
from planner.accounts.models import COUNSELLOR, OWNER, Member, Practice
from planner.accounts.setup import setup_token
from planner.db import db, now
from planner.library import queries as library
from planner.library.finding import filters
from planner.library.finding.facets import Wanted
from planner.library.writing import drafts
from planner.plans import operations as plans
from planner.plans import queries
from planner.plans.from_exercise import segment_from
from planner.plans.plan import Plan, Segment, edit
from planner.sharing import operations as sharing
from planner.sharing.models import Template
from planner.sharing.stripping import Keep, plan_for_template
from planner.who import Asker
from tests.browser.conftest import Live, live_at
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
    # Without, the previews in frames stay empty: each takes a while to be laid out.
    with_frames: bool = True
    pages: dict[str, Page] = field(default_factory=dict)

    def page(self, who: str) -> Page:
        """The page of this person, signed in; the same one each time."""
        if who not in self.pages:
            live = self.empty if who == FIRST else self.filled
            context = self.browser.new_context(base_url=live.address, reduced_motion="reduce")
            context.set_default_timeout(60_000)
            if not self.with_frames:
                context.route("**/preview", _only_as_a_page)
            self.pages[who] = context.new_page()
            if "@" in who:
                sign_in(self.pages[who], who)
        return self.pages[who]


def _only_as_a_page(route: Route) -> None:
    if route.request.frame.parent_frame:
        route.abort()
    else:
        route.continue_()


def sign_in(page: Page, email: str) -> None:
    page.goto("/sign-in")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password", exact=True).fill(demo.PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/")


@contextmanager
def stage(browser: Browser, folder: Path, *, with_frames: bool = True) -> Iterator[Stage]:
    """Both planners, running, with their data in `folder`."""
    serving = contextmanager(live_at)
    names = prepared(folder / "empty", lambda _session: {}) | prepared(folder / "filled", furnish)
    with serving(folder / "filled") as filled, serving(folder / "empty") as empty:
        made = Stage(browser, filled, empty, names, with_frames)
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
    names["bare"] = plans.create(session, asks, Plan("Still to be planned")).id
    names["free"], names["own_step"] = _with_steps_of_its_own(session, asks)
    names["bold"] = _ending_boldly(session, asks)
    names |= own_exercises(session, asks, tom_asks)
    names["draft"] = drafts.adapt(session, asks, "closeness-dial").id
    names["blank_draft"] = drafts.begin(session, asks).id
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
