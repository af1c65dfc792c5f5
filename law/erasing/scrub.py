"""Takes what was erased out of the file of an SQLite database too.

SQLite leaves words that were deleted in free places of its file, and in its log. PostgreSQL clears
old rows by itself; ``SECURITY.md`` says what is left to whoever runs it.
"""

from __future__ import annotations

import logging

from django.db import DatabaseError, connection
from django.db.backends.base.base import BaseDatabaseWrapper

log = logging.getLogger("hinge")


def overwrite_what_goes(connection: BaseDatabaseWrapper) -> None:
    """Write zeros over what this connection deletes from now on."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")


def clean_file() -> bool:
    """Write the file anew without what earlier changes left in it, and empty its log.

    False where somebody kept the database busy; the log then says what to do.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return True
    try:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            busy = bool(cursor.fetchone()[0])
    except DatabaseError:
        busy = True
    if busy:
        log.error("erased words may still be in the database's file: run manage.py erase --clean")
    return not busy
