"""Two databases that Patroni keeps, each with an agent of its own, and etcd, which both ask who
leads. Whoever dies is followed without a person's hand."""

from __future__ import annotations

import json
import os
import subprocess
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from tests.cluster.databases import SETTINGS, ask
from tests.cluster.parts import program
from tests.postgres import Postgres, free_port, owner, programs
from tests.processes import wait_for

#: For how many seconds a leader that says nothing is still the leader: Patroni takes no less.
TTL = 20
LOCAL = "127.0.0.1"


@dataclass
class Agent:
    """One database with what watches over it."""

    name: str
    postgres: Postgres
    etcd: int
    rest: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        config = self.postgres.room / "patroni.yml"
        # What is JSON is YAML, too.
        config.write_text(json.dumps(self._config()))
        config.chmod(0o644)
        self.process = _as_owner([program("patroni"), str(config)], self.postgres.room)

    def leads(self) -> bool:
        connection = HTTPConnection(LOCAL, self.rest, timeout=2)
        with suppress(OSError):
            connection.request("GET", "/primary")
            return connection.getresponse().status == 200
        return False

    def is_cut_off(self) -> None:
        """The machine is gone at once: the agent and its database."""
        if self.process:
            self.process.kill()
            self.process.wait()
        if self.postgres.runs:
            self.postgres.kill()

    def _config(self) -> dict[str, Any]:
        here = f"{LOCAL}:{self.postgres.port}"
        parameters = dict(setting.split("=") for setting in SETTINGS)
        return {
            "scope": "hinge",
            "name": self.name,
            "restapi": {
                "listen": f"{LOCAL}:{self.rest}",
                "connect_address": f"{LOCAL}:{self.rest}",
            },
            "etcd3": {"host": f"{LOCAL}:{self.etcd}"},
            "bootstrap": {
                "dcs": {
                    "ttl": TTL,
                    "loop_wait": 2,
                    "retry_timeout": 5,
                    "synchronous_mode": True,
                    "postgresql": {"use_slots": True, "parameters": parameters},
                },
                "initdb": [{"encoding": "UTF8"}, {"locale": "C.UTF-8"}, {"auth": "trust"}],
            },
            "postgresql": {
                "listen": here,
                "connect_address": here,
                "data_dir": str(self.postgres.data),
                "bin_dir": str(programs()),
                "pgpass": str(self.postgres.room / "pgpass"),
                "authentication": {
                    "superuser": {"username": "hinge", "password": "h"},
                    "replication": {"username": "hinge", "password": "h"},
                },
                "parameters": {"unix_socket_directories": str(self.postgres.room)},
                "pg_hba": [
                    "local all all trust",
                    f"host all all {LOCAL}/32 trust",
                    f"host replication all {LOCAL}/32 trust",
                ],
            },
        }


@dataclass
class Kept:
    """The two databases, as ``tests.cluster.databases.Pair`` has them."""

    agents: list[Agent]
    etcd: subprocess.Popen[bytes]

    @classmethod
    def make(cls, room: Path) -> Kept:
        (room / "etcd").mkdir()
        here = free_port()
        there = free_port()
        etcd = _as_owner(
            [
                program("etcd"),
                f"--data-dir={room}/etcd/data",
                f"--listen-client-urls=http://{LOCAL}:{here}",
                f"--advertise-client-urls=http://{LOCAL}:{here}",
                f"--listen-peer-urls=http://{LOCAL}:{there}",
                "--unsafe-no-fsync",
                "--log-level=error",
            ],
            room / "etcd",
        )
        one, two = (Agent(name, Postgres(room / name), here) for name in ("one", "two"))
        kept = cls([one, two], etcd)
        try:
            one.start()
            wait_for(one.leads, 120)
            two.start()
            wait_for(lambda: ask(one.postgres, SYNCHRONOUS) == 1, 120)
        except BaseException:
            kept.stop()
            raise
        return kept

    @property
    def primary(self) -> Postgres:
        return self.agents[0].postgres

    @property
    def standby(self) -> Postgres:
        return self.agents[1].postgres

    def stop(self) -> None:
        for agent in self.agents:
            agent.is_cut_off()
        self.etcd.kill()
        self.etcd.wait()


SYNCHRONOUS = "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'"


def _as_owner(command: list[str], room: Path) -> subprocess.Popen[bytes]:
    """Start a program as the user who runs PostgreSQL. What it says is in the folder's `output`."""
    user = owner()
    if user:
        os.chown(room, user.pw_uid, user.pw_gid)
    with (room / "output").open("wb") as output:
        return subprocess.Popen(
            command,
            cwd=room,
            stdout=output,
            stderr=output,
            user=user.pw_uid if user else None,
            group=user.pw_gid if user else None,
        )
