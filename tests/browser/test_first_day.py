"""The first day with a new planner: from an empty database to a handout on paper and a template in use."""

from __future__ import annotations

import io
import re

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from planner.accounts.setup import setup_token
from planner.db import db
from tests.accounts.people import COOKIE
from tests.browser.builder import add_step, plan_a_session, steps
from tests.cast import engage

PASSWORD = "two boats on a slow canal"
ROBINS = "seven lamps along the quay"


@pytest.fixture
def database(empty):
    return empty


def set_up(page, live, *, token=None):
    page.goto("/")
    expect(page).to_have_url(re.compile("/set-up$"))
    page.get_by_label("Set-up token").fill(token or setup_token(live.app.extensions["settings"].folder))
    page.get_by_label("Name of the practice").fill("Lighthouse Rooms")
    page.get_by_label("Your name").fill("Mara Lind")
    page.get_by_label("Your e-mail address").fill("mara@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Set up the practice").click()


def add_from_the_library(page, title):
    shelf = page.locator("#shelf")
    shelf.get_by_label("Search the library").fill(title)
    shelf.get_by_role("button", name=f"Add “{title}” to the plan").click()
    expect(page.locator("#status")).to_contain_text(f"Added “{title}”")


def plan_with_exercises(page):
    """Fifty minutes: the five parts, three of them filled from the library, and something to do at home."""
    address = plan_a_session(page, "For R and L, fourth time", start="The five parts laid out")
    for title in ("Thanks that names you", "Three doors", "Hand in hand"):
        add_from_the_library(page, title)
    page.get_by_role("link", name="Edit title, hope and focus").click()
    head = page.locator("#head-form")
    expect(head.get_by_label("Title")).to_be_focused()
    head.get_by_label("By the end").fill("can each ask for one small thing")
    head.get_by_label("Abandonment").check()
    head.get_by_role("button", name="Done").click()
    expect(head).to_have_count(0)
    page.get_by_role("link", name="Edit Three doors").click()
    expect(page.locator(".edit-step").get_by_label("Title")).to_be_focused()
    page.locator(".edit-step").get_by_label("Note for myself").fill("Her mother is ill; go gently.")
    page.locator(".edit-step").get_by_role("button", name="Done").click()
    expect(page.locator(".edit-step")).to_have_count(0)
    return address


def test_the_set_up_page_asks_for_the_token_that_was_printed(opens, live):
    page = opens()
    set_up(page, live, token="not the token")
    expect(page.get_by_role("alert").filter(has_text="not the token that was printed")).to_be_visible()
    expect(page.get_by_label("Your name")).to_have_value("Mara Lind")
    set_up(page, live)
    expect(page.get_by_role("heading", name="Your first plan")).to_be_visible()
    page.goto("/set-up")
    expect(page).not_to_have_url(re.compile("set-up"))


def test_without_a_script_the_practice_is_set_up_all_the_same(opens, live):
    page = opens(script=False)
    set_up(page, live)
    expect(page.get_by_role("heading", name="Your first plan")).to_be_visible()


def test_a_session_of_real_exercises_is_printed_for_a_couple(opens, live):
    page = opens()
    set_up(page, live)
    plan_with_exercises(page)
    assert steps(page)[1:4] == ["Thanks that names you", "Three doors", "Hand in hand"]
    assert len(steps(page)) == 5

    page.get_by_role("link", name="Print handouts").click()
    for title in ("Thanks that names you", "Three doors", "Hand in hand"):
        page.get_by_label(title).check()
    page.get_by_role("button", name="Show these choices").click()
    sheets = page.frame_locator("iframe[name=preview]")
    expect(sheets.get_by_role("heading", name="Three doors")).to_be_visible()
    expect(sheets.get_by_text("can each ask for one small thing")).to_be_visible()
    with page.expect_download() as made:
        page.get_by_role("button", name="Make the PDF").click()
    assert made.value.suggested_filename == "handout.pdf"
    check_handout(PdfReader(io.BytesIO(made.value.path().read_bytes())))


