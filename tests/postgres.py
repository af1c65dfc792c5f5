"""Runs a command with a throw-away PostgreSQL: `python -m tests.postgres python -m pytest`."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# The database ends with the run, so nothing needs to reach the disk.
HURRY = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"


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


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def throwaway() -> Iterator[str]:
    """Run a new PostgreSQL on a free port during the block, which gets its DATABASE_URL."""
    tools = programs()
    user = owner()
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="hinge-ladder-postgres-") as room:
        uid, gid = (user.pw_uid, user.pw_gid) if user else (None, None)
        if user:
            os.chown(room, user.pw_uid, user.pw_gid)

        def run(tool: str, *options: str) -> None:
            # Write to a file: the server inherits the output and would keep a pipe open.
            with Path(room, "output").open("w") as output:
                command = [str(tools / tool), "-D", f"{room}/data", *options]
                done = subprocess.run(
                    command,
                    cwd=room,
                    stdout=output,
                    stderr=output,
                    user=uid,
                    group=gid,
                    check=False,
                )
            if done.returncode:
                sys.exit(f"{tool} failed:\n{Path(room, 'output').read_text()}")

        run(
            "initdb",
            "--username=hinge",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
        )
        where = f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories={room}"
        run("pg_ctl", "start", "--wait", "--silent", "-l", f"{room}/log", "-o", f"{where} {HURRY}")
        try:
            yield f"postgres://hinge@127.0.0.1:{port}/postgres"
        finally:
            run("pg_ctl", "stop", "--wait", "--silent", "-m", "immediate")


def main() -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with throwaway() as url:
        return subprocess.run(
            sys.argv[1:], env={**os.environ, "DATABASE_URL": url}, check=False
        ).returncode


if __name__ == "__main__":
    sys.exit(main())
