"""A primary, and a hot standby that has each commit before it is acknowledged."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import psycopg

from tests.postgres import Postgres
from tests.processes import wait_for

STANDBY = "standby"
SETTINGS = ("wal_level=replica", "max_wal_senders=5", "hot_standby=on", "synchronous_commit=on")


def ask(server: Postgres, sql: str) -> object:
    """Run a statement, and return the first value of its answer, if it has one."""
    url = server.url.replace("postgres:", "postgresql:", 1)
    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(sql.encode())
        row = cursor.fetchone() if cursor.description else None
        return row[0] if row else None


@dataclass
class Pair:
    primary: Postgres
    standby: Postgres

    @classmethod
    def make(cls, room: Path) -> Pair:
        """Start a primary, and a standby that follows it, slot and all."""
        primary = Postgres(room / "primary", SETTINGS)
        primary.make()
        primary.start()
        standby = Postgres(room / STANDBY, SETTINGS)
        where = f"host=127.0.0.1 port={primary.port} user=hinge application_name={STANDBY}"
        follow = ("--write-recovery-conf", "--create-slot", "--slot", STANDBY, "--no-sync")
        standby.run(
            "pg_basebackup", "-D", str(standby.data), "-d", where, "--checkpoint=fast", *follow
        )
        standby.start()
        # From now on a commit waits until the standby has it on its disk, too.
        ask(primary, f"ALTER SYSTEM SET synchronous_standby_names = '{STANDBY}'")
        ask(primary, "SELECT pg_reload_conf()")
        wait_for(lambda: ask(primary, "SELECT sync_state FROM pg_stat_replication") == "sync")
        return cls(primary, standby)

    def promote(self) -> None:
        """Let the standby write."""
        self.standby.run("pg_ctl", "promote", "-D", str(self.standby.data), "--wait")

    def stop(self) -> None:
        for server in (self.standby, self.primary):
            if server.runs:
                server.stop()
