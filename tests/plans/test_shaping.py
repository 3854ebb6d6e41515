"""The plan under one's eyes: its curve and remarks in words, remedies, less time, and another exercise."""

from __future__ import annotations

import html
import re
from dataclasses import replace

import pytest
from sqlalchemy import event

from planner.db import db
from planner.library import queries as library
from planner.library.models import ExerciseUse
from planner.plans import operations, queries
from planner.plans.chart import curve
from planner.plans.from_exercise import segment_from
from planner.plans.pacing import mends, pacing
from planner.plans.plan import Origin, Plan, add, edit
from planner.plans.remedies import Swap
from planner.plans.shape import exercises_of, shape
from planner.plans.swaps import minutes_with, swaps
from tests.builders import a_plan, a_segment
from tests.cast import PASSWORD
from tests.library.samples import little, write

HTMX = {"HX-Request": "true"}


def from_library(who, slug, segment_id, part="core", **changes):
    """A step made from an exercise as it stands; inside an application context."""
    record, exercise = library.exercise(db.session, who, slug)
    return replace(segment_from(exercise, record.digest, part, segment_id), **changes)


@pytest.fixture
def bold(app, cast):
    """A plan of fifty minutes of the owner's that ends with a bold exercise, which has a note."""
    with app.app_context():
        plan = a_plan(
            a_segment("a", part="arrive", title="Arrive well", minutes=6, intensity=1),
            from_library(cast.owner, "three-doors", "b", note="Slowly."),
            a_segment("c", title="Tea", minutes=12, intensity=1),
            a_segment("d", part="close", title="Next step", minutes=4, intensity=1),
        )
        record = operations.create(db.session, cast.owner, plan)
        db.session.commit()
        return record.id


@pytest.fixture
def now(app, cast, bold):
    """The plan as it stands."""

    def read():
        with app.app_context():
            return queries.opened(db.session, cast.owner, bold).plan

    return read


def text_of(answer):
    """What one reads on a page: without markup and with single spaces."""
    without = re.sub(r"<(svg class=\"curve-names|title|desc)[^>]*>.*?</\1>", " ", answer.text)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", without)).split())


def remedies(answer):
    """What the remarks offer: by its label, what the button would send."""
    found = {}
    for form in re.findall(r'<form method="post" action="[^"]*/remedies".*?</form>', answer.text, re.S):
        label = html.unescape(re.search(r"<button[^>]*>(.*?)</button>", form, re.S)[1])
        found[label] = dict(re.findall(r'name="(?!csrf)([^"]*)" value="([^"]*)"', form))
    return found


# The panel


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


# The drawing


def test_the_curve_fills_the_width_and_marks_its_peak_and_its_end():
    plan = a_plan(a_segment("a", minutes=10, intensity=1), a_segment("b", minutes=20, intensity=3), length=40)
    read = pacing(plan, {})
    drawn = curve(read.points, read.minutes, read.peak_minute, read.calm_from, read.breaches)
    assert [(bar.x, bar.width) for bar in drawn.bars] == [("0.00%", "25.00%"), ("25.00%", "50.00%")]
    assert [bar.marked for bar in drawn.bars] == [False, True]
    assert drawn.peak == ("50.00%", drawn.bars[1].y)
    assert drawn.calm == ("50.00%", "25.00%")
    assert [tick.minute for tick in drawn.ticks] == [0, 5, 10, 15, 20, 25, 30, 35, 40]
    assert (drawn.ticks[0].anchor, drawn.ticks[-1].anchor) == ("start", "end")
    assert len(drawn.rises) == 1


