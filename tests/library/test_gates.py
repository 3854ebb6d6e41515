"""Each gate lets good texts pass and says why it stops another."""

from __future__ import annotations

from dataclasses import replace

import pytest

from planner.library import gates
from planner.library.exercise import (
    Bullets,
    Exercise,
    Handout,
    Lines,
    Paragraph,
    Say,
    Source,
    Step,
    Steps,
    Ticks,
)
from planner.library.figures import figures, report
from planner.library.parse import parse
from planner.library.starter import FOLDER
from planner.taxonomy import TAXONOMY
from tests import shipped
from tests.library.samples import SHEET, little

SOURCE = (FOLDER / "thanks-that-names-you.md").read_text(encoding="utf-8")
GOOD = parse(SOURCE, "thanks-that-names-you.md")
STOP = "You can stop at any time. You do not have to say why."


def faults(one: Exercise, *, complete: bool = True) -> list[str]:
    return [f"{fault.section}: {fault.message}" for fault in gates.faults(one, complete=complete)]


def with_sheet(*texts: str) -> Exercise:
    """The good exercise with a sheet of these paragraphs."""
    sheet = Handout("together", "A good sheet", tuple(Paragraph(text) for text in (*texts, STOP)))
    return replace(GOOD, handouts=(sheet,))


def test_a_good_exercise_passes_every_gate() -> None:
    assert faults(GOOD) == []
    assert faults(with_sheet("Say one good thing. Then swap.")) == []


# What a client reads


def test_a_hard_text_is_stopped_with_its_grade() -> None:
    hard = "Considerable disclosure facilitates extraordinarily reciprocal vulnerability."
    (said,) = faults(with_sheet(*[hard] * 6))
    assert said.startswith("Handout: Together: It reads at Flesch–Kincaid grade ")
    assert "6 is the most" in said


def test_a_long_sentence_is_stopped_and_quoted() -> None:
    long = " ".join(["one"] * 23) + "."
    said = faults(with_sheet(long))
    assert any("A sentence has 23 words, 22 are the most: one one" in line for line in said)
    assert not any("A sentence has" in line for line in faults(with_sheet(" ".join(["one"] * 22) + ".")))


@pytest.mark.parametrize("field", ["dose", "cue", "easy"])
def test_a_long_sentence_of_the_practice_at_home_is_stopped_too_as_clients_read_it(field: str) -> None:
    home = replace(GOOD.at_home, **{field: " ".join(["one"] * 23) + "."})
    (said,) = faults(replace(GOOD, at_home=home))
    assert said.startswith("At home: A sentence has 23 words, 22 are the most: one one")


def test_sentences_that_are_long_on_average_are_stopped() -> None:
    said = faults(with_sheet(*[" ".join(["one"] * 19) + "."] * 8))
    assert any("on average; 14 are the most" in line for line in said)


def test_more_than_seven_steps_are_stopped() -> None:
    sheet = Handout("a", "A good sheet", (Steps(("Look.",) * 8), Paragraph(STOP)))
    assert faults(replace(GOOD, handouts=(sheet,))) == ["Handout: A: It has 8 steps; 7 are the most."]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Ask her what she likes.", "a gender"),
        ("Thank your wife.", "marriage"),
        ("Think of the wedding.", "marriage"),
        ("Sit on your sofa.", "a shared home"),
        ("Since you live together, choose a day.", "a shared home"),
        ("Say hello when you come home to your partner.", "a shared home"),
        ("Leave the bedroom out.", "a shared home"),
        ("Wait until your children sleep.", "children"),
        ("Pray before you begin.", "a faith"),
        ("Leave out intercourse.", "a kind of sex"),
    ],
)
def test_what_is_taken_for_granted_is_named(text: str, what: str) -> None:
    said = faults(with_sheet(text))
    assert said
    assert all(f"takes {what} for granted" in line for line in said)


@pytest.mark.parametrize(
    "text", ["Do it at home.", "There is a chair.", "The whole week is yours.", "Mend what you can."]
)
def test_words_that_only_look_like_those_pass(text: str) -> None:
    assert faults(with_sheet(text)) == []


