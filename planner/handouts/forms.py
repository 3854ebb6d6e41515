"""What to print and how. Nothing that is typed here is stored."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectChoice, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from planner.handouts.document import WHOSE, Options
from planner.plans.plan import HOPE_LIMIT, clean
from planner.web.fields import ChecksField

NAME_LIMIT = 40
_PAPERS = [SelectChoice("a4", _l("A4")), SelectChoice("letter", _l("US Letter"))]
_SIZES = [SelectChoice("standard", _l("Standard")), SelectChoice("large", _l("Large print"))]
_CLIENT_SIZES = [
    SelectChoice("standard", _l("Standard, 14 point")),
    SelectChoice("large", _l("Large print, 18 point")),
]
_WHOSE = {"together": _l("For both"), "a": _l("For A alone"), "b": _l("For B alone")}
_CHOOSE = _l("Please choose one.")


def _cleaned(text: str | None) -> str:
    return clean(text or "")


def _one_line(text: str | None) -> str:
    return " ".join(clean(text or "").split())


class PaperForm(FlaskForm):
    """Paper and size: all that a run sheet needs."""

    paper = RadioField(_l("Paper"), choices=_PAPERS, validators=[InputRequired(_CHOOSE)])
    size = RadioField(_l("Print"), choices=_SIZES, default="standard", validators=[InputRequired(_CHOOSE)])

    @property
    def options(self) -> Options:
        """How to print; only of a form that is valid or not yet sent."""
        return Options(self.paper.data, large=self.size.data == "large")


class ClientForm(PaperForm):
    """For whom a handout is, and first names for this print."""

    size = RadioField(
        _l("Print"), choices=_CLIENT_SIZES, default="standard", validators=[InputRequired(_CHOOSE)]
    )
    whose = RadioField(_l("Sheets"), default="together", validators=[InputRequired(_CHOOSE)])
    name_a = StringField(
        _l("First name of A"),
        filters=[_one_line],
        validators=[Length(max=NAME_LIMIT, message=_l("Please keep a name under 40 characters."))],
    )
    name_b = StringField(
        _l("First name of B"),
        filters=[_one_line],
        validators=[Length(max=NAME_LIMIT, message=_l("Please keep a name under 40 characters."))],
    )

    def offer(self, kinds: Collection[str]) -> None:
        """Offer sheets for these only."""
        self.whose.choices = [SelectChoice(whose, _WHOSE[whose]) for whose in WHOSE if whose in kinds]
        if self.whose.data not in kinds and not self.is_submitted():
            self.whose.data = next(iter(kinds), "together")

    @property
    def options(self) -> Options:
        plain = super().options
        return Options(plain.paper, plain.large, (self.name_a.data or "", self.name_b.data or ""))


class PlanForm(ClientForm):
    """Which steps of a plan, and its hope in the clients' words."""

    segments = ChecksField(
        _l("What goes on paper"), validators=[InputRequired(_l("Please tick at least one step."))]
    )
    hope = TextAreaField(
        _l("The hope, in your clients’ words"),
        filters=[_cleaned],
        validators=[Length(max=HOPE_LIMIT, message=_l("Please keep the hope under 600 characters."))],
    )

    def offer_steps(self, steps: Collection[tuple[str, str]]) -> None:
        """Offer these steps, each by its id and its title."""
        self.segments.choices = [SelectChoice(step, title) for step, title in steps]

    def none_for(self, whose: str) -> None:
        """Say that the ticked steps have no sheet of this kind."""
        message: Any = _l("None of the ticked steps has a sheet for both. Please tick another step.")
        if whose != "together":
            message = _l("None of the ticked steps has a sheet for one partner alone.")
        self.segments.errors = [*self.segments.errors, message]
