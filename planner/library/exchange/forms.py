"""The form that takes exercise files."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, HiddenField


class ImportForm(FlaskForm):
    """The upload, who shall see what is new in it, and what was shown of it before (`seen`)."""

    file = FileField(_l("File"), [FileRequired(_l("Please choose a file first."))])
    shared = BooleanField(_l("Share what is new with my practice"))
    seen = HiddenField()
