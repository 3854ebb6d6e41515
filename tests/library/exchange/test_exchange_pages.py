"""The pages of import and export: a look first, all or nothing, and nothing private in a file."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from planner.db import db
from planner.library import operations, queries
from planner.library.exchange import exporting
from planner.library.exchange.archive import MAX_UPLOAD, File, pack, read_upload
from planner.library.own import notes
from planner.library.starter import FOLDER
from tests.cast import Cast
from tests.library.samples import little, write
from tests.routes import unchanged

HTMX = {"HX-Request": "true"}
TEXT = little().encode()
FAULTY = little().replace("mode: side_by_side", "mode: sideways").encode()


def send(who: FlaskClient, path: str, data: bytes, name: str, headers: Any = None, **fields: str) -> Any:
    """Send an upload as browsers write it; the test client would leave large ones open on the disk."""
    parts = [f'name="{key}"\r\n\r\n{value}'.encode() for key, value in fields.items()]
    parts.append(f'name="file"; filename="{name}"\r\n\r\n'.encode() + data)
    begin = b"--edge\r\nContent-Disposition: form-data; "
    body = b"\r\n".join([*(begin + part for part in parts), b"--edge--\r\n"])
    kind = "multipart/form-data; boundary=edge"
    return who.post(
        path, input_stream=io.BytesIO(body), content_length=len(body), headers=headers, content_type=kind
    )


def look(who: FlaskClient, data: bytes, name: str = "two-cups.md", headers: Any = None) -> Any:
    return send(who, "/library/import", data, name, headers)


def seen(answer: Any) -> str:
    found = re.search(r'name="seen"\s+value="([0-9a-f]{64})"', answer.text)
    assert found, answer.text
    return found[1]


def bring(who: FlaskClient, data: bytes, name: str = "two-cups.md", **fields: str) -> Any:
    """Look, then import what was seen."""
    fields = {"seen": seen(look(who, data, name))} | fields
    return send(who, "/library/import/all", data, name, **fields)


def mine(app: Flask, cast: Cast, who: str = "owner") -> dict[str, str]:
    """The texts of a member's own exercises by the beginning of their names."""
    with app.app_context():
        files = exporting.files_of(db.session, getattr(cast, who), exporting.MINE)
    return {re.sub(r"-[0-9a-f]{6}\.md$", "", file.name): file.text for file in files}


# Looking


def test_a_look_says_what_would_happen_and_does_nothing(app: Flask, owner: FlaskClient) -> None:
    data = pack(
        [File("a.md", little("One")), File("three-doors.md", (FOLDER / "three-doors.md").read_text())]
    )
    with unchanged(app):
        answer = look(owner, data, "some.zip")
    assert answer.status_code == 200
    assert "New in your library" in answer.text
    assert "Import 1 exercise" in answer.text
    assert "The same as you have" in answer.text


def test_faults_are_shown_by_file_and_line_and_nothing_is_written(app: Flask, owner: FlaskClient) -> None:
    data = pack([File("good.md", TEXT.decode()), File("x/bad.md", FAULTY.decode())])
    for path in ("/library/import", "/library/import/all"):
        with unchanged(app):
            answer = send(owner, path, data, "some.zip", seen="0" * 64)
        assert answer.status_code == 422
        assert "Nothing was imported: 1 thing is in the way" in answer.text
        assert "<h3>x/bad.md</h3>" in answer.text
        assert "Line 7:" in answer.text
        assert "sideways" in answer.text


def test_without_a_file_it_asks_for_one(owner: FlaskClient) -> None:
    for path in ("/library/import", "/library/import/all"):
        answer = owner.post(path, data={})
        assert answer.status_code == 422
        assert answer.text.count("Please choose a file first.") == 2


