"""Mails the links with which somebody chooses a new password, from the process that mails.

The request only writes down that a mail is wanted. It takes as long for an address that nobody
here has, so its time does not tell who works here.
"""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta

from allauth.account.adapter import get_adapter
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.models import PasswordMail, User

#: A mail that could not leave for so long is not sent: whoever waited has asked again.
LATEST = timedelta(hours=1)

log = logging.getLogger(__name__)


def ask(email: str) -> None:
    """Note that somebody asked for a new password for this address."""
    person = User.objects.filter(email__iexact=email, is_active=True).order_by().first()
    PasswordMail.objects.create(to=person)


@dataclass
class Postman:
    """Sends what was asked for, in threads of its own. The database is used by the caller alone."""

    _pool: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(2, thread_name_prefix="password mail")
    )

    def step(self) -> None:
        """Hand on the mails that wait. Each leaves once, of however many processes."""
        for row in PasswordMail.objects.select_related("to"):
            taken, _of = PasswordMail.objects.filter(pk=row.pk).delete()
            in_time = timezone.now() < row.asked_at + LATEST
            if taken and in_time and row.to is not None and row.to.is_active:
                self._pool.submit(_send, _message(row.to))

    def close(self) -> None:
        """Wait until all have left."""
        self._pool.shutdown()


def _message(person: User) -> EmailMessage:
    key = f"{user_pk_to_url_str(person)}-{default_token_generator.make_token(person)}"
    link = get_adapter().get_reset_password_from_key_url(key)
    context = {"user": person, "password_reset_url": link}
    subject, body = (
        render_to_string(f"account/email/password_reset_key_{part}.txt", context).strip()
        for part in ("subject", "message")
    )
    return EmailMessage(subject, body, to=[person.email or ""])


def _send(message: EmailMessage) -> None:
    try:
        message.send()
    except Exception as problem:
        log.warning("password mail not sent: %s", type(problem).__name__)
