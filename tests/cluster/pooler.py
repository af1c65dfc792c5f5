"""PgBouncer in transaction mode: the nodes know its address and no other."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from tests.cluster.parts import program
from tests.postgres import Postgres, free_port, owner
from tests.processes import wait_for

CONFIG = """
[databases]
hinge = host=127.0.0.1 port={database} dbname=postgres user=hinge

[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = any
admin_users = hinge
pool_mode = transaction
default_pool_size = 8
max_client_conn = 200
server_login_retry = 1
query_wait_timeout = 20
logfile = {room}/log
pidfile = {room}/pid
"""


@dataclass
class Pooler:
    room: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"postgres://hinge@127.0.0.1:{self.port}/hinge"

    def start(self, to: Postgres) -> None:
        self.room.mkdir()
        self._write(to)
        user = owner()
        if user:
            os.chown(self.room, user.pw_uid, user.pw_gid)
        self.process = subprocess.Popen(
            [program("pgbouncer"), "--quiet", str(self.room / "ini")],
            user=user.pw_uid if user else None,
            group=user.pw_gid if user else None,
        )
        wait_for(self._answers)

    def lead_to(self, other: Postgres) -> None:
        self._write(other)
        self._tell("RELOAD")
        # Whoever waits for the server that is gone is asked to come again.
        self._tell("RECONNECT hinge")

    def stop(self) -> None:
        if self.process:
            self.process.terminate()
            self.process.wait()

    def _write(self, to: Postgres) -> None:
        config = CONFIG.format(database=to.port, port=self.port, room=self.room)
        file = self.room / "ini"
        file.write_text(config)
        file.chmod(0o644)

    def _tell(self, command: str) -> None:
        where = f"host=127.0.0.1 port={self.port} dbname=pgbouncer user=hinge"
        # It speaks the simple protocol alone, as the client cursor does.
        with psycopg.connect(
            where, autocommit=True, cursor_factory=psycopg.ClientCursor
        ) as connection:
            connection.execute(command.encode())

    def _answers(self) -> bool:
        try:
            self._tell("SHOW VERSION")
        except psycopg.OperationalError:
            return False
        return True
