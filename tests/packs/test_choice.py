"""What may be in a pack, and how far it is."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from planner.packs.choice import MOST, Choice, Making, objection, read, read_all, sheets
from planner.packs.names import in_zip
from planner.packs.progress import Progress

WORDS = st.text("abcdefghij-0123456789", min_size=1, max_size=30)
CHOICES = st.builds(
    Choice, st.sampled_from(["exercise", "plan"]), WORDS, st.sampled_from(["together", "a", "b"])
)


@given(CHOICES)
def test_a_choice_comes_back_from_a_form_as_it_was_sent(choice: Choice) -> None:
    assert read(choice.code) == choice


@given(st.text(max_size=40))
def test_anything_else_is_no_choice_and_no_failure(text: str) -> None:
    found = read(text)
    assert found is None or found.code == text


@given(st.lists(CHOICES, max_size=20), st.integers(1, MOST), st.sampled_from(["zip", "pdf"]))
def test_a_pack_is_refused_exactly_when_it_is_empty_too_large_or_mixes_a_and_b(
    choices: list[Choice], copies: int, form: str
) -> None:
    chosen, making = read_all([each.code for each in choices]), Making(form, copies)
    kinds = {each.kind for each in chosen}
    reason = objection(chosen, making)
    if reason == "":
        assert 0 < sheets(chosen, making) <= MOST
        assert form == "zip" or not {"a", "b"} <= kinds
    assert (reason == "none") == (not chosen)
    assert reason != "mixed" or (form == "pdf" and {"a", "b"} <= kinds)


def test_a_zip_holds_each_sheet_once_and_one_pdf_every_copy() -> None:
    one = (Choice("exercise", "touch-menu"),)
    assert sheets(one, Making("zip", 50)) == 1
    assert sheets(one, Making("pdf", 50)) == 50
    assert objection(one * 5, Making("pdf", 41)) == "many"


@given(st.integers(1, 200), st.data())
def test_a_pack_is_over_when_every_sheet_is_settled_or_it_was_cancelled(
    total: int, data: st.DataObject
) -> None:
    done = data.draw(st.integers(0, total))
    failed = data.draw(st.integers(0, total - done))
    cancelled = data.draw(st.booleans())
    progress = Progress(total, done, failed, done + failed, cancelled)
    assert progress.is_over == (done + failed == total or cancelled)
    assert (progress.state == "waiting") == (not cancelled and done + failed == 0)


def test_a_file_says_its_number_for_whom_it_is_and_the_exercise() -> None:
    assert in_zip(3, "together", "Touch menu") == "03-for-both-touch-menu.pdf"
    assert in_zip(120, "a", "What’s / mine?") == "120-for-a-what-s-mine.pdf"
    assert in_zip(1, "home", "") == "01-home.pdf"


@given(st.integers(1, 200), st.text(max_size=200))
def test_no_title_leads_out_of_the_folder_in_which_a_zip_is_unpacked(number: int, title: str) -> None:
    name = in_zip(number, "together", title)
    assert not set(name) & set('/\\:*?"<>|\0')
    assert ".." not in name
    assert len(name) < 100
