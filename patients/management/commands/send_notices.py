"""`manage.py send_notices` mails about stops that wait for an answer. Several may run at once."""

from __future__ import annotations

import logging
import os
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, close_old_connections

from patients.notices import mail as notices

log = logging.getLogger(__name__)


class Command(BaseCommand):
    help = (
        "Mail the lead about a new stop, and the clinic's others after one working day. "
        "Each mail once."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--every", type=int, metavar="SECONDS", help="go on until the starting process ends"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["every"] is None:
            sent = notices.send_due()
            if options["verbosity"]:
                self.stdout.write(f"{sent} mailed.")
            return
        parent = os.getppid()
        waited = 0
        while os.getppid() == parent:
            if waited % options["every"] == 0:
                _round()
            waited += 1
            time.sleep(1)


def _round() -> None:
    try:
        notices.send_due()
    except DatabaseError:
        # The database may be restarting. A later round finds it again.
        log.warning("no notices this round", exc_info=True)
    close_old_connections()
