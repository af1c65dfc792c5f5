"""Who watches the server learns whether it lives and can do its work, and nothing else."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from patients.rules.periods import MAIL_LATE
from tests.bench.server import Server
from tests.processes import wait_for
from tests.served import OwnDatabase, ask, served

# The server has a copy of the test database.
pytestmark = pytest.mark.django_db

OK = (200, {"status": "ok"})
#: Both servers of the database sign with it: one with another key would be refused.
KEY = "the key of every server of this database"


@pytest.fixture(scope="module")
def server(
    own_copy: OwnDatabase, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Server, Path]]:
    """A server behind https, whose log goes to a file.

    Of one process: each remembers for a second what it found.
    """
    room = tmp_path_factory.mktemp("var")
    own = {"SECRET_KEY": KEY, "PUBLIC_URL": "https://hinge.example.org", "WEB_CONCURRENCY": "1"}
    with served(room, own_copy, **own) as running:
        yield running, room


def _health(port: int, path: str = "/health/ready") -> tuple[int, dict[str, object]]:
    answer, body = ask(port, path, Host="10.1.2.3")
    return answer.status, json.loads(body)


def _late(*names: str) -> tuple[int, dict[str, object]]:
    return 503, {"status": "late", "late": list(names)}


def test_a_probe_needs_no_host_no_https_and_gets_no_cookie(
    server: tuple[Server, Path],
) -> None:
    port = server[0].port
    for path in ("/health/live", "/health/ready"):
        assert _health(port, path) == OK
        answer, _body = ask(port, path, Host="10.1.2.3")
        assert answer.getheader("Set-Cookie") is None
        assert answer.getheader("Cache-Control") == "no-store"
        assert ask(port, path, "POST", "x=1")[0].status == 405
    # Every other address asks for https.
    assert ask(port, "/account/login/", Host="hinge.example.org")[0].status == 301


def test_a_look_at_the_head_alone_leaves_the_connection_in_order(
    server: tuple[Server, Path],
) -> None:
    """A body after the head would be taken for the next answer."""
    head = b"HEAD %s HTTP/1.1\r\nHost: hinge.example.org\r\n\r\n"
    with socket.create_connection(("127.0.0.1", server[0].port), timeout=30) as kept:
        for path in (b"/health/live", b"/health/ready", b"/health/live"):
            kept.sendall(head % path)
            answer = kept.recv(65536)
            assert answer.startswith(b"HTTP/1.1 200 OK")
            assert answer.endswith(b"\r\n\r\n")


def test_it_is_not_ready_while_nobody_reaches_the_database_and_lives_all_the_same(
    server: tuple[Server, Path], own_copy: OwnDatabase
) -> None:
    port = server[0].port
    with own_copy.away():
        wait_for(lambda: _health(port) == _late("database"))
        assert _health(port, "/health/live") == OK
    wait_for(lambda: _health(port) == OK)


@pytest.mark.only_postgres
def test_it_is_not_ready_while_the_database_can_only_be_read(
    server: tuple[Server, Path], own_copy: OwnDatabase
) -> None:
    with own_copy.read_only():
        wait_for(lambda: _health(server[0].port) == _late("database"))
    wait_for(lambda: _health(server[0].port) == OK)


def test_it_is_not_ready_before_the_database_is_brought_up_to_date(
    server: tuple[Server, Path], own_copy: OwnDatabase
) -> None:
    rename = "UPDATE django_migrations SET app = ? WHERE app = ?"
    own_copy.execute(rename, "later", "patients")
    wait_for(lambda: _health(server[0].port) == _late("migrations"))
    own_copy.execute(rename, "patients", "later")
    wait_for(lambda: _health(server[0].port) == OK)


def test_silent_mails_are_told_and_a_balancer_can_ask_without_them(
    server: tuple[Server, Path], own_copy: OwnDatabase
) -> None:
    port = server[0].port
    silent = timezone.now() - MAIL_LATE - timedelta(seconds=1)
    moment = str(silent.replace(tzinfo=None)) if connection.vendor == "sqlite" else silent
    own_copy.execute("INSERT INTO patients_senderbeat (id, at) VALUES (1, ?)", moment)
    wait_for(lambda: _health(port) == _late("mails"))
    assert _health(port, "/health/ready?exclude=mails") == OK
    own_copy.execute("DELETE FROM patients_senderbeat")
    wait_for(lambda: _health(port) == OK)


def test_it_is_not_ready_when_the_disk_is_nearly_full(
    own_copy: OwnDatabase, tmp_path: Path
) -> None:
    with served(tmp_path, own_copy, SECRET_KEY=KEY, DISK_FREE_MB=str(10**12)) as full:
        assert _health(full.port) == _late("disk")
