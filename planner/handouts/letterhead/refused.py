"""Why a picture is not taken as a logo."""

from __future__ import annotations

# What a form says for each stands in planner.accounts.letterhead.
REASONS = (
    "empty",  # nothing in the file
    "large",  # too many bytes
    "kind",  # neither PNG nor SVG
    "pixels",  # too wide and high
    "broken",  # cannot be read to its end
    "unseen",  # white on white
    "entities",  # words that stand for other words, without end
    "script",  # something that runs
    "links",  # an address outside of the file
    "pictures",  # a picture, or a page, within the drawing
    "moving",  # animation
    "text",  # letters of a font that nobody else has
    "effects",  # what paper cannot show, or we do not know
    "much",  # more parts than a logo has
)


class LogoRefused(Exception):
    """A picture is not taken; `reason` is one of REASONS."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
