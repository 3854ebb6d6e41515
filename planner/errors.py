"""What domain code may raise. Views turn these into pages; nothing else is caught."""

from __future__ import annotations


class NotFound(Exception):
    """There is no such thing, or not for this member: both look the same from outside (404)."""


class NotAllowed(Exception):
    """The member may see it but not do this to it (403). The message is for the member."""


class RuleBroken(Exception):
    """A rule of the practice or of a session says no (422). The message is for the member."""


class Stale(Exception):
    """It was changed elsewhere since it was read (409)."""
