"""Which older backups stay: the newest of each of some days, and of each of some weeks."""

from __future__ import annotations

from pathlib import Path

from accounts import backup_files
from accounts.backup_files import Backup

WEEKS = 8


def over(found: list[Backup], days: int) -> list[Backup]:
    """Those that nobody needs any more. ``found``: newest first; ``days``: 0 = all stay."""
    if not days:
        return []
    by_day: dict[object, Backup] = {}
    by_week: dict[object, Backup] = {}
    for backup in found:
        by_day.setdefault(backup.made_at.date(), backup)
        by_week.setdefault(backup.made_at.isocalendar()[:2], backup)
    stay = {*list(by_day.values())[:days], *list(by_week.values())[:WEEKS]}
    return [backup for backup in found if backup not in stay]


def remove_over(folder: Path, days: int) -> int:
    """Delete them; how many they were."""
    gone = over(backup_files.in_folder(folder), days)
    for backup in gone:
        backup.path.unlink(missing_ok=True)
    return len(gone)
