"""Several machines serve one installation: they may start at the same moment."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bench.databases import database
from tests.house import ROOT
from tests.processes import wait_for

Node = dict[str, str]


def node(room: Path, url: str, **more: str) -> Node:
    """The environment of a machine with a folder of its own."""
    return {
        "PATH": os.environ["PATH"],
        "DATABASE_URL": url,
        "VAR_DIR": str(room),
        "SECRET_KEY": "k" * 50,
        **more,
    }


def manage(node: Node, *command: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env=node,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def said(process: subprocess.Popen[str]) -> str:
    return process.communicate(timeout=180)[0]


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A database that is still empty."""
    return database(str(tmp_path_factory.mktemp("database")), "hinge_two_nodes")


def test_two_that_start_at_once_on_an_empty_database_both_succeed(tmp_path: Path, url: str) -> None:
    before = manage(node(tmp_path / "new", url, START_MIGRATE="0", PORT="0"), "start")
    assert "manage.py prepare" in said(before)
    assert before.returncode == 1
    both = [manage(node(tmp_path / name, url), "prepare") for name in "ab"]
    told = [said(one) for one in both]
    assert [one.returncode for one in both] == [0, 0], told
    assert sum("Waiting until it has ended" in text for text in told) == 1
    _another_key_serves_nothing(tmp_path, url)


def _another_key_serves_nothing(room: Path, url: str) -> None:
    stranger = node(room / "stranger", url, SECRET_KEY="s" * 50, PORT="0", HOST="0.0.0.0")  # noqa: S104
    serve = [sys.executable, "-m", "config.serve", "--no-mails"]
    refused = subprocess.run(serve, cwd=ROOT, env=stranger, capture_output=True, text=True)
    assert refused.returncode == 1
    assert "manage.py accept_key" in refused.stderr
    friend = stranger | {"SECRET_KEY": "k" * 50}
    log = room / "log"
    with log.open("w") as file:
        served = subprocess.Popen(serve, cwd=ROOT, env=friend, stderr=file)
    try:
        wait_for(lambda: "TRUST_PROXY=1" in log.read_text())
    finally:
        served.terminate()
        served.wait(timeout=60)