def test_a_part_of_the_page_is_enough_for_a_script(owner: FlaskClient) -> None:
    answer = look(owner, TEXT, headers=HTMX)
    assert "<h1" not in answer.text
    assert 'id="looked"' in answer.text
    assert 'id="file-words" hx-swap-oob="true"' in answer.text
    assert "once more above" not in answer.text, "the file is still chosen"
    assert "once more above" in look(owner, TEXT).text
    empty = owner.post("/library/import", data={}, headers=HTMX)
    assert empty.status_code == 422
    assert "Please choose a file first." in empty.text


def test_very_many_faults_are_counted(owner: FlaskClient) -> None:
    bad = FAULTY.decode().replace("intensity: 1", "intensity: 9").replace("for: couple", "for: all")
    answer = look(owner, pack(File(f"{n}.md", bad) for n in range(60)), "some.zip")
    assert "Nothing was imported: 180 things are in the way" in answer.text
    assert "And 80 more." in answer.text


# Importing


def test_what_was_seen_comes_in_privately(app: Flask, cast: Cast, owner: FlaskClient) -> None:
    answer = bring(owner, TEXT)
    assert answer.status_code == 303
    assert answer.location == "/library/mine"
    assert mine(app, cast) == {"two-warm-cups": TEXT.decode()}
    assert "Imported: 1 new exercise." in owner.get(answer.location).text
    with app.app_context():
        assert exporting.counted(db.session, cast.colleague)["practice"] == 0


def test_it_can_be_shared_at_once(app: Flask, cast: Cast, owner: FlaskClient) -> None:
    bring(owner, TEXT, shared="y")
    with app.app_context():
        assert exporting.counted(db.session, cast.colleague)["practice"] == 1
        assert exporting.counted(db.session, cast.outsider)["practice"] == 0


def test_nothing_comes_in_unseen(app: Flask, owner: FlaskClient) -> None:
    with unchanged(app):
        answer = send(owner, "/library/import/all", TEXT, "two-cups.md")
    assert answer.status_code == 409
    assert "Import 1 exercise" in answer.text


def test_another_file_than_the_one_that_was_seen_is_shown_first(app: Flask, owner: FlaskClient) -> None:
    before = seen(look(owner, TEXT))
    other = TEXT.replace(b"Two warm", b"Three warm")
    with unchanged(app):
        answer = send(owner, "/library/import/all", other, "two-cups.md", seen=before)
    assert answer.status_code == 409
    assert "This is not what you looked at" in answer.text
    again = send(owner, "/library/import/all", other, "two-cups.md", seen=seen(answer))
    assert again.status_code == 303


def test_a_version_that_came_in_between_is_noticed(app: Flask, cast: Cast, owner: FlaskClient) -> None:
    with app.app_context():
        slug = write(db.session, cast.owner).slug
        db.session.commit()
    changed = TEXT.replace(b"Two warm", b"Three warm")
    before = seen(look(owner, changed, f"{slug}.md"))
    bring(owner, TEXT.replace(b"Two warm", b"Four warm"), f"{slug}.md")
    answer = send(owner, "/library/import/all", changed, f"{slug}.md", seen=before)
    assert answer.status_code == 409
    assert "Four warm" in mine(app, cast)["two-warm-cups"]


def test_a_script_is_led_to_ones_own_exercises(owner: FlaskClient) -> None:
    fields = {"seen": seen(look(owner, TEXT))}
    answer = send(owner, "/library/import/all", TEXT, "two-cups.md", HTMX, **fields)
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, "/library/mine")


# Limits


def test_this_form_takes_more_than_others_and_not_without_end(owner: FlaskClient) -> None:
    large = pack(File(f"{n}.md", "\u4e00" * 20_000) for n in range(30))  # faulty, but read
    assert look(owner, b"x" * 600_000, "a.md").status_code == 422
    assert look(owner, large, "a.zip").status_code == 422
    assert look(owner, b"x" * (MAX_UPLOAD + 1), "a.md").status_code == 422
    assert look(owner, b"x" * (MAX_UPLOAD + 600_000), "a.md").status_code == 413
    assert send(owner, "/plans/new", b"x" * 600_000, "a.md").status_code == 413


