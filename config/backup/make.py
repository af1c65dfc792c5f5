"""Makes a backup: one file with the database, the photos and the secret key.

It is made under another name, read back, and only then named. What a run that was killed leaves
behind is taken away by the next one.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pyrage
from django.conf import settings
from django.core.management.base import CommandError
from django.db import DatabaseError, connection

from accounts import backup_files
from config import installation_key, migrated
from config.backup import archive, databases, lock, manifest
from config.backup.lock import Lock
from config.backup.manifest import Manifest

KEY = "secret_key"
MEDIA = "media"
WORK = ".backup-"
PART = ".part"
#: After so many seconds what a run has left is of one that was killed.
ABANDONED = 24 * 60 * 60


@dataclass(frozen=True)
class Wanted:
    """folder: where the file goes; lock: None = unlocked; with_key: whether the secret key of
    VAR_DIR goes along."""

    folder: Path
    lock: Lock | None
    with_key: bool


@dataclass(frozen=True)
class Made:
    path: Path
    about: Manifest
    holds_key: bool


def media() -> Path:
    folder: Path = settings.VAR / MEDIA
    return folder


def key_file() -> Path | None:
    """The file of the secret key in VAR_DIR, where the product signs with that one."""
    file: Path = settings.VAR / KEY
    if file.exists() and file.read_text().strip() == settings.SECRET_KEY:
        return file
    return None


def make(wanted: Wanted) -> Made:
    """Raises CommandError with the reason when there is no backup at the end."""
    _look_for_room(wanted)
    try:
        with workroom() as room:
            return _make(wanted, room)
    except (OSError, sqlite3.Error, DatabaseError, pyrage.EncryptError) as error:
        raise CommandError(
            f"The backup was not made: {error}. Older ones are as they were."
        ) from error


def _make(wanted: Wanted, room: Path) -> Made:
    kind = databases.kind(connection)
    copy = room / kind.MEMBER
    pack = room / "pack"
    made_at = datetime.now(UTC)
    rows = kind.take(connection, copy)
    key = key_file() if wanted.with_key else None
    about = Manifest(
        made_at=made_at.isoformat(timespec="seconds"),
        version=manifest.version(),
        migrations=sorted(migrated.applied(connection)),
        kind=connection.vendor,
        database_version=kind.version(connection),
        rows=rows,
        key=installation_key.fingerprint(settings.SECRET_KEY),
    )
    members = {kind.MEMBER: copy, **({KEY: key} if key else {}), **_photos()}
    about = archive.pack(pack, about, members)
    copy.unlink()
    name = made_at.strftime(backup_files.NAMED) + (lock.SUFFIX if wanted.lock else "")
    return Made(_write(pack, wanted, name), about, key is not None)


def _photos() -> dict[str, Path]:
    folder = media()
    return {
        f"{MEDIA}/{path.relative_to(folder)}": path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink()
    }


def _write(pack: Path, wanted: Wanted, name: str) -> Path:
    """Write the pack to its place, read it back and name it."""
    part = wanted.folder / f".{name}{PART}"
    path = wanted.folder / name
    try:
        if wanted.lock:
            read_back = wanted.lock.close(pack, part)
        else:
            shutil.copyfile(pack, part)
            read_back = lock.digest(part)
        if read_back != lock.digest(pack):
            raise CommandError("The backup does not read back as it was written: a faulty disk?")
        part.chmod(0o600)
        _to_disk(part)
        part.rename(path)
        _to_disk(wanted.folder)
    finally:
        part.unlink(missing_ok=True)
    return path


def _to_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def workroom() -> Iterator[Path]:
    """A folder in VAR_DIR, for its owner alone: what is unlocked never leaves that place."""
    _sweep(settings.VAR.glob(f"{WORK}*"), shutil.rmtree)
    with tempfile.TemporaryDirectory(dir=settings.VAR, prefix=WORK) as room:
        yield Path(room)


def _sweep(left: Iterator[Path], remove: Callable[[Path], None]) -> None:
    for path in left:
        if path.stat().st_mtime < time.time() - ABANDONED:
            remove(path)


def _look_for_room(wanted: Wanted) -> None:
    """Refuse before anything is written where the disk is too full for it."""
    if not wanted.folder.is_dir():
        raise CommandError(
            f"There is no folder {wanted.folder}. Is its disk there? Make the folder once."
        )
    _sweep(wanted.folder.glob(f".hinge-ladder-*{PART}"), Path.unlink)
    kind = databases.kind(connection)
    photos = sum(path.stat().st_size for path in _photos().values())
    size = kind.size(connection)
    here = int(size * kind.ROOM) + photos
    there = size // 2 + photos
    same = wanted.folder.stat().st_dev == settings.VAR.stat().st_dev
    for folder, needed in ((settings.VAR, here + there * same), (wanted.folder, there)):
        free = shutil.disk_usage(folder).free
        if free < needed:
            raise CommandError(
                f"The disk of {folder} is too full: {free >> 20} MB are free, a backup may need"
                f" {(needed >> 20) + 1} MB. Nothing was written."
            )
