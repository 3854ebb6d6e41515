"""Form fields that take what people type and nothing stranger."""

from __future__ import annotations

import re
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import DateField, IntegerField, SelectMultipleField, TimeField
from wtforms.validators import Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

# For `render_kw` of a text field: the forward-focus check looks at what is typed there.
WORDED = {"data-wording": True}


class WholeField(IntegerField):
    """A whole number in plain digits. `int()` would also take “²”-like and “1_000”-like surprises."""

    def process_formdata(self, valuelist: list[str]) -> None:
        if not valuelist or not valuelist[0].strip():
            self.data = None
        elif re.fullmatch(r"[0-9]{1,6}", valuelist[0].strip()):
            self.data = int(valuelist[0])
        else:
            self.data = None
            raise ValueError(_l("Please write a whole number, such as 15."))


class DayField(DateField):
    """A date that may be left out."""

    def __init__(self, label: Any, **kwargs: Any) -> None:
        said = _l("Please write the date as in %(example)s, or leave it empty.", example="2030-04-28")
        super().__init__(label, [Optional()], invalid_value_message=said, **kwargs)


class HourField(TimeField):
    """A time of day that may be left out."""

    def __init__(self, label: Any, **kwargs: Any) -> None:
        said = _l("Please write the time as in %(example)s, or leave it empty.", example="14:30")
        super().__init__(label, [Optional()], invalid_value_message=said, **kwargs)


class ChecksField(SelectMultipleField):
    """Several choices as checkboxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class Between:
    """A number is needed, from `low` to `high`."""

    def __init__(self, low: int, high: int, message: Any) -> None:
        self.low, self.high, self.message = low, high, message

    def __call__(self, _form: Any, field: Any) -> None:
        if field.errors:
            return
        if field.data is None or not self.low <= field.data <= self.high:
            raise ValidationError(self.message)
