"""`manage.py start`: all that lies between a fresh clone and the first page. Safe to run again and again."""

from __future__ import annotations

import os
import socket
import sys
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from accounts.models import Clinic
from config import serve

NO_CLINIC = "No clinic yet. Make the first one and its owner with: {python} manage.py create_clinic"


class Command(BaseCommand):
    help = "Prepare the database, the curriculum and the static files, then serve; a demo clinic first, unless DEMO=0."

    def handle(self, *args: Any, **options: Any) -> None:
        self._address_is_free()
        self._prepare()
        self._welcome()
        sys.stdout.flush()
        command = [sys.executable, "-m", "gunicorn", "-c", "python:config.serve", "config.wsgi"]
        os.execv(sys.executable, command)  # noqa: S606

    def _address_is_free(self) -> None:
        host, _, number = serve.bind.rpartition(":")
        port = int(number)
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host.strip("[]"), port))
            except OSError as error:
                hint = f"Try: make run PORT={port + 1}"
                raise CommandError(f"{serve.bind} cannot be used ({error.strerror}). {hint}") from error

    def _prepare(self) -> None:
        for what, command, choices in (
            ("database", "migrate", {"interactive": False}),
            ("cache", "createcachetable", {}),
            ("static files", "collectstatic", {"interactive": False}),
            ("curriculum", "load_curriculum", {}),
        ):
            self.stdout.write(f"Preparing the {what} ...")
            self.stdout.flush()
            call_command(command, verbosity=0, **choices)

    def _welcome(self) -> None:
        first_run = not Clinic.objects.exists()
        # Its passwords are printed for a look around: never made by itself on an address that others reach.
        wanted = os.environ.get("DEMO", "0" if settings.HTTPS else "1") != "0"
        if (first_run and wanted) or Clinic.objects.filter(demo=True).exists():
            call_command("demo")
        elif first_run:
            self.stdout.write(NO_CLINIC.format(python=sys.executable))
        self.stdout.write(f"\nHinge Ladder is at {settings.PUBLIC_URL} (Ctrl+C stops it)")
