"""The form in which an exercise is written: its fields mirror the file. It takes whatever is typed.

What is missing or odd is said by `planner.library.writing.checking`, as a draft may be kept in any state.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import Field, Form, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice

from planner.library.exercise import HANDOUTS
from planner.library.limits import MAX_ENTRIES
from planner.library.writing.checking import LINE_LIMIT, SUMMARY_LIMIT, TEXT_LIMIT, TITLE_LIMIT
from planner.library.writing.written import SayRow, StepRow, Written, from_fields
from planner.taxonomy import TAXONOMY
from planner.web.fields import WORDED, ChecksField

SHEET_NAMES = {"together": _l("For both"), "a": _l("For A alone"), "b": _l("For B alone")}
_LEVELS = [
    SelectChoice("1", _l("1. Light. Nothing personal has to be told.")),
    SelectChoice("2", _l("2. Mild. A little is told, by choice.")),
    SelectChoice("3", _l("3. Open talk that can feel vulnerable, or touch that lasts.")),
    SelectChoice("4", _l("4. A topic with much at stake, or sensual touch in stages.")),
    SelectChoice("5", _l("5. Only for practitioners trained in this way of working.")),
]
_ROOMS = 3  # for exercises that come before


def _choices(terms: dict[str, Any]) -> list[SelectChoice]:
    return [SelectChoice(key, term.name) for key, term in terms.items()]


def _line(label: Any, most: int = LINE_LIMIT) -> StringField:
    return StringField(label, render_kw={"maxlength": most})


def _title(label: Any) -> StringField:
    return StringField(label, render_kw=WORDED | {"maxlength": TITLE_LIMIT})


def _text(label: Any, rows: int = 4) -> TextAreaField:
    return TextAreaField(label, render_kw=WORDED | {"maxlength": TEXT_LIMIT, "rows": rows})


class ManyField(Field):
    """Several texts of one name."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = valuelist

    @property
    def rooms(self) -> list[str]:
        """The texts, and room for more."""
        given = [text for text in self.data or () if text.strip()]
        return given + [""] * max(1, _ROOMS - len(given))


class StepForm(Form):
    minutes = StringField(
        _l("Minutes"), render_kw={"maxlength": 3, "inputmode": "numeric", "autocomplete": "off"}
    )
    short = StringField(
        _l("In the short form"), render_kw={"maxlength": 3, "inputmode": "numeric", "autocomplete": "off"}
    )
    speaker = SelectField(_l("Who speaks"), choices=_choices(TAXONOMY.speakers))
    text = _text(_l("What happens"), rows=2)


class SayForm(Form):
    when = _line(_l("When"), TITLE_LIMIT)
    words = _text(_l("The words"), rows=2)


class SheetForm(Form):
    title = _title(_l("Title of the sheet"))
    body = _text(_l("What stands on it"), rows=14)


class DraftForm(Form):
    """Everything but the rows and the sheets."""

    title = _title(_l("Title"))
    summary = TextAreaField(_l("In one sentence"), render_kw=WORDED | {"maxlength": SUMMARY_LIMIT, "rows": 2})
    area = RadioField(_l("Main area"), choices=_choices(TAXONOMY.areas))
    also = ChecksField(_l("Also tends"), choices=_choices(TAXONOMY.areas))
    fears = ChecksField(_l("Helps with the fear of"), choices=_choices(TAXONOMY.fears))
    parts = ChecksField(_l("Where in a session"), choices=_choices(TAXONOMY.parts))
    mode = SelectField(_l("How they meet"), choices=_choices(TAXONOMY.modes))
    audience = SelectField(_l("For whom"), choices=_choices(TAXONOMY.audiences))
    intensity = RadioField(_l("How much it asks of them"), choices=_LEVELS)
    materials = TextAreaField(_l("Have ready"), render_kw={"maxlength": TEXT_LIMIT, "rows": 3})
    builds_on = ManyField(_l("Usually after"))
    purpose = _text(_l("Purpose"), rows=5)
    mechanism = _line(_l("What moves, in a sentence"))
    watch_for = _text(_l("Watch for"))
    cautions = ChecksField(_l("Take care with"), choices=_choices(TAXONOMY.cautions))
    debrief = _text(_l("Talk it over"), rows=3)
    goes_badly = _text(_l("If it goes badly"))
    no_touch = _text(_l("No touch"), rows=2)
    no_speech = _text(_l("No speech"), rows=2)
    online = _text(_l("Online"), rows=2)
    one_person = _text(_l("One person"), rows=2)
    dose = _text(_l("How much"), rows=2)
    cue = _text(_l("If–then"), rows=2)
    easy = _text(_l("Easy version"), rows=2)
    technique = _line(_l("Technique"))
    citation = TextAreaField(_l("Citation"), render_kw={"maxlength": LINE_LIMIT, "rows": 2})
    evidence = SelectField(_l("Evidence"), choices=_choices(TAXONOMY.evidence))
    note = TextAreaField(_l("Note"), render_kw={"maxlength": LINE_LIMIT, "rows": 2})


