"""Runs tests as the role of PostgreSQL that serves, with ``APP_ROLE=1``: `make test DB=postgres`
does so with those that attack the rules.

The people of a test are made by the owner of the tables, and everything after that by this role.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from django.db import IntegrityError, ProgrammingError, connection

from config import app_role

ROLE = "hinge_web"
WANTED = os.environ.get("APP_ROLE") == "1"


def make() -> None:
    """Make the role, in a database whose tables stand."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT FROM pg_roles WHERE rolname = %s", [ROLE])
        if cursor.fetchone() is None:
            cursor.execute(f"CREATE ROLE {ROLE}")
        for statement in app_role.statements(connection, ROLE):
            cursor.execute(statement)


@contextmanager
def serving() -> Iterator[None]:
    """Be that role during the block."""
    make()
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {ROLE}")
    try:
        yield
    finally:
        _owner_again()


@contextmanager
def owning() -> Iterator[None]:
    """Be the owner of the tables during the block, as a command is with DATABASE_OWNER_URL."""
    served = WANTED and _is_serving()
    if served:
        _owner_again()
    yield
    if served:
        with connection.cursor() as cursor:
            cursor.execute(f"SET ROLE {ROLE}")


def _is_serving() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT CURRENT_USER")
        return bool(cursor.fetchone()[0] == ROLE)


def _owner_again() -> None:
    if not connection.needs_rollback:
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")


def refused(because: str) -> AbstractContextManager[object]:
    """The block is refused by a rule of the database; as this role also because it may not do so.

    ``because``: what the rule says
    """
    if not WANTED:
        return pytest.raises(IntegrityError, match=because)
    denied = f"{because}|permission denied|must be owner"
    return pytest.raises((IntegrityError, ProgrammingError), match=denied)
