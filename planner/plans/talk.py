"""Who speaks for how long in a session: read off the steps of its exercises."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from planner.library.exercise import Exercise
from planner.plans.plan import Origin, Plan
from planner.plans.timing import timing

# Below this share of the partners' own time, and from these minutes of it, the turns are worth a look.
FAIR = Fraction(40, 100)
ENOUGH = 4
# Nobody speaks aloud to the room in either of these.
_QUIET = {"silent": "quiet", "each": "quiet"}
KINDS = ("a", "b", "both", "counsellor", "quiet", "unsaid")


@dataclass(frozen=True)
class Talk:
    """Whole minutes of the session by who speaks; together they are its minutes.

    `quiet` is silence and work alone; `unsaid` are steps that do not say who speaks. `share_a` and `share_b`
    are percent of the partners' own time, 0 both when they have none. `less` is "a" or "b" when that partner
    has under FAIR of it, "" when the turns are fair or there is too little time to tell.
    """

    a: int = 0
    b: int = 0
    both: int = 0
    counsellor: int = 0
    quiet: int = 0
    unsaid: int = 0
    share_a: int = 0
    share_b: int = 0
    less: str = ""

    @property
    def unbalanced(self) -> bool:
        return bool(self.less)


def talk(plan: Plan, exercises: Mapping[Origin, Exercise]) -> Talk:
    """Add up the speakers of a session; practice at home is left out.

    Steps written freely, and exercises that cannot be found, are `unsaid`.
    """
    total = dict.fromkeys(KINDS, Fraction(0))
    for slot in timing(plan).slots:
        origin = slot.segment.exercise
        exercise = exercises.get(origin) if origin else None
        for kind, minutes in _spoken(exercise, slot.segment.minutes):
            total[kind] += minutes
    own = total["a"] + total["b"]
    share_a = round(100 * total["a"] / own) if own else 0
    return Talk(
        **dict(zip(KINDS, whole_minutes([total[kind] for kind in KINDS]), strict=True)),
        share_a=share_a,
        share_b=100 - share_a if own else 0,
        less=_less(total["a"], total["b"]),
    )


def _less(a: Fraction, b: Fraction) -> str:
    own = a + b
    if own < ENOUGH or min(a, b) >= FAIR * own:
        return ""
    return "a" if a < b else "b"


def _spoken(exercise: Exercise | None, minutes: int) -> list[tuple[str, Fraction]]:
    """Who speaks for how long when an exercise takes `minutes`."""
    lengths = step_minutes(exercise, minutes) if exercise else ()
    if exercise is None or not lengths:
        return [("unsaid", Fraction(minutes))]
    kinds = (_QUIET.get(step.speaker, step.speaker) for step in exercise.steps)
    return [
        (kind if kind in KINDS else "unsaid", length) for kind, length in zip(kinds, lengths, strict=True)
    ]


def step_minutes(exercise: Exercise, minutes: int) -> tuple[Fraction, ...]:
    """How long each step lasts when the exercise takes `minutes`; they add up to that.

    The full form stretched, the short form squeezed, or a mixture of both between them. Empty when the steps
    have no time at all.
    """
    full = [Fraction(step.minutes) for step in exercise.steps]
    short = [Fraction(step.short) for step in exercise.steps]
    most, least = sum(full, Fraction(0)), sum(short, Fraction(0))
    if minutes >= most > 0 or (most > 0 and least <= 0):
        return tuple(length * minutes / most for length in full)
    if minutes <= least:
        return tuple(length * minutes / least for length in short)
    if most <= least:
        return ()
    lean = (minutes - least) / (most - least)
    return tuple(low + (high - low) * lean for low, high in zip(short, full, strict=True))


def whole_minutes(parts: Sequence[Fraction]) -> list[int]:
    """The parts in whole minutes that add up to their sum, which is whole: the largest remainders go up."""
    down = [int(part) for part in parts]
    left = round(sum(parts, Fraction(0))) - sum(down)
    by_remainder = sorted(range(len(parts)), key=lambda i: parts[i] - down[i], reverse=True)
    for i in by_remainder[:left]:
        down[i] += 1
    return down