@pytest.mark.parametrize(
    ("text", "what", "better"),
    [
        ("Hold hands for a minute.", "touch", "Hold hands for a minute, or sit near."),
        ("Give a hug.", "touch", "Give a hug or a wave."),
        ("Look at your partner.", "eye contact", "Look at your partner, or at the floor."),
        ("Now stand up.", "standing", "Now stand up, or sit taller."),
        ("Say the line aloud.", "speech", "Say the line aloud, or point to it."),
    ],
)
def test_what_is_asked_of_a_body_needs_another_way(text: str, what: str, better: str) -> None:
    (said,) = faults(with_sheet(text))
    assert f"It asks for {what} and gives no other way" in said
    assert faults(with_sheet(better)) == []


def test_boxes_to_tick_are_a_choice_already() -> None:
    sheet = Handout("together", "A choice", (Ticks("Today", ("A hug", "A kiss", "A wave")), Paragraph(STOP)))
    assert faults(replace(GOOD, handouts=(sheet,))) == []
    asked = replace(sheet, blocks=(Bullets(("Give a hug.",)), Paragraph(STOP)))
    assert len(faults(replace(GOOD, handouts=(asked,)))) == 1


def test_a_sheet_says_that_one_may_stop() -> None:
    sheet = Handout("together", "A good sheet", (Lines("My wish", 2),))
    assert faults(replace(GOOD, handouts=(sheet,))) == [
        "Handout: Together: It nowhere says that one may stop."
    ]


# What is said


@pytest.mark.parametrize(
    "text",
    [
        "You never listen.",
        "Why did you lie to me?",
        "What went wrong last week?",
        "Who started it?",
        "Whose fault was it?",
        "Think of your last row.",
        "List the hurts of the year.",
        "You should have called.",
        "Now unpack the hurt.",
        "They are so needy, people say.",
    ],
)
def test_going_over_what_was_is_stopped(text: str) -> None:
    said = faults(replace(GOOD, words=(*GOOD.words, Say("To end", f"“{text}”"))))
    assert len(said) == 1
    assert said[0].startswith("Words to say: “")
    assert "leans back to what was" in said[0]


@pytest.mark.parametrize(
    "text",
    [
        "We do not go over what went wrong.",
        "Nobody is to blame here, not even a little.",
        "Without going back over the past: what would you like?",
        "Which idea would you never have thought of?",
        "You will always have your own time.",
        "What went well?",
    ],
)
def test_steering_away_from_it_passes(text: str) -> None:
    assert faults(replace(GOOD, words=(*GOOD.words, Say("To end", f"“{text}”")))) == []


# What a counsellor works from


@pytest.mark.parametrize(
    "citation",
    [
        "Somebody, somewhere.",
        "(2001). A title that is long enough. A journal.",
        "Author, A. 2001. A title that is long enough. A journal.",
        "Author, A. (2001). A title without a venue.",
        "Author, A. (in press). A title that is long enough. A journal.",
    ],
)
def test_a_citation_has_authors_year_title_and_venue(citation: str) -> None:
    said = faults(replace(GOOD, source=replace(GOOD.source, citation=citation)))
    assert said == [": The citation needs authors, the year in brackets, a title, and where it appeared."]


def test_no_citation_is_better_than_a_doubtful_one() -> None:
    assert faults(replace(GOOD, source=Source("A custom", "", "practice", "Many traditions."))) == []


def test_only_the_trained_may_go_to_five() -> None:
    five = replace(GOOD, intensity=5, cautions=())
    assert faults(five) == [": An exercise of intensity 5 carries the caution “trained”."]
    assert faults(replace(five, cautions=("trained",))) == []


