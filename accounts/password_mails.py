"""Mails the links with which somebody chooses a new password, from the process that mails.

The request only writes down that a mail is wanted. It takes as long for an address that nobody
here has, so its time does not tell who works here.
"""

from __future__ import annotations

import logging
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta

from allauth.account.adapter import get_adapter
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import timezone

from accounts import letters, unsent
from accounts.mail_models import LetterKind, WhyUnsent
from accounts.models import PasswordMail, User

#: A mail that could not leave for so long is not sent: whoever waited has asked again.
LATEST = timedelta(hours=1)
#: How many are on their way at a time.
AT_ONCE = 20

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
    _flights: dict[Future[int], User] = field(default_factory=dict)

    def step(self) -> None:
        """Note what has left, and hand on mails that wait. Each leaves once, of however many
        processes. Beside a server that hangs the others wait in their table, and not in here."""
        self._land()
        for row in PasswordMail.objects.select_related("to"):
            if len(self._flights) >= AT_ONCE:
                break
            taken, _of = PasswordMail.objects.filter(pk=row.pk).delete()
            if not taken or row.to is None or not row.to.is_active:
                continue
            if timezone.now() < row.asked_at + LATEST:
                self._flights[self._pool.submit(_message(row.to).send)] = row.to
            else:
                unsent.note(row.to, LetterKind.PASSWORD, WhyUnsent.LATE)

    def _land(self) -> None:
        for future in [future for future in self._flights if future.done()]:
            person = self._flights.pop(future)
            problem = future.exception()
            if problem is not None:
                log.warning("password mail not sent: %s", type(problem).__name__)
            unsent.outcome(person, LetterKind.PASSWORD, problem)

    def close(self) -> None:
        """Wait until all have left."""
        self._pool.shutdown()
        self._land()


def _message(person: User) -> EmailMessage:
    key = f"{user_pk_to_url_str(person)}-{default_token_generator.make_token(person)}"
    link = get_adapter().get_reset_password_from_key_url(key)
    context = {"user": person, "password_reset_url": link}
    subject, body = (
        render_to_string(f"account/email/password_reset_key_{part}.txt", context).strip()
        for part in ("subject", "message")
    )
    return letters.letter(person.email, subject, body)
