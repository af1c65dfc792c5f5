"""Make the first real clinic and its owner."""

from __future__ import annotations

import getpass
import sys
from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction

from accounts import audit, staff
from accounts.models import Clinic, Role, User, validate_time_zone
from accounts.refused import Refused

QUESTIONS = {
    "name": "Name of the clinic",
    "phone": "Phone that patients may call",
    "time_zone": "Time zone, such as Europe/Stockholm",
    "owner_name": "Name of the owner",
    "owner_email": "Work e-mail of the owner",
}


class Command(BaseCommand):
    help = (
        "Make a clinic and its owner. What no option gives is asked for. Without --password the owner gets a link "
        "(or, at a terminal, may type a password)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        for key, question in QUESTIONS.items():
            parser.add_argument(f"--{key.replace('_', '-')}", help=question)
        parser.add_argument("--password", help="the owner's password; better left out, it stays in the shell's history")
        parser.add_argument("--link", action="store_true", help="print a link to choose a password, ask for none")

    def handle(self, *args: Any, **options: Any) -> None:
        answers = {key: _answer(options[key], question) for key, question in QUESTIONS.items()}
        _check("time zone", validate_time_zone, answers["time_zone"])
        _check("e-mail", validate_email, answers["owner_email"])
        password = options["password"]
        if password is None and not options["link"] and sys.stdin.isatty():
            password = getpass.getpass("Password of the owner (empty: print a link instead): ") or None
        if password is not None:
            _check("password", validate_password, password)
        owner = _make(answers, password)
        self.stdout.write(f"{owner.clinic.name} is made, {owner.name} owns it.")
        if password is None:
            self.stdout.write(f"To choose a password, within {staff.LIFETIME.days} days: {staff.invitation_url(owner)}")


def _answer(given: str | None, question: str) -> str:
    if given is None and sys.stdin.isatty():
        given = input(f"{question}: ")
    answer = " ".join((given or "").split())
    if not answer:
        raise CommandError(f"{question}: nothing was given.")
    return answer


def _check(what: str, validate: Any, value: str) -> None:
    try:
        validate(value)
    except ValidationError as problem:
        raise CommandError(f"{what}: {' '.join(problem.messages)}") from problem


@transaction.atomic
def _make(answers: dict[str, str], password: str | None) -> User:
    clinic = Clinic(name=answers["name"], phone=answers["phone"], time_zone=answers["time_zone"])
    try:
        clinic.full_clean()
        clinic.save()
        email = answers["owner_email"].lower()
        owner = staff.invite(clinic=clinic, name=answers["owner_name"], email=email, role=Role.OWNER, by=None)
    except ValidationError as problem:
        raise CommandError(" ".join(problem.messages)) from problem
    except Refused as refused:
        raise CommandError(str(refused)) from refused
    audit.record("clinic_created", subject=owner)
    if password is None:
        return owner
    token = staff.invitation_url(owner).rstrip("/").rsplit("/", 1)[1]
    return staff.accept(token=token, password=password)
