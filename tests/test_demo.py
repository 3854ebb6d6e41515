"""The demo is a practice that one can walk about in, and nobody's story is in it."""

from __future__ import annotations

import datetime as dt
import re

from flask_security.utils import verify_password
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from planner.accounts.models import Member, Practice
from planner.demo import PRACTICE, fill
from planner.library.models import Favourite
from planner.plans.models import PlanRecord
from planner.plans.queries import listed
from planner.sharing.facets import Wanted
from planner.sharing.models import Template
from planner.sharing.queries import gallery
from planner.who import Asker

TODAY = dt.date(2031, 5, 6)


def people(session: Session) -> list[Asker]:
    members = session.scalars(select(Member).join(Practice).where(Practice.name == PRACTICE))
    return [Asker(one.id, one.practice_id, one.name, one.is_owner) for one in members]


def test_three_people_can_sign_in_and_one_of_them_is_an_owner(session: Session) -> None:
    sign_ins = fill(session, TODAY)
    assert len(sign_ins) == 3
    for name, email, password in sign_ins:
        member = session.scalars(select(Member).where(Member.email == email)).one()
        assert member.name == name
        assert verify_password(password, member.password)
    assert [person.is_owner for person in people(session)].count(True) == 1


def test_filling_twice_changes_nothing_and_tells_the_same_sign_ins(session: Session) -> None:
    first = fill(session, TODAY)
    session.commit()
    counts = [session.scalar(select(func.count()).select_from(one)) for one in (Member, PlanRecord, Template)]
    assert fill(session, TODAY + dt.timedelta(days=3)) == first
    session.commit()
    again = [session.scalar(select(func.count()).select_from(one)) for one in (Member, PlanRecord, Template)]
    assert again == counts


def test_there_is_something_of_everything(session: Session) -> None:
    fill(session, TODAY)
    everyone = people(session)
    for person in everyone:
        mine = [line for line in listed(session, person) if line.mine]
        assert mine, person.name
        assert session.scalar(
            select(func.count()).select_from(Favourite).where(Favourite.member_id == person.id)
        )
    owner = next(person for person in everyone if person.is_owner)
    assert any(line.plan.date == TODAY for line in listed(session, owner))
    assert any(line.shared for line in listed(session, owner))
    assert len(listed(session, owner, binned=True)) == 1
    rows = gallery(session, owner, Wanted()).rows
    assert sum(not row.is_starter for row in rows) == 2
    assert session.scalar(
        select(func.count()).select_from(PlanRecord).where(PlanRecord.template_id.is_not(None))
    )


def test_a_shared_plan_is_open_to_colleagues_and_the_rest_is_not(session: Session) -> None:
    fill(session, TODAY)
    tom = next(person for person in people(session) if person.name.startswith("Tom"))
    assert [line.plan.title for line in listed(session, tom) if not line.mine] == ["Room for both of us"]


def test_no_plan_names_a_client(session: Session) -> None:
    """Capital letters inside a sentence of a title or a note would be names."""
    fill(session, TODAY)
    for person in people(session):
        for line in listed(session, person):
            texts = [line.plan.title, *(segment.note for segment in line.plan.segments)]
            assert not re.search(r"[a-z,;] [A-Z][a-z]", " ".join(texts[:1])), line.plan.title
            assert not any(re.search(r"[a-z,;] [A-Z][a-z]", note) for note in texts[1:])
