"""Makes the installation's secret key on the first run, and refuses one that is too short. Only the
owner of the file can read it."""

from __future__ import annotations

import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from accounts import private_files

#: As many characters as 24 random bytes take in base64.
SHORTEST = 32


def long_enough(key: str) -> str:
    """The key, unless somebody could guess it: then they would sign in as anybody."""
    if len(key) < SHORTEST:
        raise ImproperlyConfigured(
            f"SECRET_KEY has {len(key)} characters and needs {SHORTEST}. Make one with: "
            'python3 -c "import secrets; print(secrets.token_urlsafe(64))". Put the key that was '
            "used before into SECRET_KEY_FALLBACKS, so that links and sign-ins stay valid."
        )
    return key


def secret_key(path: Path) -> str:
    """Return the key in the file; make it when there is none."""
    return private_files.kept(path, lambda: secrets.token_urlsafe(64))
