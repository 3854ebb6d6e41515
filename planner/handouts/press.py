"""From what is printed to a PDF for this application: what was made before, or a new one from the pool."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, current_app

from planner.config import Settings
from planner.handouts.cache import PdfCache, key_of
from planner.handouts.laid import Laid
from planner.handouts.paper import to_html
from planner.handouts.printed import Printed
from planner.handouts.render import Renderer, renderer


@dataclass(frozen=True)
class Press:
    """A renderer and the cache before it."""

    renderer: Renderer
    cache: PdfCache

    def pdf(self, printed: Printed) -> bytes:
        """The PDF. Nothing of it is written to disk when it is not to be kept. Raises RenderFailed."""
        html, pages_each = to_html(printed), printed.options.pages_each
        if not printed.keep:
            return self.renderer.make(html, pages_each)[0]
        key = key_of(html, pages_each)
        pdf = self.cache.get(key)
        if pdf is None:
            pdf = self.renderer.make(html, pages_each)[0]
            self.cache.put(key, pdf)
        return pdf

    def laid(self, printed: Printed) -> Laid:
        """Where pages would fall. Raises RenderFailed."""
        return self.renderer.measure(to_html(printed), printed.options.pages_each)


def set_up(app: Flask) -> None:
    """Give `app` its press. No process is started before one is needed."""
    settings: Settings = app.extensions["settings"]
    app.extensions["press"] = Press(
        renderer(settings.render_processes, settings.render_seconds, settings.render_megabytes),
        PdfCache(settings.folder / "cache" / "pdf", settings.cache_megabytes, app.extensions["keyring"]),
    )


def press() -> Press:
    found: Press = current_app.extensions["press"]
    return found
