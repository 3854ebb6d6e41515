"""The forms of a plan's history."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import DataRequired, Length

from planner.text import one_line

NAME_LIMIT = 80


class NameForm(FlaskForm):
    """What a version is called, so that one finds it again."""

    name = StringField(
        _l("Name of this version"),
        [
            DataRequired(_l("Please give it a name.")),
            Length(max=NAME_LIMIT, message=_l("Please keep the name under %(max)d characters.")),
        ],
        filters=[lambda text: one_line(text or "")],
    )
