"""What a stranger meets who starts the product: `make run` is `manage.py start`."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.house import ROOT
from tests.postgres import free_port

# It is about what happens without any setting, so about SQLite in var/.
pytestmark = pytest.mark.only_sqlite


def start(room: Path, port: int, **environment: str) -> subprocess.Popen[bytes]:
    kept = {key: value for key, value in os.environ.items() if key in {"PATH", "HOME", "LANG"}}
    with (room / "said").open("wb") as said:
        return subprocess.Popen(
            [sys.executable, "manage.py", "start"],
            cwd=ROOT,
            env={**kept, "VAR_DIR": str(room / "var"), "PORT": str(port), **environment},
            stdout=said,
            stderr=said,
        )


def said(room: Path) -> str:
    return (room / "said").read_text()


@contextmanager
def running(room: Path, **environment: str) -> Iterator[str]:
    """The address of a server that answers."""
    port = free_port()
    server = start(room, port, **environment)
    try:
        deadline = time.monotonic() + 120
        while server.poll() is None and time.monotonic() < deadline:
            try:
                urlopen(f"http://127.0.0.1:{port}/", timeout=10).close()
                break
            except OSError:
                time.sleep(0.2)
        else:
            raise AssertionError(said(room))
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


def read(address: str) -> str:
    with urlopen(address, timeout=10) as answer:
        text: str = answer.read().decode()
        return text


def test_a_stranger_gets_a_page_and_two_ways_to_sign_in_and_keeps_the_data(tmp_path: Path) -> None:
    with running(tmp_path) as address:
        assert 'type="password"' in read(f"{address}/")
        first = said(tmp_path)
    assert f"Hinge Ladder is at {address}" in first
    assert "physio" in first.lower()
    assert "patient" in first.lower()
    assert "Preparing the summaries" in first
    before = (tmp_path / "var" / "secret_key").read_text()
    with running(tmp_path) as address:
        again = said(tmp_path)
    assert "physio" in again.lower()
    # The product is the same as before: no start compares all patients for nothing.
    assert "Preparing the summaries" not in again
    assert (tmp_path / "var" / "secret_key").read_text() == before
    _gives_a_real_clinic_no_place_beside_the_demo(tmp_path)


def _gives_a_real_clinic_no_place_beside_the_demo(room: Path) -> None:
    assert start(room, free_port(), DEMO="0").wait(timeout=60) == 1
    assert "patients never stand beside it" in said(room)
    assert "password:" not in said(room)


def test_without_a_demo_it_says_how_to_make_the_first_clinic(tmp_path: Path) -> None:
    with running(tmp_path, DEMO="0") as address:
        told = re.search(r"^ +(.*create_clinic)$", said(tmp_path), re.MULTILINE)
        assert told
        options = (
            "--link --name North --phone '+44 20 7946 0018' --time-zone UTC"
            " --owner-name Olga --owner-email olga@north.example"
        )
        # What a stranger does: another terminal, and the line as it was printed.
        made = subprocess.run(
            ["/bin/sh", "-c", f"{told[1]} {options}"],
            cwd=ROOT,
            env={"PATH": os.environ["PATH"]},
            capture_output=True,
        )
        link = re.search(r"\bhttp\S+/join/\S+", made.stdout.decode())
        assert link, made.stderr.decode()
        assert link[0].startswith(address)
        assert "Welcome, Olga" in read(link[0])


def test_a_taken_port_is_named_with_the_way_out(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        assert start(tmp_path, port).wait(timeout=60) == 1
    assert f"make run PORT={port + 1}" in said(tmp_path)
