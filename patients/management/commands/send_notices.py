"""`manage.py send_notices` mails about stops that wait for an answer, and to those who forgot their
password. It also does the jobs of the hour and of the night. Several may run at once."""

from __future__ import annotations

import logging
import os
import time
from dataclasses import dataclass, field
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections

from accounts import jobs
from accounts.database_away import in_a_line, is_away
from accounts.job_runner import Runner, do_all
from accounts.password_mails import Postman
from patients.notices.sender import Sender, send_due
from patients.verbs import outbox as outbox_verbs

#: How many seconds pass between two looks while mails are on their way.
SOON = 0.5
#: How many seconds mails that are on their way have when the server ends.
LAST_MAILS = 10

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
            duties.postman.step()
            duties.postman.close()
            sent = send_due()
            jobs.note_round()
            do_all()
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
            if duties.sender.stuck or duties.runner.stuck:
                log.error("a mail server or a job hangs: the sender starts afresh")
                os._exit(1)
            waited += SOON
            time.sleep(SOON)
        duties.sender.finish(LAST_MAILS)


@dataclass
class _Duties:
    """What this process does beside each other."""

    sender: Sender = field(default_factory=Sender)
    postman: Postman = field(default_factory=Postman)
    runner: Runner = field(default_factory=Runner)


def _round(duties: _Duties, *, begins: bool) -> None:
    why = ""
    try:
        if begins:
            duties.postman.step()
        duties.sender.step()
        if begins:
            outbox_verbs.note_alive()
    except Exception as problem:
        _log("no mails this round", problem)
        why = type(problem).__name__
    if begins or why:
        _beside_the_mails(duties, why)
    close_old_connections()


def _beside_the_mails(duties: _Duties, why: str) -> None:
    """What must keep no mail."""
    try:
        jobs.note_round(why)
        duties.runner.step()
    except Exception as problem:
        _log("no jobs this round", problem)


def _log(what: str, problem: Exception) -> None:
    if is_away(problem):
        # The database may be restarting. A later round finds it again.
        log.warning("%s: %s", what, in_a_line(problem))
    else:
        log.error(what, exc_info=problem)
