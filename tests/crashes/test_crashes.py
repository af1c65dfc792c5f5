"""A server that is killed while people write: what it answered is there, and nothing is half there.

`make slow ROUNDS=40` crashes it as often. A killed process is no power cut: the system keeps what
was handed to it.
"""

from __future__ import annotations

import json
import os
import random
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.bench.databases import database, run
from tests.bench.server import serving
from tests.crashes.clients import Client, at_work, clients

ROUNDS = int(os.environ.get("ROUNDS", "5"))


@pytest.mark.slow
def test_what_was_answered_outlives_every_crash(tmp_path: Path) -> None:
    room = {
        "VAR_DIR": str(tmp_path),
        "DATABASE_URL": database(str(tmp_path), "crashes"),
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    run("django", "collectstatic", "--no-input", "--verbosity=0", environment=room)
    everybody = clients(json.loads(run("tests.crashes.scene", environment=room)))
    for number in range(1, ROUNDS + 1):
        crash(everybody, room)
        run("django", "verify", "--verbosity=0", environment=room)
        found = json.loads(run("tests.crashes.scene", "stored", environment=room))
        done = [form for client in everybody for form in client.acknowledged]
        kinds = Counter(form.kind for form in done)
        print(f"crash {number} of {ROUNDS}: answered so far {dict(kinds)}")  # noqa: T201
        stored = {kind: Counter(words) for kind, words in found.items()}
        assert [form for form in done if form.word not in stored[form.kind]] == []
        assert [word for word, times in stored["log"].items() if times > 1] == []
        assert found["mute"] == []
    assert set(kinds) == {"log", "message", "tick"}


def crash(everybody: list[Client], room: dict[str, str]) -> None:
    """Serve, let everybody write, and kill the server at a moment of its own."""
    before = answered(everybody)
    with (
        serving("config.wsgi", room, mails=True) as server,
        ThreadPoolExecutor(len(everybody)) as pool,
    ):
        work = at_work(pool, everybody, server.port)
        while answered(everybody) == before and not any(one.done() for one in work):
            time.sleep(0.01)
        time.sleep(random.uniform(0, 5))
        server.kill()
        for one in work:
            one.result()


def answered(everybody: list[Client]) -> int:
    return sum(len(client.acknowledged) for client in everybody)
