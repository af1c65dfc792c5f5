"""People who write without a pause, through every mishap, and remember what was answered."""

from __future__ import annotations

import random
import re
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from itertools import cycle
from threading import Event
from typing import Any
from urllib.parse import urlencode

from tests.bench.scene import CSRF
from tests.crashes.scene import MARK

#: So many of each: patients who log their day and correct it, patients who write, clinicians at a
#: gate.
LOGGING = 4
WRITING = 2
TICKING = 2
#: How answers arrive, and how often: as they should; dropped on the way, so that the form is sent
#: again although it was saved; and after whoever sent the form has hung up.
WAYS = {"arrives": 12, "dropped": 2, "hung up": 1}
#: How many seconds somebody waits who was told that nothing is saved.
PATIENCE = 0.2


@dataclass(frozen=True)
class Form:
    """One click that writes: ``word`` says which of its ``kind`` it is."""

    kind: str
    word: str
    path: str
    body: str = ""

    @property
    def htmx(self) -> dict[str, str]:
        """A tick is sent by htmx, which takes the gate back; a whole form leads on."""
        return {"HX-Request": "true"} if self.kind == "tick" else {}


class Gone(Exception):
    """The server was killed."""


class NotSaved(Exception):
    """The server said that it cannot save, and by which number."""


@dataclass
class Browser:
    cookie: str
    port: int = 0

    def get(self, path: str) -> str:
        return self._ask("GET", path, "", {}, 200)[1]

    def post(self, form: Form) -> str:
        """Where the answer leads. Saved, once this returns: the server said so. Raises Gone,
        NotSaved."""
        expected = 200 if form.htmx else 303
        return self._ask("POST", form.path, form.body, form.htmx, expected)[0]

    def hang_up(self, form: Form) -> None:
        """Send a form and be gone before the answer."""
        with self._sent("POST", form.path, form.body, form.htmx):
            time.sleep(random.uniform(0, 0.1))

    def _ask(
        self, method: str, path: str, body: str, more: dict[str, str], expected: int
    ) -> tuple[str, str]:
        with self._sent(method, path, body, more) as connection:
            try:
                answer = connection.getresponse()
                said = answer.read().decode()
            except (OSError, HTTPException) as error:
                raise Gone from error
        if answer.status >= 500:
            raise NotSaved(answer.status)
        if answer.status != expected:
            raise AssertionError(f"{method} {path} {body} answered {answer.status}: {said[-2000:]}")
        return answer.headers.get("Location", ""), said

    def _sent(self, method: str, path: str, body: str, more: dict[str, str]) -> Connection:
        headers = {
            "Cookie": self.cookie,
            "X-CSRFToken": CSRF,
            "Content-Type": "application/x-www-form-urlencoded",
            **more,
        }
        connection = Connection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, path, body, headers)
        except (OSError, HTTPException) as error:
            connection.close()
            raise Gone from error
        return connection


class Connection(HTTPConnection):
    def __enter__(self) -> Connection:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


@dataclass
class Client:
    """``acknowledged`` was answered; ``pending`` was under way when the server went, and is sent
    again to the next one, byte for byte, as a browser's form is.

    ``moments``: when each was answered
    ``met``: how often what of ``WAYS`` was met, and how often nothing could be saved
    ``stays``: whether it tries again where nobody answers
    """

    browser: Browser
    forms: Iterator[Form]
    acknowledged: list[Form] = field(default_factory=list)
    pending: Form | None = None
    moments: list[float] = field(default_factory=list)
    met: Counter[str] = field(default_factory=Counter)
    stays: bool = False

    @property
    def refused(self) -> int:
        return sum(times for what, times in self.met.items() if what.startswith("not saved"))

    def write(self, port: int, ends: Event) -> None:
        """Until the server is gone, or the event is set and nothing is under way."""
        self.browser.port = port
        while self.pending or not ends.is_set():
            try:
                self.pending = self.pending or next(self.forms)
                if self._send(self.pending):
                    self.acknowledged.append(self.pending)
                    self.pending = None
                    self.moments.append(time.monotonic())
            except NotSaved as error:
                self.met[f"not saved, {error}"] += 1
                time.sleep(PATIENCE)
            except Gone:
                if not self.stays:
                    return
                self.met["gone"] += 1
                time.sleep(PATIENCE)

    def _send(self, form: Form) -> bool:
        """Whether an answer was had at last."""
        (way,) = random.choices(list(WAYS), list(WAYS.values()))
        self.met[way] += 1
        if way == "hung up":
            self.browser.hang_up(form)
            return False
        led = self.browser.post(form)
        if way == "dropped":
            again = self.browser.post(form)
            assert again == led, f"{form}: {led} at first, {again} when it was sent again"
        return True


@dataclass
class Logs:
    """The day's entry, and corrections of it, each from the page as it stands. An iterator and no
    generator: one of those would be over once the server is gone."""

    browser: Browser
    path: str

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


@dataclass
class Messages(Logs):
    def __next__(self) -> Form:
        page = self.browser.get(self.path)
        word = f"{MARK}{uuid.uuid4()}"
        number = _found(r'name="client_id" value="([^"]+)"', page)
        return Form("message", word, self.path, urlencode({"client_id": number, "text": word}))


def _found(pattern: str, page: str) -> str:
    found = re.search(pattern, page)
    assert found, f"{pattern} is not on the page: {page[-3000:]}"
    return next((group for group in found.groups() if group), "")


def _ticks(paths: list[str]) -> Iterator[Form]:
    return (Form("tick", path, path) for path in cycle(paths))


def clients(people: dict[str, Any], browser: Callable[[str], Browser] = Browser) -> list[Client]:
    logging, writing = (
        [browser(cookie) for cookie in people["patients"][first : first + count]]
        for first, count in ((0, LOGGING), (LOGGING, WRITING))
    )
    ticking = [browser(people["clinician"]) for _ in range(TICKING)]
    return [
        *(Client(one, Logs(one, people["log"])) for one in logging),
        *(Client(one, Messages(one, people["messages"])) for one in writing),
        *(
            Client(one, _ticks(people["ticks"][number::TICKING]))
            for number, one in enumerate(ticking)
        ),
    ]


def at_work(
    pool: ThreadPoolExecutor, everybody: list[Client], port: int, ends: Event
) -> list[Future[None]]:
    return [pool.submit(client.write, port, ends) for client in everybody]
