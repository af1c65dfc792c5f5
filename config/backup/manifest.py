"""The first member of a backup: what it holds, and of which release."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

MEMBER = "manifest.json"
PRODUCT = "hinge-ladder"
#: What a backup looks like inside. Another number is of another release.
FORMAT = 1


@dataclass(frozen=True)
class Manifest:
    """made_at: ISO, in UTC; rows: how many each table has; members: the SHA-256 of each file by its
    name; key: by which the secret key is recognised, and which says nothing of it."""

    made_at: str
    version: str
    migrations: list[str]
    kind: str
    database_version: str
    rows: dict[str, int]
    key: str
    members: dict[str, str] = field(default_factory=dict)
    product: str = PRODUCT
    format: int = FORMAT

    def text(self) -> str:
        return json.dumps(asdict(self), indent=1, sort_keys=True)


def read(text: bytes) -> Manifest:
    """Raises CommandError when it is none that this release reads."""
    try:
        held: dict[str, Any] = json.loads(text)
        if held["product"] != PRODUCT:
            raise CommandError("This is no backup of Hinge Ladder.")
        if held["format"] != FORMAT:
            raise CommandError("This backup is of a newer release. Install that one first.")
        return Manifest(**held)
    except (ValueError, KeyError, TypeError) as error:
        raise CommandError("This is no backup of Hinge Ladder, or it is damaged.") from error


def version() -> str:
    """The newest heading of the changelog."""
    with (settings.BASE_DIR / "CHANGELOG.md").open() as lines:
        return next((line[3:].strip() for line in lines if line.startswith("## ")), "")
