"""The builder's forms: their shape and their messages."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, Optional

from planner.plans import plan as rules
from planner.plans.remedies import Drop, Move, Settle, Shorten
from planner.taxonomy import INTENSITIES, TAXONOMY
from planner.text import clean, one_line
from planner.web.fields import WORDED, Between, ChecksField, DayField, HourField, WholeField

_TITLE = [
    DataRequired(_l("Please give it a title.")),
    Length(max=rules.TITLE_LIMIT, message=_l("Please keep the title under %(max)d characters.")),
]
_TEXT = [Length(max=rules.TEXT_LIMIT, message=_l("Please keep this under %(max)d characters."))]
_SESSION = Between(rules.LENGTHS.start, rules.LENGTHS.stop - 1, _l("A session lasts from 10 to 480 minutes."))
_STEP = Between(1, rules.MAX_MINUTES, _l("A step lasts from 1 to 240 minutes."))
_PARTS = [SelectChoice(part.key, part.name) for part in TAXONOMY.parts.values()]
_AREAS = [SelectChoice(area.key, area.name) for area in TAXONOMY.areas.values()]
_FEARS = [SelectChoice(fear.key, fear.name) for fear in TAXONOMY.fears.values()]


def _line(text: str | None) -> str:
    return one_line(text or "")


def _cleaned(text: str | None) -> str:
    """As it will be kept, so that lengths are counted as browsers count them."""
    return clean(text or "")


class NewPlanForm(FlaskForm):
    """What a new plan starts from."""

    title = StringField(_l("Title"), _TITLE, filters=[_line], render_kw=WORDED)
    date = DayField(_l("Date"))
    time = HourField(_l("Begins at"))
    length = WholeField(_l("Minutes"), [_SESSION], default=50)
    start = RadioField(
        _l("Begin with"),
        choices=[
            SelectChoice("parts", _l("The five parts laid out")),
            SelectChoice("empty", _l("An empty plan")),
        ],
        default="parts",
    )


class HeadForm(FlaskForm):
    """The head of a plan."""

    title = StringField(_l("Title"), _TITLE, filters=[_line], render_kw=WORDED)
    hope = TextAreaField(
        _l("By the end of this session they…"),
        [Length(max=rules.HOPE_LIMIT, message=_l("Please keep the hope under %(max)d characters."))],
        # The label ends in “they…”, and many go on from there with an ellipsis of their own.
        filters=[lambda text: _cleaned(text).removeprefix("…").removeprefix("...").lstrip()],
        render_kw=WORDED,
    )
    date = DayField(_l("Date"))
    time = HourField(_l("Begins at"))
    length = WholeField(_l("Minutes"), [_SESSION])
    areas = ChecksField(_l("Areas in focus"), choices=_AREAS)
    fears = ChecksField(_l("Fears in focus"), choices=_FEARS)


class SegmentForm(FlaskForm):
    """One step of a plan."""

    title = StringField(_l("Title"), _TITLE, filters=[_line], render_kw=WORDED)
    minutes = WholeField(_l("Minutes"), [_STEP])
    words = TextAreaField(_l("Words to say"), _TEXT, filters=[_cleaned], render_kw=WORDED)
    note = TextAreaField(_l("Note for myself"), _TEXT, filters=[_cleaned], render_kw=WORDED)
    in_handout = BooleanField(_l("In the handout"))


class FreeSegmentForm(SegmentForm):
    """A step without an exercise: here the counsellor says what it tends and how strong it is."""

    areas = ChecksField(_l("Areas"), choices=_AREAS)
    fears = ChecksField(_l("Fears"), choices=_FEARS)
    intensity = SelectField(
        _l("Intensity"),
        choices=[SelectChoice("0", _l("Not said")), *(SelectChoice(str(level)) for level in INTENSITIES)],
        default="0",
    )


class MinutesForm(FlaskForm):
    """Only the length of a step, beside its title in the timeline."""

    minutes = WholeField(_l("Minutes"), [_STEP])


class AddForm(FlaskForm):
    """A free step: a title, its minutes and where it goes. The form of a step may be open above it."""

    title = StringField(_l("Title"), _TITLE, filters=[_line], id="add-title", render_kw=WORDED)
    minutes = WholeField(_l("Minutes"), [_STEP], default=5, id="add-minutes")
    part = SelectField(_l("Part"), choices=_PARTS, id="add-part")


class AddExerciseForm(FlaskForm):
    """Where an exercise goes, and in which form. What is left open is chosen to suit the plan."""

    part = SelectField(_l("Add to"), choices=_PARTS)
    position = WholeField(_l("Place"), [Optional()])
    length = SelectField(
        _l("Form"),
        choices=[
            SelectChoice("", _l("whichever fits")),
            SelectChoice("full", _l("full")),
            SelectChoice("short", _l("short")),
        ],
        default="",
    )


class MoveForm(FlaskForm):
    """Where a step goes: a part, and the place in it counted from 0 (empty: last)."""

    part = SelectField(_l("Part"), choices=_PARTS)
    position = WholeField(_l("Place"), [Optional()])


class RemedyForm(FlaskForm):
    """A remedy of the pacing: which kind, the steps that it names, and minutes where it has some."""

    kind = SelectField(choices=[SelectChoice(kind) for kind in ("move", "settle", "shorten", "drop")])
    segment = StringField()
    before = StringField()
    after = StringField()
    minutes = WholeField(validators=[Optional(), _STEP])

    def remedy(self) -> Move | Settle | Shorten | Drop:
        """The remedy that a valid form names."""
        segment, minutes = self.segment.data or "", self.minutes.data or 1
        match self.kind.data:
            case "move":
                return Move(segment, self.before.data or "")
            case "settle":
                return Settle(self.after.data or "", minutes)
            case "shorten":
                return Shorten(segment, minutes)
            case _:
                return Drop(segment)


class RefitForm(FlaskForm):
    """How many minutes there are for a session that was planned longer; asking needs no token."""

    class Meta:
        csrf = False

    minutes = WholeField(
        _l("Minutes that I have"),
        [Between(1, rules.LENGTHS.stop - 1, _l("Please write how many minutes there are, from 1 to 480."))],
    )
