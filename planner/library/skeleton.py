"""A new exercise file to fill in: well formed, with a word in each place about what belongs there."""

from __future__ import annotations

import yaml

_FRONT = """\
summary: One sentence that says who does what, and what for.
areas: [emotional]  # the main one first: self, emotional, conflict, affection, sexual, dream, play
fears: [hurt]  # hurt, rejection, failure, abandonment, engulfment
parts: [core]  # arrive, warm_up, core, settle, close, home
mode: side_by_side  # face_to_face, side_by_side, solo, touch
intensity: 1  # 1 light … 5 for the trained only
minutes: {short: 6, full: 10}  # the steps have to add up to both
for: couple  # couple, each, one
materials: []
cautions: []
builds_on: []  # names of files of gentler exercises that usually come before
mechanism: What moves, in one sentence.
source:
  technique: What this is called, or a description of it
  citation: ""  # Authors (year). Title. Journal or publisher.
  evidence: ours  # trial, correlational, practice, ours
  note: The sample or the design, and what is our adaptation.
"""

_BODY = """\
## Purpose
What moves, and why it helps in spite of the fear.

## Steps
1. (2 min, short 1, counsellor) What you say and set up first.
2. (6 min, short 4, both) What they do, in turns of the same length.
3. (2 min, short 1, each) How each comes to an end.

## Words to say
- **To begin:** “Words that can be said aloud as they stand.”

## Watch for
What can go wrong, and what you do about it.

## Debrief
- A question that opens the talk afterwards?

## If it goes badly
What you do, and *“the words for it.”*

## Variations
- **No touch:** What they do instead of touching.
- **No speech:** What they write, draw or point at instead of speaking.
- **Online:** What changes on a screen.
- **One person:** What one client does alone.

## At home
- **Dose:** How long, and how often in a week.
- **If–then:** If this happens, then we do that.
- **Easy version:** The smallest form that still counts.

## Handout: Together
### {title}
Who begins, how long it takes, and when it ends.

1. One thing to do in each step.
2. Then the other one has the same time.

[lines: What I would like to keep | 2]

Either of you can stop at any time. You do not have to say why.
"""


def skeleton(title: str) -> str:
    """The text of a new exercise file. `title` is one line of at most 120 characters."""
    named = yaml.safe_dump({"title": title}, allow_unicode=True, width=10_000)
    # Braces stand for people in a sheet.
    shown = title.replace("{", "(").replace("}", ")")
    return f"---\n{named}{_FRONT}---\n\n" + _BODY.replace("{title}", shown)
