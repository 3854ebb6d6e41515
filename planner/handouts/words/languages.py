"""The languages that handouts speak: the frame follows by gettext, texts by editions of exercises."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from babel import Locale


@dataclass(frozen=True)
class Language:
    """`key` as in file names, `name` in the language itself, `locale` for gettext, `tag` for HTML and PDF.

    `partner` stands for somebody without a name within a sentence, `a` and `b` for the two of a couple.
    """

    key: str
    name: str
    locale: str
    tag: str
    partner: str
    a: str
    b: str
    direction: str = "ltr"

    @property
    def in_english(self) -> str:
        """The name that English has for it."""
        return Locale.parse(self.key).get_language_name("en") or self.name

    @property
    def people(self) -> dict[str, str]:
        """Words for people without a name."""
        upper = self.partner[:1].upper() + self.partner[1:]
        return {"partner": self.partner, "Partner": upper, "a": self.a, "b": self.b}


LANGUAGES = {
    each.key: each
    for each in (
        Language("en", "English", "en_GB", "en-GB", "your partner", "Partner A", "Partner B"),
        Language("es", "Español", "es", "es", "tu pareja", "Persona A", "Persona B"),
        Language("de", "Deutsch", "de", "de", "dein Gegenüber", "Person A", "Person B"),
        Language("ar", "العربية", "ar", "ar", "الطرف الآخر", "الشخص أ", "الشخص ب", "rtl"),
    )
}
ENGLISH = LANGUAGES["en"]


def direction_of(text: str) -> str:
    """The direction of the first letter that has one: "ltr", "rtl", or "" when none has."""
    for letter in text:
        kind = unicodedata.bidirectional(letter)
        if kind in ("L", "R", "AL"):
            return "ltr" if kind == "L" else "rtl"
    return ""
