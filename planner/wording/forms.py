"""The forms of the remarks: their shape and their messages."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import AnyOf, DataRequired, Regexp

# As long as any text of ours; what comes after it is not looked at.
LIMIT = 6000


class CheckForm(FlaskForm):
    """A text as it stands in a field, and the field's id."""

    text = StringField()
    # It becomes part of ids in the answer.
    field = StringField(validators=[Regexp(r"\A[A-Za-z][\w-]{0,80}\Z")])


class LeaveForm(FlaskForm):
    """The mark of a remark to be left."""

    mark = StringField(validators=[Regexp(r"\A[0-9a-f]{64}\Z", message=_l("Please choose a remark."))])


class UseForm(LeaveForm):
    """A remark on a plan, with where it stands: a step's id or "" for the head, and the name of the field."""

    segment = StringField()
    field = StringField(validators=[DataRequired()])


class SwitchForm(FlaskForm):
    """On (1) or off (0)."""

    on = StringField(validators=[AnyOf(["0", "1"])])
