"""Letters to members: by the practice's mail server, or into the log when there is none."""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from enum import Enum
from threading import Thread

import structlog

from planner.config import Settings

log = structlog.get_logger()
_SECONDS = 10
_TLS_PORT = 465


class Posted(Enum):
    """What became of a letter."""

    SENT = "sent"
    LOGGED = "logged"
    FAILED = "failed"


@dataclass(frozen=True)
class Letter:
    """A plain-text mail."""

    to: str
    subject: str
    text: str


def post(settings: Settings, letter: Letter) -> Posted:
    """Send a letter, after the commit: a mail server that fails costs nothing but the letter."""
    if not settings.smtp_host:
        # As an error, so that no level of logging hides it.
        log.error(
            "no mail server is set, so this was not sent",
            to=letter.to,
            subject=letter.subject,
            text=letter.text,
        )
        return Posted.LOGGED
    try:
        _send(settings, letter)
    except (OSError, smtplib.SMTPException, ValueError) as error:
        log.error("mail could not be sent", reason=type(error).__name__, server=settings.smtp_host)
        return Posted.FAILED
    return Posted.SENT


def post_later(settings: Settings, letter: Letter) -> None:
    """Send without waiting, where the time it takes would tell a stranger that the address is known."""
    Thread(target=post, args=(settings, letter), name="mail").start()


def _send(settings: Settings, letter: Letter) -> None:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = settings.mail_from, letter.to, letter.subject
    message["Date"], message["Message-ID"] = formatdate(), make_msgid(domain=_domain(settings.mail_from))
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text)
    with _connect(settings) as server:
        if settings.smtp_tls and settings.smtp_port != _TLS_PORT:
            server.starttls(context=ssl.create_default_context())
        if settings.smtp_user:
            server.login(settings.smtp_user, settings.smtp_password)
        server.send_message(message)


def _connect(settings: Settings) -> smtplib.SMTP:
    if settings.smtp_port == _TLS_PORT:
        return smtplib.SMTP_SSL(
            settings.smtp_host, _TLS_PORT, timeout=_SECONDS, context=ssl.create_default_context()
        )
    return smtplib.SMTP(settings.smtp_host, settings.smtp_port, timeout=_SECONDS)


def _domain(address: str) -> str:
    return address.rpartition("@")[2].strip("> ") or "localhost"
