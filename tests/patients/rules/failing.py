"""Lets the database fail at one statement."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import OperationalError, connection


class DiskFull(OperationalError):
    """What a database may say at any moment."""


@contextmanager
def failing_at(nth: int) -> Iterator[list[str]]:
    """The ``nth`` statement fails; yields the statements that were tried, it and any roll-back
    included."""
    tried: list[str] = []

    def fail(execute: Any, sql: str, *rest: Any) -> Any:
        tried.append(sql)
        if len(tried) == nth:
            raise DiskFull
        return execute(sql, *rest)

    with connection.execute_wrapper(fail):
        yield tried
