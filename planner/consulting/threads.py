"""Comments on a plan, and the order in which they are read: by step, each with its answers. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

WHOLE = ""


@dataclass(frozen=True)
class Comment:
    """What somebody said of a plan, or of the step `segment_id` (WHOLE: of all of it).

    `step` is what the step was called then. `answers` is the comment that this one answers, empty if none.
    `edited_at` and `settled_at` are None unless it was.
    """

    id: str
    segment_id: str
    step: str
    answers: str
    member_id: str
    text: str
    made_at: datetime
    edited_at: datetime | None
    settled_at: datetime | None


@dataclass(frozen=True)
class Thread:
    """A comment with its answers, oldest first.

    `settled`: the plan's counsellor has dealt with everything that colleagues said in it. `asks`: colleagues
    said something in it, so that there is something to deal with.
    """

    comment: Comment
    answers: tuple[Comment, ...]
    asks: bool
    settled: bool

    @property
    def ids(self) -> frozenset[str]:
        """The comment and its answers."""
        return frozenset(each.id for each in (self.comment, *self.answers))


@dataclass(frozen=True)
class Count:
    """How many comments colleagues made, and how many of them are still to be dealt with."""

    comments: int = 0
    open: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(self.comments + other.comments, self.open + other.open)


def threads(comments: Iterable[Comment], counsellor_id: str) -> tuple[Thread, ...]:
    """Comments in threads, oldest first. An answer to a comment that is gone stands on its own."""
    every = sorted(comments, key=lambda each: (each.made_at, each.id))
    tops: dict[str, Comment] = {}
    below: dict[str, list[Comment]] = {}
    for each in every:
        # An answer to an answer stands below the same comment.
        top = tops.get(each.answers, each)
        tops[each.id] = top
        below.setdefault(top.id, []).append(each)
    return tuple(_thread(those[0], those[1:], counsellor_id) for those in below.values())


def _thread(top: Comment, answers: list[Comment], counsellor_id: str) -> Thread:
    others = [each for each in (top, *answers) if each.member_id != counsellor_id]
    return Thread(
        comment=top,
        answers=tuple(answers),
        asks=bool(others),
        settled=bool(others) and all(each.settled_at for each in others),
    )


def by_step(found: Iterable[Thread], segment_ids: Iterable[str]) -> dict[str, tuple[Thread, ...]]:
    """Threads by what they are about: WHOLE, each step of the plan, then each step that is gone."""
    every = tuple(found)
    keys = dict.fromkeys((WHOLE, *segment_ids, *(each.comment.segment_id for each in every)))
    return {key: tuple(each for each in every if each.comment.segment_id == key) for key in keys}
