"""Gives the password of the role that owns the tables to the commands that need it, and to no
other process.
"""

from __future__ import annotations

from collections.abc import MutableMapping, Sequence

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
        "retention",
        "start",
    }
)


def choose(arguments: Sequence[str], environment: MutableMapping[str, str]) -> None:
    """Connect a command of the owner as the owner. Whatever else runs never sees that address."""
    owner = environment.pop(OWNER, "")
    if owner and COMMANDS.intersection(arguments[1:2]):
        environment[KEPT] = environment.get(SERVES, "")
        environment[SERVES] = owner


def give_back(environment: MutableMapping[str, str]) -> None:
    """Connect what this process becomes as the role that serves."""
    if KEPT in environment:
        environment[SERVES] = environment.pop(KEPT)
