"""Makes a clinic and its owner."""

from __future__ import annotations

import getpass
import os
import shlex
import sys
from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts import audit, countries, demo, staff, telephones, typed
from accounts.models import Clinic, Role, User
from accounts.refusals import Refused

PHONE = "phone"
EMERGENCY = "emergency_number"
#: Each question, and the column that the answer must fit.
QUESTIONS: dict[str, tuple[str, Any]] = {
    "name": ("Name of the clinic", Clinic._meta.get_field("name")),
    PHONE: ("Phone that patients may call", Clinic._meta.get_field("phone")),
    "time_zone": ("Time zone, such as Europe/Stockholm", Clinic._meta.get_field("time_zone")),
    "owner_name": ("Name of the owner", User._meta.get_field("name")),
    "owner_email": ("Work e-mail of the owner", User._meta.get_field("email")),
}
#: What may be left out. The owner can add it on the page of the clinic.
LATER: dict[str, str] = {
    "country": "Country whose numbers the clinic dials, as two letters (default: by time zone)",
    EMERGENCY: "Emergency number that patients call, such as 112 (empty: later)",
}
#: Variables of the shell that say which installation a command is about.
INSTALLATION = ("PUBLIC_URL", "PORT", "VAR_DIR")


def line(*options: str, **changed: str) -> str:
    """The command line for the same installation. ``changed`` replaces variables of the shell."""
    variables = {name: os.environ[name] for name in INSTALLATION if name in os.environ} | changed
    settings_first = [f"{name}={shlex.quote(value)}" for name, value in variables.items()]
    return " ".join(
        [*settings_first, shlex.join([sys.executable, "manage.py", "create_clinic", *options])]
    )


