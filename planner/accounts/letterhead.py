"""The form of the practice's letterhead: what fits on paper, and what a logo may be."""

from __future__ import annotations

from contextlib import closing
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import Length, ValidationError

from planner.handouts.letterhead.accent import can_be_read, nearest, read_colour
from planner.handouts.letterhead.logo import FILE_LIMIT, Logo, checked
from planner.handouts.letterhead.refused import LogoRefused
from planner.text import clean, one_line

# What has room at the head and at the foot of a page.
LINES, LINE_LIMIT, FOOTER_LIMIT = 3, 60, 80

_REFUSALS = {
    "empty": _l("There is nothing in this file. Please choose another."),
    "large": _l("This file is larger than 300 kB. Please save the logo smaller, and choose it again."),
    "kind": _l(
        "This is neither a PNG nor an SVG, whatever its name says. Please save the logo as one of them."
    ),
    "pixels": _l("This picture is very large. Please make it at most 2,000 pixels wide and high."),
    "broken": _l("This file cannot be read to its end. Please save the logo once more, and choose it again."),
    "unseen": _l(
        "This logo is white or nearly white, so it would not be seen on paper. Please choose a dark one."
    ),
    "entities": _l("This drawing holds abbreviations of its own. Please save it as “plain SVG”, or as PNG."),
    "script": _l("This drawing holds a script, which is not safe. Please save it as “plain SVG”, or as PNG."),
    "links": _l("This drawing points to other pages or files. Please save it without links, or as PNG."),
    "pictures": _l("This drawing has another picture or page inside. Please save all of it as PNG instead."),
    "moving": _l("This drawing moves, and paper cannot. Please save it without animation, or as PNG."),
    "text": _l(
        "This drawing needs fonts that are not in it. Please turn letters into outlines, or save it as PNG."
    ),
    "effects": _l(
        "This drawing has shadows, patterns or styles that cannot be printed. Please save it as PNG."
    ),
    "much": _l("This drawing has more parts than can be printed. Please save it as PNG instead."),
}


def _lines(text: str | None) -> str:
    found = (one_line(line) for line in clean(text or "").split("\n"))
    return "\n".join(line for line in found if line)


def _line(text: str | None) -> str:
    return one_line(text or "")


class LetterheadForm(FlaskForm):
    """What makes paper the practice's own; `logo` is the checked picture once it was validated."""

    picture = FileField(_l("Logo"))
    contact_line = TextAreaField(_l("How to reach you"), filters=[_lines])
    footer = StringField(
        _l("At the foot of each page"),
        filters=[_line],
        validators=[Length(max=FOOTER_LIMIT, message=_l("Please keep this under %(max)d characters."))],
    )
    accent = StringField(_l("Colour"), filters=[_line])
    # The shade that a message offered, and somebody took.
    instead = HiddenField()

    logo: Logo | None = None
    # The nearest shade that can be read, when the one that was written cannot.
    offered: str = ""

    def validate_picture(self, field: FileField) -> None:
        """WTForms calls this for the field of that name."""
        if not field.data or not getattr(field.data, "filename", ""):
            return
        try:
            with closing(field.data) as file:
                self.logo = checked(file.read(FILE_LIMIT + 1))
        except LogoRefused as error:
            raise ValidationError(str(_REFUSALS[error.reason])) from error

    def validate_contact_line(self, field: TextAreaField) -> None:
        lines = (field.data or "").split("\n")
        if len(lines) > LINES:
            raise ValidationError(str(_l("Please use three lines at most.")))
        if any(len(line) > LINE_LIMIT for line in lines):
            raise ValidationError(str(_l("Please keep each line under 60 characters, or break it in two.")))

    def validate_accent(self, field: StringField) -> None:
        taken = read_colour(self.instead.data or "")
        written = taken or read_colour(field.data or "")
        if not field.data and not taken:
            return
        if written is None:
            raise ValidationError(str(_l("Please write a colour with six signs, such as #2b5a87.")))
        field.data = written
        if not can_be_read(written):
            self.offered = nearest(written)
            message: Any = _l(
                "%(colour)s is too light to read on white paper. The nearest shade that holds is %(shade)s.",
                colour=written,
                shade=self.offered,
            )
            raise ValidationError(str(message))

    def refuse(self, reason: str) -> None:
        """Say at the field why the logo is not taken: one of planner.handouts.letterhead.refused.REASONS."""
        self.logo = None
        self.picture.errors = [*self.picture.errors, str(_REFUSALS[reason])]
