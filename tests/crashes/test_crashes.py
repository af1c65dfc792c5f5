"""A server that is killed while people write: what it answered is there, and nothing is half there.

On PostgreSQL the database is killed with it every other time. What was under way is sent again,
byte for byte: what had been saved, and never answered, is there once. `make crash ROUNDS=40`
crashes it as often. A killed process is no power cut: the system keeps what was handed to it.
"""

from __future__ import annotations

import os
import random
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from tests.crashes.clients import at_work
from tests.crashes.ledger import World, place, world

ROUNDS = int(os.environ.get("ROUNDS", "5"))
#: Moments of a crash, in seconds after the first answer.
MOMENTS = (0, 5)


@pytest.mark.slow
def test_what_was_answered_outlives_every_crash() -> None:
    with place() as room, world(room) as site:
        for number in range(1, ROUNDS + 1):
            crash(site, with_the_database=number % 2 == 0)
            site.check(f"crash {number} of {ROUNDS}")
        site.nobody_idle()


def crash(site: World, *, with_the_database: bool) -> None:
    """Serve, let everybody write, and kill the server at a moment of its own."""
    before = site.answered()
    with (
        site.served() as server,
        ThreadPoolExecutor(len(site.everybody)) as pool,
    ):
        work = at_work(pool, site.everybody, server.port, Event())
        while site.answered() == before and not any(one.done() for one in work):
            time.sleep(0.01)
        time.sleep(random.uniform(*MOMENTS))
        if site.postgres and with_the_database:
            site.postgres.kill()
        server.kill()
        for one in work:
            one.result()
    if site.postgres and not site.postgres.runs:
        site.postgres.start()
