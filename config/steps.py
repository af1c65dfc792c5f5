"""What the commands share that prepare an installation step by step."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand


class Steps(BaseCommand):
    """A command of several steps, each of which it names as it begins."""

    def step(self, what: str, command: str, **choices: Any) -> None:
        self.stdout.write(f"Preparing the {what} ...")
        self.stdout.flush()
        call_command(command, verbosity=0, **choices)

    def if_changed(self, stamp: Path, now: str, what: str, command: str, **choices: Any) -> None:
        """Take a step unless it was taken when all was as it is now."""
        if not stamp.exists() or stamp.read_text() != now:
            self.step(what, command, **choices)
            stamp.write_text(now)
