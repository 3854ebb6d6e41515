"""The form for an exercise in the browser: with and without a script nothing that was typed is lost."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from typing import Any
from urllib.parse import quote_from_bytes

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from planner.db import db
from planner.library import queries
from planner.library.models import ExerciseDraft
from planner.library.own import authoring
from planner.library.writing import drafts
from planner.library.writing.written import SayRow, Sheet, StepRow, Written
from tests.cast import Cast
from tests.library.samples import little, write
from tests.library.writing.test_drafts import READY, SLUG
from tests.web.test_odd_input import ODD

HTMX = {"HX-Request": "true"}


def fields(written: Written, **more: str) -> dict[str, Any]:
    """What a browser sends of the form."""
    sent: dict[str, Any] = {"revision": "1"}
    for name, value in vars(written).items():
        if isinstance(value, Sheet):
            sent |= {f"{name}-{part}": text for part, text in vars(value).items()}
        elif name in ("steps", "words"):
            for place, row in enumerate(value):
                sent |= {f"{name}-{place}-{part}": text for part, text in vars(row).items()}
        else:
            sent[name] = list(value) if isinstance(value, tuple) else value
    return sent | more


def begun(client: FlaskClient) -> str:
    """The address of a new draft."""
    answer = client.post("/library/write")
    assert answer.status_code == 303
    return str(answer.headers["Location"])


def now(app: Flask, cast: Cast, address: str) -> Written:
    """What the owner's draft holds now."""
    with app.app_context():
        return drafts.written_in(drafts.opened(db.session, cast.owner, address.rsplit("/", 1)[-1]))


def text(answer: TestResponse) -> str:
    return " ".join(html.unescape(re.sub("<[^>]+>", " ", answer.get_data(as_text=True))).split())


def test_an_exercise_is_begun_kept_and_put_into_the_library(
    app: Flask, cast: Cast, owner: FlaskClient
) -> None:
    assert "Begin with an empty page" in owner.get("/library/write").text
    address = begun(owner)
    kept = owner.post(address, data=fields(READY), follow_redirects=True)
    assert "Kept as a draft at" in text(kept)
    assert now(app, cast, address) == READY
    assert 'value="A short walk"' in kept.text
    done = owner.post(f"{address}/publish", data=fields(READY, revision="2", shared="0"))
    assert done.status_code == 303
    shown = owner.get(done.headers["Location"])
    assert "It is in your library." in text(shown)
    assert "<h1>A short walk</h1>" in shown.text
    assert owner.get(address).status_code == 404


def test_looking_at_the_page_begins_nothing(app: Flask, owner: FlaskClient) -> None:
    owner.get("/library/write")
    with app.app_context():
        assert db.session.query(ExerciseDraft).count() == 0


def test_autosave_answers_with_the_preview_and_what_stands_beside_the_fields(owner: FlaskClient) -> None:
    address = begun(owner)
    sheet = Sheet("Our walk", "We walk.\n[lines: x]\n" + "\n".join(f"{n}. Go" for n in range(1, 10)))
    answer = owner.post(address, data=fields(replace(READY, together=sheet)), headers=HTMX)
    assert answer.status_code == 200
    assert answer.text.lstrip().startswith('<div id="preview"')
    assert "<html" not in answer.text
    said = text(answer)
    for words in (
        "A short walk",
        "short form: 3 min",
        "Our walk",
        "10 min, short form 5 min",
        "Kept as a draft at",
        "Reads at grade",
        "This line cannot be read yet: “[lines: x]”.",
        "9 steps are many for one sheet",
    ):
        assert words in said
    assert 'name="revision" value="2"' in answer.text
    assert answer.text.count("hx-swap-oob") == 4


def test_the_preview_shows_what_there_is_and_names_what_is_needed(owner: FlaskClient) -> None:
    address = begun(owner)
    half = Written(title="Half", steps=(StepRow("x", "", "a", "Walk."),), a=Sheet("", "Alone."))
    said = text(owner.post(address, data=fields(half), headers=HTMX))
    assert "Half" in said
    assert "Walk." in said
    assert "Alone." in said
    assert "Still needed: In one sentence , Main area , Helps with the fear of" in said
    assert "Step 1, minutes : How many minutes?" in said


def test_hard_sentences_are_warned_of_and_never_refused(owner: FlaskClient) -> None:
    address = begun(owner)
    long = (
        "Notwithstanding considerable individual variability, "
        + "reciprocal vulnerability " * 12
        + "facilitates."
    )
    data = fields(replace(READY, b=Sheet("A text", long)))
    said = text(owner.post(address, data=data, headers=HTMX))
    assert "over 6: try shorter sentences" in said
    assert "The longest sentence has 29 words" in said
    assert owner.post(f"{address}/publish", data=data | {"revision": "2"}).status_code == 303


# Rows


