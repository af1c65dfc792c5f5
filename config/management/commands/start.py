"""`manage.py start` prepares a fresh clone and serves it. It is safe to run it again."""

from __future__ import annotations

import hashlib
import os
import socket
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from accounts import demo, private_files
from accounts.management.commands import create_clinic
from accounts.models import Clinic
from config import owner_url, serve

FIRST_CLINIC = (
    "No clinic yet. Make the first one and its owner, in another terminal, with:\n    {line}"
)
DATABASE_ADDRESS = ("ENGINE", "HOST", "PORT", "NAME")
SERVE = [sys.executable, "-m", "config.serve"]


class Command(BaseCommand):
    help = (
        "Prepare the database, the curriculum and the static files, then serve; "
        "a demo clinic first, unless DEMO=0."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        _address_is_free()
        # An older release left some open to all, where the folder was not made by it.
        private_files.close(settings.VAR, public=settings.STATIC_ROOT.name)
        self._step("database", "migrate", interactive=False)
        if os.environ.get(owner_url.KEPT):
            self._step("role that serves", "app_role", apply=True)
        self._step("curriculum", "load_curriculum")
        if not (settings.VAR / "figures").exists():
            self._step("figures", "build_figures")
        self._summaries()
        self._static_files()
        self._welcome()
        sys.stdout.flush()
        owner_url.give_back(os.environ)
        os.execv(sys.executable, SERVE)  # noqa: S606 (our own server, no shell wanted)

    def _step(self, what: str, command: str, **choices: Any) -> None:
        self.stdout.write(f"Preparing the {what} ...")
        self.stdout.flush()
        call_command(command, verbosity=0, **choices)

    def _summaries(self) -> None:
        """Refresh the summaries of patients when the code or the database may have changed.

        A refresh compares every patient, so it runs only when the code or the address of the
        database differs from the last start. After an older database was put in the same place,
        run ``manage.py refresh_summaries`` by hand.
        """
        self._if_changed(
            settings.VAR / "summarised", _product_digest(), "summaries", "refresh_summaries"
        )

    def _static_files(self) -> None:
        """Collect the static files when one has changed.

        Collecting compresses every file again, which would take most of the time of a start.
        """
        self._if_changed(
            settings.STATIC_ROOT / "collected",
            _static_digest(),
            *("static files", "collectstatic"),
            interactive=False,
            clear=True,
        )

    def _if_changed(self, stamp: Path, now: str, what: str, command: str, **choices: Any) -> None:
        if not stamp.exists() or stamp.read_text() != now:
            self._step(what, command, **choices)
            stamp.write_text(now)

    def _welcome(self) -> None:
        # The passwords of a demo are printed. So it is not made by default at an address that
        # others can reach.
        wanted = os.environ.get("DEMO", "0" if settings.HTTPS else "1") != "0"
        if demo.stands_here() and os.environ.get("DEMO") == "0":
            raise CommandError(demo.own_place())
        if wanted and not Clinic.objects.filter(demo=False).exists():
            call_command("demo")
        elif not Clinic.objects.exists():
            self.stdout.write(FIRST_CLINIC.format(line=create_clinic.line()))
        self.stdout.write(f"\nHinge Ladder is at {settings.PUBLIC_URL} (Ctrl+C stops it)")


def _address_is_free() -> None:
    host, _, number = serve.bind.rpartition(":")
    port = int(number)
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host.strip("[]"), port))
        except OSError as error:
            hint = f"Try: make run PORT={port + 1}"
            raise CommandError(f"{serve.bind} cannot be used ({error.strerror}). {hint}") from error


def _product_digest() -> str:
    """A digest of every file that decides what a summary says, and of the database's address."""
    files = sorted(
        path
        for app in ("accounts", "curriculum", "patients")
        for kind in ("py", "toml")
        for path in (settings.BASE_DIR / app).rglob(f"*.{kind}")
    )
    database = settings.DATABASES["default"]
    digest = hashlib.sha256(repr([database.get(key) for key in DATABASE_ADDRESS]).encode())
    for path in files:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _static_digest() -> str:
    """A digest of every static file's name, size and time of change."""
    files = sorted(
        (path, storage.size(path), str(storage.get_modified_time(path)))
        for finder in get_finders()
        for path, storage in finder.list([])
    )
    return hashlib.sha256(repr(files).encode()).hexdigest()
