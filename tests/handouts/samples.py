"""One example of every kind of paper, with the same words each time: for proofs, and checks of every kind.

A new kind adds one line to SAMPLES: a name (kebab-case), and what makes the value for given options.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache, partial

from planner.handouts import kinds
from planner.handouts.options import Letterhead, Options
from planner.handouts.printed import Printed
from planner.handouts.sheets import blanks, document
from planner.library.exercise import Exercise
from planner.plans.plan import Origin, Plan, Segment
from tests import shipped

LETTERHEAD = Letterhead("Harbour Practice", "01632 960 001", address="https://planner.example/")
# Steps, ticks, lines, practice at home, a table, a scale, sentence stems: every block stands in one of these.
SLUGS = ("thanks-that-names-you", "touch-menu", "closeness-dial", "pause-with-a-return")

Sample = Callable[[Options], Printed]


@cache
def exercises() -> dict[str, Exercise]:
    return {each.slug: each for each in shipped.exercises()}


def origin(slug: str) -> Origin:
    """A version that stays the same when the text changes, so that its code does too."""
    return Origin(slug, hashlib.sha256(slug.encode()).hexdigest())


def origins() -> dict[Origin, Exercise]:
    return {origin(slug): each for slug, each in exercises().items()}


@cache
def plan() -> Plan:
    """A session with four exercises, one of them also at home, and a step of the counsellor's own."""
    parts = ("warm_up", "core", "core", "settle", "home", "home")
    steps = [
        Segment(
            f"s{number}",
            part,
            exercises()[slug].title,
            10,
            areas=exercises()[slug].areas,
            exercise=origin(slug),
            words=exercises()[slug].script,
            note="Ask A first.",
            in_handout=True,
        )
        for number, (part, slug) in enumerate(zip(parts, (*SLUGS, "touch-menu", SLUGS[0]), strict=True), 1)
    ]
    own = Segment(
        "own",
        "close",
        "Our own ending",
        5,
        areas=("play",),
        words="Sit where you like.\n1. One of you speaks.\n2. Then the other.\n[lines: What I heard | 2]",
        in_handout=True,
    )
    return Plan(
        "A session", hope="they can each ask for a hug, and keep their own time", segments=(*steps, own)
    )


def of_plan(kind: str) -> Sample:
    """The plan above as `kind` of `kinds.KINDS`."""

    def make(options: Options) -> Printed:
        chosen = [each.id for each in plan().segments]
        return kinds.of_plan(kind, plan(), origins(), chosen, options, LETTERHEAD)

    return make


def of_exercise(slug: str, whose: str = "together") -> Sample:
    def make(options: Options) -> Printed:
        return document.of_exercise(exercises()[slug], whose, options, LETTERHEAD)

    return make


def of_blank(which: str) -> Sample:
    def make(options: Options) -> Printed:
        return blanks.of(which, "together", exercises()[blanks.MEANINGS_EXERCISE], options, LETTERHEAD)

    return make


SAMPLES: dict[str, Sample] = {
    "together": of_plan("together"),
    "for-a": of_plan("a"),
    "home": of_plan("home"),
    "cards": of_plan("cards"),
    "ending": of_plan("ending"),
    "run-sheet": of_plan("run-sheet"),
    "exercise": of_exercise("touch-menu"),
    "booklet": of_plan("booklet"),
    "map": of_blank(blanks.MAP),
    "hope-scale": of_blank(blanks.HOPE_SCALE),
    "meanings": of_blank(blanks.MEANINGS),
}

# What is kept as reference pictures: every kind as designed, and one exercise in each other look.
_LOOKS = (
    Options(design="large", paper="letter"),
    Options(design="ink-saver"),
    Options(design="easy"),
    Options(design="opendyslexic"),
    Options(lang="ar"),
)
REFERENCES: dict[str, Callable[[], Printed]] = {
    **{name: partial(make, Options()) for name, make in SAMPLES.items()},
    **{
        f"exercise-{look.lang}-{look.design}": partial(of_exercise("thanks-that-names-you"), look)
        for look in _LOOKS
    },
}
