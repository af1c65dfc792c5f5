"""The first member of a backup: what it holds, and of which release."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

MEMBER = "manifest.json"
PRODUCT = "hinge-ladder"
#: What a backup looks like inside. Another number is of another release.
FORMAT = 1
#: Apps of other people that older releases used. Their migrations stay on record.
FORMER = ("sessions.",)


@dataclass(frozen=True)
class Manifest:
    """made_at: ISO, in UTC; rows: how many each table has; members: the SHA-256 of each file by its
    name; key: by which the secret key is recognised, and which says nothing of it."""

    made_at: str
    version: str
    migrations: list[str]
    kind: str
    database_version: str
    rows: dict[str, int]
    key: str
    members: dict[str, str] = field(default_factory=dict)
    product: str = PRODUCT
    format: int = FORMAT

    def text(self) -> str:
        return json.dumps(asdict(self), indent=1, sort_keys=True)


def read(text: bytes) -> Manifest:
    """Raises CommandError when it is none that this release reads."""
    try:
        held: dict[str, Any] = json.loads(text)
        if held["product"] != PRODUCT:
            raise CommandError("This is no backup of Hinge Ladder.")
        if held["format"] != FORMAT:
            raise CommandError("This backup is of a newer release. Install that one first.")
        return Manifest(**held)
    except (ValueError, KeyError, TypeError) as error:
        raise CommandError("This is no backup of Hinge Ladder, or it is damaged.") from error


def applied(connection: BaseDatabaseWrapper) -> list[str]:
    """The migrations that a database has had."""
    done = MigrationRecorder(connection).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in done)


def known() -> set[str]:
    """The migrations that this release has."""
    return {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}


def unknown(migrations: Iterable[str]) -> list[str]:
    """Those of a newer release than this one."""
    return sorted(name for name in set(migrations) - known() if not name.startswith(FORMER))


def version() -> str:
    """The newest heading of the changelog."""
    with (settings.BASE_DIR / "CHANGELOG.md").open() as lines:
        return next((line[3:].strip() for line in lines if line.startswith("## ")), "")
