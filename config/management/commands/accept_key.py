"""`manage.py accept_key` lets the secret key of this machine be that of the installation."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from config import installation_key

MEANS = (
    "With the secret key of this machine, all that was made with another one ends, unless that one "
    "stands in SECRET_KEY_FALLBACKS: every sign-in, patients' links and their QR codes on paper, "
    "invitations, and codes from apps for the second step (manage.py remove_second_step). Machines "
    "with another key serve no more. To do it: manage.py accept_key --confirm"
)


class Command(BaseCommand):
    help = (
        "Take the secret key of this machine as the installation's, where the older one is lost or "
        "was stolen. Without --confirm it only says what that means."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--confirm", action="store_true", help="do it")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            installation_key.check()
        except installation_key.WrongKey:
            if not options["confirm"]:
                self.stdout.write(MEANS)
                return
            installation_key.accept()
            self.stdout.write("The key of this machine is now the installation's.")
        else:
            self.stdout.write("The key of this machine is the installation's. Nothing to do.")
