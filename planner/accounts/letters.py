"""What letters to members say."""

from __future__ import annotations

from datetime import datetime

from flask_babel import format_date, ngettext
from flask_babel import gettext as _

from planner.accounts.mail import Letter
from planner.config import Settings


def invitation(to: str, inviter: str, practice: str, link: str, expires_at: datetime) -> Letter:
    """An invitation into a practice."""
    text = _(
        "Hello,\n\n%(inviter)s invites you to %(practice)s on Reconnect, a planner for couples counsellors."
        "\n\n"
        "Open this link to choose your name and a password:\n\n%(link)s\n\n"
        "It works once, until %(day)s. If you did not expect this, leave it: nothing happens without you.\n",
        inviter=inviter,
        practice=practice,
        link=link,
        day=format_date(expires_at, "d MMMM yyyy"),
    )
    return Letter(to, _("Your invitation to %(practice)s", practice=practice), text)


def reset(settings: Settings, to: str, link: str) -> Letter:
    """The way to a new password."""
    hours = ngettext("%(num)d hour", "%(num)d hours", settings.reset_hours)
    text = _(
        "Hello,\n\nsomebody, we hope you, asked for a new password for Reconnect.\n\n"
        "Open this link to choose one:\n\n%(link)s\n\n"
        "It works once, for %(hours)s. If it was not you, leave this letter: your password stays as it is.\n",
        link=link,
        hours=hours,
    )
    return Letter(to, _("A new password for Reconnect"), text)
