"""The server answers whatever others leave half done, and comes back when it is killed."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.house import ROOT
from tests.postgres import free_port
from tests.processes import children, wait_for

# It is about connections and processes, whichever the database.
pytestmark = pytest.mark.only_sqlite

#: An application that needs no database. An address says for how long its answer takes.
SLOW = """
import sys, time, types
def application(environ, start_response):
    time.sleep(float(environ["PATH_INFO"].strip("/") or 0))
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "5")])
    return [b"hello"]
sys.modules["slow"] = types.ModuleType("slow")
sys.modules["slow"].application = application
from config import serve
serve.HALF_SENT = serve.SILENT = 2
serve.LOOK_EVERY = 1
sys.argv = ["serve", "slow"]
serve.main()
"""


@contextmanager
def serving() -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    port = free_port()
    environment = {**os.environ, "PORT": str(port), "PYTHONPATH": str(ROOT), "START_MAILS": "0"}
    server = subprocess.Popen([sys.executable, "-c", SLOW], cwd=ROOT, env=environment)
    try:
        wait_for(lambda: _answers(port))
        yield server, port
    finally:
        server.terminate()
        server.wait(timeout=60)


def _answers(port: int, path: str = "/", method: str = "GET") -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request(method, path)
        answer = connection.getresponse()
        return answer.status == 200 and answer.read() in (b"hello", b"")
    except OSError:
        return False
    finally:
        connection.close()


def _is_open(connection: socket.socket) -> bool:
    connection.settimeout(0.2)
    try:
        return connection.recv(1) != b""
    except TimeoutError:
        return True
    except OSError:
        return False


def test_nobody_waits_for_connections_that_send_nothing_or_half_a_request() -> None:
    with serving() as (_, port), ExitStack() as opened:
        idle = [
            opened.enter_context(socket.create_connection(("127.0.0.1", port))) for _ in range(300)
        ]
        for half in idle[:100]:
            half.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ")
        assert all(_answers(port) for _ in range(20))
        wait_for(lambda: not any(map(_is_open, idle)))


def test_a_request_that_drips_is_closed_however_busy_it_looks() -> None:
    with serving() as (_, port), socket.create_connection(("127.0.0.1", port)) as drips:
        drips.sendall(b"GET / HTTP/1.1\r\nX-Slow: ")
        began = time.monotonic()
        while _is_open(drips):
            assert time.monotonic() - began < 20
            drips.sendall(b"x")
        assert _answers(port)


def test_a_process_that_is_killed_comes_back_and_the_others_answer_meanwhile() -> None:
    with serving() as (server, port):
        before = children(server.pid)
        assert len(before) == 2
        os.kill(before[0], signal.SIGKILL)
        assert _answers(port)
        wait_for(lambda: len(children(server.pid)) == 2 and before[0] not in children(server.pid))
        assert _answers(port)


def test_whoever_is_being_answered_when_the_server_is_told_to_end_gets_the_answer() -> None:
    with serving() as (server, port):
        connection = HTTPConnection("127.0.0.1", port, timeout=30)
        connection.request("GET", "/2")
        time.sleep(0.5)
        server.terminate()
        assert connection.getresponse().read() == b"hello"
        connection.close()
        assert server.wait(timeout=30) == 0
        socket.create_server(("127.0.0.1", port)).close()


def test_whoever_comes_while_the_server_ends_is_sent_elsewhere_and_nobody_waits() -> None:
    """What a balancer is refused, it asks of another machine. What waits, it does not."""
    with serving() as (server, port), socket.create_connection(("127.0.0.1", port)) as there:
        slow = HTTPConnection("127.0.0.1", port, timeout=30)
        slow.request("GET", "/4")
        time.sleep(0.5)
        server.terminate()
        there.sendall(b"GET / HTTP/1.0\r\n\r\n")
        wait_for(lambda: _is_refused(port), 3)
        assert there.recv(15) == b"HTTP/1.0 200 OK"
        assert slow.getresponse().read() == b"hello"
        slow.close()


def _is_refused(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port)).close()
    except ConnectionRefusedError:
        return True
    return False


def test_no_process_stays_when_the_one_that_watches_is_killed() -> None:
    with serving() as (server, port):
        workers = children(server.pid)
        server.kill()
        server.wait()
        wait_for(lambda: not any(Path(f"/proc/{pid}").exists() for pid in workers))
        assert not _answers(port)


def test_looking_at_the_head_alone_and_a_body_too_large_are_answered() -> None:
    with serving() as (_, port):
        assert _answers(port, method="HEAD")
        with socket.create_connection(("127.0.0.1", port), timeout=30) as large:
            large.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\n\r\n")
            assert b" 413 " in large.recv(200)
