"""What is remarked on in a plan, what can be put in its place, and where it stands as browsers count."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.plans.plan import BadPlan, edit, remove
from planner.wording import findings as nouns
from planner.wording.check import Finding
from planner.wording.findings import checked, findings, use
from planner.wording.marks import Left
from planner.wording.rewrite import rewrite
from planner.wording.shown import shown
from tests.builders import a_plan, a_segment, plans

NOTHING = Left(frozenset(), lambda words: (words,))
LEANS = "Who started the row in the kitchen?"


def found_in(text, words, instead="Ask both: “What next?”"):
    start = text.index(words)
    return Finding(start, start + len(words), "fault", "Why.", instead)


def places(plan, left=NOTHING):
    return [(each.segment_id, each.field) for each in findings(plan, left)]


def test_hope_titles_words_and_notes_are_looked_at_in_the_order_of_the_plan():
    plan = a_plan(
        a_segment("a", part="arrive", note=LEANS, words="“Welcome.”"),
        a_segment("b", title=LEANS, words=f"“Good.”\n\n“{LEANS}”"),
        hope=LEANS,
    )
    assert places(plan) == [("", "hope"), ("a", "note"), ("b", "title"), ("b", "words")]


def test_what_was_left_and_what_is_known_to_be_clean_is_not_remarked_on():
    plan = a_plan(a_segment("a", words=LEANS), hope=f"Good.\n\n{LEANS}")
    remark = findings(plan, NOTHING)[0]
    left = Left(frozenset([NOTHING.mark(remark.text, remark.finding)]), NOTHING.sign)
    assert places(plan, left) == []
    assert [each.field for each in findings(plan, NOTHING, {LEANS})] == ["hope"]


def test_using_what_is_offered_changes_the_sentence_and_nothing_else():
    plan = a_plan(a_segment("a", words=f"“Welcome.”\n\n“{LEANS}”\n\n“Thank you.”", note="mine"))
    remark = findings(plan, NOTHING)[0]
    after = use(plan, remark)
    words = after.segment("a").words
    assert words.startswith("“Welcome.”\n\n“")
    assert words.endswith("”\n\n“Thank you.”")
    assert LEANS not in words
    assert after == edit(plan, "a", words=words)


def test_the_offer_for_a_step_that_is_gone_is_refused():
    plan = a_plan(a_segment("a", words=LEANS))
    remark = findings(plan, NOTHING)[0]
    with pytest.raises(BadPlan):
        use(remove(plan, "a"), remark)


def test_nothing_is_offered_that_the_field_has_no_room_for():
    title = "Tea, and a good look back"[:20] + " " + LEANS
    long = nouns.Remark("", "title", title, found_in(title, "Who started", f"“{'very ' * 30}long”"))
    assert long.rewritten is None
    plan = a_plan(a_segment("a"))
    assert use(plan, long) == plan


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("Good. So who started it? Tea.", "Good. What next? Tea."),
        ("“Good. So who started it?”", "“Good. What next?”"),
        ("so who started it", "What next?"),
        ("1. Good.\n2. So who started it?\n3. Tea.", "1. Good.\n2. What next?\n3. Tea."),
        ("- So who started it\n- Tea.", "- What next?\n- Tea."),
        ("(So who started it?) Tea.", "(What next?) Tea."),
    ],
)
def test_a_sentence_makes_room_for_a_sentence_and_marks_around_it_stay(text, after):
    assert rewrite(text, found_in(text, "who started")).into(text) == after


def test_advice_without_words_to_say_puts_nothing_into_the_text():
    assert rewrite("Who started it?", found_in("Who started it?", "Who", "Ask for something small.")) is None


@given(st.text(max_size=40), st.sampled_from(["", "😀", "👩‍👩‍👧 "]))
def test_places_are_counted_as_browsers_count_them(before, emoji):
    text = f"{before}{emoji}\n\n{LEANS}"
    (remark,) = shown(text, (found_in(text, LEANS),), NOTHING)
    units = text.encode("utf-16-le", "surrogatepass")
    assert units[2 * remark.start : 2 * remark.end].decode("utf-16-le") == remark.words == LEANS
    offer = remark.offer
    assert units[2 * offer.start : 2 * offer.end].decode("utf-16-le", "surrogatepass") == offer.had


@given(plans)
def test_any_plan_can_be_looked_at(plan):
    for remark in findings(plan, NOTHING):
        assert remark.words
        before, after = remark.around
        assert f"{before}{remark.words}{after}" in remark.text


def test_a_text_is_looked_at_once():
    text = "A text that no other test has: welcome."
    before = checked.cache_info().misses
    for _again in range(3):
        findings(a_plan(a_segment("a", words=text)), NOTHING, {"Second session", "Step a"})
    assert checked.cache_info().misses == before + 1
