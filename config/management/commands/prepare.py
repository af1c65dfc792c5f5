"""`manage.py prepare` prepares the database: once for all machines that serve it."""

from __future__ import annotations

import hashlib
import os
from typing import Any

from django.conf import settings
from django.db import connection

from accounts import jobs
from config import alone, owner_url
from config.backup import databases
from config.steps import Steps


class Command(Steps):
    help = (
        "Prepare the database: tables, the role that serves, curriculum, summaries. `start` does "
        "so by itself, unless START_MIGRATE=0. It is safe to run it again, and several at once."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        with alone.preparing(connection, tell=self.stdout.write):
            self.step("database", "migrate", interactive=False)
            if os.environ.get(owner_url.KEPT):
                self.step("role that serves", "app_role", apply=True)
            self.check_key()
            self.step("curriculum", "load_curriculum")
            self._summaries()
            jobs.ensure()

    def _summaries(self) -> None:
        """Refresh the summaries of patients when the code or the database may have changed.

        A refresh compares every patient, so it runs only when the code or the address of the
        database differs from the last start. After an older database was put in the same place,
        run ``manage.py refresh_summaries`` by hand.
        """
        self.if_changed(
            settings.VAR / "summarised", _product_digest(), "summaries", "refresh_summaries"
        )


def _product_digest() -> str:
    """A digest of every file that decides what a summary says, and of the database's address."""
    files = sorted(
        path
        for app in ("accounts", "curriculum", "patients")
        for kind in ("py", "toml")
        for path in (settings.BASE_DIR / app).rglob(f"*.{kind}")
    )
    digest = hashlib.sha256(repr(databases.address(connection)).encode())
    for path in files:
        digest.update(path.read_bytes())
    return digest.hexdigest()