@pytest.mark.parametrize("minutes", [1, 10, 50, 80, 240, 480, 3000])
def test_the_axis_never_has_more_minutes_than_one_can_read(minutes):
    ticks = curve((), minutes, None, 0, ()).ticks
    assert ticks[0].minute == 0
    assert len(ticks) <= max(9, minutes // 120 + 1)


# Remedies


def test_a_remedy_is_one_change_and_can_be_undone(owner, bold, now):
    before = now()
    page = owner.get(f"/plans/{bold}")
    label = "Use the short form of “Three doors”, 16 min"
    fields = remedies(page)[label]
    answer = owner.post(f"/plans/{bold}/remedies", data=fields, headers=HTMX)
    assert answer.status_code == 200
    assert now() == edit(before, "b", minutes=16)
    assert label not in remedies(answer)
    owner.post(f"/plans/{bold}/undo", data={"revision": "2"})
    assert now() == before


@pytest.mark.parametrize(
    ("fields", "said", "steps"),
    [
        (
            {"kind": "move", "segment": "c", "before": "b"},
            "Moved “Tea” to an earlier place",
            ["a", "c", "b", "d"],
        ),
        ({"kind": "move", "segment": "b", "before": "d"}, "Moved “Three doors” to a later place", None),
        (
            {"kind": "settle", "after": "b", "minutes": "5"},
            "Added 5 quiet minutes after “Three doors”",
            None,
        ),
        (
            {"kind": "shorten", "segment": "b", "minutes": "14"},
            "“Three doors” now has its short form, 14 minutes",
            None,
        ),
        ({"kind": "drop", "segment": "b"}, "Left out “Three doors”. Undo brings it back", ["a", "c", "d"]),
    ],
    ids=lambda value: value["kind"] if isinstance(value, dict) else "",
)
def test_each_kind_of_remedy_says_what_was_done(owner, bold, now, fields, said, steps):
    answer = owner.post(f"/plans/{bold}/remedies", data=fields | {"revision": "1"}, follow_redirects=True)
    assert said in html.unescape(answer.text)
    if steps:
        assert [step.id for step in now().segments] == steps


def test_what_is_kept_of_an_action_has_no_typed_words_in_it(app, cast, owner, bold):
    owner.post(f"/plans/{bold}/remedies", data={"kind": "drop", "segment": "c", "revision": "1"})
    with app.app_context():
        record = queries.record(db.session, cast.owner, bold)
        assert "Tea" not in queries.revision(db.session, record, 2).action


def test_a_remedy_for_a_plan_that_changed_meanwhile_changes_nothing(owner, bold, now):
    owner.post(f"/plans/{bold}/segments/c/remove", data={"revision": "1"})
    before = now()
    late = {"kind": "shorten", "segment": "b", "minutes": "14", "revision": "1"}
    gone = {"kind": "drop", "segment": "c", "revision": "2"}
    for fields in (late, gone):
        answer = owner.post(f"/plans/{bold}/remedies", data=fields, headers=HTMX)
        assert answer.status_code == 409
        assert "This plan was changed elsewhere" in answer.text
    assert now() == before


@pytest.mark.parametrize(
    "fields",
    [{"kind": "cancel", "segment": "b"}, {"kind": "settle", "after": "b", "minutes": "999"}, {}],
)
def test_a_remedy_that_is_none_is_refused_in_words(owner, bold, now, fields):
    before = now()
    answer = owner.post(f"/plans/{bold}/remedies", data=fields | {"revision": "1"})
    assert answer.status_code == 422
    assert "Please choose one of the remedies." in answer.text
    assert now() == before


# Another exercise


def test_swapping_keeps_the_place_and_the_note(owner, app, cast, bold, now):
    shown = owner.get(f"/plans/{bold}?swap=b")
    assert "Instead of “Three doors”" in text_of(shown)
    slug = re.search(r"/segments/b/swap/([a-z0-9-]+)", shown.text)[1]
    answer = owner.post(
        f"/plans/{bold}/segments/b/swap/{slug}", data={"revision": "1"}, follow_redirects=True
    )
    step = now().segments[1]
    assert (step.id, step.part, step.note) == ("b", "core", "Slowly.")
    assert step.exercise.slug == slug
    assert f"Swapped “Three doors” for “{step.title}”" in html.unescape(answer.text)
    with app.app_context():
        used = library.record(db.session, cast.owner, slug)
        assert db.session.get(ExerciseUse, (cast.owner.id, used.id)) is not None
    owner.post(f"/plans/{bold}/undo", data={"revision": "2"})
    assert now().segments[1].title == "Three doors"


def test_what_is_offered_serves_the_same_purpose_and_goes_where_it_says(session, cast):
    plan = a_plan(from_library(cast.owner, "three-doors", "b"))
    old = library.record(session, cast.owner, "three-doors")
    found = swaps(session, cast.owner, plan, "b")
    assert found.choices
    for direction, choices in found.choices.items():
        for choice in choices:
            record = choice.record
            assert record.area == old.area
            assert "part:core" in record.tags.split()
            assert record.slug != "three-doors"
            if direction == "gentler":
                assert record.intensity < old.intensity
            if direction == "bolder":
                assert record.intensity > old.intensity
            if direction == "shorter":
                assert record.minutes_full < old.minutes_full
            if direction == "other_mode":
                assert record.mode != old.mode


def test_what_a_remark_leads_to_really_mends_it(session, cast):
    steps = (
        a_segment("a", part="arrive", minutes=10, intensity=2),
        a_segment("m", title="Tea", minutes=20, intensity=2),
        from_library(cast.owner, "three-doors", "b", part="core"),
    )
    plan = a_plan(*steps, length=80)
    rule = "last_ten"
    assert rule in {breach.rule for breach in pacing(plan, {}).breaches}
    found = swaps(session, cast.owner, plan, "b", rule)
    assert found.rule == rule
    for choice in found.choices["gentler"]:
        value = library.exercise(session, cast.owner, choice.record.slug)[1]
        assert mends(plan, rule, Swap("b", "gentler", 2, value, choice.record.digest, choice.minutes))
    everything = swaps(session, cast.owner, plan, "b")
    assert set(everything.choices) > {"gentler"}


def test_a_wish_that_nothing_meets_is_not_offered(session, cast):
    plan = a_plan(
        a_segment("a", part="arrive", minutes=20, intensity=2),
        from_library(cast.owner, "three-doors", "b"),
    )
    alone = edit(plan, "b", exercise=Origin("of-another-library", "0" * 64))

    def wishes(one):
        acts = [act for remark in shape(session, cast.owner, one).remarks for act in remark.acts]
        return [act for act in acts if act.swap]

    assert wishes(plan)
    assert not wishes(alone)
    assert swaps(session, cast.owner, alone, "b").known is False


@pytest.mark.parametrize(
    ("now_", "free", "short", "full", "then"),
    [
        (20, 0, 10, 18, 18),
        (20, 0, 10, 25, 10),
        (20, 5, 10, 25, 25),
        (12, 30, 10, 25, 10),
        (8, 0, 10, 25, 10),
    ],
)
def test_a_swapped_step_takes_the_form_nearest_to_its_time_that_fits(now_, free, short, full, then):
    plan = a_plan(a_segment("a", minutes=now_), length=now_ + free) if now_ + free >= 10 else None
    plan = plan or a_plan(a_segment("a", minutes=now_), a_segment("b", minutes=50 - now_))
    assert minutes_with(plan, plan.segment("a"), short, full) == then


def test_a_step_of_ones_own_has_nothing_to_swap(owner, bold, now):
    before = now()
    assert "Instead of" not in owner.get(f"/plans/{bold}?swap=c").text
    answer = owner.post(f"/plans/{bold}/segments/c/swap/hand-in-hand", data={"revision": "1"})
    assert answer.status_code == 409
    assert now() == before


# Less time


def offered(answer):
    """The proposals on the page: what each would send."""
    forms = re.findall(r'<form method="post" action="[^"]*/refit">.*?</form>', answer.text, re.S)
    return [dict(re.findall(r'name="(?!csrf)([^"]*)" value="([^"]*)"', form)) for form in forms]


def test_less_time_is_shown_before_it_is_taken(owner, bold, now):
    before = now()
    page = owner.get(f"/plans/{bold}/refit?minutes=35")
    assert "Nothing has changed yet." in page.text
    assert now() == before
    for fields in offered(page):
        assert fields["minutes"] == "35"
    answer = owner.post(f"/plans/{bold}/refit", data=offered(page)[0], follow_redirects=True)
    assert re.search(r"The session now takes \d+ minutes. Undo brings the longer one back", answer.text)
    after = now()
    assert sum(step.minutes for step in after.segments) <= 35
    assert after.length == 35
    owner.post(f"/plans/{bold}/undo", data={"revision": "2"})
    assert now() == before


def test_each_proposal_says_what_becomes_of_every_step(owner, bold):
    said = text_of(owner.get(f"/plans/{bold}/refit?minutes=35"))
    for word in ("Three doors", "Next step", "stays", "→"):
        assert word in said


def test_what_fits_already_says_so(owner, bold):
    said = text_of(owner.get(f"/plans/{bold}/refit?minutes=60"))
    assert "It fits as it is" in said
    assert "The steps take 46 of your 60 minutes" in said


def test_too_little_time_is_said_kindly_with_the_least(owner, bold):
    said = text_of(owner.get(f"/plans/{bold}/refit?minutes=2"))
    assert "2 minutes are too little for this session" in said
    assert re.search(r"To arrive, settle and close takes \d minutes at least", said)


@pytest.mark.parametrize("minutes", ["", "0", "481", "²", "half an hour"])
def test_minutes_that_are_none_are_named_and_kept(owner, bold, minutes):
    answer = owner.get(f"/plans/{bold}/refit", query_string={"minutes": minutes})
    assert answer.status_code == 422
    assert 'id="minutes-error"' in answer.text
    assert f'value="{minutes}"' in answer.text


def test_the_page_can_be_opened_before_any_minutes_are_named(owner, bold):
    answer = owner.get(f"/plans/{bold}/refit")
    assert answer.status_code == 200
    assert "error" not in answer.text.split("<main")[1]


def test_a_proposal_for_a_plan_that_changed_meanwhile_changes_nothing(owner, bold, now):
    fields = offered(owner.get(f"/plans/{bold}/refit?minutes=35"))[0]
    owner.post(f"/plans/{bold}/segments/c/up", data={"revision": "1"})
    before = now()
    answer = owner.post(f"/plans/{bold}/refit", data=fields)
    assert answer.status_code == 409
    assert "This plan was changed elsewhere" in answer.text
    assert now() == before


def test_a_proposal_that_is_not_there_any_more_shows_those_that_are(owner, bold, now):
    before = now()
    answer = owner.post(f"/plans/{bold}/refit", data={"minutes": "35", "mark": "x", "revision": "1"})
    assert answer.status_code == 409
    assert "These proposals have changed" in answer.text
    assert offered(answer)
    assert now() == before


def test_a_stranger_sees_none_of_it(app, outsider, colleague, bold):
    for browser in (outsider, colleague):
        assert browser.get(f"/plans/{bold}/refit?minutes=35").status_code == 404
        assert browser.get(f"/plans/{bold}?swap=b").status_code == 404
        for path in ("remedies", "refit", "segments/b/swap/hand-in-hand"):
            assert browser.post(f"/plans/{bold}/{path}", data={"revision": "1"}).status_code == 404
    visitor = app.test_client()
    visitor.post("/sign-in", data={"email": "outsider@example.org", "password": PASSWORD})
    assert visitor.get(f"/plans/{bold}").status_code == 404
