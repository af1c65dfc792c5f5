"""Whoever runs the server learns what it does, how fast, and what fails, and nothing that people
typed or that opens a door."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import brotli
import pytest
from pytest_django import DjangoDbBlocker

from tests.bench.databases import run
from tests.bench.scene import CSRF
from tests.bench.server import Server
from tests.house import ROOT
from tests.postgres import free_port
from tests.processes import children, wait_for
from tests.served import OwnDatabase, ask, own_database, served
from tests.smtp import MailServer, mail_server

# The server has a copy of the test database.
pytestmark = pytest.mark.django_db

KEY = "eyJ1IjoxfQ:1vQ-Zk3xPq8LmN2bV5cX7aS9dF"
WORDS = "My-left-leg-is-weak"
PEOPLE = """
import django
django.setup()
from django.utils import timezone
from accounts.job_models import Job
from tests import cast
from tests.bench.scene import cookie
people = cast.assemble()
Job.objects.create(pk="retention", ended=timezone.now())
print(people.elin.pk, people.maya.pk, cookie(people.elin), sep="\\n")
"""


@dataclass
class World:
    """A server whose log is JSON, with all that it tells its owner."""

    room: Path
    server: Server
    database: OwnDatabase
    mails: MailServer
    events: list[bytes]
    metrics: int
    clinician: int
    patient: int
    cookie: str

    def ask(self, path: str, method: str = "GET", body: str | None = None, **headers: str) -> Any:
        form = {"Content_Type": "application/x-www-form-urlencoded"} if body else {}
        return ask(self.server.port, path, method, body, **form, **headers)[0]

    def log(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in (self.room / "log").read_text().splitlines()]

    def of(self, answer: Any) -> list[dict[str, Any]]:
        """The lines of one request."""
        name = answer.getheader("X-Request-ID")
        return [line for line in self.log() if line.get("request_id") == name]

    def figures(self) -> str:
        return ask(self.metrics, "/metrics")[1]


@dataclass
class Collector:
    """Takes what is sent to a DSN."""

    events: list[bytes] = field(default_factory=list)
    port: int = 0

    def serve(self) -> HTTPServer:
        events = self.events

        class Taking(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                sent = self.rfile.read(int(self.headers["Content-Length"]))
                # Packed by what the product has for its files.
                packed = self.headers["Content-Encoding"] == "br"
                events.append(brotli.decompress(sent) if packed else sent)
                self.send_response(200)
                self.end_headers()

            def log_message(self, format: str, *args: Any) -> None:
                """Say nothing."""

        server = HTTPServer(("127.0.0.1", 0), Taking)
        self.port = server.server_address[1]
        Thread(target=server.serve_forever, daemon=True).start()
        return server


def _people(room: Path, database: OwnDatabase) -> list[str]:
    own = {"VAR_DIR": str(room), "DJANGO_SETTINGS_MODULE": "config.settings"}
    own |= {"DATABASE_URL": database.url, "PYTHONPATH": str(ROOT)}
    run("django", "collectstatic", "--no-input", "--verbosity=0", environment=own)
    said = subprocess.check_output(
        [sys.executable, "-c", PEOPLE], cwd=ROOT, env={**os.environ, **own}, text=True
    )
    return said.splitlines()


@pytest.fixture(scope="module")
def world(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[World]:
    room = tmp_path_factory.mktemp("var")
    collector = Collector()
    with ExitStack() as stack:
        stack.enter_context(django_db_blocker.unblock())
        database = stack.enter_context(own_database(room))
        clinician, patient, cookie = _people(room, database)
        mails = stack.enter_context(mail_server())
        stack.callback(collector.serve().shutdown)
        metrics = free_port()
        server = stack.enter_context(
            served(
                room,
                database,
                LOG_FORMAT="json",
                LOG_LEVEL="Info",
                EMAIL_URL=f"smtp://127.0.0.1:{mails.port}",
                ERRORS_TO="root@clinic.example, night@clinic.example",
                ERRORS_DSN=f"http://key@127.0.0.1:{collector.port}/1",
                METRICS_PORT=str(metrics),
            )
        )
        yield World(
            room,
            server,
            database,
            mails,
            collector.events,
            metrics,
            int(clinician),
            int(patient),
            cookie,
        )


def test_a_request_is_a_line_with_its_id_status_time_and_person(world: World) -> None:
    answer = world.ask(f"/patients/{world.patient}/?after={WORDS}", Cookie=world.cookie)
    assert answer.status == 200
    wait_for(lambda: world.of(answer))
    (line,) = [line for line in world.of(answer) if line["logger"] == "access"]
    assert line["path"] == f"/patients/{world.patient}/"
    assert (line["method"], line["view"], line["status"]) == ("GET", "chart", 200)
    assert line["user"] == world.clinician
    assert 0 < line["ms"] < 60_000


def test_no_line_holds_what_opens_a_door_or_what_was_typed(world: World) -> None:
    paths = [f"/p/{KEY}/", f"/join/{KEY}/", f"/account/password/reset/key/1-{KEY}/"]
    paths += [f"/elsewhere/{KEY}/", f"/account/login/?next={WORDS}"]
    paths += [f"/{WORDS}%0Aforged", f"/drills/{WORDS}?q={WORDS}"]
    answers = [world.ask(path) for path in paths]
    answers.append(world.ask("/account/login/", "POST", f"login={WORDS}&password={WORDS}"))
    wait_for(lambda: all(world.of(answer) for answer in answers))
    written = (world.room / "log").read_text()
    assert KEY not in written
    assert f"next={WORDS}" not in written
    assert f"q={WORDS}" not in written
    first = [line["path"] for line in world.log() if line["logger"] == "access"][-8:]
    assert first[:4] == ["/p/…/", "/join/…/", "/account/password/reset/key/…/", "/elsewhere/…/"]


def test_a_look_at_the_head_alone_warns_nobody_of_a_body(world: World) -> None:
    answer = world.ask("/account/login/", "HEAD")
    assert answer.status == 200
    wait_for(lambda: world.of(answer))
    assert not [line for line in world.log() if "body" in line["message"]]


def test_an_error_is_told_once_with_its_place_and_without_a_word_of_anybody(
    world: World,
) -> None:
    """A table is gone, as after an update that went wrong."""
    world.database.execute("ALTER TABLE accounts_count RENAME TO accounts_counted")
    headers = {"Cookie": f"csrf={CSRF}", "X_CSRFToken": CSRF}
    body = f"login={WORDS}%40clinic.example&password={WORDS}"
    answers = [
        world.ask(f"/account/login/?next={WORDS}", "POST", body, **headers) for _press in range(3)
    ]
    world.database.execute("ALTER TABLE accounts_counted RENAME TO accounts_count")
    assert [answer.status for answer in answers] == [500] * 3
    # Two processes answer, and each tells of it.
    wait_for(lambda: world.mails.taken and world.events)
    assert 1 <= len(world.mails.taken) <= 2
    mail = world.mails.taken[0]
    assert mail["To"] == "root@clinic.example, night@clinic.example"
    _tells_places_alone(mail.get_content())
    _tells_places_alone(world.events[0].decode())
    _is_logged(world.of(answers[0]))
    assert 'hinge_database_errors_total{kind="other"} 3.0' in world.figures()


def _is_logged(lines: list[dict[str, Any]]) -> None:
    (error,) = [line for line in lines if line["level"] == "ERROR"]
    assert re.search(r"\w+Error", error["errors"][0]["type"])
    assert "accounts/" in str(error["errors"][0]["where"])
    assert error["message"] == "Internal Server Error: /account/login/"


def _tells_places_alone(told: str) -> None:
    assert "accounts/" in told
    assert WORDS not in told
    assert CSRF not in told


def test_prometheus_reads_requests_times_errors_and_mails_of_all_processes(world: World) -> None:
    for _request in range(6):
        world.ask("/help/")
    world.ask(f"/p/{KEY}/")
    figures = world.figures()
    asked = 'hinge_requests_total{method="GET",status="200",view="get_help"} '
    assert float(figures.partition(asked)[2].split()[0]) >= 6
    assert 'hinge_request_seconds_bucket{le="0.25",view="get_help"}' in figures
    assert 'hinge_mails{state="late"} 0.0' in figures
    assert 'hinge_job_last_seconds{how="done",job="retention"} ' in figures
    assert "hinge_database_reached 1.0" in figures
    assert KEY not in figures


def test_figures_outlive_a_process_and_end_with_the_server(world: World) -> None:
    answers = 'hinge_requests_total{method="GET",status="200",view="get_help"} '
    world.ask("/help/")
    before = float(world.figures().partition(answers)[2].split()[0])
    processes = children(world.server.pid)
    assert len(processes) == 3
    for pid in processes:
        os.kill(pid, signal.SIGKILL)
    wait_for(lambda: not set(processes) & set(children(world.server.pid)) and _answers(world))
    assert float(world.figures().partition(answers)[2].split()[0]) >= before
    left = children(world.server.pid)
    # Whoever watches is killed, so nobody tells the others to end.
    os.kill(world.server.pid, signal.SIGKILL)
    wait_for(lambda: not any(Path(f"/proc/{pid}").exists() for pid in left))


def _answers(world: World) -> bool:
    try:
        return "hinge_requests" in world.figures() and world.ask("/help/").status == 200
    except OSError:
        time.sleep(0.1)
        return False
