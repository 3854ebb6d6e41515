"""PDFs are kept by what they are made of, sealed, whole, and within a size."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from planner.handouts.pdf.cache import PdfCache, key_of
from planner.sealing import Keyring

KEYS = Keyring([b"k" * 32])


@pytest.fixture
def cache(tmp_path: Path) -> PdfCache:
    return PdfCache(tmp_path / "pdf", 1, KEYS)


def test_what_was_put_is_found_again(cache: PdfCache) -> None:
    assert cache.get("k") is None
    cache.put("k", b"%PDF of a couple")
    assert cache.get("k") == b"%PDF of a couple"


def test_on_disk_it_cannot_be_read(cache: PdfCache, tmp_path: Path) -> None:
    cache.put("k", b"%PDF of a couple")
    (file,) = (tmp_path / "pdf").iterdir()
    assert b"PDF" not in file.read_bytes()
    assert file.stat().st_mode & 0o077 == 0


def test_a_damaged_or_swapped_file_is_not_served(cache: PdfCache, tmp_path: Path) -> None:
    cache.put("k", b"one")
    file = tmp_path / "pdf" / "k.sealed"
    (tmp_path / "pdf" / "other.sealed").write_bytes(file.read_bytes())
    assert cache.get("other") is None
    file.write_bytes(b"half")
    assert cache.get("k") is None
    assert list((tmp_path / "pdf").iterdir()) == []


def test_what_was_used_longest_ago_makes_room(cache: PdfCache, tmp_path: Path) -> None:
    for age, key in ((30, "a"), (20, "b"), (10, "c")):
        cache.put(key, b"x" * 200_000)
        os.utime(tmp_path / "pdf" / f"{key}.sealed", (1_000_000 - age,) * 2)
    cache.get("a")
    os.utime(tmp_path / "pdf" / "a.sealed")
    cache.put("d", b"x" * 200_000)
    kept = {path.stem for path in (tmp_path / "pdf").iterdir()}
    assert {"a", "d"} <= kept
    assert "b" not in kept


def test_what_is_larger_than_the_cache_is_not_kept(cache: PdfCache) -> None:
    cache.put("k", b"x" * 2_000_000)
    assert cache.get("k") is None


def test_a_folder_that_cannot_be_written_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    cache = PdfCache(tmp_path / "file", 1, KEYS)
    cache.put("k", b"one")
    assert cache.get("k") is None


def test_the_key_tells_documents_sizes_and_fields_apart() -> None:
    assert len({key_of("a", 1), key_of("a", 2), key_of("b", 1), key_of("a", 1, fillable=True)}) == 4
    assert key_of("a", 1) == key_of("a", 1)
