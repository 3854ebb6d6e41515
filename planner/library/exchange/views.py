"""Exercises as files: taking them in, after a look at what is in them, and handing them out."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, Response, make_response, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as BaseResponse

from planner.accounts.access import asker
from planner.db import db
from planner.errors import NotFound
from planner.library.exchange import exporting, importing
from planner.library.exchange.archive import MAX_UPLOAD, Refused, pack, read_upload
from planner.library.exchange.forms import ImportForm
from planner.library.exchange.importing import Brought
from planner.library.front_matter import Fault, Faulty
from planner.web.htmx import fragments, go, wants_fragment
from planner.web.uploads import takes_upload

bp = Blueprint("exchange", __name__)

# More faults than this are counted, not listed.
FAULTS_SHOWN = 100
_ZIPS = {
    exporting.MINE: "my-exercises.zip",
    exporting.PRACTICE: "practice-exercises.zip",
    exporting.EVERYTHING: "library.zip",
}


@dataclass(frozen=True)
class Looked:
    """What an upload would do: either `brought`, named by `seen`, or `faults`.

    `moved` says that it is not what was shown before.
    """

    brought: Brought | None = None
    seen: str = ""
    faults: tuple[Fault, ...] = ()
    moved: bool = False

    @property
    def by_file(self) -> dict[str, list[Fault]]:
        """The first FAULTS_SHOWN faults by the file that they are in."""
        files: dict[str, list[Fault]] = {}
        for fault in self.faults[:FAULTS_SHOWN]:
            files.setdefault(fault.file, []).append(fault)
        return files

    @property
    def unlisted(self) -> int:
        """How many faults `by_file` leaves out."""
        return max(0, len(self.faults) - FAULTS_SHOWN)

    @property
    def code(self) -> int:
        return 422 if self.faults else 409 if self.moved else 200


# Taking in


@bp.get("/library/import")
def begin() -> Response:
    return _page(ImportForm(formdata=None))


@bp.post("/library/import")
@takes_upload(MAX_UPLOAD)
def look() -> Response:
    """Say what an upload would do, and do nothing of it."""
    form = ImportForm()
    if not form.validate():
        return _page(form, code=422)
    looked = _look(form)
    db.session.rollback()
    return _page(form, looked, looked.code)


@bp.post("/library/import/all")
@takes_upload(MAX_UPLOAD)
def bring() -> Response | BaseResponse:
    """Do what was shown, all of it or nothing. The upload comes again, and has to be the same."""
    form = ImportForm()
    if not form.validate():
        return _page(form, code=422)
    looked = _look(form)
    if looked.brought is None or looked.seen != form.seen.data:
        db.session.rollback()
        looked = Looked(looked.brought, looked.seen, looked.faults, moved=bool(form.seen.data))
        return _page(form, looked, 422 if looked.faults else 409)
    db.session.commit()
    return go(url_for("own.mine"), _said(looked.brought))


def _look(form: ImportForm) -> Looked:
    """Read the upload and write it without committing; whoever calls decides what becomes of that."""
    who = asker()
    # Others need not wait while the upload is read: the database is asked again only afterwards.
    db.session.rollback()
    try:
        files = read_upload(form.file.data.filename or "", form.file.data.read())
        brought = importing.bring(db.session, who, files, shared=form.shared.data)
    except (Refused, Faulty) as error:
        return Looked(faults=tuple(error.faults))
    return Looked(brought, importing.fingerprint(files, brought))


def _page(form: ImportForm, looked: Looked | None = None, code: int = 200) -> Response:
    if wants_fragment():
        words = "exchange/_file_words.html"
        return fragments("exchange/_looked.html", words, form=form, looked=looked, whole=False, code=code)
    counts = exporting.counted(db.session, asker())
    html = render_template("exchange/import.html", form=form, looked=looked, counts=counts, whole=True)
    return make_response(html, code)


def _said(brought: Brought) -> str:
    new, changed = len(brought.those(importing.NEW)), len(brought.those(importing.VERSION))
    words = [
        ngettext("%(num)d new exercise", "%(num)d new exercises", new) if new else "",
        ngettext("%(num)d new version", "%(num)d new versions", changed) if changed else "",
    ]
    came = _(" and ").join(word for word in words if word)
    return _("Imported: %(what)s.", what=came) if came else _("Nothing to import: you have it all already.")


# Handing out


@bp.get("/library/<slug>/file")
def one(slug: str) -> Response:
    """An exercise as its file."""
    file = exporting.file_of(db.session, asker(), slug)
    return _download(file.text.encode(), "text/markdown; charset=utf-8", file.name)


@bp.get("/library/export")
def several() -> Response:
    """Many exercises as a ZIP. Raises NotFound when there are none."""
    what = request.args.get("what", exporting.EVERYTHING)
    files = exporting.files_of(db.session, asker(), what) if what in exporting.CHOICES else []
    if not files:
        raise NotFound
    return _download(pack(files), "application/zip", _ZIPS[what])


def _download(data: bytes, kind: str, name: str) -> Response:
    """A file to keep. `name` is made of small letters, digits, hyphens and its ending."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(data, content_type=kind, headers=headers)