@dataclass(frozen=True)
class Problem:
    """What is wrong with a field: its id, its name, and the message. `empty` when nothing is in it."""

    field: str
    label: str
    message: str
    empty: bool


@dataclass
class Editor:
    """The whole form."""

    main: DraftForm
    steps: list[StepForm]
    words: list[SayForm]
    sheets: dict[str, SheetForm]

    @classmethod
    def of(cls, written: Written) -> Editor:
        """The form as a draft fills it."""
        return cls(
            DraftForm(data=vars(written)),
            [
                StepForm(prefix=f"steps-{i}", data=vars(row))
                for i, row in enumerate(written.steps or (StepRow(),))
            ],
            [
                SayForm(prefix=f"words-{i}", data=vars(row))
                for i, row in enumerate(written.words or (SayRow(),))
            ],
            {whose: SheetForm(prefix=whose, data=vars(sheet)) for whose, sheet in written.sheets.items()},
        )

    def field(self, name: str) -> Field | None:
        """A field by its name in the form, such as "steps-0-minutes"."""
        return next((field for field in self._fields() if field.name == name), None)

    def mark(self, messages: dict[str, str]) -> None:
        """Put each message at its field."""
        for name, message in messages.items():
            field = self.field(name)
            if field is not None:
                field.errors = [message]

    def problems(self, messages: dict[str, str]) -> list[Problem]:
        """The messages in the order of the form, each with what its field is called."""
        order = {field.name: (at, field) for at, field in enumerate(self._fields())}
        found = [(order.get(name), name, message) for name, message in messages.items()]
        found.sort(key=lambda each: each[0][0] if each[0] else -1)
        return [
            Problem(self._target(place[1]), self._called(name, place[1]), message, not _filled(place[1].data))
            if place
            else Problem("", "", message, False)
            for place, name, message in found
        ]

    def _fields(self) -> Iterator[Field]:
        """Every field in the order in which they stand on the page."""
        rows: list[Form] = [*self.steps, *self.words]
        for field in self.main:
            if field.name == "watch_for":
                for row in rows:
                    yield from row
            if field.name == "technique":
                for sheet in self.sheets.values():
                    yield from sheet
            yield field

    def _target(self, field: Field) -> str:
        """Where a link to a field leads: to its first choice when it has several."""
        several = isinstance(field, RadioField | ChecksField)
        return f"{field.id}-0" if several else str(field.id)

    def _called(self, name: str, field: Field) -> str:
        label = str(field.label.text)
        kind, _sep, rest = name.partition("-")
        if kind == "steps":
            return str(
                _("Step %(number)s, %(field)s", number=int(rest.split("-")[0]) + 1, field=label.lower())
            )
        if kind == "words":
            return str(_("Words to say, %(field)s", field=label.lower()))
        if rest and kind in SHEET_NAMES:
            return str(_("Sheet “%(sheet)s”, %(field)s", sheet=SHEET_NAMES[kind], field=label.lower()))
        return label


def _filled(data: Any) -> bool:
    return bool(data.strip()) if isinstance(data, str) else bool(data)


def typed(form: MultiDict[str, str]) -> Written:
    """What came with a request."""
    main = DraftForm(form)
    data: dict[str, Any] = dict(main.data)
    data["steps"] = [row.data for row in _rows(form, StepForm, "steps", "text")]
    data["words"] = [row.data for row in _rows(form, SayForm, "words", "words")]
    data |= {whose: SheetForm(form, prefix=whose).data for whose in HANDOUTS}
    return from_fields(data)


def _rows(form: MultiDict[str, str], kind: type[Form], name: str, always: str) -> Iterator[Form]:
    """The rows that were sent, up to the first number that is missing."""
    for place in range(MAX_ENTRIES):
        if f"{name}-{place}-{always}" not in form:
            return
        yield kind(form, prefix=f"{name}-{place}")
