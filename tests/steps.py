"""Takes a database back to an older release, and brings it up to date step by step.

A new installation makes its tables at once, by the migrations that stand for many (`replaces`). An
installation that is updated has had the many, and a way back leads over them.

``python -m tests.steps migrate patients 0005`` is ``manage.py migrate`` step by step.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.management import call_command, execute_from_command_line
from django.db.migrations.loader import MigrationLoader


@contextmanager
def one_by_one() -> Iterator[None]:
    """Let migrations that stand for many be unknown during the block."""
    load = MigrationLoader.load_disk

    def load_the_many(self: MigrationLoader) -> None:
        load(self)
        known = self.disk_migrations
        newest = {key: one.replaces[-1] for key, one in known.items() if one.replaces}
        for key in newest:
            del known[key]
        for migration in known.values():
            vars(migration)["dependencies"] = [
                newest.get(key, key) for key in migration.dependencies
            ]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(MigrationLoader, "load_disk", load_the_many)
        yield


def migrate(*to: str) -> None:
    """To a migration of an app, or up to date: ``migrate("patients", "0005")``."""
    with one_by_one():
        call_command("migrate", *to, verbosity=0)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    with one_by_one():
        execute_from_command_line(sys.argv)
