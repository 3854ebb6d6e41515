"""Who asks, and which pages may be seen without signing in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from flask_security import current_user

from planner.accounts.models import Member
from planner.errors import NotAllowed
from planner.who import Asker

View = TypeVar("View", bound=Callable[..., Any])


def public(view: View) -> View:
    """Mark a view as open to people who are not signed in. Everything else needs a member."""
    view.is_public = True  # type: ignore[attr-defined]
    return view


def member() -> Member:
    """The member who asks. Only for views behind sign-in."""
    return cast(Member, current_user._get_current_object())


def asker() -> Asker:
    """The member who asks, as a value for queries and operations."""
    asking = member()
    return Asker(asking.id, asking.practice_id, asking.name, asking.is_owner)


def owner() -> Member:
    """The member who asks, if they own the practice. Raises NotAllowed."""
    asking = member()
    if not asking.is_owner:
        raise NotAllowed("Only an owner of the practice can do this.")
    return asking
