"""Pages of packs: choosing sheets, watching them being made, and taking them away."""

from __future__ import annotations

import io
import zipfile
from typing import Any, cast

from flask import Blueprint, Flask, Response, abort, make_response, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from planner.accounts import access
from planner.config import Settings
from planner.db import db, only_looks
from planner.errors import NotFound, RuleBroken
from planner.handouts import delivery
from planner.handouts.forms import KIND_NAMES
from planner.handouts.sheets.document import NothingToPrint
from planner.handouts.words.languages import LANGUAGES
from planner.packs import choice, names, operations, queries, words
from planner.packs.choice import Choice
from planner.packs.forms import PackForm
from planner.packs.merging import Part, merged
from planner.packs.models import Pack
from planner.packs.runner import runner, set_up
from planner.packs.shelf import shelf, wanted
from planner.web.htmx import fragments, go, wants_fragment

bp = Blueprint("packs", __name__)


@bp.record_once
def _set_up(state: BlueprintSetupState) -> None:
    set_up(cast(Flask, state.app))


@bp.get("/packs")
def every() -> str:
    listed = queries.listed(db.session, access.asker())
    return render_template(
        "packs/every.html", listed=listed, days=_days(), states=words.STATES, languages=LANGUAGES
    )


@bp.route("/packs/new", methods=["GET", "POST"])
def create() -> Response | BaseResponse:
    """Choose sheets; a POST makes the pack. An address may tick a programme: `?programme=ID`."""
    form = PackForm(paper=access.member().practice.paper)
    if not form.is_submitted() and (programme := request.args.get("programme", "")):
        form.sheets.data = [Choice("programme", programme).code]
    if form.validate_on_submit() and (made := _made(form)):
        count = len(queries.lines(db.session, made))
        db.session.commit()
        runner().call(count)
        return go(url_for("packs.show", pack_id=made.id))
    return _choosing(form, 422 if form.errors else 200)


@bp.post("/packs/new/look")
@only_looks
def look() -> Response:
    """Other exercises and plans to tick; what is ticked stays."""
    form = PackForm()
    if not wants_fragment():
        return _choosing(form)
    return fragments("packs/_offers.html", form=form, **_shelf(form))


@bp.get("/packs/<pack_id>")
def show(pack_id: str) -> Response | str:
    """How far a pack is. htmx asks for its part again and again until it is over."""
    found = queries.pack(db.session, access.asker(), pack_id)
    if not wants_fragment():
        return render_template("packs/show.html", **_context(found))
    return fragments("packs/_pack.html", said=_said(found), **_context(found))


@bp.post("/packs/<pack_id>/cancel")
def cancel(pack_id: str) -> BaseResponse:
    operations.cancel(queries.pack(db.session, access.asker(), pack_id))
    db.session.commit()
    return go(url_for("packs.show", pack_id=pack_id), _("Cancelled. What is done is kept."))


@bp.post("/packs/<pack_id>/delete")
def delete(pack_id: str) -> BaseResponse:
    operations.remove(db.session, queries.pack(db.session, access.asker(), pack_id))
    db.session.commit()
    return go(url_for("packs.every"), _("The pack is deleted."))


@bp.get("/packs/<pack_id>/download")
def download(pack_id: str) -> Response:
    """What is done so far, as the ZIP or the PDF that was asked for; 404 before anything is."""
    found = queries.pack(db.session, access.asker(), pack_id)
    printed = queries.printed(db.session, found)
    if not printed:
        abort(404)
    if found.form == "zip":
        files = [(names.in_zip(at, line.kind, name, found.lang), pdf) for at, line, name, pdf in printed]
        return _file(_zipped(files), "application/zip", "sheets.zip")
    lang = found.lang
    parts = [
        Part(names.in_outline(line.kind, name, lang), pdf, found.copies) for _at, line, name, pdf in printed
    ]
    made = merged(parts, names.of_pack(lang), LANGUAGES[lang].tag)
    return _file(made, "application/pdf", "sheets.pdf")


def _made(form: PackForm) -> Pack | None:
    """The new pack; None, with a word at its field, when there can be none."""
    try:
        sheets = wanted(db.session, access.asker(), choice.read_all(form.sheets.data or ()))
        return operations.create(db.session, access.asker(), sheets, form.making, delivery.address())
    except RuleBroken as error:
        form.refuse(str(error))
    except NotFound:
        form.refuse("gone")
    except NothingToPrint:
        form.refuse("without")
    return None


def _choosing(form: PackForm, code: int = 200) -> Response:
    return make_response(render_template("packs/new.html", form=form, **_shelf(form)), code)


def _shelf(form: PackForm) -> dict[str, Any]:
    chosen = choice.read_all(form.sheets.data or ())[: choice.MOST]
    found = shelf(db.session, access.asker(), chosen, form.q.data or "", bool(form.starred.data))
    return {"shelf": found, "kind_names": KIND_NAMES | words.BOXES, "most": choice.MOST}


def _context(found: Pack) -> dict[str, Any]:
    lines = queries.lines(db.session, found)
    return {
        "pack": found,
        "progress": queries.progress(db.session, [found])[found.id],
        "lines": lines,
        "kind_names": KIND_NAMES,
        "states": words.STATES,
        "of_sheets": words.SHEETS,
        "why": words.WHY,
        "language": LANGUAGES[found.lang],
        "days": _days(),
    }


def _said(found: Pack) -> str:
    """What the status line says: nothing while it goes on, as the bar says that, and once when it is over."""
    progress = queries.progress(db.session, [found])[found.id]
    if not progress.is_over:
        return ""
    if progress.failed:
        return _("The pack is ready. %(count)s sheets could not be made.", count=progress.failed)
    return _("The pack is ready.") if progress.state == "done" else _("The pack was cancelled.")


def _days() -> int:
    settings: Settings = runner().settings
    return settings.pack_days


def _zipped(files: list[tuple[str, bytes]]) -> bytes:
    """A ZIP. Its entries bear no time: when something was printed is nobody's business."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _file(content: bytes, kind: str, name: str) -> Response:
    response = make_response(content)
    response.mimetype = kind
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
