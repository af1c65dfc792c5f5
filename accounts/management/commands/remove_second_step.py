"""Takes away the second step of an owner whom no colleague can help."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts import second_step
from accounts.models import User


class Command(BaseCommand):
    help = "Remove the second step of somebody who lost the phone and the recovery codes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="the work e-mail with which they sign in")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(email__iexact=options["email"]).first()
        if user is None:
            raise CommandError("Nobody signs in with this e-mail.")
        second_step.remove(user=user, by=None)
        self.stdout.write(f"{user.name} signs in with the password alone now.")
