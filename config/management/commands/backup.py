"""`manage.py backup` writes the whole installation into one file."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from config.backup import keeping, lock
from config.backup.make import Made, Wanted, make

WITHOUT_KEY = "The secret key is not in it: keep that one elsewhere. Without it all links are dead."


class Command(BaseCommand):
    # They warn of backups that are late.
    requires_system_checks = []
    help = (
        "Write database, photos and secret key into one locked file in DIR or BACKUP_DIR, while the"
        " server runs. See docs/backup.md."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("dir", nargs="?", help="the folder; BACKUP_DIR unless it is named")
        parser.add_argument(
            "--plain", action="store_true", help="unlocked: whoever has it reads it"
        )
        parser.add_argument(
            "--with-key", action="store_true", help="with --plain: the secret key too"
        )
        parser.add_argument(
            "--new-key",
            metavar="FILE",
            help="only make a key for BACKUP_RECIPIENT: its secret half",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["new_key"]:
            self._new_key(Path(options["new_key"]))
            return
        folder = options["dir"] or settings.BACKUP_DIR
        if not folder:
            raise CommandError("Name a folder, or set BACKUP_DIR.")
        locked = self._lock(plain=options["plain"])
        with_key = locked is not None or options["with_key"]
        made = make(Wanted(Path(folder), locked, with_key))
        removed = 0 if options["dir"] else keeping.remove_over(Path(folder), settings.BACKUP_KEEP)
        if options["verbosity"]:
            self._tell(made, removed)

    def _lock(self, *, plain: bool) -> lock.Lock | None:
        if plain:
            return None
        found = lock.of_settings(settings.BACKUP_RECIPIENT, settings.BACKUP_PASSPHRASE)
        if found is None:
            raise CommandError(
                "Set BACKUP_RECIPIENT (`manage.py backup --new-key FILE` makes a key) or"
                " BACKUP_PASSPHRASE_FILE. With --plain whoever has the file reads every patient."
            )
        return found

    def _tell(self, made: Made, removed: int) -> None:
        rows = sum(made.about.rows.values())
        size = made.path.stat().st_size / 1024**2
        self.stdout.write(f"{made.path}: {rows} rows, {size:.1f} MB, read back and found whole.")
        if not made.holds_key:
            self.stdout.write(WITHOUT_KEY)
        if removed:
            self.stdout.write(f"{removed} older ones were removed.")

    def _new_key(self, file: Path) -> None:
        public = lock.new_key(file)
        self.stdout.write(
            f"BACKUP_RECIPIENT={public}\n"
            f"{file} opens what it locks. Keep it away from this machine, in two places: without it"
            " no backup opens."
        )
