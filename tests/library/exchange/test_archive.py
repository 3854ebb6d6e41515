"""An upload is read with measure: tricks, bombs and odd files are refused by name; good files come out."""

from __future__ import annotations

import io
import stat
import zipfile
from pathlib import Path
from zipfile import ZipInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.library.exchange import archive
from planner.library.exchange.archive import (
    MAX_DEPTH,
    MAX_FILE,
    MAX_FILES,
    MAX_UPLOAD,
    File,
    Refused,
    pack,
    read_files,
    read_upload,
    slug_of,
)

TEXT = "---\ntitle: Anything\n---\n"


def zipped(*members: tuple[str | ZipInfo, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as made:
        for name, data in members:
            made.writestr(name, data)
    return packed.getvalue()


def refused(data: bytes, name: str = "all.zip") -> list[str]:
    with pytest.raises(Refused) as caught:
        read_upload(name, data)
    assert caught.value.faults
    return [str(fault) for fault in caught.value.faults]


def a_link(name: str) -> ZipInfo:
    info = ZipInfo(name)
    info.create_system, info.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    return info


# What comes out


def test_one_file_is_read_whatever_its_line_ends() -> None:
    data = b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode()
    assert read_upload("three-doors.md", data) == [File("three-doors.md", TEXT)]


def test_a_zip_gives_its_files_in_order_and_leaves_out_what_systems_add() -> None:
    data = zipped(
        ("mine/b.md", TEXT),
        ("mine/", b""),
        ("a.md", TEXT),
        ("__MACOSX/._a.md", b"\x00"),
        (".DS_Store", b"\x00"),
        ("mine/.hidden.md", b"\x00"),
        ("Thumbs.db", b"\x00"),
    )
    assert [file.name for file in read_upload("all.zip", data)] == ["a.md", "mine/b.md"]


def test_a_zip_is_known_by_what_it_is_and_not_by_its_name() -> None:
    assert read_upload("download", zipped(("a.md", TEXT))) == [File("a.md", TEXT)]


def test_what_is_packed_can_be_read_again_and_is_the_same_every_time() -> None:
    files = [File("b.md", "Über\n"), File("a.md", TEXT)]
    data = pack(files)
    assert data == pack(reversed(files))
    assert read_upload("x.zip", data) == sorted(files, key=lambda file: file.name)
    with zipfile.ZipFile(io.BytesIO(data)) as made:
        assert {info.date_time for info in made.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("three-doors.md", "three-doors"),
        ("mine/three-doors.md", "three-doors"),
        ("three-doors (1).md", "three-doors"),
        ("three-doors(12).MD", "three-doors"),
        ("Three doors.md", "Three doors"),
    ],
)
def test_a_second_download_is_the_same_exercise(name: str, slug: str) -> None:
    assert slug_of(name) == slug


# What is refused

TRICKS = [
    ("../a.md", "leads out"),
    ("x/../../a.md", "leads out"),
    ("./a.md", "leads out"),
    ("x//a.md", "leads out"),
    ("/etc/a.md", "a place on the disk"),
    ("C:a.md", "a place on the disk"),
    ("c:/a.md", "a place on the disk"),
    ("x\\a.md", "backslash"),
    ("..\\a.md", "backslash"),
    ("a\n.md", "cannot be printed"),
    ("a\x1b[31m.md", "cannot be printed"),
    ("a" * 300 + ".md", "too long"),
    ("/".join("abcd") + "/a.md", f"more than {MAX_DEPTH} deep"),
    ("../.hidden.md", "leads out"),
    ("a.txt", "end in “.md”"),
    ("a.md.exe", "end in “.md”"),
    ("inner.zip", "ZIP inside a ZIP"),
]


@pytest.mark.parametrize(("name", "says"), TRICKS)
def test_names_that_trick_are_refused_by_name(name: str, says: str) -> None:
    said = refused(zipped(("good.md", TEXT), (name, TEXT)))
    assert len(said) == 1
    assert says in said[0]
    assert all(line.isprintable() for line in said)


def test_a_name_with_a_nul_is_refused() -> None:
    data = zipped(("goodXmd.md", TEXT)).replace(b"goodXmd.md", b"good\x00md.md")
    assert "cannot be printed" in refused(data)[0]


def test_a_link_is_refused_even_when_it_points_at_nothing_bad() -> None:
    assert "link to another file" in refused(zipped((a_link("a.md"), b"/etc/passwd")))[0]


def test_a_device_is_refused() -> None:
    info = ZipInfo("a.md")
    info.create_system, info.external_attr = 3, (stat.S_IFCHR | 0o666) << 16
    assert "not a plain file" in refused(zipped((info, b"")))[0]


def test_a_locked_file_is_refused() -> None:
    data = bytearray(zipped(("a.md", TEXT)))
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + flags] |= 1
    assert "password" in refused(bytes(data))[0]


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_ways_of_packing_that_cannot_be_read_bit_by_bit_are_refused(method: int) -> None:
    assert "packed in a way" in refused(zipped(("a.md", TEXT), method=method))[0]