class Command(BaseCommand):
    help = (
        "Make a clinic and its owner. What no option gives is asked for. "
        "Without --password the owner gets a link "
        "(or, at a terminal, may type a password)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        for key, (question, _) in QUESTIONS.items():
            parser.add_argument(f"--{key.replace('_', '-')}", help=question)
        for key, question in LATER.items():
            parser.add_argument(f"--{key.replace('_', '-')}", help=question)
        parser.add_argument(
            "--password",
            help="the owner's password; better left out, it stays in the shell's history",
        )
        parser.add_argument(
            "--link", action="store_true", help="print a link to choose a password, ask for none"
        )
        parser.add_argument(
            "--again",
            action="store_true",
            help=(
                "only a new link, for an owner who has not used theirs; of several, "
                "--owner-email names one"
            ),
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["again"]:
            return self._again(options["owner_email"])
        if demo.stands_here():
            raise CommandError(demo.own_place())
        answers = {
            key: self._answer(options[key], question, _fits(column))
            for key, (question, column) in QUESTIONS.items()
        }
        answers |= self._how_it_is_reached(options, answers)
        owner = User(
            name=answers["owner_name"],
            email=answers["owner_email"],
            clinic=Clinic(name=answers["name"]),
        )
        password = self._password(options["password"], owner, asks=not options["link"])
        owner = _make(answers, password)
        self.stdout.write(
            f"{owner.clinic.name} is made, {owner.name} owns it. Advice line, opening hours and "
            "pain limits stand on the page Clinic."
        )
        if password is None:
            self._hand_over(owner)

    def _again(self, email: str | None) -> None:
        waiting = User.objects.filter(role=Role.OWNER, invited_at__isnull=False).select_related(
            "clinic"
        )
        if email is not None:
            waiting = waiting.filter(email__iexact=email.strip())
        if not waiting:
            raise CommandError(
                "No owner is waiting for a link."
                if email is None
                else f"{email} waits for no link."
            )
        if len(waiting) > 1:
            # A new link ends the earlier one, which may be on its way to somebody.
            raise CommandError(
                "Several owners are waiting. Nothing is changed. For a new link, "
                "name one of them with --owner-email:\n"
                + "\n".join(
                    f"    {owner.email}  ({owner.name}, {owner.clinic.name})" for owner in waiting
                )
            )
        owner = waiting[0]
        self.stdout.write(f"{owner.clinic.name}, {owner.name}:")
        self._hand_over(staff.invite_again(user=owner, by=None))

    def _hand_over(self, owner: User) -> None:
        self.stdout.write(
            f"To choose a password, within {staff.LIFETIME.days} days: "
            f"{staff.invitation_url(owner)}"
        )
        other = {"PORT": str(settings.PORT + 1)}
        if "PUBLIC_URL" in os.environ:
            other = {"PUBLIC_URL": "https://hinge.example.org"}
        again = line("--again", "--owner-email", str(owner.email), **other)
        self.stdout.write(
            f"The link leads to {settings.PUBLIC_URL}. "
            "Does the server have another address or port? "
            f"Then get a link that leads there, for example with:\n    {again}"
        )

    def _answer(self, given: str | None, question: str, check: Callable[[str], None]) -> str:
        """The answer of the option, else of the person, who is asked until the answer fits."""
        asks = given is None and sys.stdin.isatty()
        while True:
            answer = typed.line(_asked(question) if asks else given)
            try:
                check(answer)
            except ValidationError as problem:
                self._wrong(f"{question}: {' '.join(problem.messages)}", asks=asks)
            else:
                return answer

    def _how_it_is_reached(
        self, options: dict[str, Any], answers: dict[str, str]
    ) -> dict[str, str]:
        """Country, phone and emergency number, the numbers as that country dials them."""
        country = (options["country"] or countries.of_zone(answers["time_zone"])).upper()
        if country and country not in countries.names():
            raise CommandError(f"--country {country}: no country has these two letters.")
        return {
            "country": country,
            PHONE: self._phone(answers[PHONE], country),
            EMERGENCY: self._emergency_number(options[EMERGENCY], country),
        }

    def _phone(self, given: str, country: str) -> str:
        question, column = QUESTIONS[PHONE]
        while True:
            try:
                return telephones.read(given, country).shown
            except ValidationError as problem:
                asks = sys.stdin.isatty()
                self._wrong(f"{question}: {' '.join(problem.messages)}", asks=asks)
                given = self._answer(None, question, _fits(column))

    def _emergency_number(self, given: str | None, country: str) -> str:
        while True:
            asks = given is None and sys.stdin.isatty()
            try:
                number = input(f"{LATER[EMERGENCY]}: ") if asks else given
            except EOFError:
                return ""
            try:
                return telephones.read_any(number, country).shown if number else ""
            except ValidationError as problem:
                self._wrong(f"{EMERGENCY}: {' '.join(problem.messages)}", asks=asks)

    def _password(self, given: str | None, owner: User, *, asks: bool) -> str | None:
        asks = asks and given is None and sys.stdin.isatty()
        while True:
            chosen = (
                getpass.getpass("Password of the owner (empty: print a link instead): ") or None
                if asks
                else given
            )
            try:
                if chosen is not None:
                    validate_password(chosen, owner)
            except ValidationError as problem:
                self._wrong(f"password: {' '.join(problem.messages)}", asks=asks)
            else:
                return chosen

    def _wrong(self, reason: str, *, asks: bool) -> None:
        if not asks:
            raise CommandError(reason)
        self.stderr.write(reason)


def _asked(question: str) -> str:
    try:
        return input(f"{question}: ")
    except EOFError as ended:
        raise CommandError(f"{question}: nothing was given.") from ended


def _fits(column: Any) -> Callable[[str], None]:
    def check(answer: str) -> None:
        if not answer:
            raise ValidationError("nothing was given.")
        column.run_validators(answer)
        if column.unique and User.objects.filter(email__iexact=answer).exists():
            raise ValidationError(str(Refused("email_taken")))

    return check


@transaction.atomic
def _make(answers: dict[str, str], password: str | None) -> User:
    of_clinic = ("name", PHONE, EMERGENCY, "country", "time_zone")
    clinic = Clinic.objects.create(**{column: answers[column] for column in of_clinic})
    email = answers["owner_email"].lower()
    try:
        owner = staff.invite(
            clinic=clinic, name=answers["owner_name"], email=email, role=Role.OWNER, by=None
        )
    except Refused as refused:
        raise CommandError(str(refused)) from refused
    audit.record("clinic_created", subject=owner)
    if password is None:
        return owner
    token = staff.invitation_url(owner).rstrip("/").rsplit("/", 1)[1]
    return staff.accept(token=token, password=password)
