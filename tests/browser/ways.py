"""What leads to a state of a page, from the page as it opens."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.library.samples import little

Then = Callable[[Page], None]


def press(button: str, **fields: str) -> Then:
    """Fill fields by their names, and press the button."""

    def do(page: Page) -> None:
        for name, text in fields.items():
            page.locator(f"main [name={name}]").first.fill(text)
        page.get_by_role("button", name=button, exact=True).first.click()

    return do


def refused(button: str, **fields: str) -> Then:
    """The same, and be told what is wrong."""

    def do(page: Page) -> None:
        press(button, **fields)(page)
        expect(page.locator("main [role=alert]:not(#problem)").first).to_be_visible()

    return do


def answered(heading: str, button: str, **fields: str) -> Then:
    """The same, and come to the page with this heading."""

    def do(page: Page) -> None:
        press(button, **fields)(page)
        expect(page.get_by_role("heading", level=1, name=heading)).to_be_visible()

    return do


def sent(address: str, **fields: str) -> Then:
    """Send a form that no page would offer here."""

    def do(page: Page) -> None:
        with page.expect_navigation():
            page.evaluate(
                """([address, fields]) => {
                    const form = document.createElement("form");
                    Object.assign(form, { method: "post", action: address });
                    for (const [name, value] of Object.entries(fields)) {
                        form.append(Object.assign(document.createElement("textarea"), { name, value }));
                    }
                    document.body.append(form);
                    form.submit();
                }""",
                [address, fields],
            )

    return do


def opened_wide(page: Page) -> None:
    """With everything unfolded that can be unfolded."""
    page.evaluate("document.querySelectorAll('main details').forEach((each) => (each.open = true))")


def behind_the_times(page: Page) -> None:
    page.evaluate("document.querySelector('#workspace').dataset.revision = '0'")


def in_conflict(page: Page) -> None:
    """Somebody else has saved what is being edited here."""
    behind_the_times(page)
    page.locator(".edit-step [name=words]").fill("“And now the other way round.”")
    page.locator(".edit-step").get_by_role("button", name="Done").click()
    expect(page.locator(".versions")).to_be_visible()


def with_two_aims(page: Page) -> None:
    """The aim of a session was changed on another page meanwhile."""
    page.evaluate("document.querySelector('#programme').dataset.number = '0'")
    page.get_by_label("Aim of session 4").fill("See what works, and choose the way on")
    page.keyboard.press("Enter")
    expect(page.locator(".versions")).to_be_visible()


def moving_a_step(page: Page) -> None:
    page.locator(".block").first.get_by_role("link", name="Move").click()
    expect(page.locator("#carry-to")).to_be_visible()


def too_late(page: Page) -> None:
    behind_the_times(page)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("alert").filter(has_text="changed elsewhere")).to_be_visible()


def adding_by_typing(page: Page) -> None:
    page.locator("#add-here-core").click()
    page.locator("#adding-q").fill("breathing, 3 min")
    expect(page.locator("#offer-free")).to_be_visible()


def with_an_address(page: Page) -> None:
    page.locator("form[action$='/calendar'] button").click()
    expect(page.get_by_role("heading", name="The address for your calendar")).to_be_visible()


def unreachable(page: Page) -> None:
    page.route("**/undo", lambda route: route.abort())
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#problem")).to_contain_text("Not saved")


def odd_minutes(page: Page) -> None:
    page.locator(".step input[name=minutes]").first.fill("999")
    page.keyboard.press("Enter")
    expect(page.locator(".minutes .error")).to_be_visible()


def keeping_nameless(page: Page) -> None:
    page.locator("#keep").click()
    refused("Save", name="")(page)


def without_ticks(page: Page) -> None:
    for box in page.locator("#segments input").all():
        box.uncheck()
    refused("Make the PDF")(page)


def with_notes(page: Page) -> None:
    page.get_by_label("Notes", exact=False).check()
    expect(page.locator("#preview .t-note").first).to_be_visible()


def on_paper(page: Page) -> None:
    """The clients' sheets in the preview; on a small screen it stands behind the form."""
    page.locator("[name=side][value=look]").evaluate("each => (each.checked = true)")
    page.locator("[name=view][value=paper]").evaluate("each => (each.checked = true)")
    expect(page.locator("#preview .paper").first).to_be_visible()


def with_two_drafts(page: Page) -> None:
    """The same draft was changed on another page meanwhile."""
    page.evaluate("document.querySelector('[name=revision]').value = '0'")
    page.locator("#title").fill("The closeness dial, as I use it")
    expect(page.locator("#conflict .problem")).to_be_visible()


def with_two_notes(page: Page) -> None:
    """A private note was changed on another page meanwhile."""
    page.locator("#note [name=base]").evaluate("each => (each.value = 'before')")
    page.locator("#note-text").fill("Bring the white cups.")
    expect(page.get_by_role("alert").filter(has_text="changed elsewhere")).to_be_visible()


def with_two_versions(page: Page) -> None:
    """How the session landed was noted on another page meanwhile."""
    page.locator("#landing-kept [name=number]").evaluate("each => (each.value = '0')")
    page.get_by_label("What worked").fill("We slowed down before answering.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("[data-stale]")).to_be_visible()


def naming_nothing(page: Page) -> None:
    page.locator(".h-naming summary").click()
    page.get_by_label("Name of this version").fill("")
    page.get_by_role("button", name="Save the name").click()
    expect(page.locator(".h-naming .error")).to_be_visible()


def bringing_back_too_late(page: Page) -> None:
    page.evaluate("document.querySelector('[name=revision]').value = '0'")
    page.get_by_role("button", name="Bring it back").click()
    expect(page.get_by_role("alert").filter(has_text="changed meanwhile")).to_be_visible()


def saying_nothing(page: Page) -> None:
    opened_wide(page)
    page.locator("#thread-a1").get_by_role("button", name="Send the comment").click()
    expect(page.locator("#thread-a1 .error")).to_be_visible()


def fitted(page: Page) -> None:
    """Ways to fit the rest of a session into fewer minutes."""
    page.get_by_label("Minutes left").fill("24")
    page.get_by_role("button", name="Show how it fits").click()
    expect(page.locator("#fit section").first).to_be_visible()


def adding_nowhere(page: Page) -> None:
    page.evaluate("document.querySelector('#add select[name=plan]').selectedOptions[0].value = 'nowhere'")
    refused("Add to a plan")(page)


def looked(*files: str) -> Then:
    """Look at what is in a file for import: its text, or no file at all."""

    def do(page: Page) -> None:
        uploads = [
            {"name": "cups.md", "mimeType": "text/markdown", "buffer": each.encode()} for each in files
        ]
        page.locator("main [name=file]").set_input_files(uploads)  # type: ignore[arg-type]
        page.get_by_role("button", name="See what is in it").click()
        expect(page.locator("#looked h2, #file-words:not(:empty)").first).to_be_visible()

    return do


GOOD_FILE = little(front="builds_on: [not-here]\n")
BAD_FILE = GOOD_FILE.replace("side_by_side", "sideways").replace("intensity: 1", "intensity: 9")

LONG = "We began with the good news of the week, and both found some.\nThen the wish, in one sentence."
