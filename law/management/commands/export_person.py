"""`manage.py export_person` writes everything about one patient into a ZIP file."""

from __future__ import annotations

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from law.export.package import export
from patients.models import Patient


class Command(BaseCommand):
    help = "Write everything about one patient into a ZIP file, which only you can read."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("patient", type=int, help="the number in the address of the chart")
        parser.add_argument("file", type=Path, help="such as record.zip; it must not be there yet")

    def handle(self, *args: Any, **options: Any) -> None:
        patient = Patient.objects.select_related("clinic", "user", "lead").filter(
            pk=options["patient"]
        )
        person = patient.first()
        if person is None:
            raise CommandError("There is no patient with this number.")
        try:
            opened = os.open(options["file"], os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except OSError as problem:
            raise CommandError(f"The file cannot be made: {problem.strerror}.") from problem
        with os.fdopen(opened, "wb") as file:
            file.write(export(patient=person, by=None))
        self.stdout.write(f"Written to {options['file']}.")
