"""Colours and simple styles of SVG logos, such as `.cls-1{fill:#123}`: drawing programs write them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate

import tinycss2
from tinycss2 import color3

from planner.handouts.letterhead.accent import contrast_of, linear_of
from planner.handouts.letterhead.refused import LogoRefused

# Characters of all style sheets of a logo together, and how deep brackets stand in each other.
_LIMIT, _DEEP = 30_000, 6
_COLOUR_LIMIT = 60
_SIMPLE = re.compile(r"(\*|[a-zA-Z]+)?(?:([.#])([\w-]+))?", re.ASCII)
_LINKS = re.compile(r"url\s*\(\s*[\"']?\s*(?!#)|@import|expression|javascript:|\\", re.IGNORECASE)
_MOVING = ("animation", "transition")
# Contrast with white below which nobody sees it on paper.
_SEEN = 1.2


@dataclass(frozen=True)
class Rules:
    """Declarations by the simple selector that they stand under, weakest first."""

    known: tuple[tuple[str, str, str, dict[str, str]], ...] = ()

    def of(self, tag: str, classes: str, own_id: str) -> dict[str, str]:
        """What the style sheets say of an element."""
        found: dict[str, str] = {}
        for wanted, sign, name, said in self.known:
            if wanted not in ("", "*", tag):
                continue
            if (sign == "." and name not in classes.split()) or (sign == "#" and name != own_id):
                continue
            found |= said
        return found


def rules_of(text: str) -> Rules:
    """The rules of style sheets. Raises LogoRefused for addresses, motion, and what is not simple."""
    _demand_harmless(text)
    found = []
    for rule in tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True):
        if rule.type == "at-rule" and rule.lower_at_keyword in ("charset", "namespace", "font-face"):
            continue
        if rule.type != "qualified-rule":
            raise LogoRefused("effects")
        said = _declared(rule.content)
        for selector in tinycss2.serialize(rule.prelude).split(","):
            match = _SIMPLE.fullmatch(selector.strip())
            if match is None or not selector.strip():
                raise LogoRefused("effects")
            found.append((match[1] or "", match[2] or "", match[3] or "", said))
    return Rules(tuple(sorted(found, key=lambda each: ("", ".", "#").index(each[1]))))


def declarations(text: str) -> dict[str, str]:
    """What a style attribute says. Raises LogoRefused."""
    _demand_harmless(text)
    return _declared(text)


def colour(value: str) -> str | None:
    """A colour as "#rrggbb", "none", or with transparency as "rgba(…)"; None when it is none of these."""
    if value.strip().lower() == "none":
        return "none"
    found = color3.parse_color(value.strip()) if len(value) < _COLOUR_LIMIT else None
    if found is None:
        return None
    if found == "currentColor":
        return "currentColor"
    red, green, blue = (round(255 * min(max(share, 0), 1)) for share in found[:3])
    if found.alpha >= 1:
        return f"#{red:02x}{green:02x}{blue:02x}"
    return f"rgba({red}, {green}, {blue}, {max(found.alpha, 0):g})"


def seen_on_white(paint: str) -> bool:
    """False for "none", white and what nearly is; a gradient's own colours stand elsewhere."""
    if paint == "none" or paint.startswith("url("):
        return False
    found = color3.parse_color(paint)
    if found is None or found == "currentColor":
        return True
    red, green, blue = (found.alpha * share + 1 - found.alpha for share in found[:3])
    return contrast_of(linear_of(red, green, blue)) >= _SEEN


def _demand_harmless(text: str) -> None:
    deep = list(accumulate((each in "([{") - (each in ")]}") for each in text))
    if len(text) > _LIMIT or max(deep, default=0) > _DEEP:
        raise LogoRefused("much")
    if _LINKS.search(text):
        raise LogoRefused("links")


def _declared(content: object) -> dict[str, str]:
    found = {}
    parsed = tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True)
    for each in parsed:
        if each.type != "declaration":
            continue
        if each.lower_name.startswith(_MOVING):
            raise LogoRefused("moving")
        found[each.lower_name] = tinycss2.serialize(each.value).strip()
    return found
