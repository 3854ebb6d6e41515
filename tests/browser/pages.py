"""Every page, in every state in which somebody may meet it, and the way there.

Accessibility, narrow screens and the pictures of `make screenshots` all go through this one list.
"""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Page

from planner.demo import MIRIAM, TOM
from tests.browser.stage import FIRST, NEWCOMER, NOBODY, Stage
from tests.browser.ways import (
    BAD_FILE,
    GOOD_FILE,
    LONG,
    Then,
    adding_by_typing,
    adding_nowhere,
    answered,
    bringing_back_too_late,
    fitted,
    in_conflict,
    keeping_nameless,
    looked,
    moving_a_step,
    naming_nothing,
    odd_minutes,
    on_paper,
    opened_wide,
    press,
    refused,
    saying_nothing,
    sent,
    too_late,
    unreachable,
    with_an_address,
    with_notes,
    with_two_aims,
    with_two_drafts,
    with_two_notes,
    with_two_versions,
    without_ticks,
)

# Addresses that a browser never shows as a page.
NOT_PAGES = {
    "static": "files",
    "accounts.token": "a word for a script",
    "accounts.members": "leads to the practice's page",
    "diary.feed": "a calendar for programmes",
    "diary.one": "a file",
    "exchange.one": "a file",
    "exchange.several": "a file",
    "handouts.by_code": "leads to a version of an exercise",
    "letterhead.logo": "a picture",
    "letterhead.shade": "a style sheet",
    "packs.download": "a file",
    "plans.refresh": "a part of the builder",
    "plans.shelf": "a part of the builder",
    "wording.count": "a part of the builder",
}


@dataclass(frozen=True)
class Shown:
    """A page in one of its states. Braces in the address stand for names of `Stage.names`."""

    name: str
    address: str
    who: str = MIRIAM
    then: Then | None = None

    def visit(self, stage: Stage) -> Page:
        """Go there, and do what leads to the state."""
        page = stage.page(self.who)
        page.unroute_all()
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(self.address.format(**stage.names), wait_until="domcontentloaded")
        if self.then is not None:
            self.then(page)
        return page


