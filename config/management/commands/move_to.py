"""`manage.py move_to` moves everything from SQLite to PostgreSQL, or back."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from config.moving import move

DONE = (
    "Everything is there, and every rule holds. Now set DATABASE_URL to that address, for the"
    " server and for commands, and start it. This database was not changed: keep it until there is"
    " a backup of the other one."
)


class Command(BaseCommand):
    help = (
        "Copy everything into an empty database, compare it, and verify both. Stop the server"
        " first. See docs/backup.md."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "url",
            help="as of DATABASE_URL, of the owner of its tables; - reads it from standard input,"
            " where no list of processes shows its password",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        url = options["url"]
        move(sys.stdin.readline().strip() if url == "-" else url, self._say)
        self.stdout.write(DONE)

    def _say(self, sentence: str) -> None:
        self.stdout.write(sentence)
        self.stdout.flush()
