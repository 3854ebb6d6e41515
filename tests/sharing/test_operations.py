"""Publishing, withdrawing and loading templates, below the web."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from planner.errors import NotAllowed, NotFound, RuleBroken
from planner.plans import operations as plans
from planner.plans.queries import opened
from planner.sharing import operations, queries
from planner.sharing.facets import FACETS, Wanted
from planner.sharing.models import Template, TemplateTag
from planner.sharing.starters import read_starters
from planner.sharing.stripping import Keep, about, plan_for_template
from planner.taxonomy import TAXONOMY
from tests.cast import Cast
from tests.sharing.conftest import PRIVATE

SHARED = plan_for_template(PRIVATE, Keep(), "Asking for small things")


def titles(found: queries.Gallery) -> list[str]:
    return [row.title for row in found.rows]


def ours(found: queries.Gallery) -> list[str]:
    """Titles of what the practice published, without the starters."""
    shipped = {starter.title for starter in read_starters()}
    return [title for title in titles(found) if title not in shipped]


def test_loading_twice_writes_nothing_the_second_time(session: Session) -> None:
    operations.load_starters(session)
    session.commit()
    before = session.execute(select(Template.id, Template.digest, Template.created_at)).all()
    operations.load_starters(session)
    assert not session.dirty
    session.commit()
    assert session.execute(select(Template.id, Template.digest, Template.created_at)).all() == before
    assert len(before) == len(read_starters())


def test_a_changed_file_changes_its_template_and_a_missing_one_leaves_the_gallery(
    session: Session, cast: Cast
) -> None:
    shipped = read_starters()
    operations.load_starters(session, shipped)
    newer = replace(shipped[0], when_to_use="When it suits.")
    operations.load_starters(session, [newer, *shipped[2:]])
    assert queries.template(session, cast.owner, newer.slug).when_to_use == "When it suits."
    with pytest.raises(NotFound):
        queries.template(session, cast.owner, shipped[1].slug)
    operations.load_starters(session, shipped)
    assert queries.template(session, cast.owner, shipped[1].slug).title == shipped[1].title
    tags = session.scalar(
        select(func.count()).select_from(TemplateTag).where(TemplateTag.template_id == newer.slug)
    )
    assert tags == sum(len(values) for values in about(newer.plan).values())


def test_a_colleague_sees_what_was_published_and_a_stranger_does_not(session: Session, cast: Cast) -> None:
    template = operations.publish(session, cast.owner, SHARED, "Early on.")
    assert queries.template(session, cast.colleague, template.id).made_by_name == "Owner"
    assert ours(queries.gallery(session, cast.colleague, Wanted())) == ["Asking for small things"]
    with pytest.raises(NotFound):
        queries.template(session, cast.outsider, template.id)
    assert ours(queries.gallery(session, cast.outsider, Wanted())) == []
    for verb in (operations.withdraw, operations.put_back):
        with pytest.raises(NotFound):
            verb(session, cast.outsider, template.id)


def test_nothing_without_steps_and_nothing_with_a_date_is_published(session: Session, cast: Cast) -> None:
    with pytest.raises(RuleBroken):
        operations.publish(session, cast.owner, replace(SHARED, segments=()), "Never.")
    with pytest.raises(RuleBroken):
        operations.publish(session, cast.owner, PRIVATE, "Never.")


def test_a_withdrawn_template_is_gone_for_others_and_its_copies_live_on(session: Session, cast: Cast) -> None:
    template = operations.publish(session, cast.colleague, SHARED, "Early on.")
    copy = plans.create(
        session, cast.owner, template.plan, template_id=template.id, template_title=template.title
    )
    operations.withdraw(session, cast.colleague, template.id)
    assert ours(queries.gallery(session, cast.colleague, Wanted())) == []
    with pytest.raises(NotFound):
        queries.template(session, cast.colleague, template.id)
    assert queries.template(session, cast.colleague, template.id, withdrawn=True).withdrawn_at is not None
    here = opened(session, cast.owner, copy.id)
    assert here.plan == SHARED
    assert (here.record.template_id, here.record.template_title) == (template.id, "Asking for small things")
    operations.put_back(session, cast.colleague, template.id)
    assert ours(queries.gallery(session, cast.owner, Wanted())) == ["Asking for small things"]


def test_an_owner_may_withdraw_anybodys_and_a_counsellor_only_their_own(session: Session, cast: Cast) -> None:
    owners = operations.publish(session, cast.owner, SHARED, "Early on.")
    colleagues = operations.publish(session, cast.colleague, SHARED, "Early on.")
    with pytest.raises(NotAllowed):
        operations.withdraw(session, cast.colleague, owners.id)
    assert operations.withdraw(session, cast.owner, colleagues.id).withdrawn_at is not None
    operations.withdraw(session, cast.owner, owners.id)
    with pytest.raises(NotFound):
        operations.put_back(session, cast.colleague, owners.id)


def test_a_starter_cannot_be_withdrawn(session: Session, cast: Cast) -> None:
    operations.load_starters(session)
    with pytest.raises(NotAllowed):
        operations.withdraw(session, cast.owner, "a-first-session")


def test_counts_say_what_one_more_choice_would_leave(session: Session, cast: Cast) -> None:
    """For every pair of an area and a fear, the rows and counts are what a count by hand gives."""
    operations.load_starters(session)
    operations.publish(session, cast.owner, SHARED, "Early on.")
    everything = [about(one.plan) for one in session.scalars(select(Template))]
    for area in [(), *((key,) for key in TAXONOMY.areas), ("self", "play")]:
        for fear in [(), *((key,) for key in TAXONOMY.fears), ("hurt", "failure")]:
            found = queries.gallery(session, cast.owner, Wanted(area, fear))
            by_area = [tags for tags in everything if not area or set(area) & set(tags["area"])]
            by_fear = [tags for tags in everything if not fear or set(fear) & set(tags["fear"])]
            assert found.total == len(found.rows) == len([tags for tags in by_area if tags in by_fear])
            for key in TAXONOMY.areas:
                assert found.counts["area"][key] == sum(key in tags["area"] for tags in by_fear)
            for key in TAXONOMY.fears:
                assert found.counts["fear"][key] == sum(key in tags["fear"] for tags in by_area)


def test_the_practices_own_come_first_and_the_newest_on_top(session: Session, cast: Cast) -> None:
    operations.load_starters(session)
    for title in ("First", "Second"):
        operations.publish(session, cast.owner, replace(SHARED, title=title), "Early on.")
    shown = titles(queries.gallery(session, cast.owner, Wanted()))
    assert shown[:2] == ["Second", "First"]
    assert shown[2:] == sorted(shown[2:])


def test_a_long_gallery_has_pages(session: Session, cast: Cast) -> None:
    for number in range(queries.PAGE + 1 - len(read_starters())):
        operations.publish(session, cast.owner, replace(SHARED, title=f"Number {number}"), "Early on.")
    first = queries.gallery(session, cast.owner, Wanted())
    second = queries.gallery(session, cast.owner, Wanted(page=2))
    assert (first.total, first.pages) == (queries.PAGE + 1, 2)
    assert len(titles(second)) == 1
    assert not set(titles(first)) & set(titles(second))


junk = st.text(max_size=12) | st.sampled_from(["self", "hurt", "²", "1_0", "-1", "99999999999999999999"])


@given(st.lists(st.tuples(st.sampled_from(["area", "fear", "page", "x"]), junk)))
def test_any_address_is_understood_and_comes_back_the_same(pairs: list[tuple[str, str]]) -> None:
    wanted = Wanted.from_args(MultiDict(pairs))
    assert wanted.page >= 1
    assert all(set(wanted.chosen(facet)) <= set(FACETS[facet]) for facet in FACETS)
    assert Wanted.from_args(MultiDict(wanted.to_args())) == wanted
