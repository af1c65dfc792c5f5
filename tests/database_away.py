"""Takes the test database away, or opens it to reading only, as an operator or a full disk does.

For tests with ``transactional_db``: whoever asks the database connects anew.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import pytest
from django.db import connection

from tests.postgres import free_port


@contextmanager
def _settings(**changed: Any) -> Iterator[None]:
    connection.close()
    with pytest.MonkeyPatch.context() as patch:
        for name, value in changed.items():
            patch.setitem(connection.settings_dict, name, value)
        try:
            yield
        finally:
            connection.close()


@contextmanager
def away() -> Iterator[None]:
    """Nobody can connect during the block."""
    on_sqlite = connection.vendor == "sqlite"
    where = {"NAME": "/nowhere/db.sqlite3"} if on_sqlite else {"PORT": str(free_port())}
    with _settings(**where):
        yield


@contextmanager
def locked() -> Iterator[None]:
    """On SQLite: somebody writes for longer than anybody waits."""
    options = connection.settings_dict["OPTIONS"] | {"timeout": 0.1}
    file = connection.settings_dict["NAME"]
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with _settings(OPTIONS=options):
            yield
        other.execute("ROLLBACK")


@contextmanager
def read_only() -> Iterator[None]:
    """Nobody can write during the block."""
    options = dict(connection.settings_dict["OPTIONS"])
    if connection.vendor == "sqlite":
        options["init_command"] += "PRAGMA query_only=ON;"
    else:
        options["options"] = "-c default_transaction_read_only=on"
    with _settings(OPTIONS=options):
        yield
