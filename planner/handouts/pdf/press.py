"""From what is printed to a PDF for this application: what was made before, or a new one from the pool."""

from __future__ import annotations

from dataclasses import dataclass, field

from flask import Flask, current_app

from planner.config import Settings
from planner.handouts.paper import to_html
from planner.handouts.pdf.cache import PdfCache, key_of
from planner.handouts.pdf.laid import Laid
from planner.handouts.pdf.remembered import Remembered
from planner.handouts.pdf.render import Renderer, renderer
from planner.handouts.printed import Printed


@dataclass(frozen=True)
class Press:
    """A renderer, the cache before it, and what it knows of how sheets are laid."""

    renderer: Renderer
    cache: PdfCache
    remembered: Remembered = field(default_factory=Remembered)

    def pdf(self, printed: Printed) -> bytes:
        """The PDF. Nothing of it is written to disk when it is not to be kept. Raises RenderFailed."""
        html, options = to_html(printed), printed.options
        if not printed.keep:
            return self._make(html, options.pages_each, options.fillable)
        key = key_of(html, options.pages_each, options.fillable)
        pdf = self.cache.get(key)
        if pdf is None:
            pdf = self._make(html, options.pages_each, options.fillable)
            self.cache.put(key, pdf)
        return pdf

    def guess(self, printed: Printed) -> tuple[Laid, bool]:
        """Where pages will fall as far as is known, at once; True when that is how it prints."""
        return self.remembered.guess(to_html(printed), printed.options.pages_each)

    def laid(self, printed: Printed) -> Laid:
        """Where pages will fall. Raises RenderFailed."""
        html, pages_each = to_html(printed), printed.options.pages_each
        laid, sure = self.remembered.guess(html, pages_each)
        if not sure:
            known = self.remembered.known(html, pages_each)
            laid = self.renderer.measure(html, pages_each, known)
            self.remembered.learn(html, pages_each, laid)
        return laid

    def _make(self, html: str, pages_each: int, fillable: bool) -> bytes:
        known = self.remembered.known(html, pages_each)
        pdf, laid = self.renderer.make(html, pages_each, fillable, known)
        self.remembered.learn(html, pages_each, laid)
        return pdf


def set_up(app: Flask) -> None:
    """Give `app` its press. No process is started yet: a server does so once it serves."""
    settings: Settings = app.extensions["settings"]
    app.extensions["press"] = Press(
        renderer(settings.render_processes, settings.render_seconds, settings.render_megabytes),
        PdfCache(settings.folder / "cache" / "pdf", settings.cache_megabytes, app.extensions["keyring"]),
    )


def press() -> Press:
    found: Press = current_app.extensions["press"]
    return found