def test_where_a_step_asks_for_a_body_a_variation_says_what_else() -> None:
    touch = Step(1, 1, "both", "They hold hands.")
    none = GOOD.variations | {"no_touch": "There is none here, nor does it need any."}
    assert faults(replace(GOOD, variations=none)) == []
    for changed in (replace(GOOD, mode="touch"), replace(GOOD, steps=(*GOOD.steps, touch))):
        said = faults(replace(changed, variations=none))
        assert said == ["Variations: A step asks for touch, and “No touch” says that there is none."]


def test_a_variation_says_something_for_this_exercise() -> None:
    empty = GOOD.variations | {
        "no_touch": "Not needed.",
        "no_speech": "Leave the talking out of it altogether.",
    }
    assert faults(replace(GOOD, variations=empty)) == [
        "Variations: “No touch” does not say what to do instead.",
        "Variations: “No speech” names no way to take part without a voice.",
    ]


def test_standing_needs_a_seated_way() -> None:
    step = Step(1, 1, "both", "Both stand up.")
    ways = dict.fromkeys(GOOD.variations, "They write on two cards and swap them slowly.")
    plain = replace(GOOD, steps=(step, step, step), variations=ways)
    assert "Variations: A step asks for standing, and nothing says what to do instead." in faults(plain)
    seated = plain.variations | {"online": "Everybody remains seated before the camera."}
    assert not any("standing" in line for line in faults(replace(plain, variations=seated)))


def test_too_little_to_work_from_is_named() -> None:
    thin = replace(
        GOOD,
        steps=GOOD.steps[:2],
        words=GOOD.words[:1],
        debrief=("One?", "And so on."),
        goes_badly="Stop.",
        watch_for="",
    )
    said = " ".join(faults(thin))
    for part in ("It has 2 steps", "fewer than 3", "not a question", "Too thin", "gives no words to say"):
        assert part in said


def test_ones_own_exercise_is_not_asked_for_what_it_may_leave_out() -> None:
    own = parse(little(more=SHEET + f"\n{STOP}\n"), "cups.md", complete=False)
    assert faults(own, complete=False) == []
    assert faults(own) != []


def test_a_fault_has_the_line_of_its_section() -> None:
    broken = SOURCE.replace("## Handout: Together\n### ", "## Handout: Together\n### Thank your wife. ")
    (fault,) = gates.placed(parse(broken, "thanks-that-names-you.md"), broken)
    assert (fault.file, fault.line) == (
        "thanks-that-names-you.md",
        broken.split("\n").index("## Handout: Together") + 1,
    )


# All together


def test_a_run_of_twelve_words_is_found_and_a_stock_line_is_none() -> None:
    run = "Take a pen each and write down one thing that you liked today"
    one, other = with_sheet(run), replace(with_sheet(f"First, {run.lower()}."), slug="other")
    assert next(iter(gates.shared_runs([one, other]).values())) == ("other", "thanks-that-names-you")
    (fault, *_rest) = gates.shared_faults([one, other])
    assert fault.file == "other.md"
    assert "12 words in common with thanks-that-names-you" in fault.message
    apart = with_sheet("Take a pen each and write down one small thing.")
    assert gates.shared_runs([one, replace(apart, slug="other")]) == {}


def test_the_figures_count_what_is_there() -> None:
    exercises = shipped.exercises()
    found = figures(exercises)
    assert found.exercises == len(exercises) == sum(found.modes.values()) == sum(found.evidence.values())
    assert sum(of.main for of in found.areas.values()) == len(exercises)
    assert sum(sum(of.intensities.values()) for of in found.areas.values()) == len(exercises)
    for area, row in found.cells.items():
        for fear, cell in row.items():
            both = [one for one in exercises if area in one.areas and fear in one.fears]
            assert (cell.every, cell.main) == (len(both), sum(one.area == area for one in both))
    assert found.longest.words == len(found.longest.text.split())
    assert found.grades.least <= found.grades.middle <= found.grades.most
    text = report(found)
    assert all(term.name in text for term in (*TAXONOMY.areas.values(), *TAXONOMY.fears.values()))
    assert found.longest.text in text


def test_figures_of_nothing_are_noughts() -> None:
    assert figures([]).longest.words == 0
    assert report(figures([]))
