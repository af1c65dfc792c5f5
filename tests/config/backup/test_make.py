"""A backup is whole or there is none, and older ones stay or go as the settings say."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection
from pytest_django import Settings

from accounts import backup_files
from config import checks
from config.backup import keeping, lock, make
from tests.config.test_private_files import modes

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf(tmp_path: Path, settings: Settings) -> Path:
    settings.BACKUP_DIR = str(tmp_path)
    return tmp_path


@contextmanager
def small_disk(size: int) -> Iterator[None]:
    """No file can become larger meanwhile."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("size", [20_000, 60_000])
def test_a_disk_that_fills_up_leaves_no_half_backup_and_the_older_ones(
    shelf: Path, settings: Settings, size: int
) -> None:
    call_command("backup", plain=True, verbosity=0)
    (older,) = shelf.iterdir()
    content = older.read_bytes()
    with small_disk(size), pytest.raises(CommandError, match=r"not made|failed"):
        call_command("backup", plain=True)
    assert [path.read_bytes() for path in shelf.iterdir()] == [content]
    assert list(settings.VAR.glob(".backup-*")) == []


def test_a_disk_that_is_too_small_is_told_before_anything_is_written(
    shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda folder: SimpleNamespace(free=1000))
    with pytest.raises(CommandError, match="too full"):
        call_command("backup", plain=True)
    assert list(shelf.iterdir()) == []


def test_what_a_killed_run_left_is_swept_by_a_later_one(shelf: Path, settings: Settings) -> None:
    part = shelf / ".hinge-ladder-20260101-000000.tar.gz.part"
    room = settings.VAR / ".backup-killed"
    part.write_text("half")
    room.mkdir()
    with time_machine.travel(datetime.now(UTC) + timedelta(days=2)):
        call_command("backup", plain=True, verbosity=0)
    assert not part.exists()
    assert not room.exists()


def test_nothing_leaves_the_place_unlocked_unless_it_is_asked_for(
    shelf: Path, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(CommandError, match="BACKUP_RECIPIENT"):
        call_command("backup")
    settings.BACKUP_PASSPHRASE = "short"
    with pytest.raises(CommandError, match="shorter"):
        call_command("backup")
    settings.BACKUP_RECIPIENT = ["age1nobody"]
    with pytest.raises(CommandError, match="public key"):
        call_command("backup")
    assert list(shelf.iterdir()) == []
    call_command("backup", plain=True)
    assert "The secret key is not in it" in capsys.readouterr().out
    assert set(modes(shelf).values()) == {0}


def test_a_folder_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Is its disk there"):
        call_command("backup", str(tmp_path / "disk"), plain=True)


def test_the_programs_of_postgresql_are_named_where_they_are_missing(
    shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    if connection.vendor == "sqlite":
        call_command("backup", plain=True, verbosity=0)
        return
    with pytest.raises(CommandError, match="postgresql-client"):
        call_command("backup", plain=True)


def _made(folder: Path, days: int) -> None:
    """Two backups on each of the days before a Sunday."""
    sunday = datetime(2026, 11, 29, 2, 30, tzinfo=UTC)
    for ago in range(days):
        for hours in (0, 9):
            at = sunday - timedelta(days=ago, hours=hours)
            (folder / f"{at.strftime(backup_files.NAMED)}.age").touch()


def test_the_newest_of_the_last_days_and_weeks_stay(tmp_path: Path) -> None:
    _made(tmp_path, 100)
    (tmp_path / "notes.txt").touch()
    assert keeping.remove_over(tmp_path, 3) > 150
    stay = [f"{backup.made_at:%m%d-%H}" for backup in backup_files.in_folder(tmp_path)]
    days = ["1129-02", "1128-17", "1127-17"]
    weeks = ["1122-17", "1115-17", "1108-17", "1101-17", "1025-17", "1018-17", "1011-17"]
    assert stay == days + weeks
    assert (tmp_path / "notes.txt").exists()
    assert keeping.remove_over(tmp_path, 0) == 0


def test_a_backup_by_hand_into_a_folder_of_its_own_takes_none_away(
    tmp_path: Path, settings: Settings
) -> None:
    _made(tmp_path, 40)
    settings.BACKUP_KEEP = 1
    call_command("backup", str(tmp_path), plain=True, verbosity=0)
    assert len(backup_files.in_folder(tmp_path)) == 81
    settings.BACKUP_DIR = str(tmp_path)
    call_command("backup", plain=True, verbosity=0)
    assert len(backup_files.in_folder(tmp_path)) < 12


def test_whoever_looks_is_warned_of_a_late_or_unlocked_backup(
    shelf: Path, settings: Settings
) -> None:
    def found() -> str:
        return " ".join(message.msg for message in checks.backups_are_made(None))

    assert "no backup yet" in found()
    assert "nothing to lock" in found()
    settings.BACKUP_PASSPHRASE = "five geese walk along the quay"
    call_command("backup", plain=True, verbosity=0)
    assert found() == ""
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=27)):
        assert "27 hours old" in found()
    settings.BACKUP_DIR = ""
    assert found() == ""


def test_a_new_key_is_its_owners_alone_and_replaces_none(tmp_path: Path) -> None:
    public = lock.new_key(tmp_path / "key")
    assert public.startswith("age1")
    assert set(modes(tmp_path).values()) == {0}
    with pytest.raises(CommandError, match="stays as it is"):
        lock.new_key(tmp_path / "key")


def test_a_key_from_elsewhere_is_not_taken_along(settings: Settings) -> None:
    assert make.key_file() == settings.VAR / "secret_key"
    settings.SECRET_KEY = "another, from the environment"
    assert make.key_file() is None
