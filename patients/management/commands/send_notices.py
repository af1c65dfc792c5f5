"""`manage.py send_notices` mails about stops that wait for an answer. Several may run at once."""

from __future__ import annotations

import logging
import os
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections

from patients.notices.sender import Sender, send_due
from patients.verbs import outbox as outbox_verbs

#: How many seconds pass between two looks while mails are on their way.
SOON = 0.5

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
        if options["every"] is None:
            sent = send_due()
            if options["verbosity"]:
                self.stdout.write(f"{sent} mailed.")
            return
        # A process that ends while this one starts is no longer its parent by now.
        parent = options["parent"] or os.getppid()
        sender = Sender()
        waited = float(options["every"])
        while os.getppid() == parent:
            waited = 0 if waited >= options["every"] else waited
            if waited == 0 or sender.busy:
                _round(sender, alive=waited == 0)
            if sender.stuck:
                log.error("a mail server hangs: the sender starts afresh")
                os._exit(1)
            waited += SOON
            time.sleep(SOON)


def _round(sender: Sender, *, alive: bool) -> None:
    try:
        if alive:
            outbox_verbs.note_alive()
        sender.step()
    except Exception:
        # The database may be restarting. A later round finds it again.
        log.warning("no mails this round", exc_info=True)
    close_old_connections()
