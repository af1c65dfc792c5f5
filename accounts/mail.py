"""Mails of this app. A mail never holds anything clinical."""

from __future__ import annotations

import logging
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from accounts import letters, staff, unsent
from accounts.mail_models import LetterKind
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
    return _leaves(user, LetterKind.INVITATION, subject, context)


def send_step_removed(user: User, by: User) -> None:
    """Tell a colleague that an owner took away their second step of sign-in."""
    subject = _("Your second step of sign-in was removed")
    _leaves(user, LetterKind.STEP_REMOVED, subject, {"user": user, "by": by})


def send_email_changed(user: User, *, old: str, by: User) -> None:
    """Tell a colleague that they sign in with another address, at the old one and at the new one,
    so that nobody is taken over in silence."""
    subject = _("You sign in with another e-mail now")
    context = {"user": user, "old": old, "by": by}
    for address in (old, user.email):
        _leaves(user, LetterKind.EMAIL_CHANGED, subject, context, address)


def _leaves(
    user: User, kind: LetterKind, subject: str, context: dict[str, Any], address: str | None = None
) -> bool:
    """Send a mail, whose template has the name of its kind; False when no mail server took it.

    ``address``: where to, if not to the person's own
    """
    text = render_to_string(f"accounts/{kind}.txt", context)
    problem = None
    try:
        letters.letter(address or user.email, subject, text).send()
    except OSError as found:
        problem = found
        log.warning("%s not mailed: %s", kind.replace("_", " "), type(problem).__name__)
    if address in {None, user.email}:
        unsent.outcome(user, kind, problem)
    return problem is None
