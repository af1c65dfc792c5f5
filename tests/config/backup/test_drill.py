"""The drill: a clinic loses its machine, and goes on with a backup on another one."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from accounts import backup_files, links
from accounts.models import Count
from config import triggers
from config.backup import archive, lock, make
from tests import factories, steps
from tests.cast import Cast
from tests.config.backup.elsewhere import Place, place, rows
from tests.patients.lived import live
from tests.processes import wait_for

pytestmark = pytest.mark.django_db(transaction=True)
PASSPHRASE = "five geese walk along the quay"
FOR_GOOD = ("--replace", "--sign-out-phones")
#: Asks the product of that place whether a patient's link opens something.
OPEN = "from accounts import doors; print(doors.peek('{}'))"


@pytest.fixture
def shelf(tmp_path: Path, settings: Settings) -> Path:
    """Where backups go, locked for a key beside it."""
    folder = tmp_path / "shelf"
    folder.mkdir()
    settings.BACKUP_DIR = str(folder)
    settings.BACKUP_KEEP = 0
    settings.BACKUP_RECIPIENT = [lock.new_key(tmp_path / "key")]
    return folder


@contextmanager
def somebody_writes() -> Iterator[None]:
    """Two rows at a time, as fast as they can be written."""
    ended = Event()

    def write() -> None:
        number = 0
        while not ended.is_set():
            number += 1
            with transaction.atomic():
                for half in "ab":
                    Count.objects.create(key=f"{number}{half}", value=1, expires=timezone.now())
        connection.close()

    writer = Thread(target=write)
    writer.start()
    try:
        wait_for(Count.objects.exists)
        yield
    finally:
        ended.set()
        writer.join()


def _has_its_guards(there: Place) -> None:
    with there.connected() as connected:
        wanted = {trigger.name for trigger in triggers.expected(connected)}
        assert triggers.installed(connected) == wanted
        assert triggers.changed(connected) == []


def _opens(there: Place, link: str) -> None:
    token = link.rstrip("/").rpartition("/")[2]
    assert "Door(link=" in there.manage("shell", "--command", OPEN.format(token))


def _whole_pairs(some: list[Any], of: list[Any]) -> None:
    """What was written meanwhile is there as far as it was written, and no half of it."""
    assert set(some) < set(of)
    assert len(some) % 2 == 0


def test_a_lived_clinic_goes_on_elsewhere_with_the_file_and_the_key_alone(
    cast: Cast, shelf: Path, tmp_path: Path
) -> None:
    live(cast)
    # After the last hour that was sealed.
    with time_machine.travel(timezone.now() + timedelta(days=3), tick=False):
        link = links.url(links.issue(cast.maya.user, by=cast.elin))
        Client().force_login(cast.elin)
    photo = make.media() / "gates" / "hinge.jpg"
    photo.parent.mkdir(parents=True)
    photo.write_bytes(b"a photo")
    with somebody_writes():
        call_command("backup", verbosity=0)
    shutil.rmtree(make.media())
    before = rows(connection)
    assert before["patients_practice"]
    (kept,) = backup_files.in_folder(shelf)
    assert kept.path.stat().st_mode & 0o777 == 0o600
    with place(tmp_path) as there:
        there.manage("restore", str(kept.path), "--identity", str(tmp_path / "key"))
        after = there.rows()
        _whole_pairs(after.pop("accounts_count"), of=before.pop("accounts_count"))
        for ended in ("accounts_session", "accounts_signin"):
            assert after.pop(ended) == []
            assert len(before.pop(ended)) == 1
        assert after == before
        _has_its_guards(there)
        assert (there.var / "media" / "gates" / "hinge.jpg").read_bytes() == b"a photo"
        _opens(there, link)


def test_an_older_backup_is_brought_up_to_date_and_what_stands_there_is_kept_when_it_goes(
    cast: Cast, shelf: Path, settings: Settings, tmp_path: Path
) -> None:
    settings.BACKUP_RECIPIENT = []
    settings.BACKUP_PASSPHRASE = PASSPHRASE
    before = rows(connection)
    steps.migrate("trail", "0001")
    try:
        call_command("backup", verbosity=0)
    finally:
        steps.migrate()
    (older,) = shelf.iterdir()
    with pytest.raises(CommandError, match="passphrase or the key is another one"):
        lock.open_locked(older, tmp_path / "pack", key="", words="six geese")
    factories.clinic("Newer Physio")
    settings.BACKUP_RECIPIENT = [lock.new_key(tmp_path / "key two")]
    call_command("backup", verbosity=0)
    newer = backup_files.in_folder(shelf)[0].path
    with place(tmp_path) as there:
        there.manage("restore", str(older), BACKUP_PASSPHRASE=PASSPHRASE)
        assert there.rows() == before
        _has_its_guards(there)
        there.manage("restore", str(newer), *FOR_GOOD, "--identity", str(tmp_path / "key two"))
        assert there.rows() == rows(connection) != before
        _has_its_guards(there)
        (replaced,) = backup_files.in_folder(there.var / "before-restore")
        (tmp_path / "room").mkdir()
        assert archive.unpack(replaced.path, tmp_path / "room").rows["accounts_clinic"] == 2
