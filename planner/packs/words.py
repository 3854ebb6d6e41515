"""What the states of packs and of their sheets are called, and why a sheet could not be made."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

# Beside boxes to tick there is less room than elsewhere; other kinds have their usual names.
BOXES = {
    "booklet": _l("Booklet"),
    "home": _l("Practice at home"),
    "cards": _l("Cards"),
    "ending": _l("What we keep doing"),
}
STATES = {
    "waiting": _l("Waiting"),
    "running": _l("Being made"),
    "done": _l("Ready"),
    "cancelled": _l("Cancelled"),
}
SHEETS = {
    "waiting": _l("waiting"),
    "done": _l("done"),
    "failed": _l("could not be made"),
    "left": _l("left out"),
}
WHY = {
    "time": _l("it took too long. There may be more text in it than fits on paper."),
    "memory": _l("there is more in it than fits into memory."),
    "crash": _l("making it broke off three times."),
    "fault": _l(
        "something in its text is beyond what the planner can set. Try it with fewer steps, or take long "
        "rows of signs, such as stars, out of your own texts."
    ),
    "ours": _l("something went wrong that is not your doing. Try it on its own."),
    "gone": _l("it is no longer there, or no longer shared with you."),
    "nothing": _l("it has no such sheet any more."),
}
