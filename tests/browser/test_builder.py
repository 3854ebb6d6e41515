"""Planning in a browser: by keyboard, by drag, on a phone, in two tabs, and when things go wrong."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.builder import add_step, drag, find_on_the_shelf, plan_a_session, steps

STEPS = [
    ("Welcome", 3, "Arrive"),
    ("Check-in", 3, "Arrive"),
    ("Good news", 7, "Warm-up"),
    ("First turn", 8, "Core"),
    ("Second turn", 8, "Core"),
    ("Quiet minute", 2, "Core"),
    ("Talk it over", 6, "Settle"),
    ("Breathe", 3, "Settle"),
    ("Next step", 5, "Close"),
    ("Goodbye", 2, "Close"),
]


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def tab_to(page, name):
    """Go on with the Tab key until the control with this name has focus."""
    for _ in range(160):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            "() => { const e = document.activeElement;"
            " const name = e.labels?.[0]?.textContent || e.getAttribute('aria-label') || e.textContent;"
            " return (name || '').trim() }"
        )
        if re.sub(r"\s+", " ", focused) == name:
            return
    raise AssertionError(f"the Tab key never reaches “{name}”")


def test_ten_steps_are_planned_by_keyboard_alone(opens):
    page = opens("owner")
    tab_to(page, "Plan a session")
    press(page, "Enter")
    expect(page.get_by_label("Title")).to_be_focused()
    page.keyboard.type("By keyboard")
    tab_to(page, "The five parts laid out")
    press(page, "ArrowDown")
    tab_to(page, "Make the plan")
    press(page, "Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("By keyboard")
    for place, (title, minutes, part) in enumerate(STEPS):
        page.locator("#add-free input[name=title]").focus() if place else tab_to(page, "Title")
        page.keyboard.type(title)
        press(page, "Tab", "ControlOrMeta+a")
        page.keyboard.type(str(minutes))
        press(page, "Tab")
        page.keyboard.type(part)
        press(page, "Tab", "Enter")
        expect(page.locator("#timeline .step")).to_have_count(place + 1)
    assert steps(page) == [title for title, _, _ in STEPS]
    expect(page.locator("#length-words")).to_contain_text("47 of 50 minutes")

    page.locator("#add-free input[name=title]").focus()
    press(page, "Escape")
    page.get_by_role("button", name="Move up Breathe").focus()
    press(page, "Enter")
    expect(page.locator("#status")).to_have_text("Moved “Breathe” up")
    assert steps(page)[6:8] == ["Breathe", "Talk it over"]
    expect(page.get_by_role("button", name="Move up Breathe")).to_be_focused()

    page.get_by_role("button", name="Remove Quiet minute").focus()
    press(page, "Enter")
    expect(page.locator("#timeline .step")).to_have_count(9)
    page.get_by_role("link", name="Skip to the content").focus()
    press(page, "Control+z")
    expect(page.locator("#timeline .step")).to_have_count(10)
    press(page, "Control+z")
    expect(page.locator("#status")).to_have_text("Undone")
    press(page, "Control+Shift+z")
    press(page, "Control+Shift+z")
    expect(page.locator("#timeline .step")).to_have_count(9)
    page.reload()
    assert "Quiet minute" not in steps(page)


def test_a_step_is_edited_in_place_by_keyboard_and_saved_at_once(planned):
    page = planned(("First turn", 8, "Core"))
    page.get_by_role("link", name="Edit First turn").focus()
    press(page, "Enter")
    form = page.locator(".edit-step")
    expect(form.get_by_label("Title")).to_be_focused()
    form.get_by_label("Words to say").fill("“Slowly, both of you.”")
    form.get_by_label("Note for myself").focus()
    expect(page.locator("#status")).to_have_text("Changed “First turn”")
    page.keyboard.type("a note that is still being typed")
    form.get_by_label("In the handout").check()
    expect(form.get_by_label("Note for myself")).to_have_value("a note that is still being typed")
    form.get_by_role("button", name="Done").click()
    expect(form).to_have_count(0)
    page.reload()
    expect(page.locator("#timeline")).to_contain_text("in the handout")
    page.get_by_role("link", name="Edit First turn").click()
    expect(form.get_by_label("Words to say")).to_have_value("“Slowly, both of you.”")
    expect(form.get_by_label("Note for myself")).to_have_value("a note that is still being typed")


def test_steps_are_dragged_within_a_part_and_into_another(planned):
    page = planned(*STEPS, height=1600)
    drag(page, "First turn", page.locator(".step", has=page.get_by_role("heading", name="Second turn")))
    expect(page.locator("#status")).to_have_text("Moved “First turn” to Core")
    assert steps(page)[3:6] == ["Second turn", "First turn", "Quiet minute"]
    drag(page, "Quiet minute", page.locator(".step", has=page.get_by_role("heading", name="Breathe")))
    expect(page.locator("#status")).to_have_text("Moved “Quiet minute” to Settle")
    page.reload()
    expect(page.locator("#steps-settle")).to_contain_text("Quiet minute")
    press(page, "Control+z")
    expect(page.locator("#status")).to_have_text("Undone")
    assert steps(page)[3:6] == ["Second turn", "First turn", "Quiet minute"]


def test_an_exercise_is_dragged_from_the_library_to_its_place(planned):
    page = planned(*((title, 8, "Core") for title in ("First turn", "Second turn")), height=1600)
    page.get_by_label("Search the library").fill("three doors")
    expect(page.locator(".shelf-title").first).to_have_text("Three doors")
    grip = page.locator("[data-slug=three-doors] .grip").bounding_box()
    last = page.locator(".step", has=page.get_by_role("heading", name="Second turn"))
    page.mouse.move(grip["x"] + 8, grip["y"] + 12)
    page.mouse.down()
    # The steps make room on the way, so one aims again until it lies below the last.
    for _ in range(20):
        target = last.bounding_box()
        page.mouse.move(target["x"] + 200, target["y"] + target["height"] - 6, steps=10)
        if (
            page.evaluate("document.querySelector('#steps-core').lastElementChild.dataset.slug")
            == "three-doors"
        ):
            break
    page.mouse.up()
    expect(page.locator("#status")).to_have_text("Added “Three doors” to Core")
    assert steps(page) == ["First turn", "Second turn", "Three doors"]
    expect(page.locator("[data-slug=three-doors]")).to_have_count(1)
    page.get_by_role("button", name="Add “Three doors” to the plan").click()
    expect(page.locator("#timeline .step")).to_have_count(4)


def test_a_step_that_was_dragged_in_vain_goes_back_to_its_place(planned):
    page = planned(
        *((title, 8, "Core") for title in ("First turn", "Second turn", "Third turn")), height=1600
    )
    page.context.clear_cookies()
    drag(page, "First turn", page.locator(".step", has=page.get_by_role("heading", name="Third turn")))
    expect(page.locator("#problem")).to_contain_text("You have been signed out")
    assert steps(page) == ["First turn", "Second turn", "Third turn"]


def test_a_step_is_dragged_by_touch(planned):
    page = planned(
        *((title, 8, "Core") for title in ("First turn", "Second turn", "Third turn")), width=820, height=1180
    )
    page.locator("#steps-core").scroll_into_view_if_needed()

    def middle(title):
        step = page.locator(".step", has=page.get_by_role("heading", name=title))
        box = step.locator(".grip").bounding_box()
        return box["x"] + 10, box["y"] + 16

    (x, start), (_, end) = middle("First turn"), middle("Third turn")
    finger = page.context.new_cdp_session(page)

    def touch(kind, *points):
        spots = [{"x": x, "y": y} for y in points]
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": spots})

    touch("touchStart", start)
    for part in range(1, 16):
        touch("touchMove", start + (end + 30 - start) * part / 15)
        page.wait_for_timeout(20)
    touch("touchEnd")
    expect(page.locator("#status")).to_have_text("Moved “First turn” to Core")
    assert steps(page) == ["Second turn", "Third turn", "First turn"]


def test_on_a_phone_the_library_is_a_drawer_and_nothing_scrolls_sideways(planned):
    page = planned(width=390, height=800)
    expect(page.locator("#library")).to_be_hidden()
    page.locator("#bar").get_by_role("link", name="Library").click()
    expect(page.locator("#library")).to_be_visible()
    page.get_by_label("Search the library").fill("hand in")
    page.get_by_role("button", name="Add “Hand in hand” to the plan").click()
    expect(page.locator("#status")).to_contain_text("Added “Hand in hand”")
    page.get_by_role("link", name="Close", exact=True).click()
    assert steps(page) == ["Hand in hand"]
    for width in (390, 320):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"sideways at {width}"


def test_the_library_at_the_side_searches_filters_and_adds(opens):
    page = opens("owner")
    plan_a_session(page, start="The five parts laid out")
    shelf = page.locator("#shelf")
    shelf.get_by_label("Search the library").press_sequentially("three dóors")
    expect(shelf.get_by_text("Hand in hand")).to_have_count(0)
    expect(shelf.locator(".shelf-title").first).to_have_text("Three doors")
    expect(shelf.get_by_label("Search the library")).to_be_focused()
    shelf.get_by_role("button", name="Add “Three doors” to the plan").click()
    expect(page.locator("#status")).to_have_text("Added “Three doors” to Core, in its short form")
    assert "The main exercise" not in steps(page)
    shelf.get_by_label("Search the library").fill("")
    shelf.locator("select[name=part]").select_option("settle")
    expect(shelf.get_by_text("Three doors")).to_have_count(0)
    shelf.get_by_role("button", name="Add “Hand in hand” to the plan").click()
    expect(page.locator("#status")).to_have_text("Added “Hand in hand” to Settle")
    shelf.get_by_role("link", name="Hand in hand").click()
    expect(shelf.get_by_role("heading", name="Hand in hand")).to_be_focused()
    shelf.get_by_label("Add to").select_option("home")
    shelf.get_by_role("button", name="Add short").click()
    expect(page.locator("#status")).to_have_text(
        "Added “Hand in hand” to Practice at home, in its short form"
    )
    shelf.get_by_role("link", name="Back to the list").click()
    expect(shelf.locator("select[name=part]")).to_have_value("settle")
    expect(shelf.get_by_role("link", name="Hand in hand")).to_be_focused()


def test_the_map_of_a_plan_leads_to_what_could_fill_its_gaps(opens, planned):
    page = planned()
    expect(page.get_by_text("Map of areas and fears")).to_have_count(0)
    find_on_the_shelf(page, "Three doors")
    page.get_by_role("button", name="Add “Three doors” to the plan").click()
    page.get_by_text("Map of areas and fears").click()
    cell = page.locator("#plan-map").get_by_role("link", name=re.compile("minutes, Emotional, Being hurt"))
    expect(cell).to_contain_text("24")
    add_step(page, "A step that names nothing", 5, "Close")
    expect(cell).to_be_visible()
    shelf = page.locator("#shelf")
    shelf.get_by_label("Area").select_option("emotional")
    shelf.get_by_label("Mode").select_option("no_touch")
    expect(shelf.get_by_label("Mode")).to_have_value("no_touch")
    page.locator("#plan-map").get_by_role("link", name=re.compile("^0 minutes, Play, Losing myself")).click()
    expect(shelf.get_by_label("Area")).to_have_value("play")
    expect(shelf.get_by_label("Fear")).to_have_value("engulfment")
    expect(shelf.get_by_label("Mode")).to_have_value("no_touch")
    expect(shelf.get_by_label("Search the library")).to_have_value("")
    plain = opens("owner", script=False)
    plain.goto(page.url)
    plain.get_by_text("Map of areas and fears").click()
    plain.locator("#plan-map").get_by_role("link", name=re.compile("Play, Losing myself")).click()
    expect(plain.locator("#shelf").get_by_label("Area")).to_have_value("play")


def test_the_library_at_the_side_shows_what_was_asked_for_last(planned):
    page = planned(("First turn", 8, "Core"))
    find_on_the_shelf(page, "Three doors")
    page.get_by_role("button", name="Add “Three doors” to the plan").click()
    page.get_by_text("Map of areas and fears").click()
    slow = []
    page.route("**/shelf?*", lambda route: route.continue_() if slow else slow.append(route))
    area = page.locator("#shelf").get_by_label("Area")
    with page.expect_request("**/shelf?*"):
        area.select_option("emotional")
    page.locator("#plan-map").get_by_role("link", name=re.compile("^0 minutes, Play, Losing myself")).click()
    expect(page.locator("#shelf").get_by_label("Fear")).to_have_value("engulfment")
    with page.expect_response("**/shelf?*"):
        slow[0].continue_()
    page.wait_for_timeout(100)  # what must not be shown would be by now
    expect(area).to_have_value("play")


def test_the_library_at_the_side_goes_on_page_by_page(opens, planned):
    page = planned()
    address = page.url
    first = page.locator(".shelf-title").all_inner_texts()
    page.get_by_role("link", name="The next 50").click()
    expect(page.locator("#shelf-count")).to_contain_text("Page 2")
    expect(page.locator("#shelf-count")).to_be_focused()
    second = page.locator(".shelf-title").all_inner_texts()
    assert not set(first) & set(second)
    page.locator(".shelf-title").nth(3).click()
    page.get_by_role("link", name="Back to the list").click()
    expect(page.get_by_role("link", name=second[3], exact=True)).to_be_focused()
    page.get_by_role("link", name="The 50 before").click()
    expect(page.locator("#shelf-count")).not_to_contain_text("Page")
    page.get_by_role("link", name="The next 50").click()
    page.get_by_label("Search the library").fill("three doors")
    expect(page.locator("#shelf-count")).not_to_contain_text("Page")
    plain = opens("owner", script=False)
    plain.goto(address)
    plain.get_by_role("link", name="The next 50").click()
    assert plain.locator(".shelf-title").all_inner_texts() == second


def test_of_two_tabs_the_later_save_shows_both_texts(planned):
    page = planned(("First turn", 8, "Core"))
    address = page.url
    other = page.context.new_page()
    other.goto(address)
    for tab in (page, other):
        tab.get_by_role("link", name="Edit First turn").click()
        expect(tab.locator(".edit-step").get_by_label("Title")).to_be_focused()
    page.locator(".edit-step").get_by_label("Words to say").fill("“What the first tab says.”")
    page.get_by_role("button", name="Done").click()
    expect(page.locator(".edit-step")).to_have_count(0)
    other.locator(".edit-step").get_by_label("Words to say").fill("“What the second tab says.”")
    other.get_by_role("button", name="Done").click()
    conflict = other.get_by_role("alert").filter(has_text="changed elsewhere")
    expect(conflict).to_contain_text("“What the first tab says.”")
    expect(conflict).to_contain_text("“What the second tab says.”")
    expect(other.locator(".edit-step").get_by_label("Words to say")).to_have_value(
        "“What the second tab says.”"
    )
    other.get_by_role("button", name="Save what I typed").click()
    expect(other.locator(".edit-step")).to_have_count(0)
    page.reload()
    page.get_by_role("link", name="Edit First turn").click()
    expect(page.locator(".edit-step").get_by_label("Words to say")).to_have_value(
        "“What the second tab says.”"
    )


def test_when_the_server_is_stopped_what_was_typed_stays_and_can_be_sent_again(planned, live):
    page = planned(("First turn", 8, "Core"))
    page.get_by_role("link", name="Edit First turn").click()
    words = page.locator(".edit-step").get_by_label("Words to say")
    expect(words).to_be_visible()
    live.stop()
    words.fill("“Typed while nobody was listening.”")
    page.get_by_role("button", name="Done").click()
    expect(page.locator("#problem")).to_contain_text("Not saved")
    expect(words).to_have_value("“Typed while nobody was listening.”")
    live.begin()
    page.get_by_role("button", name="Send again").click()
    expect(page.locator("#problem")).to_be_empty()
    page.reload()
    page.get_by_role("link", name="Edit First turn").click()
    expect(words).to_have_value("“Typed while nobody was listening.”")


def test_when_the_session_has_ended_one_signs_in_elsewhere_and_sends_again(planned):
    page = planned(("First turn", 8, "Core"))
    page.get_by_role("link", name="Edit First turn").click()
    words = page.locator(".edit-step").get_by_label("Words to say")
    expect(words).to_be_visible()
    page.context.clear_cookies()
    words.fill("“Typed after the session had ended.”")
    page.get_by_role("button", name="Done").click()
    expect(page.locator("#problem")).to_contain_text("You have been signed out")
    expect(words).to_have_value("“Typed after the session had ended.”")
    with page.context.expect_page() as opened:
        page.locator("#problem").get_by_role("link", name="Sign in").click()
    fresh = opened.value
    from tests.browser.conftest import sign_in

    sign_in(fresh, "owner")
    page.get_by_role("button", name="Send again").click()
    expect(page.locator("#problem")).to_be_empty()
    page.reload()
    page.get_by_role("link", name="Edit First turn").click()
    expect(words).to_have_value("“Typed after the session had ended.”")


def test_without_a_script_a_plan_can_be_made_all_the_same(opens):
    page = opens("owner", script=False)
    page.goto("/plans/new")
    page.get_by_label("Title").fill("Plain")
    page.get_by_role("button", name="Make the plan").click()
    page.get_by_label("Search the library").fill("three doors")
    page.locator("#shelf").get_by_role("button", name="Search").click()
    page.locator("#add-three-doors").click()
    expect(page.get_by_role("heading", level=3, name="Three doors")).to_be_visible()
    page.get_by_role("button", name="Move down Three doors").click()
    page.get_by_role("link", name="Edit Three doors").click()
    page.locator(".edit-step").get_by_label("Minutes").fill("20")
    page.locator(".edit-step").get_by_role("button", name="Done").click()
    expect(page.locator(".step", has_text="Three doors").locator("input[name=minutes]")).to_have_value("20")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".step", has_text="Three doors").locator("input[name=minutes]")).to_have_value("16")
