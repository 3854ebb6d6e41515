"""The languages that handouts speak: the frame follows by gettext, texts by editions of exercises."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Language:
    """`key` as in file names, `name` in the language itself, `locale` for gettext, `tag` for HTML and PDF."""

    key: str
    name: str
    locale: str
    tag: str
    direction: str = "ltr"


LANGUAGES = {
    each.key: each
    for each in (
        Language("en", "English", "en_GB", "en-GB"),
        Language("es", "Español", "es", "es"),
        Language("de", "Deutsch", "de", "de"),
        Language("ar", "العربية", "ar", "ar", "rtl"),
    )
}
