"""A session in the room: without a connection, after sleep, by keyboard; and no trace of it is left."""

from __future__ import annotations

import re
from dataclasses import asdict

import pytest
from hypothesis import HealthCheck, given, seed, settings
from playwright.sync_api import expect

from planner.db import db
from planner.plans import operations as plans
from planner.running import queries
from planner.running.events import MINUTE, plain
from planner.running.replay import replay, seen
from tests.browser.conftest import sign_in
from tests.builders import a_plan, a_segment
from tests.cast import PASSWORD
from tests.plans.pages import from_library
from tests.running.courses import BEGAN, COURSE, events, likely


@pytest.fixture
def plan_id(live, world):
    """A plan of the owner's with an exercise in it."""
    with live.app.app_context():
        plan = a_plan(
            a_segment("a", part="arrive", title="Arrive well", minutes=6, intensity=1, words="“Welcome.”"),
            from_library(world.cast.owner, "three-doors", "b", minutes=24),
            a_segment("c", part="settle", title="Come down", minutes=8, intensity=1, words="“Slowly.”"),
            a_segment("d", part="close", title="Next step", minutes=6, intensity=1),
        )
        record = plans.create(db.session, world.cast.owner, plan).id
        db.session.commit()
        return record


@pytest.fixture
def room(opens, plan_id):
    """`room()` is the screen of the session, which has just begun, on a tablet."""

    def enter(**screen):
        page = opens("owner", **({"width": 1024, "height": 768} | screen))
        page.goto(f"/plans/{plan_id}")
        page.get_by_role("button", name="Begin the session").click()
        if screen.get("script", True):
            expect(page.locator("#run[data-script]")).to_be_visible()
        return page

    return enter


@pytest.fixture
def run(live, world, plan_id):
    """`run()` is what the planner has of the session."""

    def read():
        with live.app.app_context():
            return queries.latest(db.session, world.cast.owner, plan_id).run

    return read


def present(page):
    return page.locator("[data-card]:not([hidden]) h1")


def press(page, name):
    page.locator(".run-foot").get_by_role("button", name=name).click()


def in_storage(page):
    """Everything that a browser could keep of a page, but for its address, which htmx notes in this tab."""
    return page.evaluate(
        """async () => [
            ...Object.keys(sessionStorage).filter((key) => key !== "htmx-current-path-for-history"),
            ...Object.keys(localStorage),
            ...(await caches.keys()),
            ...(await indexedDB.databases()).map((each) => each.name),
        ]"""
    )


def until_sent(page):
    """Wait until nothing of a session is in the browser's storage."""
    page.evaluate(
        """() => new Promise((done, fail) => {
            const waits = () => Object.keys(sessionStorage).some((key) => key.startsWith("reconnect-"));
            const look = () => (waits() ? setTimeout(look, 50) : done());
            look();
            setTimeout(() => fail(new Error(JSON.stringify(sessionStorage))), 20000);
        })"""
    )


def note(page, text):
    page.locator("#open-note").click()
    page.get_by_role("textbox", name="Note for later").fill(text)
    page.get_by_role("button", name="Note it").click()
    expect(page.locator("#note")).to_be_hidden()


def test_a_session_goes_on_without_a_connection_and_loses_nothing(room, run):
    page = room()
    expect(present(page)).to_have_text("Arrive well")
    press(page, "Next")
    expect(present(page)).to_have_text("Three doors")
    expect(present(page)).to_be_focused()
    page.context.set_offline(True)
    press(page, "+5 minutes")
    expect(page.locator("#run-link")).to_contain_text("Not connected")
    note(page, "She laughed first.")
    # They are flooded: the way down is on the page already.
    page.locator("#open-flooded").click()
    expect(page.locator("#flooded")).to_contain_text("end the turn in the middle")
    page.get_by_role("button", name=re.compile("Do this now.*Come down")).click()
    expect(present(page)).to_have_text("Come down")
    expect(page.locator("#run-then")).to_contain_text("Next step")
    press(page, "Next")
    page.locator("#run").get_by_role("button", name="Undo").click()
    expect(present(page)).to_have_text("Come down")
    press(page, "Go on with Three doors")
    press(page, "Skip")
    expect(present(page)).to_have_text("Next step")
    assert len(in_storage(page)) == 1
    press(page, "End the session")
    expect(present(page)).to_have_text("The session is over")
    expect(page.locator("#run-link-line")).to_contain_text("Please keep this page open")
    page.context.set_offline(False)
    page.wait_for_url("**/after")
    assert in_storage(page) == []
    visits = [(visit.step, visit.outcome) for visit in run().stand.visits]
    assert visits == [("a", "done"), ("b", "stopped"), ("c", "done"), ("b", "skipped"), ("d", "done")]
    assert [line.text for line in run().stand.notes] == ["She laughed first."]
    assert len({event.id for event in run().events}) == len(run().events) == 9


