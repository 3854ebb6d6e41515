"""The forms that put an exercise into a plan, and that keep a filter by name."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, SelectField, StringField
from wtforms.validators import DataRequired, Length, ValidationError

from planner.library.finding.facets import NAME_LIMIT
from planner.text import has_words, one_line

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


class SaveFilterForm(FlaskForm):
    """What a filter is to be called, and the id of the one that it may replace."""

    name = StringField(
        _l("Name"),
        [
            DataRequired(_l("Please give it a name.")),
            Length(max=NAME_LIMIT, message=_l("Please keep the name under %(max)d characters.")),
        ],
        filters=[lambda text: one_line(text or "")],
        id="filter-name",
    )
    replacing = HiddenField(id="filter-replacing")

    def validate_name(self, field: StringField) -> None:
        if not has_words(field.data or ""):
            raise ValidationError(_("Please give it a name."))
