"""Locks a file with age (age-encryption.org), for keys or by a passphrase, and opens it again.

Any program of age opens such a file too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pyrage
from django.core.management.base import CommandError
from pyrage import passphrase, x25519

SUFFIX = ".age"
#: A passphrase locks in memory what a key locks piece by piece. In bytes.
LARGEST_BY_PASSPHRASE = 1024**3
SHORTEST_PASSPHRASE = 12


class Digest:
    """Takes what is written and keeps its digest alone."""

    def __init__(self) -> None:
        self.sha256 = hashlib.sha256()

    def write(self, data: bytes) -> int:
        self.sha256.update(data)
        return len(data)

    def flush(self) -> None:
        pass


def digest(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@dataclass(frozen=True)
class Lock:
    """What locks: the public keys, or else the passphrase."""

    recipients: tuple[x25519.Recipient, ...] = ()
    passphrase: str = ""

    def close(self, pack: Path, locked: Path) -> str:
        """Write the pack into a new file, locked. Returns the digest of what opens from it."""
        if self.passphrase and not self.recipients:
            return self._by_passphrase(pack, locked)
        # A key for this one run reads the file back. Nothing keeps it.
        ours = x25519.Identity.generate()
        with pack.open("rb") as reader, locked.open("xb") as writer:
            pyrage.encrypt_io(reader, writer, [*self.recipients, ours.to_public()])
        seen = Digest()
        with locked.open("rb") as reader:
            pyrage.decrypt_io(reader, seen, [ours])
        return seen.sha256.hexdigest()

    def _by_passphrase(self, pack: Path, locked: Path) -> str:
        if pack.stat().st_size > LARGEST_BY_PASSPHRASE:
            raise CommandError(
                "This is too much for a passphrase. Set BACKUP_RECIPIENT to a public key:"
                " `manage.py backup --new-key FILE` makes one."
            )
        locked.write_bytes(passphrase.encrypt(pack.read_bytes(), self.passphrase))
        opened = passphrase.decrypt(locked.read_bytes(), self.passphrase)
        return hashlib.sha256(opened).hexdigest()


def of_settings(recipients: Sequence[str], words: str) -> Lock | None:
    """What the settings lock with; None when they name nothing."""
    if recipients:
        return Lock(recipients=tuple(_recipient(text) for text in recipients))
    if not words:
        return None
    if len(words) < SHORTEST_PASSPHRASE:
        raise CommandError(
            f"BACKUP_PASSPHRASE is shorter than {SHORTEST_PASSPHRASE} signs. Take a longer one."
        )
    return Lock(passphrase=words)


def _recipient(text: str) -> x25519.Recipient:
    try:
        return x25519.Recipient.from_str(text)
    except pyrage.RecipientError as error:
        raise CommandError(
            "BACKUP_RECIPIENT must be a public key of age, which begins with age1."
            " `manage.py backup --new-key FILE` makes one."
        ) from error


def new_key(file: Path) -> str:
    """Write a new secret key into a new file, for its owner alone. Returns its public key."""
    made = x25519.Identity.generate()
    public = str(made.to_public())
    try:
        with file.open("x") as writer:
            writer.write(f"# public key: {public}\n{made}\n")
    except FileExistsError as error:
        raise CommandError(f"{file} is there already, and stays as it is.") from error
    file.chmod(0o600)
    return public


def is_locked(file: Path) -> bool:
    with file.open("rb") as reader:
        return reader.read(22) == b"age-encryption.org/v1\n"


def needs_passphrase(file: Path) -> bool:
    with file.open("rb") as reader:
        return b"-> scrypt " in reader.read(200)


def open_locked(file: Path, pack: Path, *, key: str, words: str) -> None:
    """Write what the locked file holds into ``pack``.

    key: the text of a key file of age; words: the passphrase. Either may be empty.
    """
    try:
        if needs_passphrase(file):
            pack.write_bytes(passphrase.decrypt(file.read_bytes(), words))
            return
        with file.open("rb") as reader, pack.open("wb") as writer:
            pyrage.decrypt_io(reader, writer, _identities(key))
    except (pyrage.DecryptError, OSError, ValueError) as error:
        raise CommandError(
            f"{file.name} does not open ({error}). Either the passphrase or the key is another one,"
            " or the file is damaged or not whole. Nothing was changed."
        ) from error


def _identities(text: str) -> list[x25519.Identity]:
    lines = [line.strip() for line in text.splitlines()]
    wanted = [line for line in lines if line and not line.startswith("#")]
    try:
        return [x25519.Identity.from_str(line) for line in wanted]
    except pyrage.IdentityError as error:
        raise CommandError("The key file holds no secret key of age (AGE-SECRET-KEY-1...).") from (
            error
        )
