"""Lets one process at a time prepare a database, however many machines start at once."""

from __future__ import annotations

import fcntl
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import cast

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.sqlite3.base import DatabaseWrapper as SQLite

#: The number of our lock in PostgreSQL, for which any will do: it is the same in every release.
NUMBER = 7_245_301_118
WAITING = "Another process prepares this database. Waiting until it has ended ..."
#: The databases that this process prepares now.
_held: set[str] = set()


@contextmanager
def preparing(connection: BaseDatabaseWrapper, tell: Callable[[str], object]) -> Iterator[None]:
    """Wait until nobody else prepares this database, and keep others waiting during the block.

    ``tell``: called with a sentence if somebody else does. A block within another one
    waits for nothing.
    """
    if connection.alias in _held:
        yield
        return
    with _lock_of(connection, tell):
        _held.add(connection.alias)
        try:
            yield
        finally:
            _held.discard(connection.alias)


def _lock_of(
    connection: BaseDatabaseWrapper, tell: Callable[[str], object]
) -> AbstractContextManager[None]:
    if connection.vendor == "postgresql":
        return _in_postgresql(connection, tell)
    # A database in memory is nobody else's. A folder that is not there is told of by SQLite.
    file = Path(connection.settings_dict["NAME"])
    if cast(SQLite, connection).is_in_memory_db() or not file.parent.is_dir():
        return nullcontext()
    return _in_file(file.with_name(f"{file.name}.preparing"), tell)


@contextmanager
def _in_postgresql(
    connection: BaseDatabaseWrapper, tell: Callable[[str], object]
) -> Iterator[None]:
    # A transaction on a connection of its own: it holds through PgBouncer, too, which may give
    # every other statement to another session. It ends with this process, however that ends.
    holding = connection.copy()
    try:
        holding.set_autocommit(False)
        with holding.cursor() as cursor:
            cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [NUMBER])
            if not cursor.fetchone()[0]:
                tell(WAITING)
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [NUMBER])
        yield
    finally:
        holding.close()


@contextmanager
def _in_file(path: Path, tell: Callable[[str], object]) -> Iterator[None]:
    # The file stays: whoever deleted it could let in two, who each hold another file.
    with path.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            tell(WAITING)
            fcntl.flock(file, fcntl.LOCK_EX)
        yield
