"""Compares what was answered with what the database holds."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.databases import run
from tests.bench.server import Server, serving
from tests.crashes.clients import Client, Form, clients
from tests.postgres import Postgres
from tests.processes import wait_for

ON_POSTGRES = os.environ.get("DATABASE_URL", "").startswith("postgres")
#: A form of these kinds has a number, so that it is kept once however often it arrives.
NUMBERED = ("log", "message")
#: How often each word of each kind stands in the database.
Stored = dict[str, Counter[str]]


@dataclass
class World:
    """A database, and people who write to it. ``postgres``: on SQLite None.

    ``unanswered``: how many forms were found saved although no answer had come
    """

    room: Path
    postgres: Postgres | None
    environment: dict[str, str]
    everybody: list[Client]
    unanswered: int = 0

    @contextmanager
    def served(self) -> Iterator[Server]:
        """The product, mails and all. What it says while it suffers is in a file."""
        with (
            (self.room / "server.log").open("ab") as log,
            serving("tests.crashes.late", self.environment, mails=True, log=log) as server,
        ):
            yield server

    def check(self, when: str) -> None:
        """What was answered is there once, nothing is half there, and `verify` finds it clean."""
        found = json.loads(run("tests.crashes.scene", "stored", environment=self.environment))
        stored = {kind: Counter(words) for kind, words in found.items()}
        done = [form for client in self.everybody for form in client.acknowledged]
        self._count_unanswered(stored)
        wrong = {**_wrong(stored, done), "half": found["mute"]}
        self._tell(when, Counter(form.kind for form in done), wrong)
        assert not any(wrong.values()), wrong

    def _count_unanswered(self, stored: Stored) -> None:
        pending = [client.pending for client in self.everybody if client.pending]
        self.unanswered += sum(stored[form.kind][form.word] > 0 for form in pending)

    def _tell(self, when: str, kinds: Counter[str], wrong: dict[str, list[str]]) -> None:
        met = sum((client.met for client in self.everybody), Counter[str]())
        counts = ", ".join(f"{what} {len(words)}" for what, words in wrong.items())
        print(  # noqa: T201
            f"{when}: answered so far {dict(kinds)}, met {dict(met)}, "
            f"saved before a crash and sent again {self.unanswered}; {counts}",
            flush=True,
        )

    def nobody_idle(self) -> None:
        """Whoever did nothing, proved nothing."""
        assert [one for one in self.everybody if not one.acknowledged] == []

    def answered(self) -> int:
        return sum(len(client.acknowledged) for client in self.everybody)


def _wrong(stored: Stored, done: list[Form]) -> dict[str, list[str]]:
    return {
        "lost": [form.word for form in done if form.word not in stored[form.kind]],
        "twice": [word for kind in NUMBERED for word in stored[kind] if stored[kind][word] > 1],
    }


def wait_for_answers(world: World) -> None:
    """Until everybody was answered once more."""
    before = [len(client.acknowledged) for client in world.everybody]
    wait_for(
        lambda: all(
            len(client.acknowledged) > count
            for client, count in zip(world.everybody, before, strict=True)
        ),
        120,
    )


@contextmanager
def world(room: Path, *options: str, **environment: str) -> Iterator[World]:
    """``room``: a folder whose file system holds all, the database too.

    ``options``: of initdb; ``environment``: of every program of the world
    """
    room.chmod(0o755)
    var = room / "var"
    postgres = Postgres(room / "postgres", environment=environment) if ON_POSTGRES else None
    settings = {
        **environment,
        "VAR_DIR": str(var),
        "DATABASE_URL": postgres.url if postgres else f"sqlite:///{var}/db.sqlite3",
        "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
        "ACCESS_LOG": "0",
    }
    if postgres:
        postgres.make(*options)
        postgres.start()
    try:
        run("django", "collectstatic", "--no-input", "--verbosity=0", environment=settings)
        people = json.loads(run("tests.crashes.scene", environment=settings))
        yield World(room, postgres, settings, clients(people))
    finally:
        if postgres and postgres.runs:
            postgres.stop()


@contextmanager
def place() -> Iterator[Path]:
    """A folder for a world. Not pytest's own, which PostgreSQL's user may not enter."""
    with TemporaryDirectory(prefix="hinge-ladder-crashes-") as room:
        yield Path(room)
