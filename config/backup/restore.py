"""Makes an installation from a backup, in an empty place.

First everything in the file is looked at; until then nothing here is changed.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from accounts import sessions
from accounts.models import Clinic
from config import alone, installation_key, migrated, owner_url
from config.backup import archive, databases, lock, make
from config.backup.make import Wanted
from config.backup.manifest import Manifest

#: Where what stood here before goes, unless the settings name a folder and lock its files.
BEFORE = "before-restore"
IN_USE = (
    "This place is not empty: {clinic} is here. Restore into a place of its own (VAR_DIR,"
    " DATABASE_URL), or add --replace: a backup is made of this one first."
)
OTHER_KEY = (
    "The secret key here is another one: links, phones and second steps do not work. Give the old"
    " one back, by SECRET_KEY or SECRET_KEY_FILE; if it is lost: manage.py accept_key"
)
DONE = (
    "Every rule holds. Start the server; staff sign in again.\n"
    "Links and phones of patients that were ended after the backup was made are open again: end"
    " them once more, or restore with --sign-out-phones. Who was erased since is back: the log"
    " names them (`was erased`), erase them again."
)


@dataclass(frozen=True)
class Choices:
    """replace: what stands here may go, after a backup; phones_end: patients' phones are signed
    out too; key, words: what opens the file; before: how the backup of what stands here is made,
    None = into VAR_DIR."""

    replace: bool = False
    phones_end: bool = False
    key: str = ""
    words: str = ""
    before: Wanted | None = None


def restore(file: Path, choices: Choices, say: Callable[[str], None]) -> None:
    """Raises CommandError with the reason when it cannot."""
    if not file.is_file():
        raise CommandError(f"There is no file {file}.")
    try:
        clinics = _clinics()
        if clinics and not choices.replace:
            raise CommandError(IN_USE.format(clinic=clinics[0]))
        with make.workroom() as room:
            about = _open(file, choices, room)
            _fits(about)
            say(f"The backup of {about.made_at} is whole: {sum(about.rows.values())} rows.")
            databases.kind(connection).refuse_others(connection)
            if clinics:
                made = make.make(choices.before or _beside())
                say(f"What stood here is kept: {made.path}")
            _put_and_update(about, room, say)
    except (OSError, sqlite3.Error) as error:
        raise CommandError(f"It was not restored: {error}.") from error
    # Some of them may have been ended since the backup was made.
    sessions.end_all(phones=choices.phones_end)
    call_command("verify", verbosity=0)
    say(DONE)


def _put_and_update(about: Manifest, room: Path, say: Callable[[str], None]) -> None:
    with alone.preparing(connection, tell=say):
        if not _put(about, room):
            say(OTHER_KEY)
        say("Bringing it up to date ...")
        call_command("migrate", interactive=False, verbosity=0)
        if os.environ.get(owner_url.KEPT):
            call_command("app_role", apply=True, verbosity=0)
        call_command("load_curriculum", verbosity=0)
        call_command("refresh_summaries", verbosity=0)


def _open(file: Path, choices: Choices, room: Path) -> Manifest:
    """Take the members out into the room. The digest of each is right."""
    pack = file
    if lock.is_locked(file):
        pack = room / "pack"
        lock.open_locked(file, pack, key=choices.key, words=choices.words)
    taken_out = room / "members"
    taken_out.mkdir()
    return archive.unpack(pack, taken_out)


def _fits(about: Manifest) -> None:
    if about.kind != connection.vendor:
        there = databases.NAMES.get(about.kind, about.kind)
        raise CommandError(
            f"This is a backup of {there}, and DATABASE_URL names"
            f" {databases.NAMES[connection.vendor]}. Restore it beside, on {there}."
        )
    newer = migrated.unknown(about.migrations)
    if newer:
        raise CommandError(
            f"This backup is of a newer release than this one: it has {newer[0]}. Install that"
            " release first."
        )


def _clinics() -> list[str]:
    if Clinic._meta.db_table not in connection.introspection.table_names():
        return []
    return list(Clinic.objects.order_by("pk").values_list("name", flat=True))


def _beside() -> Wanted:
    # Unlocked, beside the unlocked database that it is of.
    folder = settings.VAR / BEFORE
    folder.mkdir(mode=0o700, exist_ok=True)
    return Wanted(folder, lock=None, with_key=True)


def _put(about: Manifest, room: Path) -> bool:
    """Put database, photos and key in their places. Returns whether the key of then signs here."""
    kind = databases.kind(connection)
    members = room / "members"
    kind.put(connection, members / kind.MEMBER, room)
    wrong = [table for table, rows in about.rows.items() if _count(table) != rows]
    if wrong:
        raise CommandError(f"The database has not all rows of {wrong[0]}. Restore again.")
    shutil.rmtree(make.media(), ignore_errors=True)
    if (members / make.MEDIA).exists():
        (members / make.MEDIA).rename(make.media())
    held = members / make.KEY
    here = make.key_file()
    if held.exists() and here is not None:
        held.chmod(0o600)
        held.replace(here)
        return True
    return about.key == installation_key.fingerprint(settings.SECRET_KEY)


def _count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608
        return int(cursor.fetchone()[0])
