"""`manage.py send_notices` mails about stops that wait for an answer, and to those who forgot their
password. It also deletes sign-ins that have ended. Several may run at once."""

from __future__ import annotations

import logging
import math
import os
import time
from dataclasses import dataclass, field
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections
from django.utils import timezone

from accounts import sessions
from accounts.password_mails import Postman
from accounts.signals import hourly
from patients.notices.sender import Sender, send_due
from patients.verbs import outbox as outbox_verbs

#: How many seconds pass between two looks while mails are on their way.
SOON = 0.5
#: How many seconds pass before it looks again for sign-ins that have ended.
SWEEP = 3600

log = logging.getLogger(__name__)


class Command(BaseCommand):
    help = (
        "Mail about stops that wait: at once to the lead, about urgent ones to everybody, "
        "about the others to everybody after one working day. Each mail once."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--every", type=int, metavar="SECONDS", help="go on until the starting process ends"
        )
        parser.add_argument(
            "--parent", type=int, metavar="PID", help="the starting process, if it may end early"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        duties = _Duties()
        if options["every"] is None:
            duties.begin_round()
            duties.postman.close()
            sent = send_due()
            if options["verbosity"]:
                self.stdout.write(f"{sent} mailed.")
            return
        # A process that ends while this one starts is no longer its parent by now.
        parent = options["parent"] or os.getppid()
        waited = float(options["every"])
        while os.getppid() == parent:
            waited = 0 if waited >= options["every"] else waited
            if waited == 0 or duties.sender.busy:
                _round(duties, begins=waited == 0)
            if duties.sender.stuck:
                log.error("a mail server hangs: the sender starts afresh")
                os._exit(1)
            waited += SOON
            time.sleep(SOON)


@dataclass
class _Duties:
    """What this process does beside each other. ``swept``: when it last deleted what has ended."""

    sender: Sender = field(default_factory=Sender)
    postman: Postman = field(default_factory=Postman)
    swept: float = -math.inf

    def begin_round(self) -> None:
        outbox_verbs.note_alive()
        self.postman.step()
        if time.monotonic() > self.swept + SWEEP:
            sessions.forget_ended(timezone.now())
            hourly.send_robust(type(self))
            self.swept = time.monotonic()


def _round(duties: _Duties, *, begins: bool) -> None:
    try:
        if begins:
            duties.begin_round()
        duties.sender.step()
    except Exception:
        # The database may be restarting. A later round finds it again.
        log.warning("no mails this round", exc_info=True)
    close_old_connections()
