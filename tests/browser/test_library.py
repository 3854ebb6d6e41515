"""Finding an exercise in a browser, and taking it along."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.builder import plan_a_session, steps


def titles(page):
    return page.locator("#results h3").all_inner_texts()


def counted(page, facet, value):
    """The number beside a value of a facet."""
    words = page.locator(f".value:has(#facet-{facet}-{value}) .value-count").inner_text()
    return int(re.sub(r"\D", "", words))


def test_it_finds_while_one_types_and_the_address_can_be_passed_on(opens):
    page = opens("owner")
    page.goto("/library")
    everything = page.locator("#results-title").inner_text()
    page.get_by_label("Search the library").press_sequentially("thrée do")
    expect(page.get_by_role("link", name="Three doors")).to_be_visible()
    expect(page.locator("#results-title")).not_to_have_text(everything)
    expect(page.locator("#status")).to_contain_text("exercise")
    expect(page).to_have_url(re.compile(r"\?q=thr"))
    expect(page.get_by_label("Search the library")).to_be_focused()
    found = titles(page)
    assert found[0] == "Three doors"
    page.reload()
    assert titles(page) == found
    colleague = opens("colleague")
    colleague.goto(page.url)
    assert titles(colleague) == found
    for odd in ("c'est", "x-y", "AND", "foo:bar", '"', "*", "%"):
        with page.expect_response(re.compile("/library")) as answer:
            page.get_by_label("Search the library").fill(odd)
        assert answer.value.ok, odd


def test_facets_combine_and_their_counts_keep_their_word(opens):
    page = opens("owner")
    page.goto("/library")
    promised = counted(page, "area", "play")
    page.locator("#facet-area-play").check()
    expect(page.locator("#results-title")).to_have_text(f"{promised} exercises")
    promised = counted(page, "mode", "side_by_side")
    page.locator("#facet-mode-side_by_side").check()
    expect(page.locator("#results-title")).to_have_text(re.compile(f"^{promised} exercise"))
    assert 0 < len(titles(page)) == promised
    expect(page).to_have_url(re.compile("area=play.*mode=side_by_side"))
    chosen = page.get_by_role("list", name="Chosen")
    expect(chosen.get_by_role("listitem")).to_have_count(3)
    page.go_back()
    expect(page.locator("#facet-mode-side_by_side")).not_to_be_checked()
    expect(page.locator("#facet-area-play")).to_be_checked()
    page.go_forward()
    expect(chosen).to_contain_text("Side by side")
    chosen.get_by_role("link", name=re.compile("Side by side")).click()
    expect(page.locator("#facet-mode-side_by_side")).not_to_be_checked()
    page.get_by_role("link", name="Clear all").click()
    expect(page.locator(".value input[type=checkbox]:checked")).to_have_count(0)


def test_an_exercise_shows_both_views_and_goes_into_a_plan(opens):
    page = opens("owner")
    plan_a_session(page, "Fourth session", start="The five parts laid out")
    page.goto("/library?q=three+doors")
    page.get_by_role("link", name="Three doors").click()
    counsellor, client = page.locator(".counsellor"), page.locator(".client")
    expect(counsellor.get_by_role("heading", name="Words to say")).to_be_visible()
    expect(counsellor.get_by_role("heading", name="Where it comes from")).to_be_visible()
    expect(client.get_by_role("heading", name="Three doors")).to_be_visible()
    left, right = counsellor.bounding_box(), client.bounding_box()
    assert left["x"] + left["width"] <= right["x"], "the two views stand side by side"
    mine = page.locator("#plan option", has_text="Fourth session")
    page.get_by_label("Plan", exact=True).select_option(mine.get_attribute("value"))
    page.get_by_label("Short").check()
    page.get_by_role("button", name="Add to a plan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Fourth session")
    expect(page.get_by_text("“Three doors” is in the plan.")).to_be_visible()
    assert "Three doors" in steps(page)
    assert "The main exercise" not in steps(page)


def test_favourites_are_ones_own(opens):
    page = opens("owner")
    page.goto("/library?q=three+doors")
    page.get_by_role("button", name="Add “Three doors” to your favourites").click()
    expect(page.locator("#status")).to_have_text("Added to your favourites.")
    taken = page.get_by_role("button", name="Take “Three doors” out of your favourites")
    expect(taken).to_be_focused()
    page.locator("#facet-starred-yes").check()
    expect(page.locator("#results-title")).to_have_text("1 exercise")
    colleague = opens("colleague")
    colleague.goto("/library")
    assert counted(colleague, "starred", "yes") == 0
    taken.click()
    expect(page.locator("#results-title")).to_have_text("0 exercises")


def keep(page, name, button="Save"):
    page.get_by_text("Save this filter").click()
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_role("button", name=button, exact=True).click()


def test_a_filter_is_kept_by_name_asked_for_again_replaced_and_removed(opens):
    page = opens("owner")
    page.goto("/library")
    page.locator("#facet-without-touch").check()
    expect(page.get_by_role("list", name="Chosen").get_by_role("listitem")).to_have_count(2)
    page.get_by_role("link", name="Up to 2 in intensity").click()
    expect(page.get_by_role("list", name="Chosen").get_by_role("listitem")).to_have_count(4)
    expect(page.locator("#facet-intensity-1")).to_be_checked()
    expect(page).to_have_url(re.compile("intensity=1&intensity=2&without=touch"))
    expect(page.get_by_text("Save this filter")).to_be_visible()
    found = page.locator("#results-title").inner_text()
    keep(page, "Gentle")
    expect(page.locator("#results").get_by_text("Saved as “Gentle”")).to_be_focused()
    kept = page.get_by_role("navigation", name="Your filters")
    page.goto("/library")
    kept.get_by_role("link", name="Gentle").click()
    expect(page.locator("#results-title")).to_have_text(found)

    page.goto("/library?works=online")
    keep(page, "")
    expect(page.get_by_role("alert").filter(has_text="Please give it a name.")).to_be_focused()
    page.get_by_label("Name", exact=True).fill("Gentle")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("alert").filter(has_text="called “Gentle” already")).to_be_focused()
    page.get_by_role("button", name="Replace it with this one").click()
    expect(page.locator("#results").get_by_text("Saved as “Gentle”")).to_be_focused()
    page.goto("/library")
    kept.get_by_role("link", name="Gentle").click()
    expect(page).to_have_url(re.compile(r"\?works=online$"))
    colleague = opens("colleague")
    colleague.goto("/library")
    expect(colleague.get_by_text("Gentle", exact=True)).to_have_count(0)

    page.get_by_role("button", name="Remove “Gentle” from your filters").click()
    expect(page.locator("#status")).to_have_text("Removed “Gentle” from your filters.")
    expect(page.get_by_text("Save this filter")).to_be_focused()
    expect(kept).to_be_hidden()


def test_the_library_goes_on_page_by_page(opens):
    page = opens("owner")
    page.goto("/library")
    first = titles(page)
    page.get_by_role("link", name="The next 50").click()
    expect(page.get_by_text("Page 2 of")).to_be_visible()
    expect(page.locator("#results-title")).to_be_in_viewport()
    assert not set(first) & set(titles(page))
    page.get_by_role("link", name="The 50 before").click()
    expect(page.get_by_text("Page 1 of")).to_be_visible()
    assert titles(page) == first


def test_on_a_phone_the_map_shows_all_of_itself(opens):
    page = opens("owner", width=390, height=800)
    page.goto("/library?view=map&mode=solo")
    for width in (390, 320):
        page.set_viewport_size({"width": width, "height": 800})
        box = page.locator(".map").bounding_box()
        assert box["x"] >= 0, width
        assert box["x"] + box["width"] <= width
    cell = page.get_by_role("link", name=re.compile("Self, Rejection$"))
    promised = re.match(r"\d+", cell.inner_text())[0]
    cell.click()
    expect(page.locator("#results-title")).to_have_text(re.compile(f"^{promised} exercise"))
    expect(page.get_by_role("list", name="Chosen")).to_contain_text("Solo")


def test_on_a_phone_the_choices_are_a_drawer(opens):
    page = opens("owner", width=390, height=800)
    page.goto("/library")
    play = page.locator("#facet-area-play")
    expect(play).to_be_hidden()
    page.get_by_text("Choose by area, fear, length").click()
    expect(play).to_be_visible()
    promised = counted(page, "area", "play")
    play.check()
    see = page.get_by_role("link", name=f"See {promised} exercises")
    see.click()
    expect(page.locator("#results-title")).to_be_in_viewport()
    expect(page.locator("#results-title")).to_have_text(f"{promised} exercises")
    for width in (390, 320):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"sideways at {width}"
