"""The form that puts an exercise into a plan."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectField
from wtforms.validators import ValidationError

NEW_PLAN = "new"


class _Offered:
    """Says in our words that a choice is not, or no longer, on the list."""

    def pre_validate(self, form: Any) -> None:
        try:
            super().pre_validate(form)  # type: ignore[misc]
        except ValueError as error:
            raise ValidationError(_("Please choose from the list.")) from error


class _Select(_Offered, SelectField):
    pass


class _Radio(_Offered, RadioField):
    pass


class AddToPlanForm(FlaskForm):
    """Which plan, which part of it, and the full or the short form. The view fills in the choices."""

    plan = _Select(_l("Plan"))
    part = _Select(_l("Part of the session"))
    length = _Radio(_l("Form"), default="full")
