"""How long a PDF of eight pages takes here and in headless Chromium: `python -m bench paper`.

The same HTML, in turns, in one run. Machines differ; the ratios say more. Chromium is started for each PDF,
as a server that prints with it does; it is told how tightly each sheet is set, which we find out. A process
that is not started yet is met after a crash only: a server starts its own when it starts.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from flask import Flask

from planner.config import Settings
from planner.db import db
from planner.factory import build
from planner.handouts.options import Letterhead, Options
from planner.handouts.paper import standalone, to_html
from planner.handouts.pdf.laid import fitted
from planner.handouts.pdf.press import Press, press
from planner.handouts.pdf.render import Renderer
from planner.handouts.printed import Printed
from planner.handouts.sheets import document
from planner.library import queries
from planner.library.exercise import Exercise
from planner.library.starter import read_folder
from planner.plans import operations
from planner.plans.from_exercise import segment_from
from planner.plans.plan import Origin, Plan, Segment
from tests.cast import PASSWORD, Cast, engage

_ROUNDS, _STARTS, _PAGES = 7, 3, 8
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")


def main() -> None:
    """Print a table of seconds and ratios, and the memory of a PDF process."""
    plan, origins = _eight_pages()
    chosen = [segment.id for segment in plan.segments]
    letterhead = Letterhead("Harbour Practice", "01632 960 001")
    made = document.of_plan(plan, origins, chosen, "together", Options(), letterhead)
    renderer = _renderer()
    with tempfile.TemporaryDirectory() as folder:
        try:
            _compare(_application(Path(folder)), plan, made, renderer, Path(folder))
        finally:
            renderer.close()


def _compare(app: Flask, plan: Plan, made: Printed, renderer: Renderer, folder: Path) -> None:
    ask = _preview_of(app, plan)
    with app.app_context():
        html = to_html(made)
        kept = Press(renderer, press().cache)
        cold = [_cold(html) for _ in range(_STARTS)]
        _, laid = renderer.make(html, 1)
        kept.pdf(made)
    print(f"{laid.pages} pages, {sum(map(bool, laid.fits.values()))} of {len(laid.fits)} sheets set tighter")
    page = folder / "page.html"
    page.write_text(standalone(fitted(html, laid.fits)), encoding="utf-8")
    browser = next((found for name in _BROWSERS if (found := shutil.which(name))), None)
    times: dict[str, list[float]] = {"first": [], "shown": [], "kept": [], "browser": [], "preview": []}
    for _ in range(_ROUNDS):
        times["first"].append(_timed(lambda: renderer.make(html, 1))[0])
        if browser:
            times["browser"].append(_timed(lambda: _print(browser, page))[0])
        times["shown"].append(_timed(lambda: renderer.make(html, 1, False, laid.fits))[0])
        with app.app_context():
            times["kept"].append(_timed(lambda: kept.pdf(made))[0])
        app.extensions["press"] = Press(kept.renderer, kept.cache)  # one that knows no sheet
        times["preview"].append(_timed(ask)[0])
    least = statistics.median(times["browser"]) if browser else 0.0
    print(f"{'':52}{'median':>9}{'slowest':>9}{'beside Chromium':>17}")
    _row("Chromium, started for each PDF", times["browser"], least)
    _row("a first PDF, no process started yet", cold, least)
    _row("a first PDF, nothing known of its sheets", times["first"], least)
    _row("a first PDF, after its preview or with known sheets", times["shown"], least)
    _row("the same PDF again", times["kept"], least)
    _row("a first preview, time in the web worker", times["preview"], least)
    _memory(renderer, html)


def _cold(html: str) -> float:
    renderer = _renderer()
    try:
        return _timed(lambda: renderer.make(html, 1))[0]
    finally:
        renderer.close()


def _renderer() -> Renderer:
    return Renderer(processes=1, seconds=60, megabytes=1024)


def _row(name: str, times: list[float], beside: float) -> None:
    if times:
        median = statistics.median(times)
        ratio = f"{median / beside:14.2f} ×" if beside else ""
        print(f"{name:52}{median * 1000:6.0f} ms{max(times) * 1000:6.0f} ms{ratio}")


def _print(browser: str, page: Path) -> None:
    with tempfile.TemporaryDirectory() as profile:
        options = ("--headless", "--disable-gpu", "--no-first-run", "--no-pdf-header-footer")
        root = ("--no-sandbox",) if os.geteuid() == 0 else ()
        subprocess.run(  # noqa: S603 our own page
            [
                browser,
                *options,
                *root,
                f"--user-data-dir={profile}",
                f"--print-to-pdf={page}.pdf",
                page.as_uri(),
            ],
            check=True,
            capture_output=True,
        )


def _memory(renderer: Renderer, html: str) -> None:
    """Of the PDF process as it stands, after these PDFs and fifty more; Linux tells it."""
    status = Path(f"/proc/{renderer.run(os.getpid)}/status")
    if not status.exists():
        return
    before = _megabytes(status, "VmRSS")
    for _ in range(50):
        renderer.make(html, 1, False, None)
    after, peak = _megabytes(status, "VmRSS"), _megabytes(status, "VmHWM")
    print(f"\nmemory of a PDF process: {before} MB, after 50 more PDFs {after} MB, at most {peak} MB")


def _megabytes(status: Path, field: str) -> int:
    return int(status.read_text().split(f"{field}:")[1].split()[0]) // 1024


def _timed(run: Callable[[], Any]) -> tuple[float, Any]:
    start = time.perf_counter()
    found = run()
    return time.perf_counter() - start, found


def _application(folder: Path) -> Flask:
    """An application with its library and three members."""
    app = build(Settings(instance=str(folder / "instance"), log_level="error"))
    app.config.update(WTF_CSRF_ENABLED=False)
    app.test_cli_runner().invoke(args=["prepare"], catch_exceptions=False)
    return app


def _preview_of(app: Flask, plan: Plan) -> Callable[[], object]:
    """Ask for the first preview of a plan, as its owner's browser does."""
    with app.app_context():
        cast = engage(db.session)
        steps = [_kept(cast, segment) for segment in plan.segments]
        found = operations.create(db.session, cast.owner, replace(plan, segments=tuple(steps)))
        address = f"/plans/{found.id}/handouts/preview"
        db.session.commit()
    client = app.test_client()
    client.post("/sign-in", data={"email": "owner@example.org", "password": PASSWORD})

    def ask() -> None:
        answer = client.get(address)
        if answer.status_code != 200:
            raise SystemExit(answer.status)

    return ask


def _kept(cast: Cast, segment: Segment) -> Segment:
    record, exercise = queries.exercise(db.session, cast.owner, segment.id)
    return replace(segment_from(exercise, record.digest, "core", segment.id), in_handout=True)


def _eight_pages() -> tuple[Plan, dict[Origin, Exercise]]:
    """A cover, and a sheet from each of the first exercises for both of which each takes one page."""
    exercises = [each for each in read_folder()[0] if each.handout("together")][: _PAGES - 1]
    plan = Plan("A session", hope="they can each ask for a hug", segments=tuple(map(_step, exercises)))
    return plan, {Origin(each.slug, "v1"): each for each in exercises}


def _step(exercise: Exercise) -> Segment:
    return Segment(
        exercise.slug,
        "core",
        exercise.title,
        10,
        areas=(exercise.area,),
        exercise=Origin(exercise.slug, "v1"),
    )
