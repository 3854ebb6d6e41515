"""Paper in a browser: chosen, seen as it will print, made the practice's own, packed, and filled in."""

from __future__ import annotations

import io
import re
import threading
import zipfile

import pytest
from PIL import Image
from playwright.sync_api import FrameLocator, Locator, Page, Route, expect
from pypdf import PdfReader

from planner.db import db
from planner.library import queries as library
from planner.packs import jobs
from planner.plans import operations as plans
from planner.plans.from_exercise import segment_from
from planner.plans.plan import Plan, add
from tests.browser.conftest import Live, Opens
from tests.conftest import World

LETTER, A4 = (612, 792), (595, 842)
# One with a German text, and one without.
TRANSLATED, ENGLISH = "hello-and-goodbye", "three-doors"
LONG_HOPE = (
    "They can each ask for one small thing that would make the week a little warmer, and hear the answer "
    "whatever it is, and say thank you for it before they go on to the next."
)
READING = "each => [scrollY, each.getBoundingClientRect().top]"
SCRIPTED = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><script>alert(1)</script></svg>'


@pytest.fixture
def plan(live: Live, world: World) -> str:
    """The address of a plan of the owner's that has sheets of two exercises."""
    with live.app.app_context():
        value = Plan("For R and L", hope="They can each ask for one small thing.")
        for slug in (TRANSLATED, ENGLISH):
            record, exercise = library.exercise(db.session, world.cast.owner, slug)
            value = add(value, segment_from(exercise, record.digest, "core", slug))
        made = plans.create(db.session, world.cast.owner, value).id
        db.session.commit()
    return f"/plans/{made}"


def sheets(page: Page) -> FrameLocator:
    return page.frame_locator("iframe[name=preview]")


def paper(page: Page) -> Locator:
    """The pages in the preview."""
    return sheets(page).locator("body.paper")


def more(page: Page) -> None:
    page.locator("details.more > summary").click()


def made(page: Page) -> PdfReader:
    """The PDF. It is made after what was asked for before it, which takes long on a busy machine."""
    with page.expect_download() as download:
        page.get_by_role("button", name="Make the PDF").click()
    return PdfReader(io.BytesIO(download.value.path().read_bytes()))


def words(pdf: PdfReader) -> str:
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pdf.pages))


def size(pdf: PdfReader) -> tuple[int, int]:
    return round(pdf.pages[0].mediabox.width), round(pdf.pages[0].mediabox.height)


def logo() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (120, 40), "navy").save(file, "PNG")
    return file.getvalue()


def test_what_is_chosen_behind_more_is_seen_before_it_prints_and_names_are_kept_nowhere(
    opens: Opens, plan: str
) -> None:
    page = opens("owner")
    page.goto(plan)
    page.get_by_role("link", name="Print handouts").click()
    page.wait_for_url("**/handouts")
    expect(sheets(page).get_by_role("heading", name="Three doors")).to_be_visible()
    large = page.get_by_label("Large print, 18 point")
    expect(large).to_be_hidden()
    more(page)
    large.check()
    page.get_by_label("US Letter").check()
    expect(paper(page)).to_have_class(re.compile(r"\bletter large\b"))
    page.get_by_label("Language").select_option(label="Deutsch")
    expect(sheets(page).locator("html")).to_have_attribute("lang", "de")
    expect(sheets(page).locator(".other-language")).to_have_text("Dieses Blatt ist auf Englisch.")
    checks = page.locator("#checks")
    expect(checks).to_contain_text("In English: 1 of 2 sheets. No German text yet.")
    page.get_by_label("First name of A").fill("Zoë")
    page.get_by_label("A line from you").fill("Take it slowly this week.")
    page.get_by_label("Next session: date").fill("2031-03-04")
    for typed in ("Zoë", "Take it slowly this week.", "4. März 2031"):
        expect(sheets(page).get_by_text(typed).first).to_be_visible()

    pdf = made(page)
    assert size(pdf) == LETTER
    assert str(pdf.root_object["/Lang"]) == "de"
    printed = words(pdf)
    for expected in ("Zoë", "Take it slowly this week.", "4. März 2031", "Three doors"):
        assert expected in printed
    assert "Zoë" not in repr(dict(pdf.metadata or {}))

    page.reload()
    expect(page.get_by_role("heading", name="Printed before")).to_be_visible()
    expect(page.get_by_label("First name of A")).to_have_value("")
    expect(sheets(page).get_by_role("heading", name="Three doors")).to_be_visible()
    for typed in ("Zoë", "Take it slowly", "2031"):
        expect(paper(page)).not_to_contain_text(typed)
        assert typed not in page.content()