def test_names_that_differ_in_capitals_or_folder_alone_are_refused() -> None:
    said = refused(zipped(("a.md", TEXT), ("A.md", TEXT), ("x/a.md", TEXT)))
    assert len(said) == 2
    assert all("another file of this name" in line for line in said)


def test_a_file_that_is_not_text_is_refused_with_its_line() -> None:
    data = zipped(("a.md", b"one\ntwo\n\xff\xfe"), ("b.md", TEXT))
    assert refused(data) == ["a.md:3: This is not UTF-8 text. Save the file as UTF-8 and try again."]


def test_everything_wrong_is_said_at_once() -> None:
    data = zipped(("../a.md", TEXT), ("b.txt", TEXT), (a_link("c.md"), b"x"))
    assert len(refused(data)) == 3


@pytest.mark.parametrize("data", [b"PK\x03\x04 and no more", zipped(("a.md", TEXT))[:-30], b"no zip at all"])
def test_a_damaged_zip_is_refused(data: bytes) -> None:
    assert "not a ZIP that can be opened" in refused(data)[0]


def test_a_damaged_file_in_a_zip_is_refused() -> None:
    data = zipped(("a.md", TEXT), method=zipfile.ZIP_STORED)
    assert "damaged" in refused(data.replace(b"Anything", b"Nothing!"))[0]


@pytest.mark.parametrize("data", [zipped(), zipped((".DS_Store", b""), ("x/", b""))])
def test_a_zip_without_an_exercise_says_so(data: bytes) -> None:
    assert "no exercise in this ZIP" in refused(data)[0]


# Limits


def test_an_upload_that_is_too_large_is_not_even_looked_at() -> None:
    assert "larger than 2 MB" in refused(b"x" * (MAX_UPLOAD + 1), "a.md")[0]


def test_a_file_that_is_too_large_is_refused_alone_and_in_a_zip() -> None:
    assert "larger than 64 kB" in refused(b"x" * (MAX_FILE + 1), "a.md")[0]
    assert "larger than 64 kB" in refused(zipped(("a.md", b"x" * (MAX_FILE + 1))))[0]


def test_too_many_files_are_refused_before_any_is_read() -> None:
    said = refused(zipped(*((f"{n}.md", TEXT) for n in range(MAX_FILES + 1))))
    assert said == [f"all.zip: There are {MAX_FILES + 1} files in this ZIP; {MAX_FILES} are the most."]


def test_more_entries_than_anyone_needs_are_refused() -> None:
    assert "entries" in refused(zipped(*((f"{n}/", b"") for n in range(archive.MAX_ENTRIES + 1))))[0]


def lying(data: bytes, size: int) -> bytes:
    """The same ZIP, with another size written wherever its first member's is."""
    changed = bytearray(data)
    for signature, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = changed.index(signature) + place
        changed[at : at + 4] = size.to_bytes(4, "little")
    return bytes(changed)


def test_a_size_in_the_header_is_not_believed() -> None:
    bomb = zipped(("a.md", b"x" * 50_000_000))
    assert len(bomb) < MAX_UPLOAD
    said = refused(lying(bomb, 100))
    assert "larger than 64 kB" in said[0] or "damaged" in said[0] or "packed far more" in said[0]


def test_what_is_packed_too_tightly_is_refused() -> None:
    assert "packed far more tightly" in refused(zipped(("a.md", b"x" * 60_000)))[0]


def test_all_files_together_have_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_UNPACKED", 100)
    monkeypatch.setattr(archive, "MAX_RATIO", 10_000)
    said = refused(zipped(*((f"{n}.md", "x" * 60) for n in range(3))))
    assert said[0].startswith("all.zip: Unpacked, this ZIP is larger than")


def test_files_from_a_folder_keep_to_the_same_rules() -> None:
    with pytest.raises(Refused) as caught:
        read_files([("a.md", b"\xff"), ("A.md", b"x"), ("b.md", b"x" * (MAX_FILE + 1))])
    assert [fault.file for fault in caught.value.faults] == ["a.md", "b.md"]


# Anything at all


@given(st.binary(max_size=400), st.sampled_from(["a.md", "a.zip", "", "../..", "a"]))
def test_any_bytes_are_read_or_refused(data: bytes, name: str) -> None:
    try:
        read_upload(name, data)
    except Refused as error:
        assert error.faults  # noqa: PT017 both outcomes are fine


GOOD = zipped(("a.md", TEXT), ("x/b.md", TEXT * 30))


@given(st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.integers(0, 255)), min_size=1, max_size=6))
def test_a_mangled_zip_is_read_or_refused(changes: list[tuple[int, int]]) -> None:
    data = bytearray(GOOD)
    for place, value in changes:
        data[place] = value
    try:
        files = read_upload("all.zip", bytes(data))
    except Refused as error:
        assert error.faults  # noqa: PT017 both outcomes are fine
    else:
        assert all(len(file.text) <= MAX_FILE for file in files)


def test_nothing_is_ever_written_to_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    read_upload("all.zip", zipped(("x/a.md", TEXT)))
    assert list(tmp_path.iterdir()) == []
