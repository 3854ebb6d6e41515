"""While one types: nothing typed is lost, whatever else happens on the page, and focus never gets lost."""

from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import expect

from tests.browser.builder import add_step, drag, find_on_the_shelf, steps


@pytest.fixture
def page(planned):
    """A plan with three steps."""
    return planned(*((title, 5, "Core") for title in ("First turn", "Second turn", "Third turn")))


def status(page):
    return page.locator("#status")


def edit(page, title):
    page.get_by_role("link", name=f"Edit {title}").click()
    form = page.locator(".edit-step")
    expect(form.get_by_label("Title")).to_have_value(title)
    return form


def slowly(page):
    """Every change takes half a second on its way."""

    def late(route):
        time.sleep(0.5)
        route.continue_()

    page.route("**/segments/**", late)


def test_a_form_stays_open_and_keeps_its_typing_while_another_step_moves(page):
    form = edit(page, "First turn")
    slowly(page)
    form.get_by_label("Words to say").fill("“Said slowly.”")
    page.get_by_role("button", name="Move up Third turn").click(no_wait_after=True)
    form.get_by_label("Note for myself").press_sequentially("typed while that was on its way", delay=20)
    expect(status(page)).to_have_text("Moved “Third turn” up")
    assert steps(page) == ["First turn", "Third turn", "Second turn"]
    expect(form.get_by_label("Note for myself")).to_have_value("typed while that was on its way")
    expect(form.get_by_label("Note for myself")).to_be_focused()
    form.get_by_role("button", name="Done").click()
    expect(form).to_have_count(0)
    page.reload()
    form = edit(page, "First turn")
    expect(form.get_by_label("Words to say")).to_have_value("“Said slowly.”")
    expect(form.get_by_label("Note for myself")).to_have_value("typed while that was on its way")


def test_a_step_that_is_dragged_while_a_save_is_on_its_way_is_moved(page):
    page.set_viewport_size({"width": 1280, "height": 1600})
    waiting = []
    page.route("**/segments/**", lambda route: route.continue_() if waiting else waiting.append(route))
    page.get_by_label("Minutes of “First turn”").fill("7")
    drag(page, "First turn", page.locator(".step", has=page.get_by_role("heading", name="Second turn")))
    waiting[0].continue_()
    expect(status(page)).to_have_text("Moved “First turn” to Core")
    page.reload()
    assert steps(page) == ["Second turn", "First turn", "Third turn"]
    expect(page.get_by_label("Minutes of “First turn”")).to_have_value("7")


def test_an_open_form_shows_what_was_changed_beside_it(page):
    form = edit(page, "First turn")
    row = page.get_by_label("Minutes of “First turn”")
    row.fill("12")
    row.press("Enter")
    expect(form.get_by_label("Minutes")).to_have_value("12")
    form.get_by_label("Note for myself").fill("and a note")
    form.get_by_role("button", name="Done").click()
    expect(form).to_have_count(0)
    expect(row).to_have_value("12")


def test_opening_another_form_saves_the_first(page):
    edit(page, "First turn").get_by_label("Note for myself").fill("not yet saved")
    edit(page, "Second turn")
    expect(page.locator(".edit-step")).to_have_count(1)
    expect(edit(page, "First turn").get_by_label("Note for myself")).to_have_value("not yet saved")


def test_a_refused_form_stays_until_it_is_mended_or_left(page):
    form = edit(page, "First turn")
    form.get_by_label("Title").fill("")
    form.get_by_label("Words to say").fill("“Do not lose me.”")
    expect(form.get_by_role("alert")).to_contain_text("Please give it a title.")
    expect(status(page)).to_have_text("Not saved yet")
    page.get_by_role("button", name="Move up Third turn").click()
    expect(status(page)).to_have_text("Moved “Third turn” up")
    page.get_by_role("link", name="Edit Second turn").click()
    expect(form.get_by_role("alert")).to_be_focused()
    expect(form.get_by_label("Words to say")).to_have_value("“Do not lose me.”")
    form.get_by_role("link", name="Leave it as it was").click()
    expect(form).to_have_count(0)
    assert "First turn" in steps(page)


def test_a_form_that_is_refused_again_drops_nothing_that_was_clicked_meanwhile(page):
    form = edit(page, "First turn")
    form.get_by_label("Title").fill("")
    form.get_by_label("Words to say").focus()
    expect(form.get_by_role("alert")).to_contain_text("Please give it a title.")
    slowly(page)
    form.get_by_label("Words to say").press_sequentially("soft")
    page.get_by_role("button", name="Move up Third turn").click()
    expect(status(page)).to_have_text("Moved “Third turn” up")


def test_what_is_being_typed_is_saved_without_leaving_the_field(page):
    form = edit(page, "First turn")
    form.get_by_label("Note for myself").press_sequentially("in one go ")
    expect(status(page)).to_have_text("Changed “First turn”")
    expect(form.get_by_label("Note for myself")).to_have_value("in one go ")
    expect(form.get_by_label("Note for myself")).to_be_focused()


