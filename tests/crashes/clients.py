"""People who write without a pause until the server is gone, and remember what it answered."""

from __future__ import annotations

import random
import re
import uuid
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from itertools import cycle
from typing import Any
from urllib.parse import urlencode

from tests.bench.scene import CSRF
from tests.crashes.scene import MARK

#: So many of each: patients who log their day and correct it, patients who write, clinicians at a
#: gate.
LOGGING = 4
WRITING = 2
TICKING = 2


@dataclass(frozen=True)
class Form:
    """One click that writes: ``word`` says which of its ``kind`` it is."""

    kind: str
    word: str
    path: str
    body: str = ""


class Gone(Exception):
    """The server was killed."""


@dataclass
class Browser:
    cookie: str
    port: int = 0

    def get(self, path: str) -> str:
        return self._ask("GET", path, "", {}, 200)

    def post(self, form: Form) -> None:
        """Done, once this returns: the server said so. Raises Gone."""
        # A tick is sent by htmx, which takes the gate back; a whole form leads on.
        htmx = {"HX-Request": "true"} if form.kind == "tick" else {}
        self._ask("POST", form.path, form.body, htmx, 200 if htmx else 303)

    def _ask(self, method: str, path: str, body: str, more: dict[str, str], expected: int) -> str:
        headers = {
            "Cookie": self.cookie,
            "X-CSRFToken": CSRF,
            "Content-Type": "application/x-www-form-urlencoded",
            **more,
        }
        try:
            connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            said = answer.read().decode()
        except (OSError, HTTPException) as error:
            raise Gone from error
        if answer.status != expected:
            raise AssertionError(f"{method} {path} {body} answered {answer.status}: {said[-2000:]}")
        return said


@dataclass
class Client:
    """``acknowledged`` was answered; ``pending`` was under way when the server went, and is sent
    again to the next one, byte for byte, as a browser's form is."""

    browser: Browser
    forms: Iterator[Form]
    acknowledged: list[Form] = field(default_factory=list)
    pending: Form | None = None

    def write(self, port: int) -> None:
        """Until the server is gone."""
        self.browser.port = port
        try:
            while True:
                self.pending = self.pending or next(self.forms)
                self.browser.post(self.pending)
                self.acknowledged.append(self.pending)
                self.pending = None
        except Gone:
            return


class Logs:
    """The day's entry, and corrections of it, each from the page as it stands. An iterator and no
    generator: one of those would be over once the server is gone."""

    def __init__(self, browser: Browser, path: str) -> None:
        self.browser = browser
        self.path = path

    def __iter__(self) -> Logs:
        return self

    def __next__(self) -> Form:
        page = self.browser.get(self.path)
        word = f"{MARK}{uuid.uuid4()}"
        fields = {
            "level": _found(r'name="level" value="(\d+)"|<option value="(\d+)" selected', page),
            "client_id": _found(r'name="client_id" value="([^"]+)"', page),
            "corrects": _found(r'name="corrects" value="(\d*)"', page),
            "reps-1": "5",
            "done-1": "on",
            "pain": str(random.randint(0, 2)),
            "effort": "easy",
            "note": word,
        }
        return Form("log", word, self.path, urlencode(fields))


def _found(pattern: str, page: str) -> str:
    found = re.search(pattern, page)
    assert found, f"{pattern} is not on the page: {page[-3000:]}"
    return next((group for group in found.groups() if group), "")


def _messages(path: str) -> Iterator[Form]:
    while True:
        word = f"{MARK}{uuid.uuid4()}"
        yield Form("message", word, path, urlencode({"text": word}))


def _ticks(paths: list[str]) -> Iterator[Form]:
    return (Form("tick", path, path) for path in cycle(paths))


def clients(people: dict[str, Any]) -> list[Client]:
    logging, writing = (
        [Browser(cookie) for cookie in people["patients"][first : first + count]]
        for first, count in ((0, LOGGING), (LOGGING, WRITING))
    )
    ticking = [Browser(people["clinician"]) for _ in range(TICKING)]
    return [
        *(Client(one, Logs(one, people["log"])) for one in logging),
        *(Client(one, _messages(people["messages"])) for one in writing),
        *(
            Client(one, _ticks(people["ticks"][number::TICKING]))
            for number, one in enumerate(ticking)
        ),
    ]


def at_work(pool: ThreadPoolExecutor, everybody: list[Client], port: int) -> list[Future[None]]:
    return [pool.submit(client.write, port) for client in everybody]