def test_a_stranger_cannot_make_it_read_anything(app: Flask) -> None:
    visitor = app.test_client()
    answer = look(visitor, pack([File("a.md", TEXT.decode())]), "a.zip")
    assert answer.status_code in (302, 303, 401)


ODD = [
    b"",
    b"\x00" * 900,
    b"PK\x03\x04",
    b"\xff\xfe",
    "﷽".encode() * 900,
    b"---\n" * 900,
    b"---\n&a [*a]\n---",
]
ODD_NAMES = ["a.md", "../a.md", "a\x00b.md", "<script>.zip", "", "x" * 3000]


def test_odd_uploads_are_answered_in_words(app: Flask, owner: FlaskClient) -> None:
    with unchanged(app):
        for data in ODD:
            for name in ODD_NAMES:
                answer = look(owner, data, name)
                assert answer.status_code == 422, (data[:9], name)
                assert "<script>" not in answer.text.split("<main")[1]


# Handing out


def test_an_exercise_is_saved_as_the_file_that_it_is(owner: FlaskClient) -> None:
    answer = owner.get("/library/three-doors/file")
    assert answer.data == (FOLDER / "three-doors.md").read_bytes()
    assert answer.headers["Content-Disposition"] == 'attachment; filename="three-doors.md"'
    assert answer.content_type == "text/markdown; charset=utf-8"
    assert 'href="/library/three-doors/file"' in owner.get("/library/three-doors").text


def test_a_private_exercise_is_nobody_elses_to_save(
    app: Flask, cast: Cast, owner: FlaskClient, colleague: FlaskClient, outsider: FlaskClient
) -> None:
    with app.app_context():
        slug = write(db.session, cast.owner).slug
        db.session.commit()
    assert owner.get(f"/library/{slug}/file").data == TEXT
    assert colleague.get(f"/library/{slug}/file").status_code == 404
    assert outsider.get(f"/library/{slug}/file").status_code == 404


def test_several_are_saved_as_a_zip(app: Flask, cast: Cast, owner: FlaskClient) -> None:
    with app.app_context():
        write(db.session, cast.owner)
        db.session.commit()
    page = owner.get("/library/import").text
    for what, name in (("mine", "my-exercises.zip"), ("everything", "library.zip")):
        assert f"what={what}" in page
        answer = owner.get(f"/library/export?what={what}")
        assert answer.content_type == "application/zip"
        assert name in answer.headers["Content-Disposition"]
        assert read_upload(name, answer.data)
        assert answer.data == owner.get(f"/library/export?what={what}").data
    assert "what=practice" not in page
    assert owner.get("/library/export?what=practice").status_code == 404
    assert owner.get("/library/export?what=elsewhere").status_code == 404


def test_notes_stars_and_names_are_never_in_a_file(app: Flask, cast: Cast, owner: FlaskClient) -> None:
    with app.app_context():
        found = write(db.session, cast.owner)
        operations.favourite(db.session, cast.owner, found.slug)
        notes.write(db.session, cast.owner, found.slug, "Remember the xylophone", "")
        db.session.commit()
        assert notes.note(db.session, cast.owner, queries.record(db.session, cast.owner, found.slug))
    data = owner.get("/library/export?what=everything").data
    with zipfile.ZipFile(io.BytesIO(data)) as made:
        assert made.comment == b""
        for info in made.infolist():
            held = made.read(info)
            assert not re.search(rb"xylophone|\bOwner\b|owner@example|Harbour Practice", held)
            assert (info.comment, info.extra) == (b"", b"")


def test_what_one_practice_saves_another_can_bring_in(
    app: Flask, cast: Cast, owner: FlaskClient, outsider: FlaskClient
) -> None:
    with app.app_context():
        write(db.session, cast.owner)
        db.session.commit()
    data = owner.get("/library/export?what=mine").data
    assert bring(outsider, data, "my-exercises.zip").status_code == 303
    assert mine(app, cast, "outsider") == mine(app, cast)
