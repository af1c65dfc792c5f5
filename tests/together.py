"""Makes several calls at the same time, in threads with their own connections."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """Run the calls together. Returns the result or the exception of each, in their order.

    This needs a transactional test, because threads see only what is committed.
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
