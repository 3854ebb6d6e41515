"""What the sheets of a pack are called in its outline and its files: in the language that they print in.

Languages other than English take the words that stand on paper, so none have to be translated for packs.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from flask_babel import force_locale
from flask_babel import gettext as _

from planner.handouts.forms import KIND_NAMES
from planner.handouts.words.languages import LANGUAGES
from planner.library.editions import ENGLISH, client_part
from planner.library.exercise import Exercise

_IN_FILES = {"together": "for-both", "a": "for-a", "b": "for-b"}


def of_pack(lang: str) -> str:
    """The title of all sheets in one file."""
    with force_locale(LANGUAGES[lang].locale):
        return _("Handouts") if lang == ENGLISH else _("Exercises for you")


def of_exercises(exercises: Iterable[Exercise], lang: str) -> str:
    """What sheets of these exercises are called; those that are not translated keep their English title."""
    titles = list(dict.fromkeys(client_part(exercise, lang).title for exercise in exercises))
    if len(titles) < 2:
        return "".join(titles)
    return (
        f"{titles[0]} and {len(titles) - 1} more" if lang == ENGLISH else f"{titles[0]} + {len(titles) - 1}"
    )


def in_outline(kind: str, name: str, lang: str) -> str:
    """An entry of the outline: "The touch menu · For both"."""
    return " · ".join(filter(None, (name, _of_kind(kind, lang))))


def in_zip(number: int, kind: str, name: str, lang: str = ENGLISH) -> str:
    """A file in a ZIP: its place, for whom it is, and the exercise: "03-for-both-touch-menu.pdf"."""
    whose = _IN_FILES.get(kind, kind) if lang == ENGLISH else _letters(_of_kind(kind, lang))
    return "-".join(filter(None, (f"{number:02}", whose, _letters(name)))) + ".pdf"


def _of_kind(kind: str, lang: str) -> str:
    language = LANGUAGES[lang]
    if lang == ENGLISH:
        return str(KIND_NAMES[kind])
    with force_locale(language.locale):
        words = {
            "together": _("For you both"),
            "a": _("For %(name)s", name=language.a),
            "b": _("For %(name)s", name=language.b),
            "booklet": _("Exercises for you"),
            "home": _("Practice at home"),
            "cards": _("Cards"),
            "ending": _("What we keep doing"),
        }
    return words.get(kind, "")


def _letters(text: str) -> str:
    """Letters and digits with the marks that belong to them, and a hyphen for all that stands between."""
    marked = unicodedata.normalize("NFC", text.casefold())
    kept = "".join(c if c.isalnum() or unicodedata.category(c)[0] == "M" else " " for c in marked)
    return "-".join(kept.split())[:60].strip("-")