def test_how_it_reads_follows_and_what_cannot_print_is_said_at_its_field(opens: Opens, plan: str) -> None:
    page = opens("owner")
    page.goto(f"{plan}/handouts")
    checks = page.locator("#checks")
    expect(checks).to_contain_text(re.compile("(Easy to read|Hard going): for a reading age of about"))
    expect(checks).not_to_contain_text("keep to 22")
    page.get_by_label("The hope, in your clients’ words").fill(LONG_HOPE)
    page.get_by_label("First name of B").fill("Ida")
    expect(checks).to_contain_text(f"The longest sentence has {len(LONG_HOPE.split())} words.")
    expect(checks).to_contain_text("Please keep to 22 if you can.")
    expect(checks.locator("q")).to_contain_text("whatever it is")

    more(page)
    page.get_by_label("Pronouns of A").fill("whatever")
    expect(sheets(page).get_by_text("Please write them as in “she/her”")).to_be_visible()
    page.get_by_role("button", name="Make the PDF").click()
    expect(page.get_by_role("alert").filter(has_text="Please look at this again")).to_be_focused()
    pronouns = page.get_by_label("Pronouns of A")
    expect(pronouns).to_be_visible()
    expect(pronouns).to_have_accessible_description(re.compile("Please write them as in “she/her”"))
    expect(pronouns).to_have_value("whatever")
    expect(page.get_by_label("First name of B")).to_have_value("Ida")
    expect(page.get_by_label("The hope, in your clients’ words")).to_have_value(LONG_HOPE)
    pronouns.fill("she/her")
    assert "Ida" in words(made(page))


def test_where_pages_end_shows_later_and_nobody_loses_the_place(opens: Opens, plan: str) -> None:
    page = opens("owner")
    measuring = re.compile(r"/handouts/preview\?laid=1$")
    with page.expect_response(measuring):
        page.goto(f"{plan}/handouts")
    held: list[Route] = []
    page.route(measuring, lambda route: held.append(route))
    more(page)
    page.get_by_label("Show the pages in grey").check()
    with page.expect_request(measuring):
        page.get_by_label("Large print, 18 point").check()
    # At once they are shown as they were designed, and this is what the reader has before the eyes.
    expect(paper(page)).to_have_class(re.compile(r"\blarge\b.*\bgrey\b"))
    expect(paper(page)).to_contain_text("1 of 3")
    last = sheets(page).locator(".handout h2").last
    last.evaluate("each => { document.body.dataset.first = ''; each.scrollIntoView({ block: 'start' }); }")
    place, top = last.evaluate(READING)
    assert place > 0
    held[-1].continue_()
    expect(sheets(page).locator("body[data-first]")).to_have_count(0)
    expect(paper(page)).to_have_class(re.compile(r"\blarge\b.*\bgrey\b"))
    # The sheets before it are set closer now, so the same place is nearer to the beginning.
    now, now_top = last.evaluate(READING)
    assert now < place
    assert abs(now_top - top) < 2
    # Now it says of how many pages there are, as the PDF does.
    pages = len(made(page).pages)
    assert pages > 3
    expect(paper(page)).to_contain_text(f"1 of {pages}")


def test_a_letterhead_is_seen_before_it_is_saved_and_then_stands_on_paper(opens: Opens) -> None:
    page = opens("owner")
    page.goto("/practice")
    page.get_by_role("link", name="Change the letterhead").click()
    page.wait_for_url("**/letterhead")
    head = sheets(page).locator(".letterhead")
    page.get_by_label("How to reach you").fill("14 Quay Street\n01632 960 002")
    page.get_by_label("At the foot of each page").fill("harbour.example")
    expect(head).to_contain_text("14 Quay Street")
    expect(sheets(page).locator(".foot-here").first).to_contain_text("harbour.example")

    picture = page.get_by_label("Logo", exact=True)
    picture.set_input_files({"name": "logo.svg", "mimeType": "image/svg+xml", "buffer": SCRIPTED})
    refusal = re.compile("This drawing holds a script, which is not safe")
    expect(sheets(page).get_by_text(refusal)).to_be_visible()
    page.get_by_role("button", name="Save the letterhead").click()
    expect(page.get_by_role("alert").filter(has_text="Please look at this again")).to_be_focused()
    expect(picture).to_have_accessible_description(refusal)
    expect(page.get_by_label("How to reach you")).to_have_value("14 Quay Street\n01632 960 002")
    expect(page.get_by_label("At the foot of each page")).to_have_value("harbour.example")

    colleague = opens("colleague")
    colleague.goto("/practice/letterhead")
    expect(sheets(colleague).get_by_role("heading", level=1)).to_be_visible()
    expect(paper(colleague)).not_to_contain_text("14 Quay Street")

    picture.set_input_files({"name": "logo.png", "mimeType": "image/png", "buffer": logo()})
    drawn = head.locator("canvas.logo")
    expect(drawn).to_have_js_property("width", 120)
    middle = "each => [...each.getContext('2d').getImageData(60, 20, 1, 1).data]"
    assert drawn.evaluate(middle) == [0, 0, 128, 255]
    page.get_by_role("button", name="Save the letterhead").click()
    expect(page.get_by_text("The letterhead is saved.")).to_be_visible()

    colleague.goto("/library/three-doors/handout")
    expect(sheets(colleague).get_by_role("img", name="Harbour Practice")).to_have_js_property(
        "naturalWidth", 120
    )
    expect(sheets(colleague).locator(".letterhead")).to_contain_text("14 Quay Street")
    pdf = made(colleague)
    assert len(pdf.pages[0].images) == 1
    assert "14 Quay Street" in words(pdf)
    assert "Harbour Practice · harbour.example" in words(pdf)


