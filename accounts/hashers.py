"""Makes and compares hashes of passwords and PINs one at a time in each process.

A hash takes 100 MB and most of a second on purpose. Whoever sends many passwords at once would
otherwise take all the memory of the machine.
"""

from __future__ import annotations

from threading import RLock

from django.contrib.auth import hashers

_alone = RLock()


class Argon2(hashers.Argon2PasswordHasher):
    def encode(self, password: str, salt: str) -> str:
        with _alone:
            return str(super().encode(password, salt))

    def verify(self, password: str, encoded: str) -> bool:
        with _alone:
            return bool(super().verify(password, encoded))


class PBKDF2(hashers.PBKDF2PasswordHasher):
    """Only for hashes of long ago: the next sign-in makes another of them."""

    def encode(self, password: str, salt: str, iterations: int | None = None) -> str:
        with _alone:
            return str(super().encode(password, salt, iterations))
