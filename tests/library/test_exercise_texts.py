"""The quality of the starter library: what every exercise that ships must keep to."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache

import pytest
import textstat

from planner.library.exercise import Exercise, Handout, Steps
from planner.library.plaintext import client_text, counsellor_text, handout_sentences, plain
from planner.library.starter import FOLDER, read_folder

# Lines that may stand in many handouts word for word.
STOCK = (
    "You can stop at any time. You do not have to say why.",
    "Either of you can stop at any time. You do not have to say why.",
)

# A client is never assumed to be of a gender, married, a parent, living together or of a faith.
ASSUMING = re.compile(
    r"\b(he|she|him|his|her|hers|husband|wife|spouse|marriage|married|wedding|boyfriend|girlfriend"
    r"|man|woman|men|women|your children|the kids|your bed|bedroom|your home together|god|pray|prayer"
    r"|church|intercourse|orgasm)\b",
    re.IGNORECASE,
)

LEANS_BACK = re.compile(
    r"\byou (always|never)\b|\bwhy (did|didn['’]t) you\b|\broot cause\b|\bwho started\b"
    r"|\b(last|worst) (fight|argument|row)\b|\bgo (back )?over (what|the)\b|\bshould have\b"
    r"|\b(recount|rehash|revisit|unpack)\b|\bgrudges?\b|\bgrievances?\b",
    re.IGNORECASE,
)

# Ways of asking for touch, sight, standing or speech, and signs of an alternative in the same sheet.
ASKS = {
    "touch": (
        re.compile(r"\b(hold hands|hug|kiss|touch (your|the) partner|take your partner['’]s hand)\b", re.I),
        re.compile(r"\b(or|instead|without touch|no touch|if you (both )?like)\b", re.I),
    ),
    "eye contact": (
        re.compile(
            r"\b(eye contact|look at (each other|your partner)|into (each other|your partner)['’]?s? eyes)\b",
            re.I,
        ),
        re.compile(r"\b(or|instead|if you like)\b", re.I),
    ),
    "standing": (
        re.compile(r"\b(stand up|stand side|stand next|go for a walk|walk together)\b", re.I),
        re.compile(r"\b(or|instead|sit|seated)\b", re.I),
    ),
    "speech": (
        re.compile(r"\b(say|read|tell)\b.{0,40}\b(out loud|aloud)\b", re.I),
        re.compile(r"\b(or|instead|write|point|hand over)\b", re.I),
    ),
}


@cache
def library() -> dict[str, Exercise]:
    return {one.slug: one for one in read_folder()[0]}


SLUGS = sorted(path.stem for path in FOLDER.glob("*.md"))


def sheets(slug: str) -> list[Handout]:
    return list(library()[slug].handouts)


@pytest.mark.parametrize("slug", SLUGS)
def test_the_file_has_no_faults(slug: str) -> None:
    faults = [str(fault) for fault in read_folder()[1] if fault.file == f"{slug}.md"]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("slug", SLUGS)
def test_a_client_text_reads_at_grade_6_or_below(slug: str) -> None:
    for sheet in sheets(slug):
        sentences = handout_sentences(sheet)
        grade = textstat.flesch_kincaid_grade(" ".join(sentences))
        assert grade <= 6, f"{slug}, sheet {sheet.whose}: Flesch–Kincaid grade {grade:.1f}, over 6"


@pytest.mark.parametrize("slug", SLUGS)
def test_client_sentences_are_short(slug: str) -> None:
    for sheet in sheets(slug):
        lengths = {sentence: len(sentence.split()) for sentence in handout_sentences(sheet)}
        longest = max(lengths, key=lambda sentence: lengths[sentence])
        assert lengths[longest] <= 22, f"{slug}: {lengths[longest]} words, over 22: {longest}"
        mean = sum(lengths.values()) / len(lengths)
        assert mean <= 14, f"{slug}, sheet {sheet.whose}: {mean:.1f} words a sentence, over 14"


@pytest.mark.parametrize("slug", SLUGS)
def test_a_handout_has_at_most_seven_steps(slug: str) -> None:
    for sheet in sheets(slug):
        count = sum(len(block.items) for block in sheet.blocks if isinstance(block, Steps))
        assert count <= 7, f"{slug}, sheet {sheet.whose}: {count} steps"


@pytest.mark.parametrize("slug", SLUGS)
def test_a_client_text_assumes_nothing_about_people(slug: str) -> None:
    found = ASSUMING.findall(client_text(library()[slug]))
    assert not found, f"{slug}: the client's text assumes {found}"


@pytest.mark.parametrize("slug", SLUGS)
def test_a_client_sheet_offers_another_way_wherever_a_body_is_asked_for(slug: str) -> None:
    for sheet in sheets(slug):
        text = " ".join(handout_sentences(sheet))
        for what, (asks, other_way) in ASKS.items():
            for match in asks.finditer(text):
                around = text[max(0, match.start() - 160) : match.end() + 160]
                assert other_way.search(around), f"{slug}: asks for {what} with no other way: …{around}…"


@pytest.mark.parametrize("slug", SLUGS)
def test_the_text_leans_forward(slug: str) -> None:
    one = library()[slug]
    found = [m[0] for m in LEANS_BACK.finditer(client_text(one) + "\n" + plain(one.script))]
    assert not found, f"{slug}: leans back: {found}"


@pytest.mark.parametrize("slug", SLUGS)
def test_a_client_may_always_stop(slug: str) -> None:
    for sheet in sheets(slug):
        text = " ".join(handout_sentences(sheet))
        assert re.search(r"\bstop\b|\bno is fine\b|\bfree to say no\b", text, re.I), (
            f"{slug}, sheet {sheet.whose}: nowhere says that one may stop"
        )


@pytest.mark.parametrize("slug", SLUGS)
def test_the_counsellor_is_given_enough_to_use_it_tomorrow(slug: str) -> None:
    one = library()[slug]
    assert 3 <= len(one.steps) <= 9, f"{slug}: {len(one.steps)} steps"
    assert len(one.words) >= 3, f"{slug}: only {len(one.words)} things to say"
    assert 2 <= len(one.debrief) <= 5, f"{slug}: {len(one.debrief)} debrief questions"
    assert all(line.endswith("?") for line in one.debrief), f"{slug}: a debrief line is not a question"
    assert len(counsellor_text(one).split()) >= 450, f"{slug}: too thin to work from"
    assert re.search(r"[“*]", one.goes_badly), f"{slug}: “If it goes badly” gives no words to say"


def test_no_two_client_texts_share_a_run_of_twelve_words() -> None:
    where: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for slug, one in library().items():
        text = client_text(one)
        for line in STOCK:
            text = text.replace(line, "")
        words = re.findall(r"[\w’']+", text.lower())
        for i in range(len(words) - 11):
            where[tuple(words[i : i + 12])].add(slug)
    shared = {" ".join(run): sorted(slugs) for run, slugs in where.items() if len(slugs) > 1}
    assert not shared, f"shared by two handouts: {shared}"
