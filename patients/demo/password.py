"""The password of the demo's staff. Each installation makes its own, so none that was published
opens any."""

from __future__ import annotations

import secrets

from django.conf import settings

from accounts import private_files

#: Without those that are taken for one another, such as l and 1.
SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"


def password() -> str:
    """Three groups of four signs: 59 random bits. It is made once and kept in ``VAR_DIR``."""
    return private_files.kept(settings.VAR / "demo_password", _new)


def _new() -> str:
    return "-".join("".join(secrets.choice(SIGNS) for _ in range(4)) for _ in range(3))
