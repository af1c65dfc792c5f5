"""Sends the mails that are due. Several senders may run at a time.

Sending waits for a mail server, so it is done by a few threads. The database is used by the main
thread alone. No clinic may use more than a few of the threads, and the clinic that waited longest
is next: a mail server that hangs for one clinic leaves the mails of the others alone.
"""

from __future__ import annotations

import logging
import smtplib
import time
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field

from django.core.mail import EmailMessage, get_connection
from django.db.models import Min
from django.utils import timezone

from accounts import unsent
from accounts.mail_models import LetterKind, WhyUnsent
from patients.models import Outbox, Stop
from patients.notices.mail import message_of
from patients.rules.periods import FIRST_WAIT
from patients.verbs import outbox as outbox_verbs

THREADS = 8
THREADS_OF_A_CLINIC = 2
#: After so many seconds a thread that still sends is given up. It is longer than every time-out.
STUCK = 300

#: A mail server that does not answer in time. ``smtplib`` tells of it in either way.
HANGS = (TimeoutError, smtplib.SMTPServerDisconnected)

log = logging.getLogger(__name__)


@dataclass
class _Flight:
    """A mail that a thread sends now. ``began``: seconds of the monotonic clock."""

    mail: Outbox
    began: float


@dataclass
class Sender:
    """``served``: by clinic, when it last had a turn. ``rests_until``: seconds of the monotonic
    clock; a server that answered nobody is left alone until then.
    """

    _pool: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(THREADS, thread_name_prefix="mail")
    )
    _flights: dict[Future[None], _Flight] = field(default_factory=dict)
    _served: dict[int, float] = field(default_factory=dict)
    _rests_until: float = 0

    def step(self) -> int:
        """Note what has left, and hand on what is due. Return how many mails have left."""
        sent = self._land()
        self._hand_on()
        return sent

    @property
    def busy(self) -> bool:
        return bool(self._flights)

    @property
    def stuck(self) -> bool:
        """Whether a thread hangs although its time is long up."""
        return any(time.monotonic() - one.began > STUCK for one in self._flights.values())

    def pause(self, seconds: float) -> None:
        """Wait until a mail has left, but not longer than so many seconds."""
        wait(self._flights, timeout=seconds, return_when=FIRST_COMPLETED)

    def finish(self, seconds: float) -> None:
        """Note what leaves within so many seconds, and begin no other mail."""
        last = time.monotonic() + seconds
        while self.busy and time.monotonic() < last:
            self.pause(last - time.monotonic())
            self._land()

    def close(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _land(self) -> int:
        sent = 0
        for future in [future for future in self._flights if future.done()]:
            mail = self._flights.pop(future).mail
            problem = future.exception()
            if problem is None:
                outbox_verbs.note_sent(mail=mail)
                sent += 1
            else:
                log.warning("mail not sent: %s", type(problem).__name__)
                outbox_verbs.note_failed(mail=mail, hung=isinstance(problem, HANGS))
            if isinstance(problem, _ServerSilentError):
                self._rests_until = time.monotonic() + FIRST_WAIT.total_seconds()
            unsent.outcome(mail.to, LetterKind.STOP, problem)
        return sent

    def _hand_on(self) -> None:
        if time.monotonic() < self._rests_until:
            return
        while len(self._flights) < THREADS and (mail := self._next()) is not None:
            self._served[mail.clinic_id] = time.monotonic()
            if not outbox_verbs.claim(mail=mail, now=timezone.now()):
                continue
            message = self._prepare(mail)
            if message is not None:
                self._flights[self._pool.submit(_send, message)] = _Flight(mail, time.monotonic())

    def _next(self) -> Outbox | None:
        """The next mail of the clinic that waited longest among those with a thread to spare."""
        due = Outbox.objects.due(timezone.now())
        clinics = due.order_by().values_list("clinic").annotate(first=Min("next_try"))
        used = [one.mail.clinic_id for one in self._flights.values()]
        free = [pair for pair in clinics if used.count(pair[0]) < THREADS_OF_A_CLINIC]
        if not free:
            return None
        clinic, _first = min(free, key=lambda pair: (self._served.get(pair[0], 0), pair[1]))
        # Whose turn it is comes first: joined before, everybody's rows would be read for one mail.
        first = due.filter(clinic=clinic).most_urgent_first().values_list("pk", flat=True).first()
        if first is None:
            return None
        return Outbox.objects.select_related("to", "clinic", "patient").filter(pk=first).first()

    def _prepare(self, mail: Outbox) -> EmailMessage | None:
        """The mail in words; None if it need not leave, or cannot be put into words."""
        if not _is_needed(mail):
            outbox_verbs.note_needless(mail=mail)
            return None
        try:
            return message_of(mail)
        except Exception:
            # A mistake in one mail must not keep the others.
            log.exception("mail %s cannot be written", mail.pk)
            outbox_verbs.note_failed(mail=mail, hung=False)
            unsent.note(mail.to, LetterKind.STOP, WhyUnsent.OURS)
            return None


class _ServerSilentError(TimeoutError):
    """The mail server says nothing, to whomever the mail is."""


def _send(message: EmailMessage) -> None:
    connection = message.connection = get_connection()
    try:
        connection.open()
    except HANGS as problem:
        raise _ServerSilentError from problem
    with connection:
        message.send()


def _is_needed(mail: Outbox) -> bool:
    """Whether the matter still waits, for somebody who may still be told of it.

    A repeated mail is needless once a clinician has looked.
    """
    to = mail.to
    if not (to.is_active and to.is_clinician and to.clinic_id == mail.clinic_id):
        return False
    stops = Stop.objects.unanswered().filter(patient=mail.patient_id)
    since = max((stop.at for stop in stops if stop.urgency == mail.urgency), default=None)
    if since is None:
        return False
    looked = Outbox.objects.filter(patient=mail.patient_id, opened__gte=since)
    return not (mail.repeats and looked.exists())


def send_due() -> int:
    """Send every mail that is due, each once. Return how many have left."""
    sender = Sender()
    outbox_verbs.note_alive()
    sent = sender.step()
    while sender.busy:
        sender.pause(1)
        sent += sender.step()
    sender.close()
    return sent