PAGES = (
    # The first start, and the way in
    Shown("set-up", "/set-up", FIRST),
    Shown("set-up-refused", "/set-up", FIRST, refused("Set up the practice", token="x", practice="Harbour")),
    Shown("sign-in", "/sign-in", NOBODY),
    Shown("sign-in-refused", "/sign-in", NOBODY, refused("Sign in", email="no@example.org", password="no")),
    Shown("forgotten", "/forgotten", NOBODY),
    Shown("forgotten-refused", "/forgotten", NOBODY, refused("Mail me a link", email="nobody")),
    Shown(
        "forgotten-sent",
        "/forgotten",
        NOBODY,
        answered("Please look in your mail", "Mail me a link", email="nobody@example.org"),
    ),
    Shown("reset", "/reset/{reset}", NOBODY),
    Shown("reset-refused", "/reset/{reset}", NOBODY, refused("Set the new password", password="short")),
    Shown("reset-gone", "/reset/spent", NOBODY),
    Shown("join", "/join/{join}", NOBODY),
    Shown("join-signed-in", "/join/{join}", TOM),
    Shown("join-refused", "/join/{join}", NOBODY, refused("Join", name="", password="short")),
    Shown("join-gone", "/join/spent", NOBODY),
    # Plans
    Shown("home", "/"),
    Shown("home-new", "/", NEWCOMER),
    Shown("home-not-found", "/?q=zebra"),
    Shown("bin", "/plans/bin"),
    Shown("bin-empty", "/plans/bin", NEWCOMER),
    Shown("new-plan", "/plans/new"),
    Shown("new-plan-refused", "/plans/new", then=refused("Make the plan", title="", length="5")),
    # The builder
    Shown("plan", "/plans/{plan}"),
    Shown("plan-unfolded", "/plans/{plan}", then=opened_wide),
    Shown("plan-bare", "/plans/{bare}"),
    Shown("plan-over", "/plans/{free}"),
    Shown("plan-of-a-colleague", "/plans/{shared}", TOM),
    Shown("plan-nothing-in-the-library", "/plans/{plan}?q=zebra#library"),
    Shown("plan-library-on-a-phone", "/plans/{plan}#library"),
    Shown("plan-reading", "/plans/{plan}?read=three-doors#library"),
    Shown("plan-head", "/plans/{plan}?edit=head"),
    Shown("plan-head-refused", "/plans/{plan}?edit=head", then=refused("Done", title="")),
    Shown("plan-step", "/plans/{plan}?edit={step}"),
    Shown("plan-step-of-its-own", "/plans/{free}?edit={own_step}"),
    Shown("plan-step-refused", "/plans/{free}?edit={own_step}", then=refused("Done", title="")),
    Shown("plan-step-in-conflict", "/plans/{plan}?edit={step}", then=in_conflict),
    Shown("plan-changed-elsewhere", "/plans/{plan}", then=too_late),
    Shown("plan-not-saved", "/plans/{plan}", then=unreachable),
    Shown("plan-odd-minutes", "/plans/{plan}", then=odd_minutes),
    Shown("plan-with-remarks", "/plans/{bold}", then=opened_wide),
    Shown("plan-swap", "/plans/{bold}?swap=d2#library"),
    Shown("plan-swap-that-mends", "/plans/{bold}?swap=d2&mend=jump#library"),
    Shown("plan-less-time", "/plans/{bold}/refit?minutes=35"),
    Shown("plan-less-time-fits", "/plans/{bold}/refit?minutes=90"),
    Shown("plan-less-time-too-little", "/plans/{bold}/refit?minutes=3"),
    Shown("plan-less-time-refused", "/plans/{bold}/refit?minutes=0"),
    Shown("plan-adding-by-typing", "/plans/{plan}", then=adding_by_typing),
    Shown("plan-adding", "/plans/{plan}/add?q=hand&part=core"),
    Shown("plan-step-not-added", "/plans/{plan}", then=refused("Add the step")),
    # The history of a plan
    Shown("history", "/plans/{consulted}/history", then=opened_wide),
    Shown("history-no-names", "/plans/{plan}/history?named=1"),
    Shown("history-not-two", "/plans/{plan}/history/compare?v=1"),
    Shown("history-compared", "/plans/{consulted}/history/compare?v=1&v=3"),
    Shown("version-of-a-plan", "/plans/{plan}/history/1", then=naming_nothing),
    Shown("version-too-late", "/plans/{plan}/history/1", then=bringing_back_too_late),
    # Consulting colleagues
    Shown("ask", "/plans/{own_plan}/consultation"),
    Shown("ask-refused", "/plans/{plan}/consultation", then=refused("Ask colleagues", title="")),
    Shown("ask-nothing", "/plans/{bare}/consultation"),
    Shown("ask-again", "/plans/{consulted}/consultation"),
    Shown("consultation", "/consultations/{consulted}", then=opened_wide),
    Shown("consultation-for-a-colleague", "/consultations/{consulted}", TOM, saying_nothing),
    Shown("consultations", "/consultations"),
    Shown("consultations-none", "/consultations", NEWCOMER),
    # After the session
    Shown("after", "/plans/{plan}/after"),
    Shown("after-noted", "/plans/{before}/after", then=opened_wide),
    Shown("after-in-conflict", "/plans/{before}/after", then=with_two_versions),
    # Remarks on wording
    Shown("wording", "/plans/{leaning}/wording"),
    Shown("wording-nothing", "/plans/{bare}/wording"),
    Shown("wording-of-a-hope", "/plans/{leaning}?edit=head"),
    Shown("wording-of-a-step", "/plans/{leaning}?edit=w1"),
    # Programmes
    Shown("programmes", "/programmes"),
    Shown("programmes-none-yet", "/programmes", NEWCOMER),
    Shown("programmes-bin", "/programmes/bin"),
    Shown("programme-new", "/programmes/new"),
    Shown("programme-new-refused", "/programmes/new", then=refused("Lay out the sessions", title="")),
    Shown("programme", "/programmes/{programme}", then=opened_wide),
    Shown("programme-with-remarks", "/programmes/{uneven}", then=opened_wide),
    Shown("programme-head", "/programmes/{programme}?edit=head"),
    Shown("programme-in-conflict", "/programmes/{programme}", then=with_two_aims),
    Shown("programme-attach", "/programmes/{uneven}?attach=d"),
    Shown("programme-steps", "/programmes/{programme}?view=steps"),
    Shown("programme-step-moving", "/programmes/{uneven}?view=steps", then=moving_a_step),
    Shown("programme-coverage", "/programmes/{programme}?view=coverage", then=opened_wide),
    Shown("programme-overview", "/programmes/{programme}/overview"),
    Shown("programme-overview-preview", "/programmes/{programme}/overview/preview"),
    Shown("packs", "/packs"),
    Shown("packs-none-yet", "/packs", NEWCOMER),
    Shown("pack-new", "/packs/new?programme={programme}"),
    Shown("pack-new-refused", "/packs/new", then=refused("Make the pack", copies="0")),
    Shown("pack-being-made", "/packs/{pack}"),
    Shown("pack-cancelled", "/packs/{cancelled_pack}"),
    Shown("programme-save-as", "/programmes/{programme}/template", then=opened_wide),
    Shown("programme-templates", "/programmes/templates"),
    Shown("programme-template", "/programmes/templates/closer-step-by-step", then=opened_wide),
    Shown("programme-template-withdrawn", "/programmes/templates/{outline}"),
    Shown("plan-into-a-programme", "/plans/{bare}/programme"),
    # In the room
    Shown("run-not-begun", "/plans/{shared}/run"),
    Shown("run", "/plans/{running}/run"),
    Shown("run-flooded", "/plans/{running}/run#flooded", then=opened_wide),
    Shown("run-less-time", "/plans/{running}/run#less-time", then=fitted),
    Shown("run-fit", "/plans/{running}/run/fit?minutes=24"),
    Shown("run-fit-refused", "/plans/{running}/run/fit?minutes=0"),
    Shown("run-over", "/plans/{held}/run"),
    # On paper
    Shown("handouts", "/plans/{plan}/handouts"),
    Shown("handouts-refused", "/plans/{plan}/handouts", then=without_ticks),
    Shown("handouts-nothing-to-print", "/plans/{bare}/handouts"),
    Shown("handouts-preview", "/plans/{plan}/handouts/preview"),
    Shown("handouts-no-preview", "/plans/{bare}/handouts/preview"),
    Shown("run-sheet", "/plans/{plan}/run-sheet"),
    Shown("run-sheet-preview", "/plans/{plan}/run-sheet/preview"),
    Shown("exercise-handout", "/library/touch-menu/handout"),
    Shown("exercise-handout-preview", "/library/touch-menu/handout/preview"),
    Shown("sheets", "/library/sheets"),
    Shown("sheets-code-unknown", "/library/sheets/code?code=K7QM-2XHD"),
    Shown("sheet-map", "/library/sheets/map"),
    Shown("sheet-map-preview", "/library/sheets/map/preview"),
    Shown("sheet-meanings", "/library/sheets/meanings"),
    Shown("booklet", "/library/booklet?exercise=touch-menu&exercise=closeness-dial"),
    Shown("booklet-preview", "/library/booklet/preview?exercise=touch-menu"),
    Shown("booklet-nothing-chosen", "/library/booklet"),
    # The library
    Shown("library", "/library"),
    Shown("library-chosen", "/library?area=play&area=affection&minutes=20&q=to", then=opened_wide),
    Shown("library-nothing", "/library?fear=failure&area=sexual&intensity=4&q=zebra"),
    Shown("library-kept", "/library?minutes=10&without=touch"),
    Shown("library-not-kept", "/library?works=online&unused=lately&whose=starter", then=keeping_nameless),
    Shown("library-page-2", "/library?page=2"),
    Shown("library-map", "/library?view=map&mode=solo"),
    Shown("ladders", "/library/ladders?fear=abandonment"),
    Shown("areas", "/library/areas"),
    Shown("languages", "/library/languages"),
    Shown("languages-all", "/library/languages?all=1"),
    Shown("exercise", "/library/three-doors"),
    Shown("exercise-with-two-sheets", "/library/touch-menu"),
    Shown("exercise-not-added", "/library/hand-in-hand", then=adding_nowhere),
    # One's own exercises
    Shown("own", "/library/mine"),
    Shown("own-none-yet", "/library/mine", NEWCOMER),
    Shown("own-exercise", "/library/{own}"),
    Shown("own-archived", "/library/{archived}"),
    Shown("own-of-a-colleague", "/library/{shared_exercise}"),
    Shown("own-archive", "/library/{own}/archive"),
    Shown("own-delete", "/library/{unused}/archive"),
    Shown("own-note-refused", "/library/{own}", then=with_two_notes),
    Shown("versions", "/library/{own}/versions"),
    Shown("version", "/library/{own}/versions/{own_first}"),
    Shown("version-changes", "/library/{own}/versions/{own_first}/changes"),
    Shown("original", "/library/{own}/original"),
    Shown(
        "original-beside-the-draft",
        "/library/{own}/original",
        then=press("Bring the changes into my version"),
    ),
    Shown("plan-with-a-newer-version", "/plans/{own_plan}"),
    Shown("plan-what-changed", "/plans/{own_plan}?changed=o1#library"),
    Shown("save-as-with-a-private-exercise", "/plans/{own_plan}/template"),
    # Writing an exercise
    Shown("write", "/library/write"),
    Shown("write-the-first", "/library/write", NEWCOMER),
    Shown("draft", "/library/drafts/{draft}", then=opened_wide),
    Shown("draft-on-paper", "/library/drafts/{draft}", then=on_paper),
    Shown("draft-blank", "/library/drafts/{blank_draft}"),
    Shown("draft-refused", "/library/drafts/{blank_draft}", then=refused("Put into my library")),
    Shown("draft-in-conflict", "/library/drafts/{draft}", then=with_two_drafts),
    Shown("draft-discard", "/library/drafts/{draft}/discard"),
    # Exercises as files
    Shown("import", "/library/import"),
    Shown("import-without-a-file", "/library/import", then=looked()),
    Shown("import-looked", "/library/import", then=looked(GOOD_FILE)),
    Shown("import-faults", "/library/import", then=looked(BAD_FILE)),
    # Templates
    Shown("templates", "/templates"),
    Shown("templates-none-of-our-own", "/templates", NEWCOMER),
    Shown("templates-nothing", "/templates?area=play&area=conflict&area=dream&fear=hurt", then=opened_wide),
    Shown("template", "/templates/{template}", then=opened_wide),
    Shown("template-that-ships", "/templates/{starter}", TOM),
    Shown("template-withdrawn", "/templates/{withdrawn}", TOM),
    Shown("save-as", "/plans/{plan}/template"),
    Shown("save-as-with-notes", "/plans/{plan}/template", then=with_notes),
    Shown("save-as-refused", "/plans/{plan}/template", then=refused("Publish to the practice", title="")),
    Shown("save-as-nothing", "/plans/{bare}/template"),
    # The practice, and oneself
    Shown("practice", "/practice"),
    Shown("practice-for-a-counsellor", "/practice", TOM),
    Shown("practice-refused", "/practice", then=refused("Save the details", name="")),
    Shown("letterhead", "/practice/letterhead"),
    Shown("letterhead-for-a-counsellor", "/practice/letterhead", TOM),
    Shown(
        "letterhead-refused",
        "/practice/letterhead",
        then=refused("Save the letterhead", accent="#22bb55", footer="www.example.org " * 6),
    ),
    Shown("letterhead-preview", "/practice/letterhead/preview"),
    Shown(
        "invited",
        "/practice",
        then=answered("The invitation is ready", "Make an invitation", email="kim@example.org"),
    ),
    Shown(
        "password-link",
        "/practice",
        then=answered("A link for a new password", "Password link for Tom Okafor"),
    ),
    Shown("remove", "/members/{tom}/remove"),
    Shown("account", "/account"),
    Shown("account-refused", "/account", then=refused("Save your name", name="")),
    Shown("keys", "/keys"),
    Shown("calendar", "/calendar"),
    Shown("calendar-made", "/calendar", then=with_an_address),
    Shown("calendar-with-an-address", "/calendar"),
    Shown("change-password", "/change-password"),
    Shown("change-password-refused", "/change-password", then=refused("Change password", password="short")),
    Shown("leave", "/account/leave"),
    Shown("leave-refused", "/account/leave", then=refused("Leave the practice")),
    # When something is not there, not allowed, or too late
    Shown("not-found", "/plans/nowhere"),
    Shown("not-yours", "/members/{miriam}/remove", TOM),
    Shown("signed-out", "/sign-in", NOBODY, sent("/plans/new", title="Second session", hope=LONG)),
    Shown("open-too-long", "/plans/new", then=sent("/plans/new", title="Second session", hope=LONG)),
)
