"""`manage.py start` prepares a fresh clone and serves it. It is safe to run it again."""

from __future__ import annotations

import hashlib
import os
import socket
import sys
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from accounts import demo, private_files
from accounts.management.commands import create_clinic
from accounts.models import Clinic
from config import alone, migrated, moving, owner_url, serve
from config.steps import Steps

FIRST_CLINIC = (
    "No clinic yet. Make the first one and its owner, in another terminal{same}, with:\n    {line}"
)
#: What says which installation a command is about, and is too secret to be printed.
UNPRINTED = ("DATABASE_URL", "SECRET_KEY", "EMAIL_URL")
NOT_PREPARED = (
    "The database is not yet that of this release, and START_MIGRATE=0 leaves it as it is. Run "
    "`manage.py prepare` once, on one machine. It lacks {count} migrations, {first} among them."
)
SERVE = [sys.executable, "-m", "config.serve"]


class Command(Steps):
    help = (
        "Prepare the database, the curriculum and the static files, then serve; "
        "a demo clinic first, unless DEMO=0. START_MIGRATE=0 leaves the database as it is."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        _address_is_free()
        moving.refuse_left()
        # An older release left some open to all, where the folder was not made by it.
        private_files.close(settings.VAR, public=settings.STATIC_ROOT.name)
        if os.environ.get("START_MIGRATE", "1") == "0":
            _is_prepared()
            self.check_key()
        else:
            call_command("prepare", stdout=self.stdout)
        if not (settings.VAR / "figures").exists():
            self.step("figures", "build_figures")
        self._static_files()
        self._welcome()
        sys.stdout.flush()
        owner_url.give_back(os.environ)
        os.execv(sys.executable, SERVE)  # noqa: S606 (our own server, no shell wanted)

    def _static_files(self) -> None:
        """Collect the static files when one has changed.

        Collecting compresses every file again, which would take most of the time of a start.
        """
        self.if_changed(
            settings.STATIC_ROOT / "collected",
            _static_digest(),
            *("static files", "collectstatic"),
            interactive=False,
            clear=True,
        )

    def _welcome(self) -> None:
        # The passwords of a demo are printed. So it is not made by default at an address that
        # others can reach.
        wanted = os.environ.get("DEMO", "0" if settings.HTTPS else "1") != "0"
        if demo.stands_here() and os.environ.get("DEMO") == "0":
            raise CommandError(demo.own_place())
        if wanted and not Clinic.objects.filter(demo=False).exists():
            with alone.preparing(connection, tell=self.stdout.write):
                call_command("demo")
        elif not Clinic.objects.exists():
            unprinted = [name for name in UNPRINTED if name in os.environ]
            same = f" with the same {', '.join(unprinted)}" if unprinted else ""
            self.stdout.write(FIRST_CLINIC.format(line=create_clinic.line(), same=same))
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


def _is_prepared() -> None:
    """Refuse to serve a database that an older release has left."""
    missing = migrated.missing(connection)
    if missing:
        raise CommandError(NOT_PREPARED.format(count=len(missing), first=missing[0]))


def _static_digest() -> str:
    """A digest of every static file's name, size and time of change."""
    files = sorted(
        (path, storage.size(path), str(storage.get_modified_time(path)))
        for finder in get_finders()
        for path, storage in finder.list([])
    )
    return hashlib.sha256(repr(files).encode()).hexdigest()
