"""Several calls at the very same time, in real threads with connections of their own."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """Run the calls together; each answer, or the exception raised, in the order of the calls.

    Needs a transactional test: threads see only what is committed.
    """
    line = Barrier(len(calls), timeout=10)

    def run(call: Callable[[], Any]) -> Any:
        try:
            connection.ensure_connection()
            line.wait()
            return call()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))
