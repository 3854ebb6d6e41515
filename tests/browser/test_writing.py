"""Writing an exercise in a browser: kept while one types, previewed, published; nothing typed is lost."""

from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import expect

PURPOSE = "Side by side, words come more easily than face to face."


def begin(page):
    page.goto("/library/write")
    page.get_by_role("button", name="Begin with an empty page").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Write an exercise")
    return page.url


def write(page):
    """What every exercise needs, and two steps."""
    page.get_by_label("Title", exact=True).fill("A short walk")
    page.get_by_label("In one sentence").fill("Both walk and each says one thing.")
    page.get_by_role("radio", name="Play").check()
    page.get_by_role("checkbox", name="Being hurt").check()
    page.get_by_label("Purpose", exact=True).fill(PURPOSE)
    step(page, 0, "2", "Explain the walk.")
    step(page, 1, "8", "Walk, and say one thing each.")


def step(page, place, minutes, text):
    page.locator(f"#steps-{place}-minutes").fill(minutes)
    page.locator(f"#steps-{place}-text").fill(text)


def kept(page):
    """Wait until the draft holds everything that was typed."""
    expect(page.locator("#kept-at")).to_contain_text("Kept as a draft at")
    expect(page.locator("#draft-form")).not_to_have_class(re.compile("htmx-request"))


def is_kept(page, revision):
    expect(page.locator("[name=revision]")).to_have_value(str(revision))


def preview(page):
    return page.locator("#preview")


def test_from_an_empty_page_into_the_library(opens):
    page = opens("owner")
    begin(page)
    expect(preview(page)).to_contain_text("Still needed: Title")
    write(page)
    expect(preview(page)).to_contain_text("Everything that is needed is there.")
    expect(preview(page).get_by_role("heading", name="A short walk")).to_be_visible()
    expect(preview(page)).to_contain_text("Walk, and say one thing each.")
    expect(page.locator("#draft-kept")).to_contain_text("10 min")
    kept(page)

    page.locator("#together-title").fill("Our walk")
    page.locator("#together-body").fill("Walk for ten minutes.")
    sheet = page.locator(".inserts").first
    sheet.get_by_role("button", name="Tick list").click()
    page.keyboard.type("How was it?")
    sheet.get_by_role("button", name="Scale").click()
    expect(page.locator("#together-body")).to_have_value(
        "Walk for ten minutes.\n\n[tick: How was it? | Yes | Not this week | Something smaller]"
        "\n\n[scale: How close do I feel? | far away | very close]"
    )
    page.get_by_role("radio", name="On paper").check()
    expect(preview(page).locator(".paper .ticks")).to_contain_text("How was it?")
    expect(preview(page).locator(".paper .boxes li")).to_have_count(11)
    expect(page.locator("#reading-together")).to_contain_text("Reads at grade")

    page.reload()
    expect(page.locator("#together-body")).to_have_value(re.compile("How was it"))
    expect(page.get_by_label("Purpose", exact=True)).to_have_value(PURPOSE)
    expect(page.locator("#steps-1-text")).to_have_value("Walk, and say one thing each.")
    page.get_by_role("button", name="Put into my library").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("A short walk")
    expect(page.get_by_text("It is in your library.")).to_be_visible()
    expect(page.locator(".paper")).to_contain_text("How was it?")
    page.goto("/library?q=short+walk")
    expect(page.get_by_role("link", name="A short walk")).to_be_visible()


def test_the_same_without_a_script(opens):
    page = opens("owner", script=False)
    address = begin(page)
    write(page)
    page.get_by_role("button", name="Add a step").click()
    step(page, 3, "1", "Come back.")
    page.get_by_role("button", name="Move step 4 up").click()
    expect(page.locator("#steps-2-text")).to_have_value("Come back.")
    page.get_by_role("button", name="Remove step 4").click()
    expect(page.locator("#steps-3-text")).to_have_count(0)
    expect(page.locator("#draft-kept")).to_contain_text("11 min")
    expect(page.get_by_role("button", name="Tick list")).to_have_count(0)
    page.locator("#together-title").fill("Our walk")
    page.locator("#together-body").fill("Walk.\n[tick: How was it? | Good | Long]")
    page.get_by_label("In one sentence").press("Tab")
    page.get_by_role("button", name="Keep as a draft").click()
    assert page.url == address
    expect(page.get_by_text("Kept as a draft at").first).to_be_visible()
    page.get_by_role("radio", name="On paper").check()
    expect(preview(page).locator(".paper .ticks")).to_contain_text("How was it?")
    expect(page.locator("#reading-together")).to_contain_text("Reads at grade")
    page.get_by_label("Title", exact=True).fill("")
    page.get_by_role("button", name="Put into my library").click()
    expect(page.get_by_role("alert").filter(has_text="Please give it a title.")).to_be_visible()
    expect(page.locator("#together-body")).to_have_value(re.compile("How was it"))
    page.get_by_label("Title", exact=True).fill("A short walk")
    page.get_by_label("My practice too").check()
    page.get_by_role("button", name="Put into my library").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("A short walk")
    colleague = opens("colleague", script=False)
    colleague.goto("/library?q=short+walk")
    expect(colleague.get_by_role("link", name="A short walk")).to_be_visible()


