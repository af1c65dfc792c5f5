"""`manage.py erase` erases one patient: names and words go, what was practised stays."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from law.erasing.erase import asked_for, erase
from law.erasing.outline import kept_until, outline
from law.erasing.scrub import clean_file
from law.refusals import Refused
from patients.models import Patient


class Command(BaseCommand):
    help = (
        "Erase a patient who was discharged, for good. Without --confirm it only says what would "
        "go and what would stay."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "patient", type=int, nargs="?", help="the number in the address of the chart"
        )
        parser.add_argument("--confirm", metavar="NUMBER_OR_NAME", help="whom, once more")
        parser.add_argument("--why", default="", help="needed before the years are over")
        parser.add_argument(
            "--clean", action="store_true", help="only take what was erased out of the file"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["clean"]:
            if not clean_file():
                raise CommandError("Somebody is using the database. Try again when it is quiet.")
            return
        patients = Patient.objects.select_related("clinic", "user", "lead")
        patient = patients.filter(pk=options["patient"]).first()
        if patient is None:
            raise CommandError("There is no patient with this number.")
        if options["confirm"] is None:
            self._say(patient)
            return
        try:
            erase(patient=patient, by=None, typed=options["confirm"], why=options["why"])
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write("Erased.")

    def _say(self, patient: Patient) -> None:
        self.stdout.write(f"{asked_for(patient)}: kept until {kept_until(patient) or 'discharged'}")
        for line in outline(patient):
            self.stdout.write(f"{line.title}: words go from {line.goes} rows, {line.stays} stay")
