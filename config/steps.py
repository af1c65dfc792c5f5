"""What the commands share that prepare an installation step by step."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from config import installation_key


class Steps(BaseCommand):
    """A command of several steps, each of which it names as it begins."""

    def step(self, what: str, command: str, **choices: Any) -> None:
        self.stdout.write(f"Preparing the {what} ...")
        self.stdout.flush()
        call_command(command, verbosity=0, **choices)

    def check_key(self) -> None:
        """Refuse a machine with another secret key than the installation's."""
        try:
            installation_key.check()
        except installation_key.WrongKey as wrong:
            raise CommandError(str(wrong)) from wrong

    def if_changed(self, stamp: Path, now: str, what: str, command: str, **choices: Any) -> None:
        """Take a step unless it was taken when all was as it is now."""
        if not stamp.exists() or stamp.read_text() != now:
            self.step(what, command, **choices)
            stamp.write_text(now)
