"""The forms of programmes: their shape and their messages."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, Optional

from planner.plans import plan as plan_rules
from planner.programmes import programme as rules
from planner.programmes.rules import AddEnding, MakeEnding, MakeReview, Move, Redate, Remedy, Swap
from planner.sharing.forms import SaveAsForm
from planner.taxonomy import TAXONOMY
from planner.text import clean, one_line
from planner.web.fields import WORDED, Between, ChecksField, DayField, WholeField

_AREAS = [SelectChoice(area.key, area.name) for area in TAXONOMY.areas.values()]
_FEARS = [SelectChoice(fear.key, fear.name) for fear in TAXONOMY.fears.values()]
_KINDS = [
    SelectChoice("ordinary", _l("Session")),
    SelectChoice("review", _l("Review")),
    SelectChoice("ending", _l("Ending")),
]
_WEEKS = [
    SelectChoice("1", _l("every week")),
    SelectChoice("2", _l("every two weeks")),
    SelectChoice("3", _l("every three weeks")),
    SelectChoice("4", _l("every four weeks")),
]


def _line(text: str | None) -> str:
    return one_line(text or "")


class BeginsForm(FlaskForm):
    """When the first session is, and how long it is from one to the next."""

    begins = DayField(_l("First session on"))
    weeks = SelectField(_l("Then"), choices=_WEEKS, default="1")


class HeadForm(BeginsForm):
    """The head of a programme."""

    title = StringField(
        _l("Title"),
        [
            DataRequired(_l("Please give it a title.")),
            Length(max=plan_rules.TITLE_LIMIT, message=_l("Please keep the title under %(max)d characters.")),
        ],
        filters=[_line],
        render_kw=WORDED,
    )
    hope = TextAreaField(
        _l("At the end of it they…"),
        [Length(max=plan_rules.HOPE_LIMIT, message=_l("Please keep the hope under %(max)d characters."))],
        # The label ends in “they…”, and many go on from there with an ellipsis of their own.
        filters=[lambda text: clean(text or "").removeprefix("…").removeprefix("...").lstrip()],
        render_kw=WORDED,
    )
    length = WholeField(
        _l("Minutes of a session"),
        [
            Between(
                plan_rules.LENGTHS.start,
                plan_rules.LENGTHS.stop - 1,
                _l("A session lasts from 10 to 480 minutes."),
            )
        ],
        default=50,
    )
    areas = ChecksField(_l("Areas in focus"), choices=_AREAS)
    fears = ChecksField(_l("Fears in focus"), choices=_FEARS)

    @property
    def changes(self) -> dict[str, Any]:
        """What a valid form says of the programme's head."""
        return {
            "title": self.title.data or "",
            "hope": self.hope.data or "",
            "begins": self.begins.data,
            "weeks": int(self.weeks.data or 1),
            "length": self.length.data or 0,
            "areas": tuple(self.areas.data or ()),
            "fears": tuple(self.fears.data or ()),
        }


class NewForm(HeadForm):
    """What a new programme starts from."""

    count = WholeField(
        _l("Sessions"),
        [Between(1, rules.MOST_AT_FIRST, _l("Please begin with 1 to 20 sessions; you can add more later."))],
        default=8,
    )


class SessionForm(FlaskForm):
    """A session's aim and kind."""

    aim = TextAreaField(
        _l("Aim"),
        [Length(max=rules.AIM_LIMIT, message=_l("Please keep the aim under %(max)d characters."))],
        filters=[_line],
        render_kw=WORDED,
    )
    kind = SelectField(_l("Kind"), choices=_KINDS, default="ordinary")


class MoveForm(FlaskForm):
    """Where a session goes, counted from 0."""

    position = WholeField(
        _l("Place"), [Between(0, rules.MAX_SESSIONS - 1, _l("Please choose where it goes."))]
    )


class AttachForm(FlaskForm):
    """Which of one's plans a session has; the choices are filled in where it is shown."""

    plan = SelectField(_l("Plan"), [DataRequired(_l("Please choose a plan."))], choices=[])


class IntoForm(FlaskForm):
    """Which programme, and which of its sessions, a plan goes into; filled in where it is shown."""

    session = SelectField(_l("Session"), [DataRequired(_l("Please choose a session."))], choices=[])


class StepForm(FlaskForm):
    """A step that goes to another session.

    `source` and `target` are a plan and its revision, joined by a colon. `before` is the step that it is put
    before; without it, it goes to the end of its part.
    """

    source = StringField(_l("From"), [DataRequired()])
    segment = StringField(_l("Step"), [DataRequired()])
    target = StringField(_l("Move to"), [DataRequired(_l("Please choose a session."))])
    before = StringField(_l("Before"))


class RemedyForm(FlaskForm):
    """A remedy that a remark offers: which kind, and the sessions that it names."""

    kind = SelectField(
        choices=[SelectChoice(kind) for kind in ("review", "ending", "add_ending", "move", "swap", "redate")]
    )
    session = StringField()
    other = StringField()
    place = WholeField(validators=[Optional()])

    def remedy(self) -> Remedy:
        """The remedy that a valid form names."""
        session = self.session.data or ""
        match self.kind.data:
            case "review":
                return MakeReview(session)
            case "ending":
                return MakeEnding(session)
            case "add_ending":
                return AddEnding()
            case "move":
                return Move(session, self.place.data or 1)
            case "swap":
                return Swap(session, self.other.data or "")
            case _:
                return Redate()


class SaveProgrammeForm(SaveAsForm):
    """What the template of a programme is called, when to reach for it, and what goes along."""

    aims = BooleanField(_l("The aims of the sessions"), default=True)
    titles = BooleanField(_l("The titles of the plans"), default=False)
