"""What to print and how. Nothing that is typed here is stored."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel import to_user_timezone
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    RadioField,
    SearchField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from planner.handouts.options import Options
from planner.handouts.sheets.booklet import MOST, TITLE_LIMIT
from planner.handouts.words.languages import LANGUAGES
from planner.handouts.words.pronouns import NotRead, read_pronouns
from planner.plans.plan import HOPE_LIMIT, clean
from planner.web.fields import ChecksField, DayField, HourField

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
    "booklet": _l("A booklet for both, with a title page and contents"),
    "home": _l("Practice at home, with a week to write in"),
    "cards": _l("Cards to cut out"),
    "ending": _l("What we keep doing, for an ending"),
    "run-sheet": _l("Run sheet"),
}
# What the sheets of a blank one are called that has some for one partner alone.
_BLANK_NAMES = {
    "together": _l("One to keep, for each of you"),
    "a": _l("For A alone, to mark in the session"),
    "b": _l("For B alone, to mark in the session"),
}
_CHOOSE = _l("Please choose one.")
_NO_SUCH_SHEET = _l("There is no such sheet here, or no more. Please choose another.")
_NO_SUCH_LANGUAGE = _l("There are no sheets in this language. Please choose another.")


def _today() -> date:
    """The date where the practice is."""
    return to_user_timezone(datetime.now(UTC)).date()


def _cleaned(text: str | None) -> str:
    return clean(text or "")


def _one_line(text: str | None) -> str:
    return " ".join(clean(text or "").split())


def _can_be_read(_form: FlaskForm, field: StringField) -> None:
    """Refuse pronouns that sheets could not use."""
    try:
        read_pronouns(field.data or "")
    except NotRead as error:
        message = _l("Please write them as in “she/her”, “they/them” or “xe/xem/xyr”, or leave this empty.")
        raise ValidationError(str(message)) from error


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

    sheet = RadioField(
        _l("Sheets"),
        default="together",
        validators=[InputRequired(_CHOOSE)],
        invalid_choice_message=_NO_SUCH_SHEET,
    )
    design = RadioField(
        _l("Print"), choices=_designs(*_DESIGNS), default="standard", validators=[InputRequired(_CHOOSE)]
    )
    lang = SelectField(
        _l("Language"),
        choices=[SelectChoice(each.key, each.name) for each in LANGUAGES.values()],
        default="en",
        invalid_choice_message=_NO_SUCH_LANGUAGE,
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
        validators=[
            Length(max=NAME_LIMIT, message=_l("Please keep pronouns under 40 characters.")),
            _can_be_read,
        ],
    )
    pronouns_b = StringField(
        _l("Pronouns of B"),
        filters=[_one_line],
        validators=[
            Length(max=NAME_LIMIT, message=_l("Please keep pronouns under 40 characters.")),
            _can_be_read,
        ],
    )
    next_date = DayField(_l("Next session: date"))
    next_time = HourField(_l("Next session: time"))
    line = StringField(
        _l("A line from you"),
        filters=[_one_line],
        validators=[Length(max=LINE_LIMIT, message=_l("Please keep the line under 200 characters."))],
    )

    def validate_next_date(self, field: DayField) -> None:
        """WTForms calls this for the field of that name."""
        if field.data and field.data < _today():
            raise ValidationError(
                str(_l("This date has passed. Please choose a later one, or leave it empty."))
            )

    def validate_next_time(self, field: HourField) -> None:
        if field.data is not None and not any(self.next_date.raw_data or ()):
            raise ValidationError(str(_l("Please give the date too, or leave the time empty.")))

    def offer(self, kinds: Collection[str]) -> None:
        """Offer these kinds of sheets only."""
        self.sheet.choices = [SelectChoice(kind, name) for kind, name in KIND_NAMES.items() if kind in kinds]
        if self.sheet.data not in kinds and not self.is_submitted():
            self.sheet.data = next(iter(kinds), "together")
        if "cards" in kinds:
            self.fillable.description = _l("Cards have no place to fill in.")

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
        _l("What goes on paper"),
        validators=[InputRequired(_l("Please tick at least one step."))],
        invalid_choice_message=_l(
            "A step that you ticked is no longer in the plan. The others are below, as you ticked them."
        ),
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
        if kind == "home":
            message = _l("None of the ticked steps is practice at home. Please tick one that is.")
        if kind == "cards":
            message = _l("None of the ticked steps can become cards. Please tick one with numbered steps.")
        self.segments.errors = [*self.segments.errors, message]


class BlankForm(ClientForm):
    """A blank sheet; some have one for each partner alone."""

    def offer(self, kinds: Collection[str]) -> None:
        super().offer(kinds)
        if "a" in kinds:
            self.sheet.choices = [SelectChoice(kind, _BLANK_NAMES[kind]) for kind in kinds]


class BookletForm(ClientForm):
    """Which exercises a booklet has, in their order. `q` and `starred` only search for more."""

    exercises = ChecksField(
        _l("Exercises"),
        validators=[
            DataRequired(_l("Please tick at least one exercise.")),
            Length(max=MOST, message=_l("Please tick 40 exercises or fewer.")),
        ],
        validate_choice=False,
    )
    title = StringField(
        _l("Title of the booklet"),
        filters=[_one_line],
        validators=[Length(max=TITLE_LIMIT, message=_l("Please keep the title under 80 characters."))],
    )
    q = SearchField(_l("Find exercises"), filters=[_one_line])
    starred = BooleanField(_l("Favourites only"))

    def offer_exercises(self, chosen: Sequence[tuple[str, str]], more: Sequence[tuple[str, str]]) -> None:
        """Offer these, each by its slug and its title; only those in `chosen` are ticked."""
        self.exercises.data = [slug for slug, _title in chosen]
        self.exercises.choices = [SelectChoice(slug, title) for slug, title in (*chosen, *more)]

    def none_for_both(self) -> None:
        """Say that the ticked exercises have no sheet for both."""
        message = _l("None of the ticked exercises has a sheet for both. Please tick another.")
        self.exercises.errors = [*self.exercises.errors, message]
