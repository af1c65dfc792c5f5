"""A whole installation on several machines, and people who write to it without a pause."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from threading import Event
from typing import Protocol

from tests.bench.databases import run
from tests.cluster.databases import Pair
from tests.cluster.nodes import Balanced, Node
from tests.cluster.pooler import Pooler
from tests.crashes.clients import at_work, clients
from tests.crashes.ledger import World, wait_for_answers
from tests.postgres import Postgres

#: What each node must know, beside the address of the pooler.
SHARED = {
    "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
    "ACCESS_LOG": "0",
    "SECRET_KEY": "k" * 50,
    # A pooler in transaction mode gives each transaction another connection.
    "CONN_MAX_AGE": "0",
    "DISABLE_SERVER_SIDE_CURSORS": "1",
    "PUBLIC_URL": "http://127.0.0.1:8000",
}


class Databases(Protocol):
    @property
    def primary(self) -> Postgres: ...
    @property
    def standby(self) -> Postgres: ...
    def stop(self) -> None: ...


@dataclass
class Site:
    databases: Databases
    pooler: Pooler
    nodes: list[Node]
    world: World

    def check(self, when: str, database: Postgres) -> None:
        """At the database itself, past the pooler."""
        self.world.environment |= {"DATABASE_URL": database.url}
        self.world.check(when)

    def gap(self, died: float) -> str:
        """What people felt of a primary's death, in a sentence."""
        moments = sorted(at for client in self.world.everybody for at in client.moments)
        longest, since = max(
            (later - earlier, earlier) for earlier, later in pairwise(moments) if later > died
        )
        return (
            f"nobody was answered for {longest:.1f} s, "
            f"until {since + longest - died:.1f} s after the primary died"
        )

    @contextmanager
    def people_write(self) -> Iterator[None]:
        """Everybody writes during the block, and until somebody was answered after it."""
        ends = Event()
        everybody = self.world.everybody
        with ThreadPoolExecutor(len(everybody)) as pool:
            work = at_work(pool, everybody, 0, ends)
            try:
                wait_for_answers(self.world)
                yield
                wait_for_answers(self.world)
            finally:
                ends.set()
            for one in work:
                one.result()


@contextmanager
def site(room: Path, make: Callable[[Path], Databases] = Pair.make) -> Iterator[Site]:
    room.chmod(0o755)
    with ExitStack() as stack:
        databases = make(room)
        stack.callback(databases.stop)
        pooler = Pooler(room / "pooler")
        stack.callback(pooler.stop)
        pooler.start(databases.primary)
        environment = {**SHARED, "DATABASE_URL": pooler.url}
        nodes = [Node(room / name, environment) for name in ("one", "two")]
        for node in nodes:
            room_of = environment | {"VAR_DIR": str(node.var)}
            run("django", "collectstatic", "--no-input", "--verbosity=0", environment=room_of)
        # Cookies are signed with nothing of a node, so that of the first is good at both.
        past_the_pooler = {"DATABASE_URL": databases.primary.url, "VAR_DIR": str(nodes[0].var)}
        scene = json.loads(run("tests.crashes.scene", environment=environment | past_the_pooler))
        for node in nodes:
            stack.callback(node.stop)
            node.start()
        everybody = clients(scene, lambda cookie: Balanced(cookie, nodes=nodes))
        for client in everybody:
            client.stays = True
        world = World(room, None, environment | past_the_pooler, everybody)
        yield Site(databases, pooler, nodes, world)
