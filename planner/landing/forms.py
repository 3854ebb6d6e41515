"""The form after a session: a choice for each step, ratings if they were asked, and two texts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length

from planner.landing.notes import NOTE_LIMIT, TOP, WORKED_LIMIT, Notes, Pair, Step
from planner.text import clean

# How a step can have landed, as it is said everywhere; the keys are those of notes.LANDED.
NAMES = {
    "well": _l("Went well"),
    "mixed": _l("Mixed"),
    "not_now": _l("Not now"),
    "skipped": _l("Skipped"),
}
_LANDED = [*(SelectChoice(key, name) for key, name in NAMES.items()), SelectChoice("", _l("Not said"))]
_NUMBERS = [SelectChoice("", _l("not asked")), *(SelectChoice(str(number)) for number in range(TOP + 1))]
_LONG = _l("Please keep this under %(max)d characters.")
RATINGS = ("closeness_a", "closeness_b", "safety_a", "safety_b")


class NotesForm(FlaskForm):
    """What can be noted of every session. `notes_form` adds a choice for each step."""

    closeness_a = RadioField(_l("Closeness, partner A"), choices=_NUMBERS, default="")
    closeness_b = RadioField(_l("Closeness, partner B"), choices=_NUMBERS, default="")
    safety_a = RadioField(_l("Safety, partner A"), choices=_NUMBERS, default="")
    safety_b = RadioField(_l("Safety, partner B"), choices=_NUMBERS, default="")
    worked = TextAreaField(
        _l("What worked, in their words"),
        [Length(max=WORKED_LIMIT, message=_LONG)],
        filters=[lambda text: clean(text or "")],
    )
    note = TextAreaField(
        _l("Note for myself"),
        [Length(max=NOTE_LIMIT, message=_LONG)],
        filters=[lambda text: clean(text or "")],
    )


def field_of(step: Step) -> str:
    """What the choice for a step is called in the form."""
    return f"landed-{step.id}"


def notes_form(steps: Iterable[Step], notes: Notes | None = None) -> NotesForm:
    """The form as it was sent, or with `notes` in it when they are given."""
    fields = {
        field_of(step): RadioField(step.title, choices=_LANDED, default="", validate_choice=True)
        for step in steps
    }
    form: type[NotesForm] = type("SessionNotesForm", (NotesForm,), fields)
    return form() if notes is None else form(formdata=None, data=_data(notes))


def _data(notes: Notes) -> dict[str, Any]:
    ratings = {
        f"{name}_{partner}": "" if number is None else str(number)
        for name in ("closeness", "safety")
        for partner, number in vars(getattr(notes, name)).items()
    }
    texts = {"worked": notes.worked, "note": notes.note}
    return ratings | texts | {field_of(step): step.landed for step in notes.steps}


def typed(form: NotesForm, steps: Iterable[Step]) -> Notes:
    """What stands in a form, valid or not; a choice or a number that there is not counts as not said."""
    return Notes(
        steps=tuple(
            Step(step.id, step.title, step.part, step.slug, landed)
            for step in steps
            if (landed := form[field_of(step)].data) in NAMES
        ),
        closeness=Pair(_number(form.closeness_a.data), _number(form.closeness_b.data)),
        safety=Pair(_number(form.safety_a.data), _number(form.safety_b.data)),
        worked=form.worked.data or "",
        note=form.note.data or "",
    )


def _number(text: str) -> int | None:
    return int(text) if text in {str(number) for number in range(TOP + 1)} else None
