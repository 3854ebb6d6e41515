"""A PDF process reads our own files and nothing else, reaches nobody, and leaves nothing behind."""

from __future__ import annotations

import base64
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from planner.config import ROOT
from planner.handouts.pdf import worker
from planner.handouts.pdf.assets import BASE, OwnFiles
from planner.handouts.pdf.render import Renderer, RenderFailed

PAGE = (
    '<!doctype html><html lang="en-GB"><head><title>t</title>'
    f'<link rel="stylesheet" href="{BASE}css/paper.css"></head><body class="paper a4">{{}}</body></html>'
)
# Each gives a plain value where it is allowed.
ATTEMPTS = {
    "a connection": "__import__('socket').create_server(('127.0.0.1', 0)).close()",
    "an address looked up": "len(__import__('socket').getaddrinfo('127.0.0.1', 80))",
    "another program": "__import__('subprocess').run(['true']).returncode",
    "a shell": "__import__('os').system('true')",
    "a file of the system": "Path('/etc/passwd').read_text()[:1]",
    "a file beside our own": f"Path({str(ROOT / 'pyproject.toml')!r}).read_text()[:1]",
    "a way around": f"Path({str(ROOT / 'static' / '..' / 'pyproject.toml')!r}).read_text()[:1]",
    "a new file": "Path({folder!r}, 'new').write_text('x')",
    "a changed file": "__import__('os').close(__import__('os').open({folder!r} + '/old', 1 | 1024))",
    "a file put elsewhere": "__import__('os').rename({folder!r} + '/old', {folder!r} + '/older')",
    "a file deleted": "__import__('os').remove({folder!r} + '/old')",
}


@pytest.fixture(scope="module")
def renderer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Renderer]:
    """With folders of its own, to see what is left in them."""
    before, tempfile.tempdir = tempfile.tempdir, str(tmp_path_factory.mktemp("temporary"))
    made = Renderer(processes=1, seconds=20, megabytes=700)
    try:
        yield made
        made.close()
        assert list(Path(tempfile.tempdir).glob("reconnect-pdf-*")) == []
    finally:
        tempfile.tempdir = before


@pytest.mark.parametrize("name", ATTEMPTS)
def test_what_a_pdf_process_has_no_business_with_is_refused(
    name: str, renderer: Renderer, tmp_path: Path
) -> None:
    (tmp_path / "old").write_text("x")
    attempt = ATTEMPTS[name].format(folder=str(tmp_path)).replace("Path(", "__import__('pathlib').Path(")
    with pytest.raises(RenderFailed):
        renderer.run(eval, attempt)
    assert [each.name for each in tmp_path.iterdir()] == ["old"]
    eval(attempt)  # noqa: S307 our own words: anywhere else it can be done, so a test would see it


def test_its_own_folder_and_our_style_sheets_are_open_to_it(renderer: Renderer) -> None:
    own = "__import__('tempfile').mkdtemp()"
    assert renderer.run(eval, f"open({own} + '/font', 'wb').write(b'x')") == 1
    assert renderer.run(eval, f"open({str(ROOT / 'static' / 'css' / 'paper.css')!r}).read(2)") == "/*"


@pytest.mark.skipif(sys.platform != "linux", reason="limits of the system are for Linux")
def test_the_system_limits_files_time_and_dumps_of_memory(renderer: Renderer) -> None:
    own = "__import__('tempfile').mkdtemp()"
    with pytest.raises(RenderFailed):
        renderer.run(eval, f"open({own} + '/font', 'wb').write(bytes(65 * 1024 ** 2))")
    limit = "__import__('resource').getrlimit(__import__('resource').{})[0]".format
    assert renderer.run(eval, limit("RLIMIT_CORE")) == 0
    assert renderer.run(eval, limit("RLIMIT_NPROC")) == 0
    assert 20 <= renderer.run(eval, limit("RLIMIT_CPU")) <= 60


