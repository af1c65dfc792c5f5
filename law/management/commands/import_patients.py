"""`manage.py import_patients` takes over a list of patients, as the owner's page does."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.models import Role, User
from law.listing.importing import WRONG, take_over
from law.listing.reading import Unreadable, decoded, read


class Command(BaseCommand):
    help = "Say what a list of patients (CSV) would do; with --keep take it over, all or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--owner-email", required=True, help="the owner who answers for it")
        parser.add_argument("--keep", action="store_true", help="save it")

    def handle(self, *args: Any, **options: Any) -> None:
        owner = User.objects.filter(role=Role.OWNER, email__iexact=options["owner_email"]).first()
        if owner is None:
            raise CommandError("No owner signs in with this e-mail address.")
        try:
            lines = read(decoded(options["file"].read_bytes()))
        except (OSError, Unreadable) as problem:
            raise CommandError(str(problem)) from problem
        outcomes = take_over(lines=lines, by=owner, keep=options["keep"])
        for one in outcomes:
            self.stdout.write(f"line {one.line.number}: {one.word} {one.problem}".rstrip())
        if any(one.kind == WRONG for one in outcomes):
            raise CommandError("Nothing was saved: put the list right first.")
        self.stdout.write("Saved." if options["keep"] else "Nothing is saved yet: add --keep.")
