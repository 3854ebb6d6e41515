"""The findings in a plan: in its title and hope, and in the title, words to say and note of each step."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from planner.plans.plan import HOPE_LIMIT, TEXT_LIMIT, TITLE_LIMIT, Plan, describe, edit
from planner.wording.check import Finding, check
from planner.wording.marks import Left
from planner.wording.rewrite import rewrite, sentence

HEAD, STEP = ("title", "hope"), ("title", "words", "note")
_LIMITS = {"title": TITLE_LIMIT, "hope": HOPE_LIMIT, "words": TEXT_LIMIT, "note": TEXT_LIMIT}


@dataclass(frozen=True)
class Remark:
    """A finding and where it stands: in a field of the step `segment_id`, or of the head when that is ""."""

    segment_id: str
    field: str
    text: str
    finding: Finding

    @property
    def words(self) -> str:
        """The words that it is about."""
        return self.text[self.finding.start : self.finding.end]

    @property
    def around(self) -> tuple[str, str]:
        """What stands before and after the words in their sentence."""
        start, end = sentence(self.text, self.finding)
        return self.text[start : self.finding.start], self.text[self.finding.end : end]

    @property
    def rewritten(self) -> str | None:
        """The text of the field with what is offered in it; None when nothing is, or there is no room."""
        offered = rewrite(self.text, self.finding)
        if offered is None or len(offered.into(self.text)) > _LIMITS[self.field]:
            return None
        return offered.into(self.text)


# In memory only, and not many: a plan is looked at again with each change, and most of it stays the same.
@lru_cache(maxsize=512)
def checked(text: str) -> tuple[Finding, ...]:
    """The findings in a text, remembered for a while."""
    return check(text)


def findings(plan: Plan, left: Left, clean: Collection[str] = ()) -> tuple[Remark, ...]:
    """The open findings in the order of the plan. Texts in `clean` are known to have none."""
    places = [("", name, getattr(plan, name)) for name in HEAD]
    places += [(step.id, name, getattr(step, name)) for step in plan.segments for name in STEP]
    return tuple(
        Remark(segment_id, name, text, finding)
        for segment_id, name, text in places
        if text and text not in clean
        for finding in checked(text)
        if not left.has(text, finding)
    )


def use(plan: Plan, remark: Remark) -> Plan:
    """The plan with what the remark offers, if it offers something. Raises BadPlan when its step is gone."""
    if remark.rewritten is None:
        return plan
    changed = {remark.field: remark.rewritten}
    return edit(plan, remark.segment_id, **changed) if remark.segment_id else describe(plan, **changed)
