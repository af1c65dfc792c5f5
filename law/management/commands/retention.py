"""`manage.py retention` erases whose years are over, in clinics whose owner has switched it on."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.models import Clinic
from law import retention
from law.models import keeping_of


class Command(BaseCommand):
    help = "Erase whose years are over, where the owner has switched it on. Run it every night."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="only say whose years are over, by number"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        failed = 0
        for clinic in Clinic.objects.order_by("pk"):
            if options["dry_run"]:
                self._say(clinic)
            else:
                acted = retention.act(clinic)
                failed += acted.failed
                self.stdout.write(f"clinic {clinic.pk}: {acted.erased} erased")
        self.stdout.write(f"{retention.ended_sessions()} sign-ins have ended")
        if failed:
            raise CommandError(f"{failed} were not erased; the log says whom.", returncode=1)

    def _say(self, clinic: Clinic) -> None:
        """By numbers alone: what a job prints is kept in logs."""
        switch = "on" if keeping_of(clinic).acts else "off"
        self.stdout.write(f"clinic {clinic.pk}: switched {switch}")
        for one in retention.beyond(clinic):
            self.stdout.write(f"  patient {one.patient.pk}: kept until {one.since}")
        self.stdout.write(f"  {retention.old_events(clinic)} old events, which stay")