def test_what_is_typed_the_moment_a_form_appears_is_saved(page):
    page.evaluate("""() => new MutationObserver((_, observer) => {
        const note = document.querySelector(".edit-step textarea[name=note]");
        if (!note) return;
        observer.disconnect();
        note.value = "at once";
        note.dispatchEvent(new Event("input", { bubbles: true }));
    }).observe(document.body, { childList: true, subtree: true })""")
    page.get_by_role("link", name="Edit First turn").click()
    expect(status(page)).to_have_text("Changed “First turn”")
    expect(page.locator(".edit-step").get_by_label("Note for myself")).to_have_value("at once")


def test_leaving_in_the_middle_of_typing_asks_first(page):
    form = edit(page, "First turn")
    form.get_by_label("Note for myself").press_sequentially("half a thou")
    with page.expect_event("dialog") as asked:
        page.evaluate("setTimeout(() => location.reload())")
    assert asked.value.type == "beforeunload"
    asked.value.dismiss()
    expect(form.get_by_label("Note for myself")).to_have_value("half a thou")


def test_a_link_waits_for_the_save_that_its_click_began(page):
    address = page.url
    form = edit(page, "First turn")
    slowly(page)
    form.get_by_label("Note for myself").press_sequentially("the last word")
    page.get_by_role("link", name="Run sheet").click()
    page.wait_for_url("**/run-sheet")
    page.goto(address)
    expect(edit(page, "First turn").get_by_label("Note for myself")).to_have_value("the last word")


def test_steps_are_added_one_after_the_other_with_the_enter_key(page):
    title = page.locator("#add-free").get_by_label("Title")
    for name in ("Fourth turn", "Fifth turn"):
        title.press_sequentially(name)
        title.press("Enter")
        expect(page.get_by_role("heading", name=name, exact=True)).to_be_visible()
        expect(title).to_have_value("")
        expect(title).to_be_focused()


def test_a_step_added_to_a_plan_that_was_changed_elsewhere_keeps_its_words(page):
    other = page.context.new_page()
    other.goto(page.url)
    add_step(other, "From the other tab", 5, "Core")
    form = page.locator("#add-free")
    form.get_by_label("Title").fill("Typed with care")
    form.get_by_role("button", name="Add the step").click()
    expect(page.get_by_role("alert").filter(has_text="changed elsewhere")).to_be_visible()
    expect(form.get_by_label("Title")).to_have_value("Typed with care")
    form.get_by_role("button", name="Add the step").click()
    expect(page.get_by_role("heading", name="Typed with care")).to_be_visible()
    expect(form.get_by_label("Title")).to_have_value("")


def test_a_double_click_adds_or_removes_once(page):
    find_on_the_shelf(page, "Three doors")
    page.get_by_role("button", name=re.compile("Add “Three doors”")).dblclick()
    expect(page.locator("#timeline .step")).to_have_count(4)
    page.get_by_role("button", name="Remove First turn").dblclick()
    expect(status(page)).to_contain_text("Removed “First turn”")
    page.wait_for_timeout(300)
    expect(page.locator("#timeline .step")).to_have_count(3)


def test_quick_clicks_on_up_and_down_each_count(page):
    down = page.get_by_role("button", name="Move down First turn")
    # All three before the first answer: the button moves with its step, so a mouse might miss it.
    down.evaluate("button => { button.click(); button.click(); button.click(); }")
    expect(page.locator("#steps-settle")).to_contain_text("First turn")
    assert steps(page) == ["Second turn", "Third turn", "First turn"]


def test_focus_goes_on_from_a_control_that_is_gone(page):
    page.get_by_role("button", name="Remove First turn").press("Enter")
    expect(page.get_by_role("link", name="Edit Second turn")).to_be_focused()
    edit(page, "Second turn").get_by_role("button", name="Done").press("Enter")
    expect(page.get_by_role("link", name="Edit Second turn")).to_be_focused()


def test_a_step_that_is_first_says_so_and_keeps_its_focus(page):
    up = page.get_by_role("button", name="Move up First turn")
    up.focus()
    for _ in range(2):
        page.keyboard.press("Enter")
        expect(status(page)).to_have_text("Moved “First turn” up")
        expect(up).to_be_focused()
        page.locator("#status").evaluate("node => node.replaceChildren()")
    page.keyboard.press("Enter")
    expect(status(page)).to_have_text("Nothing to change")
    expect(up).to_be_focused()


def test_what_was_done_is_seen_over_the_library_of_a_phone(planned):
    page = planned(width=390, height=800)
    page.locator("#bar").get_by_role("link", name="Library").click()
    find_on_the_shelf(page, "Hand in hand")
    page.get_by_role("button", name="Add “Hand in hand” to the plan").click()
    expect(status(page)).to_contain_text("Added “Hand in hand”")
    box = status(page).bounding_box()
    assert box["height"] > 20
    assert int(page.locator("#status").evaluate("node => getComputedStyle(node).zIndex")) > 12
