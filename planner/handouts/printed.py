"""What every kind of paper has in common: the value that a template turns into pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from planner.handouts.options import Letterhead, Options
from planner.handouts.words.languages import LANGUAGES, Language
from planner.handouts.words.wording import people
from planner.library.people import People


@dataclass(frozen=True, kw_only=True)
class Printed:
    """Base of all that is printed. A kind adds its own values and names its template.

    The template extends `handouts/paper.html`, gets the value as `made`, and gives its title in a block: it
    shows in viewers and print queues, so it never holds a name nor the title of a plan.
    """

    options: Options
    letterhead: Letterhead

    template: ClassVar[str]
    # A name for downloads that says nothing about anybody.
    file_name: ClassVar[str] = "handout.pdf"
    # For the counsellor, set closer than clients' sheets; True too when it must never be kept on disk.
    own: ClassVar[bool] = False
    # False where the letterhead would be in the way at the head of the first page.
    headed: ClassVar[bool] = True

    @property
    def language(self) -> Language:
        """The language that was asked for."""
        return LANGUAGES[self.options.lang]

    def people_in(self, lang: str, whose: str = "together") -> People:
        """What stands for people on the sheets for `whose`, in the words of one language."""
        return people(whose, self.options.names, self.options.pronouns, lang)

    @property
    def titles(self) -> tuple[tuple[str, str], ...]:
        """Title and language of each text on it; a kind made of exercises says which."""
        return ()

    @property
    def untranslated(self) -> tuple[str, ...]:
        """Titles of what prints in English though another language was asked for: there is no text in it."""
        return tuple(title for title, lang in self.titles if lang != self.options.lang)

    @property
    def keep(self) -> bool:
        """True when its PDF may be kept (sealed) for the next time."""
        return not self.own and not self.options.personal
