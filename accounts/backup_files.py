"""The names of backups, and how old the newest one is. Reads only."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.utils import timezone

NAMED = "hinge-ladder-%Y%m%d-%H%M%S.tar.gz"
#: A backup every night, and two hours more than a day until somebody is told.
LATE = timedelta(hours=26)
_NAME = re.compile(r"(hinge-ladder-\d{8}-\d{6}\.tar\.gz)(\.age)?")


@dataclass(frozen=True, order=True)
class Backup:
    made_at: datetime
    path: Path


def in_folder(folder: Path) -> list[Backup]:
    """The whole backups in a folder, newest first. A folder that cannot be read holds none."""
    try:
        found = [backup for path in folder.iterdir() if (backup := _read(path)) is not None]
    except OSError:
        return []
    return sorted(found, reverse=True)


def _read(path: Path) -> Backup | None:
    name = _NAME.fullmatch(path.name)
    if name is None:
        return None
    try:
        made = datetime.strptime(name[1], NAMED).replace(tzinfo=UTC)
    except ValueError:
        return None
    return Backup(made, path)


def last(folder: Path) -> datetime | None:
    """When the newest backup in a folder was made, in UTC; None = there is none."""
    found = in_folder(folder)
    return found[0].made_at if found else None


def hours(made_at: datetime) -> int:
    """How many hours old it is."""
    return int((timezone.now() - made_at) / timedelta(hours=1))


def is_late(made_at: datetime | None) -> bool:
    return made_at is None or timezone.now() - made_at > LATE
