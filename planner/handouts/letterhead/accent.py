"""The accent of a letterhead: whether it can be read on white paper, and the nearest shade of it that can.

Colours are "#rrggbb" in sRGB. Shades are sought in OKLab, where a colour keeps its hue as it darkens.
"""

from __future__ import annotations

import re

# Text in it is set small, and read by tired eyes and after a copier: WCAG's enhanced contrast.
NEEDED = 7.0
_WRITTEN = re.compile(r"#?([0-9a-f]{3}|[0-9a-f]{6})", re.ASCII | re.IGNORECASE)
_STEPS = 24

Triple = tuple[float, float, float]


def read_colour(text: str) -> str | None:
    """The colour that somebody wrote, such as "2B5" or " #22bb55", as "#22bb55"; None when it is none."""
    match = _WRITTEN.fullmatch(text.strip())
    if match is None:
        return None
    digits = match[1].lower()
    return "#" + ("".join(2 * each for each in digits) if len(digits) == 3 else digits)


def contrast(colour: str) -> float:
    """How much a colour stands out on white paper: from 1 for white itself to 21 for black."""
    return contrast_of(_linear(colour))


def contrast_of(linear: Triple) -> float:
    """The same for linear shares of red, green and blue, from 0 to 1."""
    red, green, blue = linear
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def can_be_read(colour: str) -> bool:
    return contrast(colour) >= NEEDED


def nearest(colour: str) -> str:
    """The lightest shade of a colour that can be read: itself when it can."""
    if can_be_read(colour):
        return colour
    light, red_green, blue_yellow = _oklab(_linear(colour))
    dark, bright = 0.0, light
    found = "#000000"
    for _step in range(_STEPS):
        middle = (dark + bright) / 2
        shade = _within(middle, red_green, blue_yellow)
        if can_be_read(shade):
            dark, found = middle, shade
        else:
            bright = middle
    return found


def linear_of(red: float, green: float, blue: float) -> Triple:
    """Linear shares of sRGB ones, all from 0 to 1."""

    def one(share: float) -> float:
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    return one(red), one(green), one(blue)


def _linear(colour: str) -> Triple:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return linear_of(red, green, blue)


def _within(light: float, red_green: float, blue_yellow: float) -> str:
    """The colour at this lightness, as strong as a screen can show it there."""
    weak, strong = 0.0, 1.0
    for _step in range(_STEPS):
        if _shows(_from_oklab(light, strong * red_green, strong * blue_yellow)):
            weak = strong
            break
        middle = (weak + strong) / 2
        if _shows(_from_oklab(light, middle * red_green, middle * blue_yellow)):
            weak = middle
        else:
            strong = middle
    return _written(_from_oklab(light, weak * red_green, weak * blue_yellow))


def _shows(linear: Triple) -> bool:
    return all(-1e-4 <= share <= 1 + 1e-4 for share in linear)


def _written(linear: Triple) -> str:
    def one(share: float) -> int:
        share = min(max(share, 0.0), 1.0)
        return round(255 * (12.92 * share if share <= 0.0031308 else 1.055 * share ** (1 / 2.4) - 0.055))

    return "#" + "".join(f"{one(share):02x}" for share in linear)


def _oklab(linear: Triple) -> Triple:
    red, green, blue = linear
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    middle = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


def _from_oklab(light: float, red_green: float, blue_yellow: float) -> Triple:
    long = (light + 0.3963377774 * red_green + 0.2158037573 * blue_yellow) ** 3
    middle = (light - 0.1055613458 * red_green - 0.0638541728 * blue_yellow) ** 3
    short = (light - 0.0894841775 * red_green - 1.2914855480 * blue_yellow) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )
