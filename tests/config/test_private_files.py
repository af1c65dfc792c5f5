"""What the product keeps is its owner's alone, also in a folder that others may read."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from django.core import checks
from django.core.mail import send_mail
from pytest_django import Settings

from accounts import private_files


def modes(folder: Path) -> dict[str, int]:
    """The rights of others, by file."""
    return {
        str(path.relative_to(folder)): path.stat().st_mode & 0o077
        for path in sorted(folder.rglob("*"))
    }


def test_in_a_folder_that_is_open_a_database_and_its_journal_are_closed(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    with closing(sqlite3.connect(tmp_path / "db.sqlite3")) as database:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("CREATE TABLE link (opaque)")
        assert {"db.sqlite3", "db.sqlite3-wal"} <= modes(tmp_path).keys()
        assert set(modes(tmp_path).values()) == {0}


def test_a_mail_that_is_written_is_closed(settings: Settings, tmp_path: Path) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    send_mail("A link", "https://hinge.example.org/...", None, ["elin@harbour.example"])
    assert len(modes(tmp_path)) == 2
    assert set(modes(tmp_path).values()) == {0}


def warned() -> list[str]:
    found = checks.run_checks(tags=[checks.Tags.security])
    return [str(message) for message in found if message.id == "hinge.W003"]


def test_files_that_an_older_release_left_open_are_named_and_closed(
    settings: Settings, tmp_path: Path
) -> None:
    settings.VAR = tmp_path
    settings.STATIC_ROOT = tmp_path / "static"
    for name in ("db.sqlite3", "mail/a.log", "static/app.css"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("")
        (tmp_path / name).chmod(0o644)
    for folder in (tmp_path, tmp_path / "mail", tmp_path / "static"):
        folder.chmod(0o755)
    assert "2 private files" in warned()[0]
    private_files.close(tmp_path, public="static")
    assert not warned()
    kept = modes(tmp_path)
    assert (kept["db.sqlite3"], kept["mail"]) == (0, 0)
    assert kept["static/app.css"] == 0o044
    (tmp_path / "db.sqlite3").chmod(0o644)
    assert "1 private files" in warned()[0]
    tmp_path.chmod(0o700)
    assert not warned()
