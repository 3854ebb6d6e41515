"""Where two texts of the same form differ: for the writer who has to choose between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from planner.library.writing.forms import SHEET_NAMES, DraftForm
from planner.library.writing.written import SayRow, Sheet, StepRow, Written, flowing
from planner.taxonomy import TAXONOMY


@dataclass(frozen=True)
class Unlike:
    """One field that differs: its label, what stands elsewhere, and what was typed here."""

    label: str
    theirs: str
    mine: str


def unlike(theirs: Written, mine: Written) -> list[Unlike]:
    """The fields that differ in what they say; line ends within a paragraph do not count."""
    theirs, mine = flowing(theirs), flowing(mine)
    labels = {field.name: str(field.label.text) for field in DraftForm()}
    labels |= {"steps": "", "words": ""} | {whose: str(name) for whose, name in SHEET_NAMES.items()}
    found = []
    for name, before in vars(theirs).items():
        one, other = _shown(before), _shown(getattr(mine, name))
        if one != other:
            found.append(Unlike(labels[name] or name, one, other))
    return found


def _shown(value: Any) -> str:
    """A field's content as it is read."""
    if isinstance(value, tuple):
        lines = [_shown(each) for each in value]
        return "\n".join(line for line in lines if line)
    if isinstance(value, StepRow):
        who = TAXONOMY.speakers[value.speaker].name
        return (
            f"{value.minutes} ({value.short or value.minutes}) · {who}: {value.text}".strip() if value else ""
        )
    if isinstance(value, SayRow):
        return f"{value.when}: {value.words}" if value else ""
    if isinstance(value, Sheet):
        return f"{value.title}\n\n{value.body}".strip()
    return _NAMES.get(value, str(value)).strip()


_NAMES = {
    key: term.name
    for terms in (TAXONOMY.areas, TAXONOMY.fears, TAXONOMY.parts, TAXONOMY.modes)
    for key, term in terms.items()
}
_NAMES |= {key: term.name for terms in (TAXONOMY.cautions, TAXONOMY.evidence) for key, term in terms.items()}
