"""Deletes what has run out, and files of mails that lie about."""

from __future__ import annotations

import time
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import jobs, sessions
from accounts.signals import hourly

#: Mails that were written to files, for want of a mail server, are kept so long: links in them have
#: long ended.
FILES = timedelta(days=30)


def tidy() -> None:
    sessions.forget_ended(timezone.now())
    _forget_files(Path(settings.EMAIL_FILE_PATH))
    problems = [found for _told, found in hourly.send_robust(tidy) if isinstance(found, Exception)]
    if problems:
        raise problems[0]


def _forget_files(folder: Path) -> None:
    before = time.time() - FILES.total_seconds()
    for path in folder.glob("*.log"):
        if path.stat().st_mtime < before:
            path.unlink(missing_ok=True)


def plan() -> None:
    jobs.register(
        jobs.Duty(
            name="tidy",
            title=_("Deleting sign-ins and counts that have ended"),
            without=_("Nobody comes in with them, but they gather."),
            run=tidy,
            every=timedelta(hours=1),
        )
    )
