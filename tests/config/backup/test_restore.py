"""What is not whole, not ours or not for this place is refused, and nothing here is changed."""

from __future__ import annotations

import gzip
import io
import tarfile
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from pytest_django import Settings

from accounts.models import Clinic
from config import migrated
from config.backup import archive, databases, lock, manifest
from config.backup.manifest import Manifest
from tests.cast import Cast
from tests.config.backup.elsewhere import place

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path: Path, settings: Settings) -> Path:
    """A backup, locked for the key in BACKUP_IDENTITY."""
    key = tmp_path / "key"
    settings.BACKUP_RECIPIENT = [lock.new_key(key)]
    settings.BACKUP_IDENTITY = key.read_text()
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    call_command("backup", str(shelf), verbosity=0)
    (made,) = shelf.iterdir()
    return made


def refused(file: Path, because: str) -> None:
    with pytest.raises(CommandError, match=because):
        call_command("restore", str(file))


def unlocked(file: Path, into: Path, settings: Settings) -> Path:
    lock.open_locked(file, into, key=settings.BACKUP_IDENTITY, words="")
    return into


def test_half_a_file_a_changed_one_and_a_wrong_key_are_refused(
    file: Path, tmp_path: Path, settings: Settings
) -> None:
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2])
    refused(file, "not whole")
    file.write_bytes(whole[:-1000] + b"#" + whole[-999:])
    refused(file, "damaged")
    file.write_bytes(whole)
    lock.new_key(tmp_path / "other")
    settings.BACKUP_IDENTITY = (tmp_path / "other").read_text()
    refused(file, "key is another one")
    settings.BACKUP_IDENTITY = ""
    refused(file, "--identity")
    settings.BACKUP_IDENTITY = "no key at all"
    refused(file, "holds no secret key")
    file.write_bytes(b"age-encryption.org/v1\n-> scrypt salt 18\n")
    refused(file, "set BACKUP_PASSPHRASE_FILE")


def test_an_unlocked_file_that_was_cut_off_or_changed_is_refused(
    file: Path, tmp_path: Path, settings: Settings
) -> None:
    plain = unlocked(file, tmp_path / "plain.tar.gz", settings)
    whole = plain.read_bytes()
    plain.write_bytes(whole[: len(whole) - 3000])
    refused(plain, "not whole")
    content = bytearray(gzip.decompress(whole))
    content[len(content) // 2] ^= 1
    plain.write_bytes(gzip.compress(bytes(content), compresslevel=1))
    refused(plain, "not as its manifest says")
    plain.write_bytes(b"something else")
    refused(plain, "damaged or not whole")
    refused(tmp_path / "nothing", "There is no file")


@pytest.mark.parametrize("name", ["../loose", "/tmp/loose", "media/../../loose"])  # noqa: S108
def test_no_name_in_a_backup_leads_out_of_it(tmp_path: Path, name: str) -> None:
    evil = tmp_path / "evil.tar.gz"
    (tmp_path / "loose").write_text("x")
    archive.pack(evil, _about(), {name: tmp_path / "loose"})
    (tmp_path / "room").mkdir()
    with pytest.raises(CommandError, match="leads out of it"):
        archive.unpack(evil, tmp_path / "room")


def test_a_link_in_a_backup_is_not_followed(tmp_path: Path) -> None:
    evil = tmp_path / "evil.tar.gz"
    text = _about().text().encode()
    with tarfile.open(evil, "x:gz") as tar:
        first = tarfile.TarInfo(manifest.MEMBER)
        first.size = len(text)
        tar.addfile(first, io.BytesIO(text))
        link = tarfile.TarInfo("secret_key")
        link.type = tarfile.SYMTYPE
        link.linkname = "/etc/passwd"
        tar.addfile(link)
    refused(evil, "no file")


def _about() -> Manifest:
    return Manifest(
        made_at="2026-11-29T02:30:00+00:00",
        version="Unreleased",
        migrations=[],
        kind=connection.vendor,
        database_version="1",
        rows={},
        key="",
    )


@pytest.mark.parametrize(
    ("about", "because"),
    [
        (replace(_about(), migrations=["patients.9999_flying"]), "newer release.*9999_flying"),
        (replace(_about(), kind="oracle"), "a backup of oracle"),
        (replace(_about(), format=2), "newer release"),
        (replace(_about(), product="other"), "no backup of Hinge Ladder"),
    ],
)
def test_what_is_newer_or_not_for_this_place_is_refused(
    tmp_path: Path, about: Manifest, because: str
) -> None:
    file = tmp_path / "newer.tar.gz"
    archive.pack(file, about, {})
    refused(file, because)


def test_what_an_older_release_had_is_not_taken_for_newer() -> None:
    assert migrated.unknown(["sessions.0001_initial", "patients.0001_initial"]) == []


def test_a_place_in_use_is_left_as_it_is(cast: Cast, file: Path) -> None:
    refused(file, "Harbour Physio is here.*--replace")
    assert Clinic.objects.filter(name="Harbour Physio").exists()


@pytest.mark.django_db(transaction=True)
def test_a_database_that_a_server_uses_is_not_replaced(tmp_path: Path) -> None:
    with place(tmp_path) as there, there.connected() as mine, there.connected() as servers:
        refuse_others = databases.kind(mine).refuse_others
        with servers.cursor() as cursor:
            cursor.execute("CREATE TABLE used (id integer)")
        with pytest.raises(CommandError, match="Stop the server first"):
            refuse_others(mine)
        servers.close()
        refuse_others(mine)
