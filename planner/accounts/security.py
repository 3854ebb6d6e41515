"""Flask-Security with the defaults that are too weak replaced, and the gate that every request passes.

Its own pages and addresses are not used: ours are in views.py. It hashes, signs, and knows who is signed in.
"""

from __future__ import annotations

from datetime import timedelta

from flask import Flask, current_app, make_response, redirect, request, session, url_for
from flask_security import Security, SQLAlchemyUserDatastore, current_user
from sqlalchemy import select
from werkzeug.wrappers import Response

from planner.accounts.links import local_path
from planner.accounts.models import Member, Practice
from planner.config import Settings
from planner.db import apart, db
from planner.web import errors
from planner.web.htmx import wants_fragment
from planner.web.sessions import MEMBER, StoredSessions

SETTINGS = {
    "SECURITY_PASSWORD_HASH": "argon2",
    "SECURITY_PASSWORD_SCHEMES": ["argon2"],
    "SECURITY_DEPRECATED_PASSWORD_SCHEMES": [],
    "SECURITY_HASHING_SCHEMES": ["sha256_crypt"],
    # Without a second secret beside the hash: a backup of the database must be enough to sign in again.
    "SECURITY_PASSWORD_SINGLE_HASH": True,
    # What OWASP asks for: 46 MiB, one pass.
    "SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS": {
        "argon2__type": "ID",
        "argon2__memory_cost": 47104,
        "argon2__time_cost": 1,
        "argon2__parallelism": 1,
    },
    "SECURITY_JOIN_USER_ROLES": False,
    "SECURITY_CLI_USERS_NAME": None,
    "SECURITY_CLI_ROLES_NAME": None,
    "SECURITY_DEFAULT_REMEMBER_ME": False,
    # It compares addresses, which change on a phone. Our cookies mean nothing without the stored session.
    "SESSION_PROTECTION": None,
}


def register(app: Flask) -> None:
    """Give `app` members, their sessions, and a gate in front of every page."""
    settings: Settings = app.extensions["settings"]
    app.config.update(SETTINGS)
    Security(app, SQLAlchemyUserDatastore(db, Member, None), register_blueprint=False)
    app.login_manager.request_loader(lambda _request: None)  # type: ignore[attr-defined]
    app.session_interface = StoredSessions(timedelta(hours=settings.session_hours))
    app.before_request(gate)


def gate() -> Response | None:
    """Static files, open pages and members pass. Everybody else is shown the way to sign in."""
    if request.endpoint == "static":
        return None
    if not has_practice():
        here = request.endpoint in ("accounts.set_up", "accounts.token")
        return None if here else redirect(url_for("accounts.set_up"), 303)
    view = current_app.view_functions.get(request.endpoint or "")
    if view is None or getattr(view, "is_public", False) or current_user.is_authenticated:
        return None
    session.pop(MEMBER, None)  # of somebody who was signed out elsewhere, or removed
    return _turned_away()


def _turned_away() -> Response:
    if request.method not in ("GET", "HEAD"):
        return errors.signed_out()
    if not wants_fragment():
        return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?")), 302)
    shown = request.headers.get("HX-Current-URL", "").partition("://")[2]
    back = local_path("/" + shown.partition("/")[2])
    answer = make_response("", 204)
    answer.headers["HX-Redirect"] = url_for("accounts.sign_in", next=back)
    return answer


def has_practice() -> bool:
    """Asked of the database until the answer is yes; a practice is never removed."""
    known = current_app.extensions.get("has_practice", False)
    if not known:
        with apart(write=False) as connection:
            known = connection.execute(select(Practice.id).limit(1)).first() is not None
        current_app.extensions["has_practice"] = known
    return bool(known)
