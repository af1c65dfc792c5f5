"""Web nodes, each with a folder of its own, and people whom a load balancer leads to those that
answer."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path

from tests.crashes.clients import Browser, Connection, Gone
from tests.house import ROOT
from tests.postgres import free_port
from tests.processes import wait_for

READY = "/health/ready?exclude=mails"


@dataclass
class Node:
    """A machine that serves. ``release``: the folder of its code."""

    var: Path
    environment: dict[str, str]
    release: Path = ROOT
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """As whoever runs it does, but for the tables, which are somebody else's here."""
        more = {"VAR_DIR": str(self.var), "PORT": str(self.port)}
        with self.var.with_suffix(".log").open("ab") as says:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "config.serve"],
                cwd=self.release,
                env={**os.environ, **self.environment, **more},
                stdout=says,
                stderr=says,
                start_new_session=True,
            )
        wait_for(self.is_ready, 180)

    def stop(self) -> None:
        """Let it answer what it has taken on."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(60)

    def is_ready(self) -> bool:
        assert self.process
        assert self.process.poll() is None, self.var.with_suffix(".log").read_text()[-3000:]
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", READY)
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()


@dataclass
class Balanced(Browser):
    """Whose load balancer takes any node, and the next one where a node does not listen."""

    nodes: list[Node] = field(default_factory=list)

    def _sent(self, method: str, path: str, body: str, more: dict[str, str]) -> Connection:
        for node in random.sample(self.nodes, len(self.nodes)):
            self.port = node.port
            try:
                return super()._sent(method, path, body, more)
            except Gone as gone:
                if not isinstance(gone.__cause__, ConnectionRefusedError):
                    raise
        raise Gone


def copy_of_the_code(to: Path) -> Path:
    """The files of the working tree, as the next release would bring them."""
    command = [str(shutil.which("git")), "ls-files", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    for name in filter(None, listed.stdout.split("\0")):
        if not (ROOT / name).is_file():
            continue
        (to / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, to / name)
    return to
