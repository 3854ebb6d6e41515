"""The form that saves a plan as a template."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from planner.plans.plan import TITLE_LIMIT
from planner.sharing.starters import WHEN_LIMIT
from planner.sharing.stripping import Keep
from planner.text import clean, one_line
from planner.web.fields import WORDED


class SaveAsForm(FlaskForm):
    """What the template is called, when to reach for it, and what goes along."""

    title = StringField(
        _l("Title"),
        [
            DataRequired(_l("Please give it a title.")),
            Length(max=TITLE_LIMIT, message=_l("Please keep the title under %(max)d characters.")),
        ],
        filters=[lambda text: one_line(text or "")],
        render_kw=WORDED,
    )
    when_to_use = TextAreaField(
        _l("When to use it"),
        [
            DataRequired(_l("Please say when a colleague would reach for it.")),
            Length(max=WHEN_LIMIT, message=_l("Please keep this under %(max)d characters.")),
        ],
        filters=[lambda text: clean(text or "")],
        render_kw=WORDED,
    )
    words = BooleanField(_l("Words to say"), default=True)
    hope = BooleanField(_l("The hope"), default=True)
    focus = BooleanField(_l("Areas and fears in focus"), default=True)
    notes = BooleanField(_l("My notes"), default=False)

    @property
    def keep(self) -> Keep:
        return Keep(
            words=bool(self.words.data),
            hope=bool(self.hope.data),
            focus=bool(self.focus.data),
            notes=bool(self.notes.data),
        )
