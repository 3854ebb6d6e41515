"""The practice and its members: inviting, roles, removing, leaving."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, update

from planner.accounts import mail, operations, queries, throttle
from planner.accounts.mail import Letter, Posted
from planner.accounts.models import Invitation, Member, Practice
from planner.config import Settings
from planner.db import db, now
from planner.errors import NotAllowed, NotFound, RuleBroken
from tests.accounts.people import NEW_PASSWORD, ask, cookie, is_signed_in, replay, shown_link
from tests.cast import PASSWORD, Cast
from tests.conftest import SignIn

INVITED = {"email": "New.Colleague@example.org", "role": "counsellor"}
JOINING = {"name": "New Colleague", "password": NEW_PASSWORD}


@pytest.fixture
def link(owner: FlaskClient) -> str:
    """An invitation that the owner copied."""
    return shown_link(owner.post("/invitations", data=INVITED).text)


def _member(app: Flask, email: str) -> Member:
    return ask(app, lambda s: s.scalars(select(Member).where(Member.email == email)).one())


class TestInviting:
    """An expiring link that works once."""

    def test_who_opens_the_link_becomes_a_member_of_that_practice(
        self, app: Flask, cast: Cast, link: str
    ) -> None:
        guest = app.test_client()
        page = guest.get(link)
        assert page.status_code == 200
        assert "Harbour Practice" in page.text
        assert "new.colleague@example.org" in page.text
        assert guest.post(link, data=JOINING).status_code == 303
        assert is_signed_in(guest)
        new = _member(app, "new.colleague@example.org")
        assert (new.practice_id, new.role, new.active) == (cast.owner.practice_id, "counsellor", True)

    def test_it_works_once(self, app: Flask, link: str) -> None:
        assert app.test_client().post(link, data=JOINING).status_code == 303
        assert app.test_client().get(link).status_code == 404
        assert app.test_client().post(link, data=JOINING).status_code == 404

    def test_it_works_once_even_when_pressed_twice_at_once(self, app: Flask, link: str) -> None:
        with ThreadPoolExecutor(4) as pool:
            codes = pool.map(lambda _: app.test_client().post(link, data=JOINING).status_code, range(4))
            assert sorted(codes) == [303, 404, 404, 404]

    def test_it_expires(self, app: Flask, link: str) -> None:
        with app.app_context():
            db.session.execute(update(Invitation).values(expires_at=now() - timedelta(seconds=1)))
            db.session.commit()
        assert app.test_client().get(link).status_code == 404
        assert app.test_client().post(link, data=JOINING).status_code == 404

    def test_it_can_be_withdrawn(self, app: Flask, owner: FlaskClient, link: str) -> None:
        invitation = ask(app, lambda s: s.scalars(select(Invitation)).one())
        assert owner.post(f"/invitations/{invitation.id}/withdraw").status_code == 303
        assert app.test_client().post(link, data=JOINING).status_code == 404

    def test_a_new_one_replaces_the_old(self, app: Flask, owner: FlaskClient, link: str) -> None:
        newer = shown_link(owner.post("/invitations", data=INVITED).text)
        assert app.test_client().get(link).status_code == 404
        assert app.test_client().get(newer).status_code == 200

    @pytest.mark.parametrize("end", ["remove", "role", "leave"])
    def test_it_ends_with_the_power_of_the_owner_who_made_it(
        self, app: Flask, cast: Cast, owner: FlaskClient, colleague: FlaskClient, link: str, end: str
    ) -> None:
        """Somebody who is sent away has no way back in their pocket."""
        owner.post(f"/members/{cast.colleague.id}/role", data={"role": "owner"})
        if end == "leave":
            assert owner.post("/account/leave").status_code == 303
        else:
            data = {"role": "counsellor"}
            assert colleague.post(f"/members/{cast.owner.id}/{end}", data=data).status_code == 303
        assert app.test_client().get(link).status_code == 404
        assert app.test_client().post(link, data=JOINING).status_code == 404

    def test_a_slow_mail_server_keeps_nobody_else_waiting(
        self, app: Flask, owner: FlaskClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """SQLite has room for one writer: it must not be one who waits for the mail."""

        def post(_settings: Settings, _letter: Letter) -> Posted:
            with closing(
                sqlite3.connect(app.extensions["settings"].folder / "planner.db", timeout=0)
            ) as other:
                other.execute("BEGIN IMMEDIATE")
            return Posted.SENT

        monkeypatch.setattr(mail, "post", post)
        assert owner.post("/invitations", data=INVITED).status_code == 200

    def test_the_database_holds_no_link(self, app: Flask, link: str) -> None:
        row = ask(app, lambda s: s.scalars(select(Invitation)).one())
        assert row.token_hash not in link
        assert app.test_client().get(f"/join/{row.token_hash}").status_code == 404

    def test_the_page_lists_it_without_the_link(self, owner: FlaskClient, link: str) -> None:
        text = owner.get("/practice").text
        assert "new.colleague@example.org" in text
        assert link.rpartition("/")[2] not in text

    def test_the_e_mail_address_is_fixed(self, app: Flask, link: str) -> None:
        app.test_client().post(link, data=JOINING | {"email": "other@example.org"})
        assert _member(app, "new.colleague@example.org").active

    @pytest.mark.parametrize("email", ["owner@example.org", "OUTSIDER@example.org"])
    def test_an_address_that_is_in_use_is_named_beside_the_field(
        self, owner: FlaskClient, email: str
    ) -> None:
        answer = owner.post("/invitations", data=INVITED | {"email": email})
        assert answer.status_code == 422
        assert 'id="email-error"' in answer.text

    @pytest.mark.parametrize(
        "change",
        [
            {"email": "nobody"},
            {"email": "a@b.org\r\nBcc: c@d.org"},
            {"email": "a@b.org, c@d.org"},
            {"email": "x" * 250 + "@b.org"},
            {"role": "admin"},
            {"role": ""},
        ],
    )
    def test_what_does_not_fit_makes_no_invitation(
        self, app: Flask, owner: FlaskClient, change: dict[str, str]
    ) -> None:
        assert owner.post("/invitations", data=INVITED | change).status_code == 422
        assert ask(app, lambda s: s.scalar(select(func.count()).select_from(Invitation))) == 0

    @pytest.mark.parametrize(
        "change",
        [
            {"name": ""},
            {"name": "\u2060\x00"},
            {"name": "x" * 121},
            {"password": "short"},
            {"password": "password1234"},
            {"password": "new.colleague1"},
        ],
    )
    def test_a_joining_that_does_not_fit_keeps_the_link(
        self, app: Flask, link: str, change: dict[str, str]
    ) -> None:
        guest = app.test_client()
        assert guest.post(link, data=JOINING | change).status_code == 422
        assert guest.post(link, data=JOINING).status_code == 303

    def test_names_are_kept_clean(self, app: Flask, link: str) -> None:
        app.test_client().post(link, data=JOINING | {"name": " Zoe\u0308 \x00\n\u2028 Lake\x1b "})
        assert _member(app, "new.colleague@example.org").name == "Zo\u00eb Lake"

    def test_guessing_links_is_throttled(self, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(throttle.LIMITS, "link", throttle.Limits(9, 2, 9))
        guest = app.test_client()
        codes = [guest.post("/join/guess", data=JOINING).status_code for _ in range(3)]
        assert codes == [404, 404, 429]
        assert guest.get("/join/guess").status_code == 429
        assert guest.get("/reset/guess").status_code == 429

    def test_counsellors_do_not_invite(self, app: Flask, colleague: FlaskClient) -> None:
        assert colleague.post("/invitations", data=INVITED).status_code == 403
        assert ask(app, lambda s: s.scalar(select(func.count()).select_from(Invitation))) == 0


class TestRoles:
    """There is always an owner."""

    def test_a_colleague_can_become_an_owner_and_then_the_first_can_leave(
        self, owner: FlaskClient, colleague: FlaskClient, cast: Cast
    ) -> None:
        assert owner.post("/account/leave").status_code == 422
        answer = owner.post(f"/members/{cast.colleague.id}/role", data={"role": "owner"})
        assert answer.status_code == 303
        assert owner.post("/account/leave").status_code == 303
        assert not is_signed_in(owner)
        assert colleague.post("/invitations", data=INVITED).status_code == 200

    def test_the_last_owner_stays_owner_and_the_page_says_why(
        self, app: Flask, owner: FlaskClient, cast: Cast
    ) -> None:
        for path, data in (("role", {"role": "counsellor"}), ("remove", {})):
            answer = owner.post(f"/members/{cast.owner.id}/{path}", data=data)
            assert answer.status_code == 422
            assert "A practice needs an owner" in answer.text
        assert _member(app, "owner@example.org").role == "owner"
        assert is_signed_in(owner)

    def test_two_owners_who_leave_at_once_do_not_both_leave(self, cast: Cast, signed_in: SignIn) -> None:
        signed_in("owner").post(f"/members/{cast.colleague.id}/role", data={"role": "owner"})
        both = [signed_in("owner"), signed_in("colleague")]
        with ThreadPoolExecutor(2) as pool:
            codes = sorted(pool.map(lambda one: one.post("/account/leave").status_code, both))
        assert codes == [303, 422]

    @pytest.mark.parametrize("role", ["", "admin", "\x00"])
    def test_other_roles_do_not_exist(self, app: Flask, owner: FlaskClient, cast: Cast, role: str) -> None:
        assert owner.post(f"/members/{cast.colleague.id}/role", data={"role": role}).status_code == 422
        assert _member(app, "colleague@example.org").role == "counsellor"


class TestRemoving:
    """Removed members are out at their next request; what they made stays."""

    def test_every_cookie_ends(
        self, app: Flask, owner: FlaskClient, colleague: FlaskClient, cast: Cast
    ) -> None:
        stolen = cookie(colleague)
        assert owner.get(f"/members/{cast.colleague.id}/remove").status_code == 200
        assert is_signed_in(colleague)
        assert owner.post(f"/members/{cast.colleague.id}/remove").status_code == 303
        assert not is_signed_in(colleague)
        assert not is_signed_in(replay(app, stolen))
        answer = app.test_client().post(
            "/sign-in", data={"email": "colleague@example.org", "password": PASSWORD}
        )
        assert answer.status_code == 422

    def test_they_are_listed_no_more(self, owner: FlaskClient, cast: Cast) -> None:
        owner.post(f"/members/{cast.colleague.id}/remove")
        assert owner.get(f"/members/{cast.colleague.id}/remove").status_code == 404
        assert f"member-{cast.colleague.id}" not in owner.get("/practice").text

    def test_who_is_invited_again_is_the_same_member(
        self, app: Flask, owner: FlaskClient, cast: Cast
    ) -> None:
        owner.post(f"/members/{cast.colleague.id}/remove")
        answer = owner.post("/invitations", data=INVITED | {"email": "colleague@example.org"})
        back = app.test_client()
        assert back.post(shown_link(answer.text), data=JOINING).status_code == 303
        assert _member(app, "colleague@example.org").id == cast.colleague.id

    def test_but_not_in_another_practice(
        self, app: Flask, owner: FlaskClient, outsider: FlaskClient, cast: Cast
    ) -> None:
        owner.post(f"/members/{cast.colleague.id}/remove")
        answer = outsider.post("/invitations", data=INVITED | {"email": "colleague@example.org"})
        assert app.test_client().post(shown_link(answer.text), data=JOINING).status_code == 303
        new = _member(app, "colleague@example.org")
        assert new.id != cast.colleague.id
        assert new.practice_id == cast.outsider.practice_id

    def test_an_earlier_reset_link_is_worth_nothing(self, app: Flask, owner: FlaskClient, cast: Cast) -> None:
        link = shown_link(owner.post(f"/members/{cast.colleague.id}/reset-link").text)
        owner.post(f"/members/{cast.colleague.id}/remove")
        assert app.test_client().get(link).status_code == 404


class TestOthers:
    """Members of another practice find nothing; counsellors change nothing."""

    def test_strangers_get_404(
        self, app: Flask, owner: FlaskClient, outsider: FlaskClient, cast: Cast
    ) -> None:
        owner.post("/invitations", data=INVITED)
        invitation = ask(app, lambda s: s.scalars(select(Invitation)).one())
        before = _everything(app)
        for path in (
            f"/members/{cast.colleague.id}/role",
            f"/members/{cast.colleague.id}/remove",
            f"/members/{cast.colleague.id}/reset-link",
            f"/invitations/{invitation.id}/withdraw",
        ):
            assert outsider.post(path, data={"role": "owner"}).status_code == 404, path
        assert outsider.get(f"/members/{cast.colleague.id}/remove").status_code == 404
        assert _everything(app) == before

    def test_counsellors_get_403(self, app: Flask, colleague: FlaskClient, cast: Cast) -> None:
        before = _everything(app)
        for path in ("role", "remove", "reset-link"):
            answer = colleague.post(f"/members/{cast.owner.id}/{path}", data={"role": "counsellor"})
            assert answer.status_code == 403, path
        assert colleague.post("/practice", data={"name": "Mine", "paper": "a4"}).status_code == 403
        assert _everything(app) == before

    def test_everybody_else_is_asked_to_sign_in(self, app: Flask, cast: Cast) -> None:
        visitor, before = app.test_client(), _everything(app)
        for path in (f"/members/{cast.colleague.id}/remove", "/practice", "/invitations"):
            assert visitor.post(path, data=INVITED).status_code == 401
        assert _everything(app) == before

    def test_the_page_shows_only_ones_own_practice(self, outsider: FlaskClient) -> None:
        text = outsider.get("/practice").text
        assert "Meadow Rooms" in text
        assert "Harbour" not in text
        assert "colleague@example.org" not in text

    def test_below_the_web_the_same_rules_hold(self, app: Flask, cast: Cast) -> None:
        with app.app_context():
            with pytest.raises(NotFound):
                queries.member(db.session, cast.outsider, cast.owner.id)
            with pytest.raises(NotFound):
                operations.remove(db.session, cast.outsider, cast.colleague.id)
            with pytest.raises(NotAllowed):
                operations.remove(db.session, cast.colleague, cast.owner.id)
            with pytest.raises(RuleBroken):
                operations.leave(db.session, cast.owner)


class TestDetails:
    """What stands on handouts, and one's own name."""

    def test_the_owner_changes_them(self, app: Flask, owner: FlaskClient, cast: Cast) -> None:
        data = {"name": " Harbour  Rooms \x00", "paper": "letter"}
        assert owner.post("/practice", data=data).status_code == 303
        found = ask(app, lambda s: s.get_one(Practice, cast.owner.practice_id))
        assert (found.name, found.paper) == ("Harbour Rooms", "letter")

    @pytest.mark.parametrize("change", [{"name": ""}, {"name": "x" * 121}, {"paper": "a3"}])
    def test_what_does_not_fit_is_shown_again(self, owner: FlaskClient, change: dict[str, str]) -> None:
        data = {"name": "Kept as typed", "paper": "a4"} | change
        answer = owner.post("/practice", data=data)
        assert answer.status_code == 422
        if "name" not in change:
            assert "Kept as typed" in answer.text

    def test_a_counsellor_sees_them(self, colleague: FlaskClient) -> None:
        text = colleague.get("/practice").text
        assert "01632 960 001" in text
        assert "<select" not in text

    def test_a_member_changes_their_own_name(self, app: Flask, colleague: FlaskClient) -> None:
        assert colleague.post("/account", data={"name": "Robin"}).status_code == 303
        assert _member(app, "colleague@example.org").name == "Robin"
        assert colleague.post("/account", data={"name": ""}).status_code == 422


def _everything(app: Flask) -> list[object]:
    return ask(
        app,
        lambda s: [
            *s.execute(
                select(Member.id, Member.role, Member.active, Member.fs_uniquifier).order_by(Member.id)
            ),
            *s.execute(select(Invitation.id).order_by(Invitation.id)),
            *s.execute(select(Practice.name).order_by(Practice.id)),
        ],
    )