def test_a_pack_is_chosen_watched_and_downloaded(opens: Opens, live: Live) -> None:
    page = opens("owner")
    page.clock.install()
    page.goto("/")
    page.get_by_role("link", name="Packs").click()
    page.get_by_role("link", name="Make a pack").click()
    page.wait_for_url("**/packs/new")
    look, count = page.get_by_label("Look for exercises and plans"), page.locator("#count")
    expect(count).to_contain_text("0 of 200 sheets chosen")
    look.fill("touch menu")
    page.get_by_label("For both: The touch menu").check()
    look.fill("good enough")
    for whose in ("For A alone", "For B alone"):
        page.get_by_label(f"{whose}: A good-enough evening").check()
    expect(page.get_by_label("For both: The touch menu")).to_be_checked()
    expect(count).to_contain_text("3 of 200 sheets chosen")
    page.get_by_label("One PDF, ready to print on both sides").check()
    page.get_by_role("button", name="Make the pack").click()
    expect(
        page.get_by_role("alert").filter(has_text="what A and B each wrote for themselves")
    ).to_be_visible()
    expect(count).to_contain_text("3 of 200 sheets chosen")
    page.get_by_label("A ZIP with a file for each sheet").check()
    page.get_by_role("button", name="Make the pack").click()

    pack, bar = page.locator("#pack"), page.get_by_role("progressbar")
    expect(pack).to_contain_text("You can leave this page: the pack is made all the same.")
    expect(bar).to_have_accessible_name("Waiting 0 of 3 sheets")
    with live.app.app_context():
        assert jobs.print_next()
        page.clock.fast_forward(2000)
        expect(bar).to_have_accessible_name("Being made 1 of 3 sheets")
        expect(page.get_by_role("link", name="Download what is done")).to_be_visible()
        assert jobs.print_all(threading.Event()) == 2
    page.clock.fast_forward(2000)
    expect(bar).to_have_accessible_name("Ready 3 of 3 sheets")
    expect(bar).to_have_js_property("value", 3)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the ZIP").click()
    assert download.value.suggested_filename == "sheets.zip"
    with zipfile.ZipFile(download.value.path()) as archive:
        found = {name: words(PdfReader(io.BytesIO(archive.read(name)))) for name in archive.namelist()}
    both, a, b = found
    assert (both, a, b) == (
        "01-for-both-the-touch-menu.pdf",
        "02-for-a-a-good-enough-evening.pdf",
        "03-for-b-a-good-enough-evening.pdf",
    )
    assert "Our shared menu" in found[both]
    assert found[a] != found[b]


def test_what_is_chosen_before_the_page_has_loaded_is_seen_too(opens: Opens) -> None:
    page, waiting = opens("owner", at="/library/touch-menu"), []
    page.route("**/js/handouts.js*", lambda route: waiting.append(route))
    with page.expect_request("**/js/handouts.js*"):
        page.get_by_role("link", name="Print the handout").click()
    more(page)
    page.get_by_label("Large print").check()
    expect(paper(page)).to_have_class(re.compile(r"\bstandard\b"))
    waiting.pop().continue_()
    expect(paper(page)).to_have_class(re.compile(r"\blarge\b"))


def test_a_sheet_from_the_library_can_be_filled_in_on_a_screen(opens: Opens) -> None:
    page = opens("owner")
    page.goto("/library/touch-menu")
    page.get_by_role("link", name="Print the handout").click()
    more(page)
    page.get_by_label("A PDF that can be filled in on a screen").check()
    expect(paper(page)).to_have_class(re.compile(r"\bfillable\b"))
    pdf = made(page)
    assert size(pdf) == A4
    fields = pdf.get_fields() or {}
    kinds = {field["/FT"] for field in fields.values() if "/FT" in field}
    assert "/Tx" in kinds, "somewhere to type"
    assert all(field.get("/TU") for field in fields.values()), "each is heard with its label"
    assert "Our shared menu" in words(pdf)
