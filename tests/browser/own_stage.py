"""A counsellor's own exercises on the stage: in versions, adapted, archived, in a plan, with a note."""

from __future__ import annotations

from sqlalchemy.orm import Session

from planner.library import operations, queries
from planner.library.own import authoring, notes
from planner.library.own.authoring import Origin
from planner.plans import operations as plans
from planner.plans.from_exercise import segment_from
from planner.plans.plan import Plan, add
from planner.who import Asker
from tests.library.samples import SHEET, little, write


def own_exercises(session: Session, who: Asker, colleague: Asker) -> dict[str, str]:
    """Names of addresses: `own` is private and in two versions (`own_first` is the digest of the first), and
    was made from one of a colleague's that has changed since; `own_plan` holds its first version."""
    shared = write(session, colleague, little("A cup each"), shared=True, slug="a-cup-each-0a1b2c")
    origin = Origin(shared.slug, shared.digest)
    found = authoring.create(session, who, "two-warm-cups-0a1b2c", little(more=SHEET), origin=origin)
    first = found.digest
    value = queries.exercise(session, who, found.slug)[1]
    held = queries.exercise(session, who, "three-doors")
    plan = add(Plan("With an exercise of my own"), segment_from(value, first, "core", "o1"))
    plan = add(plan, segment_from(held[1], held[0].digest, "core", "o2"))
    names = {"own": found.slug, "own_first": first, "own_plan": plans.create(session, who, plan).id}
    operations.used(session, who, found)
    text = little("Two cold cups", "Something cold in the hands wakes one up. That is a beginning, too.")
    authoring.revise(session, who, found.slug, text, first)
    authoring.revise(session, colleague, shared.slug, little("A cup for each of us"), shared.digest)
    names["shared_exercise"] = shared.slug
    names["unused"] = write(session, who, little("The old kettle"), slug="the-old-kettle-0a1b2c").slug
    archived = write(session, who, little("A cup for the road"), slug="a-cup-for-the-road-0a1b2c")
    names["archived"] = authoring.archive(session, who, archived.slug).slug
    notes.write(session, who, found.slug, "Bring the blue cups.\nLess sugar.", "")
    return names
