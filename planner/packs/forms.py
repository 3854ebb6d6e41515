"""What goes into a pack and how it is made. No field is for a name: packs are for nobody in particular."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField, SelectChoice, StringField
from wtforms.validators import InputRequired

from planner.handouts.forms import ClientForm
from planner.packs.choice import MOST, Making
from planner.web.fields import Between, ChecksField, WholeField

_CHOOSE = _l("Please choose one.")


class TicksField(ChecksField):
    """Sheets that were ticked: any text is taken here, and only what is known goes into a pack."""

    def pre_validate(self, form: Any) -> None:
        """There is no list of all sheets to hold the ticks to."""


def _one_line(text: str | None) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text or "").split())[:200]


class PackForm(FlaskForm):
    """A new pack. `q` and `starred` only narrow what is offered."""

    q = StringField(_l("Look for exercises and plans"), filters=[_one_line])
    starred = BooleanField(_l("My favourites only"))
    sheets = TicksField(_l("Sheets"), choices=[])
    form = RadioField(
        _l("What you get"),
        choices=[
            SelectChoice("zip", _l("A ZIP with a file for each sheet")),
            SelectChoice("pdf", _l("One PDF, ready to print on both sides")),
        ],
        default="zip",
        validators=[InputRequired(_CHOOSE)],
    )
    copies = WholeField(
        _l("Copies of each sheet"),
        default=1,
        validators=[Between(1, MOST, _l("Please write a number from 1 to 200."))],
    )
    # As for any handout.
    paper = ClientForm.paper
    design = ClientForm.design
    lang = ClientForm.lang

    @property
    def making(self) -> Making:
        """How to make it; of a form that is valid."""
        return Making(
            self.form.data, self.copies.data or 1, self.paper.data, self.design.data, self.lang.data
        )

    def refuse(self, reason: str) -> None:
        """Say why there can be no such pack, beside the field that can change it."""
        field, words = {
            "none": (self.sheets, _l("Please tick at least one sheet.")),
            "many": (
                self.sheets,
                _l("These are more than 200 sheets. Please take some out, or fewer copies."),
            ),
            "mixed": (
                self.form,
                _l(
                    "One PDF would hold what A and B each wrote for themselves. Please take the ZIP, "
                    "or tick sheets for one of them only."
                ),
            ),
            "running": (
                self.sheets,
                _l("Three packs of yours are being made. Please wait for one, or cancel it."),
            ),
            "gone": (self.sheets, _l("Something that you ticked is no longer there. Please look again.")),
            "without": (self.sheets, _l("There is no such sheet any more. Please look at your ticks again.")),
        }[reason]
        field.errors = [*field.errors, words]
