"""Makes the installation's secret key on the first run. Only the owner of the file can read it."""

from __future__ import annotations

import secrets
from pathlib import Path

from accounts import private_files


def secret_key(path: Path) -> str:
    """Return the key in the file; make it when there is none."""
    return private_files.kept(path, lambda: secrets.token_urlsafe(64))
