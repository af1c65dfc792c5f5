"""Runs a command with a throw-away PostgreSQL: `python -m tests.postgres python -m pytest`."""

from __future__ import annotations

import os
import pwd
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests.processes import children

#: For a database that ends with the run, so nothing needs to reach the disk.
HURRY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
#: Ports that the system gives nobody, so that a server that was away finds its own again.
LASTING = range(20_000, 32_000)


def programs() -> Path:
    """The folder of initdb and pg_ctl, from the PATH or from Debian's place. Raises SystemExit."""
    initdb = shutil.which("initdb")
    if initdb:
        return Path(initdb).resolve().parent
    kept = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3])
    )
    if not kept:
        sys.exit("PostgreSQL is missing: initdb is neither on the PATH nor in /usr/lib/postgresql.")
    return kept[-1].parent


def owner() -> pwd.struct_passwd | None:
    """The user who runs PostgreSQL, which refuses root; None when we are not root."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    return known.get("postgres") or known["nobody"]


def free_port(among: range = range(1)) -> int:
    """A port that nobody listens on. ``among``: those to choose from; else the system chooses."""
    for wanted in random.sample(among, len(among)):
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", wanted))
            port: int = probe.getsockname()[1]
            return port
    sys.exit("No port is free.")


@dataclass
class Postgres:
    """A PostgreSQL server in a folder of its own, which it may leave and come back to."""

    room: Path
    settings: tuple[str, ...] = ()
    environment: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=lambda: free_port(LASTING))

    def __post_init__(self) -> None:
        self.room.mkdir(exist_ok=True)
        if user := owner():
            os.chown(self.room, user.pw_uid, user.pw_gid)

    @property
    def data(self) -> Path:
        return self.room / "data"

    @property
    def url(self) -> str:
        return f"postgres://hinge@127.0.0.1:{self.port}/postgres"

    def make(self, *options: str) -> None:
        who = ("--username=hinge", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8")
        self.run("initdb", "-D", str(self.data), *who, "--no-sync", *options)

    def start(self) -> None:
        # Without a socket in a folder, whose lock would outlive a crash.
        own = ("listen_addresses=127.0.0.1", f"port={self.port}", "unix_socket_directories=")
        settings = " ".join(f"-c {setting}" for setting in (*own, *self.settings))
        self._control("start", "-l", str(self.room / "log"), "-o", settings)

    def stop(self, mode: str = "immediate") -> None:
        self._control("stop", "-m", mode)

    @property
    def runs(self) -> bool:
        return self._pid() is not None

    def kill(self) -> None:
        """Kill all its processes at once, as a crash of the machine does."""
        pid = self._pid()
        assert pid, "PostgreSQL does not run"
        below = children(pid)
        for one in (pid, *below):
            with suppress(ProcessLookupError):
                os.kill(one, signal.SIGKILL)
        while any(_alive(one) for one in (pid, *below)):
            time.sleep(0.05)
        # Where nobody reaps the dead, their numbers still look taken.
        (self.data / "postmaster.pid").unlink(missing_ok=True)

    def run(self, tool: str, *options: str) -> None:
        """Run one of PostgreSQL's programs as its user. Raises SystemExit."""
        user = owner()
        # Write to a file: the server inherits the output and would keep a pipe open.
        with (self.room / "output").open("w") as output:
            done = subprocess.run(
                [str(programs() / tool), *options],
                cwd=self.room,
                stdout=output,
                stderr=output,
                env={**os.environ, **self.environment},
                user=user.pw_uid if user else None,
                group=user.pw_gid if user else None,
                check=False,
            )
        if done.returncode:
            said = [path.read_text()[-3000:] for path in self.room.glob("[lo]*")]
            sys.exit("\n".join([f"{tool} failed:", *said]))

    def _control(self, act: str, *options: str) -> None:
        self.run("pg_ctl", act, "-D", str(self.data), "--wait", "--silent", *options)

    def _pid(self) -> int | None:
        with suppress(FileNotFoundError, IndexError, ValueError):
            pid = int((self.data / "postmaster.pid").read_text().split()[0])
            return pid if _alive(pid) else None
        return None


def _alive(pid: int) -> bool:
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


@contextmanager
def throwaway() -> Iterator[str]:
    """Run a new PostgreSQL on a free port during the block, which gets its DATABASE_URL."""
    with tempfile.TemporaryDirectory(prefix="hinge-ladder-postgres-") as room:
        server = Postgres(Path(room), HURRY)
        server.make()
        server.start()
        try:
            yield server.url
        finally:
            server.stop()


def main() -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with throwaway() as url:
        return subprocess.run(
            sys.argv[1:], env={**os.environ, "DATABASE_URL": url}, check=False
        ).returncode


if __name__ == "__main__":
    sys.exit(main())