def check_handout(pdf):
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712 a pypdf object, not a bool
    assert root["/Lang"] == "en-GB"
    assert len(pdf.pages) >= 4, "a page to begin with, and one for each exercise"
    assert "/StructTreeRoot" in root
    text = re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pdf.pages))
    order = ["can each ask for one small thing", "Thanks that names you", "Three doors", "Hand in hand"]
    places = [text.index(each) for each in order]
    assert places == sorted(places)
    assert "Lighthouse Rooms" in text
    everything = text + repr(dict(pdf.metadata)) + repr(pdf.xmp_metadata and pdf.xmp_metadata.dc_title)
    for private in ("mother", "R and L", "bandonment", "Mara", "ntensity"):
        assert private not in everything, f"“{private}” is on paper"


def test_a_colleague_joins_and_makes_a_copy_of_a_template(opens, live):
    page = opens()
    set_up(page, live)
    plan = plan_with_exercises(page)

    page.locator("#more-plan > summary").click()
    page.get_by_role("link", name="Save as a template").click()
    expect(page.locator("#preview")).not_to_contain_text("Her mother is ill")
    page.get_by_label("Title").fill("Asking for one small thing")
    page.get_by_label("When to use it").fill("When both can name a wish.")
    expect(page.locator("#preview")).to_contain_text("When both can name a wish.")
    page.get_by_role("button", name="Publish to the practice").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Asking for one small thing")
    template = page.url

    page.get_by_role("link", name="Practice").click()
    page.get_by_label("E-mail address").fill("robin@example.org")
    page.get_by_role("button", name="Make an invitation").click()
    link = page.get_by_label("The link").input_value()

    robin = opens()
    robin.goto(link)
    robin.get_by_label("Your name").fill("Robin Vale")
    robin.get_by_label("Password", exact=True).fill(ROBINS)
    robin.get_by_role("button", name="Join").click()
    expect(robin.get_by_text("Welcome to Lighthouse Rooms.")).to_be_visible()
    assert robin.goto(plan).status == 404, "a plan is its counsellor's own until it is opened"
    robin.get_by_role("link", name="Templates").click()
    robin.get_by_role("link", name="Asking for one small thing").click()
    expect(robin.locator("main")).not_to_contain_text("Her mother is ill")
    robin.get_by_role("button", name="Use it").click()
    expect(robin.get_by_text("Begun from the template “Asking for one small thing”")).to_be_visible()
    assert "Three doors" in steps(robin)
    assert robin.url not in (plan, template)
    robin.goto(link)
    expect(robin.get_by_role("heading", level=1)).to_have_text("This link no longer works")


def test_a_stranger_finds_neither_the_plan_nor_the_template(opens, live):
    page = opens()
    set_up(page, live)
    plan = plan_a_session(page, "Confidential")
    add_step(page, "One sentence each", 10, "Core")
    page.locator("#more-plan > summary").click()
    page.get_by_role("link", name="Save as a template").click()
    page.get_by_label("When to use it").fill("Often.")
    page.get_by_role("button", name="Publish to the practice").click()
    expect(page.get_by_role("button", name="Use it")).to_be_visible()
    with live.app.app_context():
        engage(db.session)
    stranger = opens("outsider")
    for address in (plan, f"{plan}/handouts", f"{plan}/run-sheet", f"{plan}/template", page.url):
        assert stranger.goto(address).status == 404, address
        expect(stranger.get_by_role("heading", level=1)).to_have_text("There is nothing here")
        expect(stranger.locator("body")).not_to_contain_text("Confidential")
    stranger.goto("/templates")
    expect(stranger.locator("main")).not_to_contain_text("Confidential")


def test_after_signing_out_neither_the_back_button_nor_the_old_cookie_shows_anything(opens, live):
    page = opens()
    set_up(page, live)
    plan = plan_a_session(page, "Confidential")
    stolen = next(each for each in page.context.cookies() if each["name"] == COOKIE)
    page.get_by_role("link", name="You", exact=True).click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_text("You are signed out, on every device.")).to_be_visible()
    for _step in range(2):
        page.go_back()
        expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
        expect(page.locator("body")).not_to_contain_text("Confidential")
    thief = opens()
    thief.context.add_cookies([stolen])
    thief.goto(plan)
    expect(thief.get_by_role("heading", level=1)).to_have_text("Sign in")
