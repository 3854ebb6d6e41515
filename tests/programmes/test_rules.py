"""House rules over a whole programme: what is remarked on, and that a remedy mends and harms nothing."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given

from planner.programmes.programme import Programme, Session
from planner.programmes.rules import (
    AddEnding,
    MakeEnding,
    MakeReview,
    Move,
    Redate,
    Swap,
    apply,
    breaches,
    peak,
    redated,
    remarks,
)
from tests.builders import a_plan, a_segment
from tests.programmes.strategies import planned


def course(*sessions):
    """A programme from (kind, peak) pairs, with plans; a peak of None is a session without one."""
    made, plans = [], {}
    for place, (kind, level) in enumerate(sessions, 1):
        made.append(Session(f"s{place}", kind=kind, plan_id=f"p{place}" if level is not None else None))
        if level is not None:
            plans[f"p{place}"] = a_plan(a_segment(intensity=level))
    return Programme("P", sessions=tuple(made)), plans


def levels(*peaks):
    return course(*(("ordinary", level) for level in peaks[:-1]), ("ending", peaks[-1]))


def found(programme, plans):
    return [(breach.rule, breach.session) for breach in breaches(programme, plans)]


@pytest.mark.parametrize("peaks", [(1, 2, 3), (2, 2, 2), (2, 3, 1), (1, None, 3), (0, 2, 0), (2, 0, 4)])
def test_a_programme_that_rises_gently_has_nothing_to_remark(peaks):
    assert found(*levels(*peaks)) == []


def test_the_first_session_stays_at_two():
    programme, plans = levels(3, 3, 1)
    (breach,) = breaches(programme, plans)
    assert (breach.rule, breach.found, breach.allowed) == ("first", 3, 2)


@pytest.mark.parametrize(
    ("peaks", "session", "allowed"), [((1, 3, 1), "s2", 2), ((1, None, 4), "s3", 3), ((2, 1, 3), "s3", 2)]
)
def test_the_peak_rises_by_one_from_session_to_session(peaks, session, allowed):
    (breach,) = breaches(*levels(*peaks))
    assert (breach.rule, breach.session, breach.allowed) == ("rise", session, allowed)


def test_after_a_light_review_one_goes_on_where_one_was():
    programme, plans = course(
        ("ordinary", 1), ("ordinary", 2), ("ordinary", 3), ("review", 1), ("ordinary", 4), ("ending", 1)
    )
    assert found(programme, plans) == []


def test_practice_at_home_has_no_part_in_the_peak():
    assert peak(a_plan(a_segment("a", intensity=1), a_segment("b", part="home", intensity=4))) == 1


def test_reviews_are_due_at_every_fourth_session_and_the_ending_may_stand_for_one():
    programme, plans = course(*(("ordinary", None) for _ in range(8)), ("ending", None))
    assert found(programme, plans) == [("review", "s4"), ("review", "s8")]
    programme, plans = course(*(("ordinary", None) for _ in range(3)), ("ending", None))
    assert found(programme, plans) == []


def test_an_ending_session_is_there_and_is_the_last():
    assert found(*course(("ordinary", 1), ("ordinary", 1))) == [("no_ending", "")]
    assert found(*course(("ending", 1), ("ordinary", 1))) == [("ending_last", "s1")]
    assert found(Programme("P"), {}) == []


def with_dates(*days):
    last = len(days)
    sessions = tuple(
        Session(f"s{n}", kind="ending" if n == last else "ordinary", plan_id=f"p{n}")
        for n in range(1, last + 1)
    )
    plans = {
        f"p{n}": a_plan(a_segment(intensity=1), date=dt.date(2031, 1, day) if day else None)
        for n, day in enumerate(days, 1)
    }
    return Programme("P", sessions=sessions), plans


def test_dates_out_of_order_are_one_remark_and_can_follow_the_order():
    programme, plans = with_dates(8, 1, None, 5)
    (remark,) = remarks(programme, plans)
    assert (remark.rule, remark.session, remark.other, remark.found) == ("dates", "s2", "s1", 2)
    assert remark.remedies[0] == Redate()
    days = {plan_id: date.day for plan_id, (date, _time) in redated(programme, plans).items()}
    assert days == {"p1": 1, "p2": 5, "p4": 8}


def test_each_breach_offers_its_remedy():
    programme, plans = course(*(("ordinary", level) for level in (4, 1, 2, 1, 3)))
    offered = {remark.rule: remark.remedies for remark in remarks(programme, plans)}
    assert isinstance(offered["first"][0], Swap)
    assert offered["review"] == (MakeReview("s4"),)
    assert offered["no_ending"] == (AddEnding(), MakeEnding("s5"))
    programme, plans = course(
        ("ordinary", 1), ("ordinary", 1), ("review", 1), ("ordinary", 1), ("ordinary", 1)
    )
    offered = {remark.rule: remark.remedies for remark in remarks(programme, plans)}
    assert Move("s3", 4) in offered["review"]
    programme, plans = course(("ordinary", 1), ("ending", 1), ("ordinary", 1))
    assert remarks(programme, plans)[0].remedies == (Move("s2", 3),)


@given(planned())
def test_a_remedy_takes_something_of_its_breach_away_and_adds_none(made):
    programme, plans = made
    before = breaches(programme, plans)
    for remark in remarks(programme, plans):
        for remedy in remark.remedies:
            if isinstance(remedy, Redate):
                dates = redated(programme, plans)
                after = {
                    plan_id: a_plan(*plan.segments, date=dates.get(plan_id, (None, None))[0])
                    for plan_id, plan in plans.items()
                }
                assert "dates" not in [each.rule for each in breaches(programme, after)]
                continue
            changed = apply(programme, remedy, "new")
            left = breaches(changed, plans)
            assert {one.id for one in programme.sessions} <= {one.id for one in changed.sessions}
            for rule in {each.rule for each in (*before, *left)} - {"dates"}:
                was = [each for each in before if each.rule == rule]
                now = [each for each in left if each.rule == rule]
                assert len(now) <= len(was)
            mine = [each for each in left if each.rule == remark.rule]
            weight = (len(mine), sum(each.excess for each in mine))
            old = [each for each in before if each.rule == remark.rule]
            assert weight < (len(old), sum(each.excess for each in old))
