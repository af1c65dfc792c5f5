"""Keeps which mails do not reach a colleague, and why, so that the owner hears of it.

Nobody else would: a request goes on without its mail, and the log is read by whoever runs the
installation.
"""

from __future__ import annotations

import smtplib
import ssl
from datetime import timedelta
from typing import Any

from django.db.models import F, Q
from django.utils import timezone

from accounts.mail_models import LetterKind, WhyUnsent
from accounts.models import Clinic, UnsentMail, User
from accounts.signals import hourly

#: How long the owner reads of it after the last try.
TOLD = timedelta(days=14)

#: The first that fits. Several of them are kinds of ``OSError``.
_WHY: tuple[tuple[tuple[type[BaseException], ...], WhyUnsent], ...] = (
    ((smtplib.SMTPAuthenticationError,), WhyUnsent.SIGN_IN),
    ((smtplib.SMTPSenderRefused,), WhyUnsent.SENDER),
    ((smtplib.SMTPDataError,), WhyUnsent.REFUSED),
    ((smtplib.SMTPConnectError, smtplib.SMTPHeloError), WhyUnsent.UNREACHED),
    ((TimeoutError, smtplib.SMTPServerDisconnected), WhyUnsent.SILENT),
    ((ssl.SSLError, smtplib.SMTPNotSupportedError), WhyUnsent.UNSAFE),
    ((smtplib.SMTPException,), WhyUnsent.REFUSED),
    ((OSError,), WhyUnsent.UNREACHED),
)


def why(problem: BaseException) -> WhyUnsent:
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _words in problem.recipients.values()]
        return WhyUnsent.NOT_NOW if all(400 <= one < 500 for one in codes) else WhyUnsent.ADDRESS
    found = (word for kinds, word in _WHY if isinstance(problem, kinds))
    return next(found, WhyUnsent.OURS)


def outcome(to: User, kind: LetterKind, problem: BaseException | None) -> None:
    """Note what became of a mail: None, it has left; otherwise what went wrong."""
    if problem is None:
        left(to, kind)
    else:
        note(to, kind, why(problem))


def note(to: User, kind: LetterKind, reason: WhyUnsent) -> None:
    """Note that a mail did not leave."""
    said: dict[str, Any] = {"why": reason, "last_at": timezone.now()}
    row, made = UnsentMail.objects.get_or_create(to=to, kind=kind, defaults=said)
    if not made:
        UnsentMail.objects.filter(pk=row.pk).update(tries=F("tries") + 1, **said)


def left(to: User, kind: LetterKind) -> None:
    """Note that a mail has left, so mails of its kind reach the person."""
    rows = UnsentMail.objects.filter(to=to, kind=kind)
    # Nearly always there is none, and on SQLite even an empty DELETE waits for other writers.
    if rows.exists():
        rows.delete()


def forget(to: User) -> None:
    """Forget what was about an address that the person no longer has."""
    UnsentMail.objects.filter(to=to).delete()


def of(clinic: Clinic) -> list[UnsentMail]:
    """What the owner reads, the latest first. Whoever has joined needs no invitation."""
    recent = UnsentMail.objects.filter(last_at__gt=timezone.now() - TOLD)
    invited = Q(kind=LetterKind.INVITATION, to__invited_at__isnull=False)
    here = Q(to__is_active=True) & ~Q(kind=LetterKind.INVITATION)
    return list(recent.filter(invited | here, to__clinic=clinic).select_related("to"))


def forget_old(sender: Any, **kwargs: Any) -> None:
    UnsentMail.objects.filter(last_at__lte=timezone.now() - TOLD).delete()


def listen() -> None:
    hourly.connect(forget_old, dispatch_uid="accounts.unsent")
