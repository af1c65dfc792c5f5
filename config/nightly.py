"""The nightly backup, where the settings name a folder for it."""

from __future__ import annotations

from django.conf import settings
from django.core.management import call_command
from django.utils.translation import gettext_lazy as _

from accounts import jobs


def plan() -> None:
    if settings.BACKUP_DIR:
        jobs.register(
            jobs.Duty(
                name="backup",
                title=_("The nightly backup"),
                without=_("A broken disk would take what was written since."),
                run=lambda: call_command("backup", verbosity=0),
            )
        )
