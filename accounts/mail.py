"""Mails of this app. A mail never holds anything clinical."""

from __future__ import annotations

import logging

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
    try:
        send_mail(
            subject, render_to_string("accounts/invitation.txt", context), None, [user.email or ""]
        )
    except OSError as problem:
        log.warning("invitation not mailed: %s", type(problem).__name__)
        return False
    return True


def send_step_removed(user: User, by: User) -> None:
    """Tell a colleague that an owner took away their second step of sign-in."""
    body = render_to_string("accounts/step_removed.txt", {"user": user, "by": by})
    subject = _("Your second step of sign-in was removed")
    try:
        send_mail(subject, body, None, [user.email or ""])
    except OSError as problem:
        log.warning("notice not mailed: %s", type(problem).__name__)


def send_email_changed(user: User, *, old: str, by: User) -> None:
    """Tell a colleague that they sign in with another address, at the old one and at the new one,
    so that nobody is taken over in silence."""
    text = render_to_string("accounts/email_changed.txt", {"user": user, "old": old, "by": by})
    for address in (old, user.email or ""):
        try:
            send_mail(_("You sign in with another e-mail now"), text, None, [address])
        except OSError as problem:
            log.warning("changed e-mail not mailed: %s", type(problem).__name__)
