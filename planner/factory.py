"""The factory: it makes the application out of its features, and does nothing else."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask, Response, current_app, request
from flask_babel import Babel
from flask_migrate import Migrate
from flask_wtf.csrf import CSRFProtect
from jinja2 import StrictUndefined
from sqlalchemy import NullPool, create_engine, inspect
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.middleware.proxy_fix import ProxyFix

from planner import cli
from planner.accounts import security
from planner.accounts.letterhead_views import bp as letterhead_pages
from planner.accounts.views import bp as accounts_pages
from planner.config import ROOT, BadSetting, Settings
from planner.consulting.views import bp as consulting_pages
from planner.db import db, prepare, reads_only
from planner.diary.views import bp as diary_pages
from planner.handouts.library_views import bp as sheets_pages
from planner.handouts.translated_views import bp as translated_pages
from planner.handouts.views import bp as handouts_pages
from planner.landing.views import bp as landing_pages
from planner.library.exchange.views import bp as exchange_pages
from planner.library.own.versions import bp as version_pages
from planner.library.own.views import bp as own_pages
from planner.library.views import bp as library_pages
from planner.library.writing.views import bp as writing_pages
from planner.packs.views import bp as packs_pages
from planner.plans.adding import bp as plans_pages
from planner.plans.history.views import bp as history_pages
from planner.programmes.publishing import bp as programmes_pages
from planner.running.views import bp as running_pages
from planner.sealing import make_keys, read_keyring, read_session_key
from planner.sharing.views import bp as sharing_pages
from planner.web import errors, headers, logs, page, uploads
from planner.web.htmx import htmx, vary
from planner.web.keys import bp as keys_pages
from planner.wording.views import bp as wording_pages

csrf = CSRFProtect()
MAX_FORM_BYTES = 512 * 1024


def build(settings: Settings | None = None) -> Flask:
    """Build the application. Raises BadSetting, or KeyMissing when there is a database without its key."""
    settings = settings or Settings.from_env()
    app = Flask("planner", template_folder=str(ROOT / "templates"), static_folder=str(ROOT / "static"))
    _configure(app, settings)
    logs.set_up(settings.log_level)
    db.init_app(app)
    Migrate(app, db, directory=str(ROOT / "migrations"), render_as_batch=True)
    Babel(app)
    htmx.init_app(app)
    with app.app_context():
        prepare(db.engine)
    page.register(app)
    errors.register(app)
    app.before_request(_read_or_write)
    uploads.register(app)
    security.register(app)
    csrf.init_app(app)  # after the gate: a session that has ended is no forgery
    for pages in (
        accounts_pages,
        letterhead_pages,
        library_pages,
        own_pages,
        writing_pages,
        exchange_pages,
        version_pages,
        plans_pages,
        history_pages,
        handouts_pages,
        sheets_pages,
        translated_pages,
        sharing_pages,
        consulting_pages,
        diary_pages,
        keys_pages,
        landing_pages,
        packs_pages,
        programmes_pages,
        running_pages,
        wording_pages,
    ):
        app.register_blueprint(pages)
    cli.register(app)
    app.after_request(vary)
    app.after_request(headers.secure)
    if settings.trusted_proxies:
        count = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]
    return app


def _configure(app: Flask, settings: Settings) -> None:
    try:
        if _is_new(settings):
            make_keys(settings.folder)
    except OSError as error:
        raise BadSetting(f"INSTANCE: {settings.folder} cannot be used: {error.strerror}.") from error
    app.extensions["settings"] = settings
    app.extensions["keyring"] = read_keyring(settings.folder)
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.config.update(
        SECRET_KEY=read_session_key(settings.folder),
        SQLALCHEMY_DATABASE_URI=settings.database,
        # An error of the database names the statement, and must not bring what was typed into the log.
        SQLALCHEMY_ENGINE_OPTIONS={"hide_parameters": True},
        SESSION_COOKIE_NAME="__Host-reconnect" if settings.secure_cookies else "reconnect",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=timedelta(hours=settings.session_hours),
        SEND_FILE_MAX_AGE_DEFAULT=timedelta(days=365),
        MAX_CONTENT_LENGTH=MAX_FORM_BYTES,
        MAX_FORM_MEMORY_SIZE=MAX_FORM_BYTES,
        MAX_FORM_PARTS=500,
        WTF_CSRF_TIME_LIMIT=None,
        BABEL_DEFAULT_LOCALE="en_GB",
        BABEL_DEFAULT_TIMEZONE=settings.time_zone,
    )


def _is_new(settings: Settings) -> bool:
    """True before the first start: only then may keys be made, as old plans need the old keys."""
    if not settings.database_url:
        return not (settings.folder / "planner.db").exists()
    try:
        engine = create_engine(settings.database, poolclass=NullPool)
        return not inspect(engine).has_table("practice")
    except (SQLAlchemyError, ImportError) as error:
        raise BadSetting("DATABASE_URL names a database that cannot be opened: " + str(error)) from error


def _read_or_write() -> Response | None:
    """Tell the database which requests may share it and which must take the write lock."""
    view = current_app.view_functions.get(request.endpoint or "")
    reads_only.set(request.method in ("GET", "HEAD", "OPTIONS") or getattr(view, "only_looks", False))
    return None
