"""The cast of every test: three people whom the product must tell apart.

The owner keeps a practice; the colleague is a counsellor in the same one; the outsider owns another.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask_security.utils import hash_password
from sqlalchemy.orm import Session

from planner.accounts.models import COUNSELLOR, OWNER, Member, Practice
from planner.who import Asker

NAMES = ("owner", "colleague", "outsider")
PASSWORD = "a long walk by the river"


@dataclass(frozen=True)
class Cast:
    """The people as values; `email` of each is `<name>@example.org`."""

    owner: Asker
    colleague: Asker
    outsider: Asker


def engage(session: Session) -> Cast:
    """Write both practices and the three members, and commit."""
    harbour, meadow = (
        Practice(name="Harbour Practice", contact_line="01632 960 001"),
        Practice(name="Meadow Rooms"),
    )
    session.add_all([harbour, meadow])
    session.flush()
    people = {}
    for name, practice, role in (
        ("owner", harbour, OWNER),
        ("colleague", harbour, COUNSELLOR),
        ("outsider", meadow, OWNER),
    ):
        member = Member(
            practice_id=practice.id,
            name=name.capitalize(),
            email=f"{name}@example.org",
            password=hash_password(PASSWORD),
            role=role,
        )
        session.add(member)
        session.flush()
        people[name] = Asker(member.id, practice.id, member.name, member.is_owner)
    session.commit()
    return Cast(**people)