@pytest.mark.parametrize(
    ("asked", "titles"),
    [
        ("steps-add", ["one", "two", "three", ""]),
        ("steps-up-1", ["two", "one", "three"]),
        ("steps-up-0", ["one", "two", "three"]),
        ("steps-down-1", ["one", "three", "two"]),
        ("steps-down-2", ["one", "two", "three"]),
        ("steps-remove-0", ["two", "three"]),
        ("steps-remove-9", ["one", "two", "three"]),
        ("steps-remove-²", ["one", "two", "three"]),
        ("elsewhere", ["one", "two", "three"]),
    ],
)
def test_rows_are_changed_by_buttons_and_the_rest_stays(
    asked: str, titles: list[str], app: Flask, cast: Cast, owner: FlaskClient
) -> None:
    address = begun(owner)
    written = replace(READY, steps=tuple(StepRow("2", "", "a", each) for each in ("one", "two", "three")))
    answer = owner.post(address, data=fields(written, do=asked))
    assert answer.status_code == 303
    kept = now(app, cast, address)
    assert [row.text for row in kept.steps] == titles
    assert replace(kept, steps=written.steps) == written


def test_a_rows_button_by_htmx_answers_with_the_rows_and_where_focus_goes(owner: FlaskClient) -> None:
    address = begun(owner)
    written = replace(READY, words=(SayRow("First", "a"), SayRow("Then", "b"), SayRow("Last", "c")))
    answer = owner.post(address, data=fields(written, do="words-down-0"), headers=HTMX)
    assert answer.text.lstrip().startswith('<div id="words"')
    assert answer.text.index("Then") < answer.text.index("First")
    assert re.search(r'id="words-down-1"[^>]*data-goes-on', answer.text)
    assert "Moved down: now words 2" in text(answer)


def test_there_is_room_for_twenty_steps_and_no_more(app: Flask, cast: Cast, owner: FlaskClient) -> None:
    address = begun(owner)
    full = replace(READY, steps=tuple(StepRow("1", "", "a", f"Step {n}") for n in range(20)))
    answer = owner.post(address, data=fields(full, do="steps-add"), headers=HTMX)
    assert len(now(app, cast, address).steps) == 20
    assert "Add a step" not in answer.text


# Refusals


def test_what_is_missing_is_said_at_its_field_and_everything_is_kept(
    app: Flask, cast: Cast, owner: FlaskClient
) -> None:
    address = begun(owner)
    written = replace(READY, title="", mechanism="One. Two.", steps=(StepRow("many", "", "a", "Walk."),))
    answer = owner.post(f"{address}/publish", data=fields(written))
    assert answer.status_code == 422
    for link in ("title", "mechanism", "steps-0-minutes"):
        assert f'<li><a href="#{link}">' in answer.text
        assert f'id="{link}-error"' in answer.text
        assert re.search(rf'aria-describedby="[^"]*{link}-error[^"]*" aria-invalid="true"', answer.text) or (
            'aria-invalid="true"' in answer.text
        )
    assert 'value="many"' in answer.text
    assert now(app, cast, address) == written
    assert 'name="revision" value="2"' in answer.text


def test_every_link_of_a_refusal_leads_to_a_field(owner: FlaskClient) -> None:
    address = begun(owner)
    sheet = Sheet("", "[lines: x]")
    written = Written(
        words=(SayRow("", "x"),),
        together=sheet,
        citation="x",
        builds_on=("nowhere",),
        mechanism="a. b.",
        title="",
    )
    answer = owner.post(f"{address}/publish", data=fields(written))
    links = re.findall(r'href="#([\w-]+)"', answer.text)
    assert len(links) > 10
    for link in links:
        assert f'id="{link}"' in answer.text, link


def test_another_tab_is_noticed_and_both_texts_are_shown(app: Flask, cast: Cast, owner: FlaskClient) -> None:
    address = begun(owner)
    owner.post(address, data=fields(replace(READY, title="In the other tab")))
    for headers in ({}, HTMX):
        answer = owner.post(address, data=fields(replace(READY, title="In this tab")), headers=headers)
        assert answer.status_code == 409
        said = text(answer)
        assert "This draft was changed elsewhere" in said
        assert "In the other tab" in said
        assert "In this tab" in said
    assert now(app, cast, address).title == "In the other tab"
    late = owner.post(f"{address}/publish", data=fields(READY))
    assert late.status_code == 409
    mine = fields(replace(READY, title="In this tab"), over="2")
    assert owner.post(address, data=mine).status_code == 303
    assert now(app, cast, address).title == "In this tab"


def test_a_newer_version_of_the_exercise_is_shown_before_it_is_written_over(
    app: Flask, cast: Cast, owner: FlaskClient
) -> None:
    with app.app_context():
        base = write(db.session, cast.colleague, shared=True).digest
        draft = drafts.edit(db.session, cast.owner, SLUG)
        address, written = f"/library/drafts/{draft.id}", drafts.written_in(draft)
        newest = authoring.revise(db.session, cast.colleague, SLUG, little("Their cups"), base).digest
        db.session.commit()
    assert "newer version of this exercise" in text(owner.get(address))
    mine = fields(replace(written, title="My cups"))
    answer = owner.post(f"{address}/publish", data=mine)
    assert answer.status_code == 409
    said = text(answer)
    assert "The exercise was changed meanwhile" in said
    assert "Their cups" in said
    assert "My cups" in said
    again = owner.post(f"{address}/publish", data=mine | {"revision": "2", "follow": "0" * 64})
    assert again.status_code == 409
    done = owner.post(f"{address}/publish", data=mine | {"revision": "2", "follow": newest})
    assert done.status_code == 303
    assert "Saved as a new version." in text(owner.get(done.headers["Location"]))
    with app.app_context():
        assert queries.record(db.session, cast.owner, SLUG).title == "My cups"


