"""Forms of accounts: their shape and their messages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import EmailField, PasswordField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, ValidationError

from planner.accounts import email_address, passwords
from planner.accounts.passwords import Fault
from planner.text import has_words, one_line

NAME_LIMIT = 120
PAPERS = {"a4": _l("A4"), "letter": _l("US Letter")}
ROLES = {"counsellor": _l("Counsellor"), "owner": _l("Owner")}

_FAULTS = {
    Fault.SHORT: _l("Please use 12 characters or more. A few words in a row are easy to remember."),
    Fault.LONG: _l("Please use 200 characters or fewer."),
    Fault.REPEATED: _l("This repeats itself, which makes it easy to guess. Please choose another."),
    Fault.RUN: _l(
        "This follows the keys or the alphabet, which makes it easy to guess. Please choose another."
    ),
    Fault.PERSONAL: _l("This is your name, e-mail address or practice. Please choose something else."),
    Fault.COMMON: _l("Many people use this password, so it is easy to guess. Please choose another."),
}


def _choices(names: dict[str, Any]) -> list[SelectChoice]:
    return [SelectChoice(key, name) for key, name in names.items()]


def _line(text: str | None) -> str:
    return one_line(text or "")


def _address(text: str | None) -> str:
    return email_address.canonical(text or "")


def _words(_form: Any, field: Any) -> None:
    if not has_words(field.data):
        raise ValidationError(_l("Please fill this in."))


def _mailable(_form: Any, field: Any) -> None:
    if not email_address.is_address(field.data):
        raise ValidationError(_l("Please write an e-mail address, such as name@example.org."))


def _short(limit: int) -> Length:
    return Length(max=limit, message=_l("Please keep this under %(max)d characters."))


def _email(label: Any) -> EmailField:
    return EmailField(label, [_mailable], filters=[_address])


class NewPasswordMixin:
    """A form that sets a password. `personal` says what would be too close to the person."""

    password: PasswordField
    personal: Iterable[str] = ()

    def validate_password(self, field: PasswordField) -> None:
        """WTForms calls this for the field of that name."""
        wrong = passwords.fault(field.data or "", self.personal)
        if wrong is not None:
            raise ValidationError(_FAULTS[wrong])


class SetUpForm(NewPasswordMixin, FlaskForm):
    """The first practice and its owner."""

    token = StringField(_l("Set-up token"), [InputRequired(_l("Please fill this in."))])
    practice = StringField(_l("Name of the practice"), [_words, _short(NAME_LIMIT)], filters=[_line])
    name = StringField(_l("Your name"), [_words, _short(NAME_LIMIT)], filters=[_line])
    email = _email(_l("Your e-mail address"))
    password = PasswordField(_l("Password"))

    def validate(self, extra_validators: Any = None) -> bool:
        """The password is compared with what was typed beside it."""
        self.personal = (self.practice.data, self.name.data, self.email.data)
        return bool(super().validate(extra_validators))


class SignInForm(FlaskForm):
    """Who is it?"""

    email = _email(_l("E-mail address"))
    password = PasswordField(_l("Password"), [InputRequired(_l("Please fill this in."))])


class ForgottenForm(FlaskForm):
    """Where to send a reset link."""

    email = _email(_l("E-mail address"))


class ResetForm(NewPasswordMixin, FlaskForm):
    """A new password by a link."""

    password = PasswordField(_l("New password"))


class ChangePasswordForm(NewPasswordMixin, FlaskForm):
    """A new password in exchange for the present one."""

    current_password = PasswordField(_l("Present password"), [InputRequired(_l("Please fill this in."))])
    password = PasswordField(_l("New password"))


class JoinForm(NewPasswordMixin, FlaskForm):
    """What an invited person adds."""

    name = StringField(_l("Your name"), [_words, _short(NAME_LIMIT)], filters=[_line])
    password = PasswordField(_l("Password"))


class NameForm(FlaskForm):
    """A member's own name."""

    name = StringField(_l("Your name"), [_words, _short(NAME_LIMIT)], filters=[_line])


class PracticeForm(FlaskForm):
    """What the practice is called, and its paper."""

    name = StringField(_l("Name of the practice"), [_words, _short(NAME_LIMIT)], filters=[_line])
    paper = SelectField(_l("Paper"), choices=_choices(PAPERS))


class InviteForm(FlaskForm):
    """Whom to invite, and as what."""

    email = _email(_l("Their e-mail address"))
    role = SelectField(_l("Role"), choices=_choices(ROLES))


class RoleForm(FlaskForm):
    """Another role for a member."""

    role = SelectField(_l("Role"), choices=_choices(ROLES))


class ConfirmForm(FlaskForm):
    """Nothing but the form token: for buttons."""
