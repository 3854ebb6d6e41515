"""How a session moves, in words: its curve, its remarks, who speaks, what to have ready."""

from __future__ import annotations

import html
import re
from dataclasses import replace

from sqlalchemy import event

from planner.db import db
from planner.plans import operations
from planner.plans.plan import Plan, add
from planner.plans.shape import exercises_of, shape
from tests.builders import a_plan, a_segment
from tests.library.samples import little, write
from tests.plans.pages import from_library, text_of


def test_a_plan_shows_how_the_session_moves(owner, bold):
    page = owner.get(f"/plans/{bold}")
    assert "How the session moves" in page.text
    assert "It is strongest, 3 of 5, in “Three doors” at 0:18." in html.unescape(page.text)
    assert re.search(
        r'<svg class="curve-picture" role="img" aria-labelledby="curve-title curve-words"', page.text
    )
    rows = re.findall(r"<tr>\s*<td class=\"times\">([^<]*)</td>\s*<th scope=\"row\">([^<]*)</th>", page.text)
    assert rows == [
        ("0:00–0:06", "Arrive well"),
        ("0:06–0:30", "Three doors"),
        ("0:30–0:42", "Tea"),
        ("0:42–0:46", "Next step"),
    ]


def test_an_empty_plan_has_no_curve(app, cast, owner):
    with app.app_context():
        plan_id = operations.create(db.session, cast.owner, Plan("Empty")).id
        only_home = Plan("Home", segments=(a_segment("h", part="home"),))
        home_id = operations.create(db.session, cast.owner, only_home).id
        db.session.commit()
    for each in (plan_id, home_id):
        assert "How the session moves" not in owner.get(f"/plans/{each}").text


def test_a_calm_plan_has_no_remarks(app, cast, owner):
    with app.app_context():
        plan = a_plan(a_segment("a", part="arrive", intensity=1), a_segment("b", intensity=2))
        plan_id = operations.create(db.session, cast.owner, plan).id
        db.session.commit()
    assert "no remarks" in text_of(owner.get(f"/plans/{plan_id}"))


def test_every_breach_is_one_sentence_with_its_reason(app, cast, owner):
    with app.app_context():
        steps = (
            a_segment("a", part="arrive", title="Arrive well", minutes=6, intensity=1),
            from_library(cast.owner, "three-doors", "b"),
            from_library(cast.owner, "hand-in-hand", "c", minutes=25, intensity=3, mode="face_to_face"),
        )
        plan_id = operations.create(db.session, cast.owner, a_plan(*steps)).id
        db.session.commit()
    said = text_of(owner.get(f"/plans/{plan_id}"))
    for sentence in (
        "The steps take 5 minutes more than the session has, so its end would be cut short.",
        "has the session’s highest intensity and comes at about",
        "“Hand in hand” still has intensity 3 in the last ten minutes; at 2 or less both can leave settled.",
        "they are face to face at intensity 3 or more; after 20 minutes something side by side or alone",
        "From “Arrive well” to “Three doors” the intensity goes from 1 to 3; one level at a time",
        "There are 2 core exercises in 50 minutes; one alone leaves time to go slowly.",
    ):
        assert sentence in said
    assert "Show how it fits into 50 minutes…" in said


def test_steps_that_do_not_say_their_intensity_are_counted(owner):
    made = owner.post("/plans/new", data={"title": "First", "length": "50", "start": "parts"})
    assert "1 step does not say how strong it is" in text_of(owner.get(made.location))


def test_who_speaks_what_to_have_ready_and_what_is_asked_at_home(app, cast, owner, bold):
    with app.app_context():
        walk = a_segment("h", part="home", title="A walk, without telephones")
        talk = a_segment("i", part="home", title="Ten minutes, five times a week")
        operations.change(
            db.session, cast.owner, bold, 1, lambda plan: add(add(plan, walk), talk), "Added practice"
        )
        db.session.commit()
    said = text_of(owner.get(f"/plans/{bold}"))
    assert "Who speaks A " in said
    assert "Have ready" in said
    assert "up to 50 minutes a week for each partner. That is a lot" in said
    assert "does not say how long or how often: “A walk, without telephones”." in said


def test_a_partner_with_little_of_the_time_is_named(app, cast, owner):
    unequal = (
        little()
        .replace("(2 min, both)", "(1 min, b)")
        .replace("(4 min, short 2, both)", "(5 min, short 3, a)")
    )
    with app.app_context():
        mine = write(db.session, cast.owner, unequal)
        plan = a_plan(from_library(cast.owner, mine.slug, "a"))
        plan_id = operations.create(db.session, cast.owner, plan).id
        db.session.commit()
    assert "B has 17 % of the partners’ own time" in text_of(owner.get(f"/plans/{plan_id}"))


def test_a_private_exercise_of_a_colleagues_says_nothing_here(app, cast, colleague):
    """The plan is open to the practice; the exercise in it never was."""
    with app.app_context():
        mine = write(db.session, cast.owner, little("Two cups"))
        plan = a_plan(from_library(cast.owner, mine.slug, "a", title="Our cups"))
        record = operations.create(db.session, cast.owner, plan)
        record.shared = True
        db.session.commit()
        plan_id = record.id
        assert exercises_of(db.session, cast.owner, plan)
        assert exercises_of(db.session, cast.colleague, plan) == {}
    page = colleague.get(f"/plans/{plan_id}")
    assert page.status_code == 200
    assert "How the session moves" in page.text
    assert "not in the library any more" in colleague.get(f"/plans/{plan_id}/shelf?swap=a").text


def test_sixty_steps_ask_no_more_questions_than_six(session, cast):
    found = []
    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", lambda *told: found.append(told[2]))

    def asked(count):
        step = from_library(cast.owner, "three-doors", "s")
        tea = a_segment("t", title="Tea", minutes=1, intensity=1)
        steps = [replace(each, id=f"{each.id}{i}") for i in range(count // 2) for each in (tea, step)]
        plan = a_plan(*steps, length=480)
        found.clear()
        assert len(shape(session, cast.owner, plan).pacing.points) == count
        return len(found)

    assert asked(60) == asked(6) <= 3