def test_what_a_stopped_process_left_is_removed_by_the_next(renderer: Renderer) -> None:
    first = renderer.run(os.getpid)
    (folder,) = Path(tempfile.gettempdir()).glob("reconnect-pdf-*")
    assert [each.name for each in folder.iterdir()] == [str(first)]
    with pytest.raises(RenderFailed):
        renderer.run(os._exit, 1)
    second = renderer.run(os.getpid)
    for _ in range(20):  # the first may still be on its way out when the second begins
        if [each.name for each in folder.iterdir()] == [str(second)]:
            return
        time.sleep(0.05)
    raise AssertionError([each.name for each in folder.iterdir()])


def _svg(inside: str) -> str:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">{inside}</svg>'
    return f'<img alt="" src="data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}">'


FETCHING = {
    "a picture": '<img alt="" src="https://example.org/x.png">',
    "a file": '<img alt="" src="file:///etc/passwd">',
    "an attachment": '<link rel="attachment" href="file:///etc/passwd">',
    "an attached link": '<a rel="attachment" href="file:///etc/passwd">x</a>',
    "an object": '<object data="file:///etc/passwd"></object>',
    "an embedded one": '<embed src="file:///etc/passwd">',
    "a style": '<p style="background: url(https://example.org/x.png)">x</p>',
    "a list style": '<ul style="list-style-image: url(file:///etc/passwd)"><li>x</li></ul>',
    "a style sheet": '<style>@import url("https://example.org/x.css");</style>',
    "a font": '<style>@font-face { font-family: X; src: url("file:///etc/passwd"); }</style>',
    "a font of the system": '<style>@font-face { font-family: X; src: local("DejaVu Sans"); }</style>',
    "a picture in a picture": _svg('<image href="file:///etc/passwd" width="9" height="9"/>'),
    "a use in a picture": _svg('<use href="file:///etc/passwd#x"/>'),
    "a style in a picture": _svg('<style>@import "https://example.org/x.css";</style><rect width="9"/>'),
    "a picture in the page": '<svg><image href="https://example.org/x.png" width="9" height="9"/></svg>',
    "another base": '<base href="file:///etc/"><img alt="" src="passwd">',
    "another kind of data": '<img alt="" src="data:text/html;base64,PGI+">',
    "too much data": f'<img alt="" src="data:image/png;base64,{"A" * 700_000}">',
}


@pytest.mark.parametrize("name", FETCHING)
def test_nothing_in_a_document_fetches_anything(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    plain, got = OwnFiles.fetch, []

    def fetch(self: OwnFiles, url: str, headers: object = None) -> object:
        answer = plain(self, url, headers)
        got.append(url)
        return answer

    monkeypatch.setattr(OwnFiles, "fetch", fetch)
    pdf, laid = worker.make(PAGE.format(FETCHING[name]), 1)
    assert laid.pages == 1
    assert b"EmbeddedFile" not in pdf
    assert [url for url in got if not url.startswith((BASE, "data:image/svg+xml;base64,"))] == []


def test_styles_of_one_document_are_not_those_of_the_next() -> None:
    """A document could give our letters another face: it would be seen in the next couple's pages."""
    other = PAGE.format("<p>x</p>")
    before = worker.make(other, 1)[0]
    font = f"{BASE}vendor/source-serif/source-serif-4-latin-600-normal.woff2"
    face = f'@font-face {{ font-family: "Paper Sans"; src: url("{font}"); }}'
    worker.make(PAGE.format(f"<style>{face} p {{ font-size: 99pt; }}</style><p>x</p>"), 1)
    assert worker.make(other, 1)[0] == before


def test_the_logo_of_a_letterhead_is_printed() -> None:
    logo = _svg('<rect width="9" height="9" fill="#a00"/>')
    assert len(worker.make(PAGE.format(logo), 1)[0]) > len(worker.make(PAGE.format(_svg("")), 1)[0])
