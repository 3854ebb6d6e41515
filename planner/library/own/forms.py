"""The form of a private note."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import Length

from planner.library.own.notes import LIMIT
from planner.text import clean


class NoteForm(FlaskForm):
    """A member's own note on an exercise; nothing in it takes the note away."""

    note = TextAreaField(
        _l("My note"),
        [Length(max=LIMIT, message=_l("Please keep this under %(max)d characters."))],
        filters=[lambda text: clean(text or "")],
    )
