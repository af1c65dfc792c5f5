"""Tells a database that cannot be used at the moment from a mistake of ours.

Away, full, locked, or open to reading only: that passes, and nobody who reads the log needs a
traceback of it.
"""

from __future__ import annotations

from django.db import Error, InterfaceError

#: SQLite's primary codes: busy, locked, read-only, failing to read, full, cannot be opened.
_SQLITE = {5, 6, 8, 10, 13, 14}
#: Classes of PostgreSQL's codes: connections, resources, an operator's act, the machine.
_POSTGRES = ("08", "53", "57", "58")
#: And whole codes: a transaction that may only read, two that waited for each other, a lock.
_POSTGRES_CODES = {"25006", "40001", "40P01", "55P03"}


def is_away(error: BaseException | None) -> bool:
    """Whether the database could not be used, so that the same may work a minute later."""
    if not isinstance(error, Error):
        return False
    cause = error.__cause__
    sqlite = getattr(cause, "sqlite_errorcode", None)
    if sqlite is not None:
        return (sqlite & 0xFF) in _SQLITE
    # A failed connection has no code.
    unconnected = isinstance(error, InterfaceError) or type(cause).__name__ == "OperationalError"
    code = getattr(cause, "sqlstate", None)
    if code is None:
        return unconnected
    return code.startswith(_POSTGRES) or code in _POSTGRES_CODES


def in_a_line(error: BaseException) -> str:
    """What the database said, without the lines that quote what was to be written."""
    first = str(error).strip().partition("\n")[0]
    return f"{type(error).__name__}: {first[:200]}"
