"""`manage.py verify` checks the rules over the whole database."""

from __future__ import annotations

from argparse import ArgumentParser
from itertools import chain
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.signals import verifying
from patients.models import Patient
from patients.summaries import refresh, verify


class Command(BaseCommand):
    help = (
        "Check the rules over every row, and lists against what they sum up. Exit 1 on a "
        "difference. Changes nothing, unless --repair mends summaries first."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--repair", action="store_true", help="write the summaries that differ, then check"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["repair"]:
            self.stdout.write(f"{refresh.rebuild(Patient.objects.all())} summaries mended.")
        count = 0
        elsewhere = [found or "" for _receiver, found in verifying.send(type(self))]
        for difference in chain(verify.differences(), *elsewhere):
            self.stdout.write(difference)
            count += 1
        if count:
            raise CommandError(f"{count} differences.", returncode=1)
        if options["verbosity"]:
            self.stdout.write("Every rule holds, and every summary says what its tables say.")
