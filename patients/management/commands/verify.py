"""`manage.py verify`: the rules held against the whole database."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from patients.summaries import verify


class Command(BaseCommand):
    help = (
        "Check the rules over every row, and lists against what they sum up. Changes nothing; "
        "exit 1 on a difference."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        count = 0
        for difference in verify.differences():
            self.stdout.write(difference)
            count += 1
        if count:
            raise CommandError(f"{count} differences.", returncode=1)
        if options["verbosity"]:
            self.stdout.write("Every rule holds, and every summary says what its tables say.")
