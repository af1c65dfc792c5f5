"""`manage.py restore` makes an installation from a backup."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from getpass import getpass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from config.backup import lock
from config.backup.make import Wanted
from config.backup.restore import Choices, restore


class Command(BaseCommand):
    # There may be nothing to check yet.
    requires_system_checks = []
    help = (
        "Put a backup into this empty place (VAR_DIR, DATABASE_URL), bring it up to date and verify"
        " it. Stop the server first. See docs/backup.md."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file")
        parser.add_argument("--identity", metavar="FILE", help="the secret key of BACKUP_RECIPIENT")
        parser.add_argument(
            "--replace", action="store_true", help="what stands here goes, after a backup of it"
        )
        parser.add_argument(
            "--sign-out-phones", action="store_true", help="sign the phones of patients out too"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        file = Path(options["file"])
        key, words = _opens(file, options["identity"])
        choices = Choices(
            replace=options["replace"],
            phones_end=options["sign_out_phones"],
            key=key,
            words=words,
            before=_before(),
        )
        restore(file, choices, self.stdout.write)


def _opens(file: Path, identity: str | None) -> tuple[str, str]:
    """What opens the file: a key and a passphrase, either may be empty."""
    if not file.is_file():
        raise CommandError(f"There is no file {file}.")
    if not lock.is_locked(file):
        return "", ""
    if lock.needs_passphrase(file):
        return "", settings.BACKUP_PASSPHRASE or _asked()
    if identity and not Path(identity).is_file():
        raise CommandError(f"There is no file {identity}.")
    key = Path(identity).read_text() if identity else settings.BACKUP_IDENTITY
    if not key:
        raise CommandError("This file is locked for a key: name its file with --identity.")
    return key, ""


def _asked() -> str:
    if not sys.stdin.isatty():
        raise CommandError("This file is locked by a passphrase: set BACKUP_PASSPHRASE_FILE.")
    return getpass("Passphrase of the backup: ").strip()


def _before() -> Wanted | None:
    """Where a backup of what stands here goes; None = unlocked, into VAR_DIR."""
    found = lock.of_settings(settings.BACKUP_RECIPIENT, settings.BACKUP_PASSPHRASE)
    if found is None or not settings.BACKUP_DIR:
        return None
    return Wanted(Path(settings.BACKUP_DIR), found, with_key=True)
