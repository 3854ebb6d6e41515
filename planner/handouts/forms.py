"""What to print and how. Nothing that is typed here is stored."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.validators import InputRequired, Length, Optional

from planner.handouts.languages import LANGUAGES
from planner.handouts.options import Options
from planner.plans.plan import HOPE_LIMIT, clean
from planner.web.fields import ChecksField

NAME_LIMIT, LINE_LIMIT = 40, 200
_PAPERS = [SelectChoice("a4", _l("A4")), SelectChoice("letter", _l("US Letter"))]
_DESIGNS = {
    "standard": _l("Standard, 14 point"),
    "large": _l("Large print, 18 point"),
    "easy": _l("Easy-read, with short sentences and pictures"),
    "opendyslexic": _l("OpenDyslexic letters"),
    "ink-saver": _l("Ink-saver, without tints"),
}
# What sheets are called, those for clients and the counsellor's own.
KIND_NAMES = {
    "together": _l("For both"),
    "a": _l("For A alone"),
    "b": _l("For B alone"),
    "run-sheet": _l("Run sheet"),
}
_CHOOSE = _l("Please choose one.")


def _cleaned(text: str | None) -> str:
    return clean(text or "")


def _one_line(text: str | None) -> str:
    return " ".join(clean(text or "").split())


def _designs(*keys: str) -> list[SelectChoice]:
    return [SelectChoice(key, _DESIGNS[key]) for key in keys]


class PaperForm(FlaskForm):
    """Paper and print: all that a run sheet needs."""

    paper = RadioField(_l("Paper"), choices=_PAPERS, validators=[InputRequired(_CHOOSE)])
    design = RadioField(
        _l("Print"),
        choices=[SelectChoice("standard", _l("Standard")), SelectChoice("large", _l("Large print"))],
        default="standard",
        validators=[InputRequired(_CHOOSE)],
    )

    @property
    def options(self) -> Options:
        """How to print; only of a form that is valid or not yet sent."""
        return Options(self.paper.data, self.design.data)

    @property
    def unusual(self) -> bool:
        """True when something behind "More" was chosen, or needs another look."""
        return self.design.data != "standard" or bool(self.design.errors or self.paper.errors)


class ClientForm(PaperForm):
    """Which kind of sheets, and what is personal in this print."""

    sheet = RadioField(_l("Sheets"), default="together", validators=[InputRequired(_CHOOSE)])
    design = RadioField(
        _l("Print"), choices=_designs(*_DESIGNS), default="standard", validators=[InputRequired(_CHOOSE)]
    )
    lang = SelectField(
        _l("Language"),
        choices=[SelectChoice(each.key, each.name) for each in LANGUAGES.values()],
        default="en",
    )
    fillable = BooleanField(_l("A PDF that can be filled in on a screen"))
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
    pronouns_a = StringField(
        _l("Pronouns of A"),
        filters=[_one_line],
        validators=[Length(max=NAME_LIMIT, message=_l("Please keep pronouns under 40 characters."))],
    )
    pronouns_b = StringField(
        _l("Pronouns of B"),
        filters=[_one_line],
        validators=[Length(max=NAME_LIMIT, message=_l("Please keep pronouns under 40 characters."))],
    )
    next_date = DateField(_l("Next session: date"), validators=[Optional()])
    next_time = TimeField(_l("Next session: time"), validators=[Optional()])
    line = StringField(
        _l("A line from you"),
        filters=[_one_line],
        validators=[Length(max=LINE_LIMIT, message=_l("Please keep the line under 200 characters."))],
    )

    def offer(self, kinds: Collection[str]) -> None:
        """Offer these kinds of sheets only."""
        self.sheet.choices = [SelectChoice(kind, name) for kind, name in KIND_NAMES.items() if kind in kinds]
        if self.sheet.data not in kinds and not self.is_submitted():
            self.sheet.data = next(iter(kinds), "together")

    @property
    def unusual(self) -> bool:
        more = (self.fillable, self.pronouns_a, self.pronouns_b, self.next_date, self.next_time, self.line)
        return super().unusual or self.lang.data != "en" or any(each.data or each.errors for each in more)

    @property
    def options(self) -> Options:
        return Options(
            self.paper.data,
            self.design.data,
            self.lang.data,
            self.fillable.data,
            names=(self.name_a.data or "", self.name_b.data or ""),
            pronouns=(self.pronouns_a.data or "", self.pronouns_b.data or ""),
            next_date=self.next_date.data,
            next_time=self.next_time.data,
            line=self.line.data or "",
        )


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

    def none_for(self, kind: str) -> None:
        """Say that the ticked steps have no sheet of this kind."""
        message: Any = _l("None of the ticked steps has a sheet for both. Please tick another step.")
        if kind in ("a", "b"):
            message = _l("None of the ticked steps has a sheet for one partner alone.")
        self.segments.errors = [*self.segments.errors, message]
