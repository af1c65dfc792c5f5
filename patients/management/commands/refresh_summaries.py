"""`manage.py refresh_summaries` rebuilds the summaries that lists read, after an update."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from patients.models import Patient
from patients.summaries import refresh


class Command(BaseCommand):
    help = (
        "Compare every patient's summary with what it sums up, and write those that differ. "
        "Safe to interrupt and to run again."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        quiet = not options["verbosity"]
        written = refresh.rebuild(Patient.objects.all(), None if quiet else self._tell)
        if not quiet:
            self.stdout.write(f"Done: {written} summaries differed and are written.")

    def _tell(self, compared: int) -> None:
        self.stdout.write(f"{compared} patients compared ...")
