"""`manage.py seal_trail` seals the closed hours of the trail. `send_notices` does so hourly."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from trail import seals


class Command(BaseCommand):
    help = "Seal every closed hour of the trail. The newest seal stands in the log."

    def handle(self, *args: Any, **options: Any) -> None:
        made = seals.seal_closed()
        if options["verbosity"]:
            self.stdout.write(f"{made} hours sealed.")
