"""`make bench ARGS=silent`: what people feel while strangers hold connections open.

Spells of quiet and of noise take turns, so that a machine that is busy for a while slows both. In
both, clients read and write without a pause. The noise is connections on which nobody says a word,
requests that are never whole, and forms that come in byte by byte; each comes again as soon as the
server has closed it. "p99" is of the seconds until an answer was here as a whole. Exit 1: an answer
was wrong, or the noise more than doubles the p99.
"""

from __future__ import annotations

import argparse
import json
import random
import socket
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from statistics import median, quantiles
from threading import Event, Thread
from typing import Any

from tests.bench.databases import database, run
from tests.bench.server import serving

PATIENTS = 300
SILENT = 200
HALF = 100
SLOW = 20
CLIENTS = 64
#: A request whose body never comes, and one that comes byte by byte.
FORM = b"POST /messages/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 400\r\n\r\ntext="
#: How many seconds pass between two bytes of a slow sender.
BYTE = 0.25
#: At most so many times the quiet p99.
ALLOWED = 2.0


@dataclass
class Spell:
    """``seconds``: how long each answer took; ``wrong``: what else was answered, how often"""

    seconds: list[float] = field(default_factory=list)
    wrong: Counter[str] = field(default_factory=Counter)

    def p99(self) -> float:
        return quantiles(self.seconds, n=100)[98]

    def told(self) -> str:
        return (
            f"{len(self.seconds):7} answers  median {median(self.seconds):6.3f} s  "
            f"p99 {self.p99():6.3f} s  errors {sum(self.wrong.values())} {dict(self.wrong)}"
        )


def ask(port: int, request: dict[str, Any], spell: Spell) -> None:
    """Send one request, and note what it took."""
    began = time.monotonic()
    try:
        connection = HTTPConnection("127.0.0.1", port, timeout=60)
        connection.request(request["method"], request["path"], headers=request["headers"])
        answer = connection.getresponse()
        answer.read()
        connection.close()
    except (OSError, HTTPException) as error:
        spell.wrong[type(error).__name__] += 1
        return
    if answer.status == 200:
        spell.seconds.append(time.monotonic() - began)
    else:
        spell.wrong[f"{request['path']} {answer.status}"] += 1


def requests(scene: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """What is asked in turn: mostly a patient's pages, then a clinician's, and ticks."""
    patient = {"Cookie": scene["patient"]}
    clinician = {"Cookie": scene["clinician"]}
    press = {**clinician, "X-CSRFToken": scene["csrf"], "HX-Request": "true"}
    ticks = scene["ticks"]
    pages = [(scene["today"][0], patient)] * 4 + [("/history/", patient), ("/messages/", patient)]
    pages += [(scene["caseload"][0], clinician)]
    while True:
        path, headers = random.choice(pages)
        yield {"method": "GET", "path": path, "headers": headers}
        if random.random() < 0.25:
            yield {"method": "POST", "path": random.choice(ticks), "headers": press}


def spell(port: int, scene: dict[str, Any], seconds: float, into: Spell) -> None:
    until = time.monotonic() + seconds

    def client(_number: int) -> None:
        for request in requests(scene):
            if time.monotonic() > until:
                return
            ask(port, request, into)

    with ThreadPoolExecutor(CLIENTS) as pool:
        list(pool.map(client, range(CLIENTS)))


@contextmanager
def noise(port: int) -> Iterator[None]:
    """Strangers during the block. It begins once all are connected."""
    ends = Event()
    kinds: list[tuple[Callable[[socket.socket, Event], None], int]]
    kinds = [(_silent, SILENT), (_half, HALF), (_slow, SLOW)]
    strangers = [
        Thread(target=_again, args=(how, port, ends)) for how, count in kinds for _ in range(count)
    ]
    for one in strangers:
        one.start()
    time.sleep(1)
    try:
        yield
    finally:
        ends.set()
        for one in strangers:
            one.join()


def _again(how: Callable[[socket.socket, Event], None], port: int, ends: Event) -> None:
    while not ends.wait(random.random()):
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
                how(connection, ends)
        except OSError:
            continue


def _silent(connection: socket.socket, ends: Event) -> None:
    _until_closed(connection, ends)


def _half(connection: socket.socket, ends: Event) -> None:
    connection.sendall(FORM)
    _until_closed(connection, ends)


def _slow(connection: socket.socket, ends: Event) -> None:
    for byte in FORM + b"x" * 395:
        connection.sendall(bytes([byte]))
        if ends.wait(BYTE):
            return


def _until_closed(connection: socket.socket, ends: Event) -> None:
    connection.settimeout(1)
    while not ends.is_set():
        try:
            if not connection.recv(4096):
                return
        except TimeoutError:
            continue


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="make bench ARGS='silent ...'", description=__doc__)
    parser.add_argument("--seconds", type=float, default=300, help="of all spells together")
    parser.add_argument("--spells", type=int, default=10, help="half of them quiet")
    wanted = parser.parse_args(arguments)
    quiet = Spell()
    noisy = Spell()
    with tempfile.TemporaryDirectory(prefix="hinge-ladder-bench-") as room:
        environment = {
            "VAR_DIR": room,
            "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
            "DATABASE_URL": database(room, "silent"),
        }
        run("django", "collectstatic", "--no-input", "--verbosity=0", environment=environment)
        scene = json.loads(run("tests.bench.scene", str(PATIENTS), "10", environment=environment))
        with (
            Path(room, "log").open("ab") as log,
            serving("config.wsgi", environment, log=log) as server,
        ):
            spell(server.port, scene, 3, Spell())
            for _ in range(wanted.spells // 2):
                spell(server.port, scene, wanted.seconds / wanted.spells, quiet)
                with noise(server.port):
                    spell(server.port, scene, wanted.seconds / wanted.spells, noisy)
    return report(quiet, noisy)


def report(quiet: Spell, noisy: Spell) -> int:
    times = noisy.p99() / quiet.p99()
    print(f"{CLIENTS} clients, quiet        {quiet.told()}")
    print(f"beside {SILENT + HALF + SLOW} strangers  {noisy.told()}")
    print(f"p99 beside {SILENT} silent, {HALF} half-sent, {SLOW} slow: {times:.2f} times the quiet")
    return 1 if quiet.wrong or noisy.wrong or times > ALLOWED else 0
