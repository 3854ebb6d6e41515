"""The forms of a consultation."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from planner.plans.plan import TITLE_LIMIT
from planner.text import clean, one_line

QUESTION_LIMIT, COMMENT_LIMIT = 1000, 2000


class AskForm(FlaskForm):
    """What colleagues are asked, under a title that tells nothing of the couple."""

    title = StringField(
        _l("Title for colleagues"),
        [
            DataRequired(_l("Please give it a title.")),
            Length(max=TITLE_LIMIT, message=_l("Please keep the title under %(max)d characters.")),
        ],
        filters=[lambda text: one_line(text or "")],
    )
    question = TextAreaField(
        _l("Your question"),
        [
            DataRequired(_l("Please say what you would like to know.")),
            Length(max=QUESTION_LIMIT, message=_l("Please keep this under %(max)d characters.")),
        ],
        filters=[lambda text: clean(text or "")],
    )


class CommentForm(FlaskForm):
    """What somebody says."""

    text = TextAreaField(
        _l("Your comment"),
        [
            DataRequired(_l("Please write something first.")),
            Length(max=COMMENT_LIMIT, message=_l("Please keep this under %(max)d characters.")),
        ],
        filters=[lambda text: clean(text or "")],
    )
