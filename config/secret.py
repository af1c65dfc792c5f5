"""Makes the installation's secret key on the first run. Only the owner of the file can read it."""

from __future__ import annotations

import contextlib
import os
import secrets
import tempfile
from pathlib import Path


def secret_key(path: Path) -> str:
    """Return the key in the file; make it when there is none.

    Processes that start at the same time get the same key.
    """
    if not path.exists():
        _make(path)
    return path.read_text().strip()


def _make(path: Path) -> None:
    # The key is written to another file first and then linked into place. So nobody reads half a
    # key, and a second process keeps the key of the first.
    with tempfile.NamedTemporaryFile("w", dir=path.parent, prefix=f".{path.name}-") as file:
        file.write(secrets.token_urlsafe(64))
        file.flush()
        os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(file.name, path)
