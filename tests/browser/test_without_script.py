"""Everything works without JavaScript; setting up without it is told in test_first_day.py."""

from __future__ import annotations

import io
import re

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser.builder import add_step, plan_a_session, steps


@pytest.fixture
def page(opens):
    """The owner's browser: signed in, and no script runs in it."""
    return opens("owner", script=False)


def test_a_plan_is_made_edited_moved_and_undone(page):
    plan_a_session(page, "Plain paper", start="The five parts laid out")
    page.get_by_label("Search the library").fill("three doors")
    page.locator("#shelf").get_by_role("button", name="Search").click()
    page.get_by_role("button", name="Add “Three doors” to the plan").click()
    assert steps(page)[2] == "Three doors"
    add_step(page, "Talking it over", 5, "Settle")
    add_step(page, "A minute of quiet", 2, "Settle")

    page.get_by_role("link", name="Edit title, hope and focus").click()
    head = page.locator("#head-form")
    head.get_by_label("By the end").fill("can each ask for one small thing")
    head.get_by_role("button", name="Done").click()
    expect(page.get_by_text("can each ask for one small thing")).to_be_visible()

    page.get_by_role("link", name="Edit A minute of quiet").click()
    step = page.locator(".edit-step")
    step.get_by_label("Title").fill("Two minutes of quiet")
    step.get_by_label("Note for myself").fill("Open the window.")
    step.get_by_role("button", name="Done").click()
    before = steps(page)
    page.get_by_role("button", name="Move up Two minutes of quiet").click()
    assert steps(page)[3:5] == ["Two minutes of quiet", "Talking it over"]
    page.get_by_role("button", name="Undo").click()
    assert steps(page) == before
    page.locator(".step", has_text="Two minutes of quiet").locator("summary").first.click()
    page.get_by_label("Move “Two minutes of quiet” to").select_option(label="Close")
    page.get_by_role("button", name="Move to… Two minutes of quiet").click()
    assert steps(page)[-1] == "Two minutes of quiet"
    page.get_by_role("button", name="Remove Two minutes of quiet").click()
    assert "Two minutes of quiet" not in steps(page)


def test_the_library_is_searched_narrowed_and_starred(page):
    page.goto("/library")
    page.get_by_label("Search the library").fill("play")
    page.locator("#facet-area-play").check()
    page.get_by_role("button", name="Show what fits").click()
    expect(page).to_have_url(re.compile("q=play.*area=play|area=play.*q=play"))
    title = page.locator("#results h3").first.inner_text()
    page.get_by_role("link", name=title).click()
    page.get_by_role("button", name="Add to favourites").click()
    expect(page.get_by_text("Added to your favourites.")).to_be_visible()
    page.goto("/library?starred=yes")
    assert page.locator("#results h3").all_inner_texts() == [title]


def test_the_handout_is_previewed_and_downloaded(page):
    page.goto("/library/three-doors/handout")
    page.get_by_label("First name of A").fill("Zoë")
    page.locator("details.more > summary").click()
    page.get_by_label("Large print").check()
    page.get_by_role("button", name="Show these choices").click()
    sheet = page.frame_locator("iframe[name=preview]")
    expect(sheet.get_by_role("heading", name="Three doors")).to_be_visible()
    with page.expect_download() as made:
        page.get_by_role("button", name="Make the PDF").click()
    pdf = PdfReader(io.BytesIO(made.value.path().read_bytes()))
    assert "Three doors" in pdf.pages[0].extract_text()


def test_a_template_is_saved_and_used(page):
    plan_a_session(page, "Plain paper")
    add_step(page, "One sentence each", 10, "Core")
    page.locator("#more-plan > summary").click()
    page.get_by_role("link", name="Save as a template").click()
    page.get_by_label("When to use it").fill("When words are few.")
    page.get_by_role("button", name="Update the preview").click()
    expect(page.locator("#preview")).to_contain_text("When words are few.")
    page.get_by_role("button", name="Publish to the practice").click()
    page.get_by_role("button", name="Use it").click()
    expect(page.get_by_text("Begun from the template “Plain paper”")).to_be_visible()
    assert steps(page) == ["One sentence each"]


def test_signing_out_ends_it(page):
    page.goto("/account")
    page.get_by_role("button", name="Sign out").click()
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
