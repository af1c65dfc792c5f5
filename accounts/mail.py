"""Mails of this app. A mail never holds anything clinical."""

from __future__ import annotations

import logging
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from accounts import staff
from accounts.models import User

log = logging.getLogger(__name__)


def leaves_the_house() -> bool:
    """Whether a mail server is set. Without one, mails are only written to a folder."""
    return not settings.EMAIL_BACKEND.endswith("filebased.EmailBackend")


def send_invitation(user: User, by: User) -> bool:
    """Mail the invitation to the colleague.

    Returns False when no mail server took the mail; then the owner hands the link over.
    """
    context = {
        "user": user,
        "by": by,
        "link": staff.invitation_url(user),
        "days": staff.LIFETIME.days,
    }
    subject = _("%(name)s invites you to Hinge Ladder") % {"name": by.name_on_paper}
    return _leaves("invitation", user.email, subject, context)


def send_step_removed(user: User, by: User) -> None:
    """Tell a colleague that an owner took away their second step of sign-in."""
    subject = _("Your second step of sign-in was removed")
    _leaves("step_removed", user.email, subject, {"user": user, "by": by})


def send_email_changed(user: User, *, old: str, by: User) -> None:
    """Tell a colleague that they sign in with another address, at the old one and at the new one,
    so that nobody is taken over in silence."""
    subject = _("You sign in with another e-mail now")
    for address in (old, user.email):
        _leaves("email_changed", address, subject, {"user": user, "old": old, "by": by})


def _leaves(template: str, address: str | None, subject: str, context: dict[str, Any]) -> bool:
    """Send the mail of a template; False when no mail server took it."""
    text = render_to_string(f"accounts/{template}.txt", context)
    try:
        send_mail(subject, text, None, [address or ""])
    except OSError as problem:
        log.warning("%s not mailed: %s", template.replace("_", " "), type(problem).__name__)
        return False
    return True
