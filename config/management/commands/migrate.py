"""Django's `migrate`, by one process at a time: two that start at once both succeed."""

from __future__ import annotations

from typing import Any

from django.core.management.commands import migrate
from django.db import connections

from config import alone


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        with alone.preparing(connection, tell=self.stdout.write):
            super().handle(*args, **options)