def test_what_waits_survives_signing_in_again_and_is_sent_for_nobody_else(room, run):
    page = room()
    other = page.context.new_page()
    other.goto("/account")
    other.get_by_role("button", name="Sign out").click()
    other.wait_for_url("**/sign-in")
    press(page, "Next")
    expect(page.locator("#run-link")).to_contain_text("You have been signed out")
    assert len(in_storage(page)) == 1
    # A colleague signs in on the same device: nothing is sent in their name.
    sign_in(other, "colleague")
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("#run-link")).to_contain_text("Somebody else has signed in here")
    assert in_storage(page) == []
    assert run().events == ()
    other.goto("/account")
    other.get_by_role("button", name="Sign out").click()
    other.wait_for_url("**/sign-in")
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("#run-link")).to_contain_text("You have been signed out")
    page.locator("#run-link-line").get_by_role("link", name="Sign in").click()
    page.get_by_label("E-mail").fill("owner@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(present(page)).to_have_text("Three doors")
    expect(page.locator("#run-link-line")).to_be_hidden()
    until_sent(page)
    assert [event.kind for event in run().events] == ["next"]


def test_what_waits_for_another_member_is_removed(room, plan_id):
    page = room()
    page.evaluate(
        """address => {
            const events = [{ id: "0".repeat(20), kind: "note", at: 1, text: "x" }];
            const left = { member: "another", address, run: "x", events };
            sessionStorage.setItem("reconnect-run:x", JSON.stringify(left));
        }""",
        f"/plans/{plan_id}/run/events",
    )
    page.goto("/library/areas")
    until_sent(page)


def test_after_sleep_the_times_are_right_and_low_time_is_said_in_words(opens, plan_id):
    page = opens("owner", width=1024, height=768)
    page.clock.install()
    page.goto(f"/plans/{plan_id}")
    page.get_by_role("button", name="Begin the session").click()
    expect(page.locator("#run[data-script]")).to_be_visible()
    page.context.set_offline(True)
    expect(page.locator("#run-whole")).to_have_text("50 minutes left")
    page.clock.fast_forward("04:30")
    expect(page.locator("#run-low")).to_have_text("2 minutes left in this step")
    press(page, "Next")
    expect(page.locator("#run-figure")).to_have_text("24:00")
    page.clock.fast_forward("35:00")  # the tablet slept
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator("#run-figure")).to_contain_text("+11:")
    expect(page.locator("#run-low")).to_have_text("This step is 11 minutes over")
    expect(page.locator("#run-whole")).to_have_text("11 minutes left")
    press(page, "+5 minutes")
    expect(page.locator("#run-figure")).to_have_text("5:00")
    expect(page.locator("#run-long")).to_contain_text("longer than what is left")
    page.clock.fast_forward("02:00")
    expect(page.locator("#run-close")).to_have_text("The session ends in 9 minutes: time to settle")
    # Twelve minutes left, with nobody to ask: a plain fit is made here.
    page.get_by_role("link", name="Fit them in").click()
    page.get_by_label("Minutes left").fill("12")
    page.get_by_role("button", name="Show how it fits").click()
    expect(page.locator("#fit-answer")).to_contain_text("A plain fit, made without a connection")
    page.locator("#fit-answer").get_by_role("button", name="Take this one").click()
    expect(page.locator("#less-time")).to_be_hidden()
    expect(page.locator("#run-whole")).to_have_text("12 minutes left")
    expect(page.locator("#run-long-line")).to_be_hidden()
    page.locator(".run-menu summary").click()
    page.get_by_role("button", name="Without the clock").click()
    expect(page.locator("#run-figure")).to_be_hidden()


def test_everything_goes_by_keyboard_and_fewer_minutes_are_fitted(room, run):
    page = room()
    page.locator("#open-less").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Minutes left")).to_be_focused()
    page.keyboard.type("36")
    page.keyboard.press("Enter")
    first = page.locator("#fit section").first
    expect(first.get_by_role("heading")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#run-whole")).to_have_text("36 minutes left")
    until_sent(page)
    assert run().events[0].kind == "refit"
    page.locator("#press-next button").focus()
    page.keyboard.press("Enter")
    expect(present(page)).to_have_text("Three doors")
    page.reload()
    expect(present(page)).to_have_text("Three doors")
    expect(page.locator("#run-whole")).to_have_text("36 minutes left")


def test_without_a_script_each_press_is_a_page(room, run):
    page = room(script=False)
    expect(present(page)).to_have_text("Arrive well")
    press(page, "Next")
    expect(present(page)).to_have_text("Three doors")
    page.locator("#open-flooded").click()
    page.get_by_role("button", name=re.compile("Do this now.*Come down")).click()
    expect(present(page)).to_have_text("Come down")
    page.locator("#open-less").click()
    page.get_by_label("Minutes left").fill("12")
    page.get_by_role("button", name="Show how it fits").click()
    page.get_by_role("button", name="Take this one").first.click()
    press(page, "Next")
    press(page, "End the session")
    page.wait_for_url("**/after")
    assert [event.kind for event in run().events] == ["next", "flooded", "refit", "next", "end"]


def test_the_screen_and_the_planner_play_by_the_same_rules(opens):
    """The same sessions, played in Python and by the script of the page, stand the same at every moment."""
    played = []

    @seed(4)
    @settings(max_examples=150, database=None, suppress_health_check=list(HealthCheck))
    @given(events() | likely())
    def collect(happened):
        stand = replay(COURSE, happened)
        moments = [BEGAN + minute * MINUTE + 1 for minute in (0, 5, 12, 39, 49, 61)]
        ours = asdict(stand), [asdict(seen(stand, moment)) for moment in moments]
        played.append(([plain(event) for event in happened], moments, ours))

    collect()
    page = opens()
    page.goto("/sign-in")
    course = asdict(COURSE)
    theirs = page.evaluate(
        """async ([course, played]) => {
            const { replay, seen } = await import("/static/js/running-state.js");
            return played.map(([events, moments]) => {
                const stand = replay(course, events);
                return [stand, moments.map((each) => seen(stand, each))];
            });
        }""",
        [course, [(each[0], each[1]) for each in played]],
    )
    assert len(theirs) >= 150
    for (happened, _, ours), found in zip(played, theirs, strict=True):
        assert _as_lists(ours) == found, happened


def _as_lists(value):
    if isinstance(value, dict):
        return {name: _as_lists(each) for name, each in value.items()}
    return [_as_lists(each) for each in value] if isinstance(value, (list, tuple)) else value
