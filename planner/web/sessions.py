"""Sessions on the server: a cookie that was copied is worth nothing once its member has signed out.

A member's cookie is a random token, and the table holds only its hash, beside what the session holds, sealed:
what was just done is said on the next page, in the words of a plan. Visitors who have not signed in have
nothing that is worth stealing, only a form token, so theirs stands in a signed cookie: looking at the sign-in
page writes nothing to the database.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any

import flask
from flask import Flask, Request, Response, current_app, request
from flask.json.tag import TaggedJSONSerializer
from flask.sessions import SecureCookieSession, SessionInterface, SessionMixin
from itsdangerous import BadSignature, URLSafeTimedSerializer
from sqlalchemy import delete, insert, select, update

from planner.accounts.models import StoredSession
from planner.db import apart, now
from planner.sealing import Keyring, SealBroken

# Where Flask-Login keeps the member. A session that has it belongs to somebody.
MEMBER = "_user_id"
TOUCH = timedelta(minutes=5)

_json = TaggedJSONSerializer()


def digest(token: str) -> str:
    """What the database keeps of a token. Tokens are random, so a plain hash cannot be guessed back."""
    return hashlib.sha256(token.encode()).hexdigest()


class Session(SecureCookieSession):
    """A session, and what it was when the request began."""

    def __init__(
        self, data: dict[str, Any] | None = None, token: str = "", expires_at: datetime | None = None
    ) -> None:
        super().__init__(data)
        self.token = token
        self.expires_at = expires_at
        self.member_at_start = self.get(MEMBER)
        self.is_renewed = False


def renew() -> None:
    """Empty this request's session and give it a new token: somebody is about to be signed in."""
    own = flask.session
    own.clear()
    own.is_renewed = True  # type: ignore[attr-defined]


class StoredSessions(SessionInterface):
    """Members' sessions in the table, visitors' in a signed cookie."""

    def __init__(self, lifetime: timedelta) -> None:
        self.lifetime = lifetime

    def open_session(self, app: Flask, request: Request) -> Session:
        """The session that the cookie names, or a new one. Static files need none."""
        cookie = request.cookies.get(self.get_cookie_name(app), "")
        if not cookie or _is_for_file(app, request):
            return Session()
        return self._visitor(app, cookie) if "." in cookie else _read(cookie)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Keep what changed. What the view has not committed by now is given up (see `apart`)."""
        if not isinstance(session, Session):
            raise TypeError("not a session that this interface opened")
        if _is_for_file(app, request):
            return  # the page that says that a file is missing: its session is nobody's
        member = session.get(MEMBER)
        if session.modified or self._is_due(session):
            response.vary.add("Cookie")
            if member is None:
                self._save_visitor(app, session, response)
            elif session.is_renewed or member != session.member_at_start:
                self._begin(app, session, response)
            else:
                _update(session, now() + self.lifetime)

    def _is_due(self, session: Session) -> bool:
        """A session lives on while it is used, but not every request should write that down."""
        return session.expires_at is not None and session.expires_at - now() < self.lifetime - TOUCH

    def _begin(self, app: Flask, session: Session, response: Response) -> None:
        """Somebody signed in: a new token, so that one planted before is worth nothing."""
        token = secrets.token_urlsafe(32)
        with apart(write=True) as connection:
            connection.execute(
                delete(StoredSession).where(
                    (StoredSession.expires_at <= now()) | (StoredSession.token_hash == digest(session.token))
                )
            )
            connection.execute(
                insert(StoredSession).values(
                    token_hash=digest(token), data=_seal(session, token), expires_at=now() + self.lifetime
                )
            )
        self._set_cookie(app, response, token)

    def _visitor(self, app: Flask, cookie: str) -> Session:
        try:
            data = self._signer(app).loads(cookie, max_age=int(self.lifetime.total_seconds()))
        except BadSignature:
            return Session()
        return Session() if MEMBER in data else Session(data)

    def _save_visitor(self, app: Flask, session: Session, response: Response) -> None:
        if session.token:
            with apart(write=True) as connection:
                connection.execute(
                    delete(StoredSession).where(StoredSession.token_hash == digest(session.token))
                )
        self._set_cookie(app, response, str(self._signer(app).dumps(dict(session))))

    def _signer(self, app: Flask) -> URLSafeTimedSerializer:
        return URLSafeTimedSerializer(
            str(app.secret_key),
            salt="visitor",
            serializer=_json,
            signer_kwargs={"digest_method": hashlib.sha256},
        )

    def _set_cookie(self, app: Flask, response: Response, value: str) -> None:
        response.set_cookie(
            self.get_cookie_name(app),
            value,
            path="/",
            secure=self.get_cookie_secure(app),
            httponly=True,
            samesite=self.get_cookie_samesite(app),
        )


def _is_for_file(app: Flask, request: Request) -> bool:
    return request.path.startswith(f"{app.static_url_path}/")


def _keyring() -> Keyring:
    keyring: Keyring = current_app.extensions["keyring"]
    return keyring


def _place(token: str) -> str:
    return f"stored_session/data/{digest(token)}"


def _seal(session: Session, token: str) -> bytes:
    return _keyring().seal(_json.dumps(dict(session)), _place(token))


def _read(token: str) -> Session:
    query = select(StoredSession.data, StoredSession.expires_at).where(
        StoredSession.token_hash == digest(token), StoredSession.expires_at > now()
    )
    with apart(write=False) as connection:
        row = connection.execute(query).one_or_none()
    if row is None:
        return Session()
    try:
        return Session(_json.loads(_keyring().open(row.data, _place(token))), token, row.expires_at)
    except SealBroken:
        return Session()


def _update(session: Session, expires_at: datetime) -> None:
    """Write to the row that is there. One that was ended meanwhile stays ended."""
    with apart(write=True) as connection:
        connection.execute(
            update(StoredSession)
            .where(StoredSession.token_hash == digest(session.token))
            .values(data=_seal(session, session.token), expires_at=expires_at)
        )
