"""Pages of accounts: the first start, signing in, oneself, the practice and its members."""

from __future__ import annotations

from datetime import timedelta

from flask import (
    Blueprint,
    Response,
    current_app,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_security import current_user
from flask_wtf import FlaskForm
from flask_wtf.csrf import generate_csrf
from werkzeug.wrappers import Response as BaseResponse

from planner.accounts import attempts, credentials, forms, letters, links, mail, operations, queries, setup
from planner.accounts.access import asker, member, owner, public
from planner.accounts.models import Member
from planner.accounts.security import has_practice
from planner.accounts.throttle import TooMany
from planner.config import Settings
from planner.db import db, now
from planner.diary import operations as diary
from planner.errors import NotAllowed, NotFound, RuleBroken
from planner.web.htmx import go

bp = Blueprint("accounts", __name__)


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings


def _page(template: str, code: int = 200, **context: object) -> Response:
    return make_response(render_template(f"accounts/{template}.html", **context), code)


def _too_often(form: FlaskForm, error: TooMany) -> FlaskForm:
    """The form as it was typed, and how long to wait."""
    form.form_errors.append(
        ngettext(
            "That was tried too often. Please wait %(num)d minute, then try again.",
            "That was tried too often. Please wait %(num)d minutes, then try again.",
            error.minutes,
        )
    )
    return form


# The first start


@bp.route("/set-up", methods=["GET", "POST"])
@public
def set_up() -> BaseResponse:
    """The first practice, for whoever holds the token that the start printed."""
    if has_practice():
        return redirect(url_for("accounts.sign_in"))
    form = forms.SetUpForm()
    if not form.validate_on_submit():
        return _page("set_up", 422 if form.is_submitted() else 200, form=form)
    try:
        attempts.count("set-up")
    except TooMany as error:
        return _page("set_up", 429, form=_too_often(form, error))
    if not setup.is_setup_token(_settings().folder, form.token.data):
        form.token.errors.append(_("This is not the token that was printed at the start."))
        return _page("set_up", 422, form=form)
    return _found(form)


def _found(form: forms.SetUpForm) -> BaseResponse:
    password_hash = credentials.hashed(form.password.data)
    new = operations.set_up(
        db.session,
        practice=form.practice.data,
        name=form.name.data,
        email=form.email.data,
        password_hash=password_hash,
    )
    db.session.commit()
    setup.spend(_settings().folder)
    credentials.begin_session(new)
    return redirect(url_for("plans.home"), 303)


# Signing in and out


@bp.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> BaseResponse:
    """By e-mail address and password; then to where one was going."""
    form, back = forms.SignInForm(), links.local_path(request.args.get("next")) or url_for("plans.home")
    if not form.is_submitted():
        return redirect(back) if current_user.is_authenticated else _page("sign_in", form=form)
    if not form.validate():
        return _page("sign_in", 422, form=form)
    try:
        attempts.count("sign-in", form.email.data)
    except TooMany as error:
        return _page("sign_in", 429, form=_too_often(form, error))
    known = credentials.recognise(form.email.data, form.password.data)
    if known is None:
        form.form_errors.append(_("This e-mail address and password do not belong together."))
        return _page("sign_in", 422, form=form)
    attempts.forgive("sign-in", form.email.data)
    credentials.begin_session(db.session.get_one(Member, known))
    return redirect(back, 303)


@bp.post("/sign-out")
@public
def sign_out() -> BaseResponse:
    """On every device: what was left open elsewhere is closed too."""
    if current_user.is_authenticated:
        operations.end_sessions(member())
        db.session.commit()
    credentials.end_session()
    return go(url_for("accounts.sign_in"), _("You are signed out, on every device."))


@bp.get("/token")
@public
def token() -> Response:
    """The form token of the present session, for a page that was open while the session changed."""
    response = make_response(generate_csrf())
    response.mimetype = "text/plain"
    return response


# A forgotten password


@bp.route("/forgotten", methods=["GET", "POST"])
@public
def forgotten() -> Response:
    """Mail a reset link. The answer is the same for every address."""
    form = forms.ForgottenForm()
    if not form.validate_on_submit():
        return _page("forgotten", 422 if form.is_submitted() else 200, form=form)
    try:
        attempts.count("reset", form.email.data)
    except TooMany as error:
        return _page("forgotten", 429, form=_too_often(form, error))
    known = queries.by_email(db.session, form.email.data)
    if known is not None:
        link = links.by_mail(_settings(), "accounts.reset", token=credentials.reset_token(known))
        mail.post_later(_settings(), letters.reset(_settings(), known.email, link))
    return _page("forgotten_sent", email=form.email.data)


@bp.route("/reset/<token>", methods=["GET", "POST"])
@public
def reset(token: str) -> BaseResponse:
    """A new password by a link that works once."""
    form = forms.ResetForm()
    try:
        (attempts.count if form.is_submitted() else attempts.check)("link")
        found = _by_reset_token(token)
    except TooMany as error:
        return _page("reset", 429, form=_too_often(form, error), email="")
    except NotFound:
        return _page("link_gone", 404, kind="reset")
    form.personal = (found.email, found.name, found.practice.name)
    if not form.validate_on_submit():
        return _page("reset", 422 if form.is_submitted() else 200, form=form, email=found.email)
    operations.set_password(found, credentials.hashed(form.password.data))
    db.session.commit()
    attempts.forgive("link")
    return go(url_for("accounts.sign_in"), _("Your new password is set. Please sign in with it."))


def _by_reset_token(token: str) -> Member:
    uniquifier = credentials.read_reset_token(token, timedelta(hours=_settings().reset_hours))
    if uniquifier is None:
        raise NotFound
    return queries.by_uniquifier(db.session, uniquifier)


# Joining by invitation


@bp.route("/join/<token>", methods=["GET", "POST"])
@public
def join(token: str) -> BaseResponse:
    """An invited person adds a name and a password, and is a member."""
    form = forms.JoinForm()
    try:
        (attempts.count if form.is_submitted() else attempts.check)("link")
        invited, practice = queries.invitation_by_hash(db.session, operations.token_hash(token), now())
    except TooMany as error:
        return _page("join", 429, form=_too_often(form, error), invited=None, practice=None)
    except NotFound:
        return _page("link_gone", 404, kind="join")
    form.personal = (invited.email, form.name.data or "", practice.name)
    if not form.validate_on_submit():
        code = 422 if form.is_submitted() else 200
        return _page("join", code, form=form, invited=invited, practice=practice)
    password_hash = credentials.hashed(form.password.data)
    new = operations.join(db.session, token, name=form.name.data, password_hash=password_hash, at=now())
    db.session.commit()
    attempts.forgive("link")
    credentials.begin_session(new)
    return go(url_for("plans.home"), _("Welcome to %(practice)s.", practice=new.practice.name))


# Oneself


@bp.route("/account", methods=["GET", "POST"])
def account() -> BaseResponse:
    """A member's own name, and the ways to password, leaving and signing out."""
    form = forms.NameForm(obj=member())
    if not form.validate_on_submit():
        return _page("account", 422 if form.is_submitted() else 200, form=form)
    operations.rename(db.session, asker(), form.name.data)
    db.session.commit()
    return go(url_for("accounts.account"), _("Your name is saved."))


@bp.route("/change-password", methods=["GET", "POST"])
def change_password() -> BaseResponse:
    """The present password for a new one. This browser stays signed in, every other one does not."""
    form = forms.ChangePasswordForm()
    form.personal = (member().email, member().name, member().practice.name)
    if not form.validate_on_submit():
        return _page("change_password", 422 if form.is_submitted() else 200, form=form)
    try:
        attempts.count("password", member().id)
    except TooMany as error:
        return _page("change_password", 429, form=_too_often(form, error))
    if not credentials.is_password_of(member(), form.current_password.data):
        form.current_password.errors.append(_("This is not your present password."))
        return _page("change_password", 422, form=form)
    attempts.forgive("password", member().id)
    operations.set_password(member(), credentials.hashed(form.password.data))
    db.session.commit()
    credentials.begin_session(member())
    return go(url_for("accounts.account"), _("Your password is changed. Other devices are signed out."))


@bp.route("/account/leave", methods=["GET", "POST"])
def leave() -> BaseResponse:
    """What leaving means, and then leaving."""
    form = forms.ConfirmForm()
    if not form.validate_on_submit():
        return _page("leave", fault="")
    practice = member().practice.name
    try:
        operations.leave(db.session, asker())
    except RuleBroken as error:
        return _page("leave", 422, fault=str(error))
    diary.end(db.session, asker(), asker().id)
    db.session.commit()
    credentials.end_session()
    return go(url_for("accounts.sign_in"), _("You have left %(practice)s.", practice=practice))


# The practice and its members


@bp.get("/members")
def members() -> BaseResponse:
    """Members stand on the practice's page."""
    return redirect(url_for("accounts.practice", _anchor="members"))


@bp.route("/practice", methods=["GET", "POST"])
def practice() -> BaseResponse:
    """What the practice is called, who is here, and who is invited. Owners change it."""
    if request.method != "POST":
        return _practice()
    form = forms.PracticeForm(obj=owner().practice)
    if not form.validate_on_submit():
        return _practice(422, details=form)
    operations.describe_practice(db.session, asker(), name=form.name.data, paper=form.paper.data)
    db.session.commit()
    return go(url_for("accounts.practice"), _("The practice's details are saved."))


def _practice(
    code: int = 200,
    *,
    details: forms.PracticeForm | None = None,
    invite: forms.InviteForm | None = None,
    fault: tuple[str, str] = ("", ""),
) -> Response:
    """The page. `fault`: the id of a member, and why what was asked for them cannot be done."""
    asking, found = asker(), queries.practice(db.session, asker())
    return _page(
        "practice",
        code,
        asker=asking,
        practice=found,
        members=queries.members(db.session, asking),
        invitations=queries.invitations(db.session, asking, now()) if asking.is_owner else [],
        details=details or forms.PracticeForm(None, obj=found, prefix=""),
        invite=invite or forms.InviteForm(None),
        roles=forms.ROLES,
        papers=forms.PAPERS,
        has_mail=bool(_settings().smtp_host),
        fault=fault,
    )


@bp.post("/invitations")
def invite() -> BaseResponse:
    """Make a link for one person. It is shown now and never again, so this answers with a page of its own."""
    form = forms.InviteForm()
    if not form.validate_on_submit():
        return _practice(422, invite=form)
    settings, lifetime = _settings(), timedelta(days=_settings().invitation_days)
    expires_at = now() + lifetime
    try:
        token = operations.invite(
            db.session, asker(), email=form.email.data, role=form.role.data, at=now(), lifetime=lifetime
        )
    except operations.AddressTaken as error:
        form.email.errors.append(str(error))
        return _practice(422, invite=form)
    link = links.here("accounts.join", token=token)
    letter = letters.invitation(form.email.data, member().name, member().practice.name, link, expires_at)
    db.session.commit()  # the last word with the database: nobody waits for it while the mail is sent
    posted = mail.post(settings, letter)
    return _page("invited", email=form.email.data, link=link, expires_at=expires_at, posted=posted.value)


@bp.post("/invitations/<invitation_id>/withdraw")
def withdraw(invitation_id: str) -> BaseResponse:
    """The link stops working at once."""
    email = operations.withdraw(db.session, asker(), invitation_id)
    db.session.commit()
    return go(url_for("accounts.practice"), _("The invitation of %(email)s is withdrawn.", email=email))


@bp.post("/members/<member_id>/role")
def change_role(member_id: str) -> BaseResponse:
    """Owner or counsellor."""
    form = forms.RoleForm()
    if not form.validate_on_submit():
        return _practice(422, fault=(member_id, _("Please choose from the list.")))
    try:
        changed = operations.change_role(db.session, asker(), member_id, form.role.data)
    except RuleBroken as error:
        return _practice(422, fault=(member_id, str(error)))
    db.session.commit()
    role = forms.ROLES[changed.role]
    return go(
        url_for("accounts.practice"), _("%(name)s now has the role: %(role)s.", name=changed.name, role=role)
    )


@bp.route("/members/<member_id>/remove", methods=["GET", "POST"])
def remove(member_id: str) -> BaseResponse:
    """What removing means, and then removing."""
    found = queries.member(db.session, asker(), member_id)
    owner()
    if not forms.ConfirmForm().validate_on_submit():
        return _page("remove", member=found, fault="")
    try:
        operations.remove(db.session, asker(), member_id)
    except RuleBroken as error:
        return _page("remove", 422, member=found, fault=str(error))
    diary.end(db.session, asker(), member_id)
    db.session.commit()
    return go(url_for("accounts.practice"), _("%(name)s is no longer a member.", name=found.name))


@bp.post("/members/<member_id>/reset-link")
def reset_link(member_id: str) -> BaseResponse:
    """A reset link for an owner to hand over, only where there is no mail server to send it.

    Who holds it can sign in as that member, so with mail it goes to the member and nobody else.
    """
    found = queries.member(db.session, asker(), member_id)
    owner()
    if _settings().smtp_host:
        raise NotAllowed(
            _("The member can ask for a link by mail: “I forgot my password”, on the page for signing in.")
        )
    link = links.here("accounts.reset", token=credentials.reset_token(found))
    return _page("reset_link", name=found.name, link=link, hours=_settings().reset_hours)
