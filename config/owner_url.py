"""Gives the password of the role that owns the tables to the commands that need it, and to no
other process.
"""

from __future__ import annotations

from collections.abc import MutableMapping, Sequence
from pathlib import Path

OWNER = "DATABASE_OWNER_URL"
SERVES = "DATABASE_URL"
#: Where a command of the owner keeps the address of the role that serves.
KEPT = "DATABASE_APP_URL"
#: What makes tables, empties columns of what is kept, or loads what the clinic only reads.
COMMANDS = frozenset(
    {
        "app_role",
        "bench_data",
        "demo",
        "erase",
        "load_curriculum",
        "migrate",
        "prepare",
        "publish_ladder",
        "restore",
        "retention",
        "start",
    }
)


def choose(arguments: Sequence[str], environment: MutableMapping[str, str]) -> None:
    """Connect a command of the owner as the owner. Whatever else runs never sees that address."""
    if not COMMANDS.intersection(arguments[1:2]):
        forget(environment)
    elif owner := _take(environment, OWNER):
        environment[KEPT] = _take(environment, SERVES)
        environment[SERVES] = owner


def forget(environment: MutableMapping[str, str]) -> None:
    """Take the owner's address out of the environment of a process that does not need it."""
    environment.pop(OWNER, None)
    environment.pop(f"{OWNER}_FILE", None)


def _take(environment: MutableMapping[str, str], name: str) -> str:
    """Take an address out, which may stand in a file; "" when there is none."""
    address = environment.pop(name, "")
    file = environment.pop(f"{name}_FILE", "")
    return Path(file).read_text().strip() if file else address


def give_back(environment: MutableMapping[str, str]) -> None:
    """Connect what this process becomes as the role that serves."""
    if KEPT in environment:
        environment[SERVES] = environment.pop(KEPT)