def test_what_one_may_no_longer_change_becomes_an_exercise_of_its_own(
    app: Flask, cast: Cast, owner: FlaskClient
) -> None:
    with app.app_context():
        write(db.session, cast.colleague, shared=True)
        draft = drafts.edit(db.session, cast.owner, SLUG)
        address, written = f"/library/drafts/{draft.id}", drafts.written_in(draft)
        authoring.share(db.session, cast.colleague, SLUG, False)
        db.session.commit()
    answer = owner.post(f"{address}/publish", data=fields(replace(written, title="My cups")))
    assert answer.status_code == 422
    assert "no longer yours to change" in text(answer)
    assert "My cups" in answer.text
    mine = fields(replace(written, title="My cups"), revision="2", apart="1")
    assert owner.post(f"{address}/publish", data=mine).status_code == 303


# Changing, adapting, discarding


def test_the_page_says_what_is_being_written(app: Flask, cast: Cast, owner: FlaskClient) -> None:
    with app.app_context():
        write(db.session, cast.owner)
        own = drafts.edit(db.session, cast.owner, SLUG).id
        adapted = drafts.adapt(db.session, cast.owner, "three-doors").id
        db.session.commit()
    changing = owner.get(f"/library/drafts/{own}")
    assert "Change “Two warm cups”" in text(changing)
    assert "Save as a new version" in changing.text
    assert "Who can use it" not in changing.text
    adapting = owner.get(f"/library/drafts/{adapted}")
    assert "My version of “Three doors”" in text(adapting)
    assert 'href="/library/three-doors"' in adapting.text
    assert "Put into my library" in adapting.text


def test_every_starter_exercise_opens_in_the_form(app: Flask, cast: Cast, owner: FlaskClient) -> None:
    for slug in ("closeness-dial", "touch-menu", "twelve-ways-to-be-close", "mine-ours-ask-first"):
        with app.app_context():
            draft_id = drafts.adapt(db.session, cast.owner, slug).id
            db.session.commit()
        page = owner.get(f"/library/drafts/{draft_id}")
        assert page.status_code == 200
        assert "Everything that is needed is there." in text(page)


def test_discarding_asks_first(app: Flask, cast: Cast, owner: FlaskClient) -> None:
    address = begun(owner)
    owner.post(address, data=fields(READY))
    asks = owner.get(f"{address}/discard")
    assert "“A short walk” is in no library yet" in text(asks)
    assert now(app, cast, address) == READY
    assert owner.post(f"{address}/discard").status_code == 303
    assert owner.get(address).status_code == 404


def test_a_draft_is_nobody_elses(owner: FlaskClient, colleague: FlaskClient, outsider: FlaskClient) -> None:
    address = begun(owner)
    owner.post(address, data=fields(READY))
    for other in (colleague, outsider):
        assert other.get(address).status_code == 404
        assert other.get(f"{address}/discard").status_code == 404
        for verb in ("", "/publish", "/discard"):
            assert other.post(address + verb, data=fields(READY)).status_code == 404
        assert "A short walk" not in other.get("/library/write").text
    assert "A short walk" in owner.get("/library/write").text


# Odd input


ROWS = replace(READY, words=(SayRow("To begin", "“Hello.”"),), together=Sheet("Our walk", "Walk."))


@pytest.mark.parametrize("what", ODD)
def test_whatever_stands_in_the_fields_the_answer_is_a_page(what: str, owner: FlaskClient) -> None:
    odd = quote_from_bytes(ODD[what], safe="")
    names = [name for name in fields(ROWS) if name != "revision"]
    for asked in names, ["do"], ["over"], ["revision"], names[:-1]:
        address = begun(owner)
        right = {key: value for key, value in fields(ROWS).items() if isinstance(value, str)}
        sent = [
            f"{key}={quote_from_bytes(value.encode())}" for key, value in right.items() if key not in asked
        ]
        body = "&".join([f"{name}={odd}" for name in asked] + sent)
        for verb in ("", "/publish"):
            answer = owner.post(
                address + verb, data=body, content_type="application/x-www-form-urlencoded", headers=HTMX
            )
            # A text that is too large for one form is refused whole; the page keeps it.
            large = len(body) > 512 * 1024
            codes = (413,) if large else (200, 204, 303, 409, 422)
            assert answer.status_code in codes, f"{what} answered {answer.status_code}"
            assert "<script>alert" not in answer.text
            body = body.replace("revision=1", "revision=2")
        shown = owner.get(address)
        assert shown.status_code in (200, 404)
        assert "<script>alert" not in shown.text