@pytest.fixture
def page(opens):
    """A draft with a title, kept."""
    page = opens("owner")
    begin(page)
    page.get_by_label("Title", exact=True).fill("A short walk")
    is_kept(page, 2)
    return page


def test_what_is_typed_before_the_page_has_loaded_is_kept_too(opens):
    page = opens("owner")
    address = begin(page)
    is_kept(page, 1)
    waiting = []
    page.route("**/js/writing.js*", lambda route: waiting.append(route))
    with page.expect_request("**/js/writing.js*"):
        page.goto(address, wait_until="commit")
    page.get_by_label("Title", exact=True).fill("A short walk")
    expect(page.get_by_label("Title", exact=True)).to_have_value("A short walk")
    waiting.pop().continue_()
    is_kept(page, 2)


def test_rows_are_moved_by_keyboard_and_focus_stays(page):
    for place, text in enumerate(("First", "Second", "Third")):
        step(page, place, "1", text)
    page.get_by_role("button", name="Move step 1 down").press("Enter")
    expect(page.locator("#steps-1-text")).to_have_value("First")
    expect(page.get_by_role("button", name="Move step 2 down")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#steps-2-text")).to_have_value("First")
    expect(page.get_by_role("button", name="Move step 3 up")).to_be_focused()
    page.get_by_role("button", name="Add a step").press("Enter")
    expect(page.locator("#steps-3-minutes")).to_be_focused()
    page.get_by_role("button", name="Remove step 4").press("Enter")
    expect(page.locator("#steps-2-minutes")).to_be_focused()
    expect(page.locator("#status")).to_have_text("Removed. 3 are left")
    assert [page.locator(f"#steps-{n}-text").input_value() for n in range(3)] == ["Second", "Third", "First"]


def test_typing_goes_on_while_the_draft_is_kept(page):
    def late(route):
        time.sleep(0.4)
        route.continue_()

    page.route("**/library/drafts/*", late)
    purpose = page.get_by_label("Purpose", exact=True)
    purpose.press_sequentially("One two three four five six seven eight nine ten", delay=60)
    expect(purpose).to_be_focused()
    expect(preview(page)).to_contain_text("nine ten")
    page.unroute_all(behavior="wait")
    expect(purpose).to_have_value("One two three four five six seven eight nine ten")
    page.reload()
    expect(purpose).to_have_value("One two three four five six seven eight nine ten")


def test_when_the_planner_cannot_be_reached_the_text_stays_and_is_kept_later(page, live):
    live.stop()
    purpose = page.get_by_label("Purpose", exact=True)
    purpose.fill(PURPOSE)
    expect(page.locator("#problem")).to_contain_text("Not saved")
    expect(page.locator("#kept-at")).to_have_text("Not kept yet")
    expect(purpose).to_have_value(PURPOSE)
    live.begin()
    page.locator("#problem").get_by_role("button", name="Send again").click()
    kept(page)
    expect(page.locator("#problem")).to_be_empty()
    page.reload()
    expect(purpose).to_have_value(PURPOSE)


def test_after_the_session_ended_one_signs_in_again_and_goes_on(page):
    page.context.clear_cookies()
    purpose = page.get_by_label("Purpose", exact=True)
    purpose.fill(PURPOSE)
    expect(page.locator("#problem")).to_contain_text("You have been signed out")
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Sign in in a new tab").click()
    tab = opened.value
    tab.get_by_label("E-mail").fill("owner@example.org")
    tab.get_by_label("Password", exact=True).fill("a long walk by the river")
    tab.get_by_role("button", name="Sign in").click()
    tab.wait_for_url("**/")
    page.locator("#problem").get_by_role("button", name="Send again").click()
    kept(page)
    page.reload()
    expect(purpose).to_have_value(PURPOSE)


def test_two_tabs_show_both_texts_and_one_chooses(page):
    other = page.context.new_page()
    other.goto(page.url)
    other.get_by_label("Title", exact=True).fill("In the other tab")
    is_kept(other, 3)
    title = page.get_by_label("Title", exact=True)
    title.fill("In this tab")
    conflict = page.locator("#conflict")
    expect(conflict).to_contain_text("In the other tab")
    expect(conflict).to_contain_text("In this tab")
    expect(title).to_have_value("In this tab")
    page.get_by_label("Purpose", exact=True).fill("Typed meanwhile.")
    page.get_by_role("button", name="Go on with what stands here").click()
    is_kept(page, 4)
    expect(title).to_have_value("In this tab")
    expect(page.get_by_label("Purpose", exact=True)).to_have_value("Typed meanwhile.")


def test_publishing_at_once_after_typing_loses_nothing(page):
    write(page)
    page.get_by_label("Watch for").press_sequentially("the last word")
    page.get_by_role("button", name="Put into my library").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("A short walk")
    expect(page.locator(".counsellor")).to_contain_text("the last word")


def test_a_link_waits_until_the_last_word_is_kept(page):
    address = page.url
    page.get_by_label("Purpose", exact=True).press_sequentially("the last word")
    page.get_by_role("link", name="Plans").click()
    page.wait_for_url("**/")
    page.goto(address)
    expect(page.get_by_label("Purpose", exact=True)).to_have_value("the last word")


def test_what_is_still_needed_leads_to_its_field(page):
    preview(page).get_by_role("link", name="Purpose").click()
    expect(page.get_by_label("Purpose", exact=True)).to_be_focused()
    page.locator("#citation").evaluate("each => (each.value = 'Smith')")
    page.locator("#citation").dispatch_event("input")
    preview(page).get_by_role("link", name="Citation").click()
    expect(page.locator("#citation")).to_be_focused()


def test_blocks_are_put_where_one_writes_and_can_be_taken_back(page):
    body = page.locator("#together-body")
    body.fill("First.\nLast.")
    body.press("ControlOrMeta+Home")
    sheet = page.locator(".inserts").first
    sheet.get_by_role("button", name="Lines").click()
    expect(body).to_have_value("First.\n\n[lines: What I want to keep | 3]\n\nLast.")
    page.keyboard.type("My wish")
    expect(body).to_have_value("First.\n\n[lines: My wish | 3]\n\nLast.")
    sheet.get_by_role("button", name="A’s name").click()
    expect(body).to_have_value("First.\n\n[lines: My wish{a} | 3]\n\nLast.")
    for _ in range(6):
        if body.input_value() == "First.\nLast.":
            break
        body.press("ControlOrMeta+z")
    expect(body).to_have_value("First.\nLast.")


def test_on_a_phone_the_preview_stands_behind_the_form(opens):
    page = opens("owner", width=390, height=800)
    begin(page)
    page.get_by_label("Title", exact=True).fill("A short walk")
    is_kept(page, 2)
    expect(preview(page)).to_be_hidden()
    page.get_by_role("radio", name="Preview").check()
    expect(preview(page).get_by_role("heading", name="A short walk")).to_be_visible()
    expect(page.get_by_label("Title", exact=True)).to_be_hidden()
    preview(page).get_by_role("link", name="Purpose").click()
    expect(page.get_by_label("Purpose", exact=True)).to_be_focused()


def test_discarding_asks_first(page):
    page.get_by_role("link", name="Discard this draft").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Discard the draft?")
    page.get_by_role("link", name="Go on writing").click()
    expect(page.get_by_label("Title", exact=True)).to_have_value("A short walk")
    page.get_by_role("link", name="Discard this draft").click()
    page.get_by_role("button", name="Discard the draft").click()
    expect(page.get_by_text("The draft is gone.")).to_be_visible()


def test_keeping_by_the_button_stays_where_one_is_and_says_so(page):
    page.get_by_label("Watch for").press_sequentially("eyes on the other’s paper")
    page.get_by_role("button", name="Keep as a draft").click()
    expect(page.locator("#status")).to_contain_text("Kept as a draft at")
    expect(page.get_by_label("Watch for")).to_have_value("eyes on the other’s paper")
    expect(page.get_by_role("button", name="Keep as a draft")).to_be_focused()
