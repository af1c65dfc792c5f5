"""Sends a request of the access table, reports its outcome, and undoes it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from tests import access_arranged, access_forms, access_world
from tests.access_table import Row
from tests.access_world import Data, World
from tests.patients.acts import everything

#: How statements begin that write nothing. Any other statement may write.
READS = ("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK")
#: The table of who looked, which no person and no page changes.
TRAIL = '"trail_access"'


@dataclass(frozen=True)
class Answer:
    """An answer to a request.

    outcome: in the words of the table
    shown: all that the browser got, with the headers
    observed: what ``look`` returned
    """

    outcome: str
    shown: str
    observed: Any = None


@dataclass
class Statements:
    """Counts the statements that may write."""

    written: int = 0

    def __call__(self, execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        self.written += TRAIL not in sql and not sql.lstrip("( \n").startswith(READS)
        return execute(sql, *rest)


@contextmanager
def undone(client: Client) -> Iterator[Callable[[], None]]:
    """Undo the block afterwards, in the database and in the browser.

    The block can undo the database earlier by calling what it gets.
    """
    start = transaction.savepoint()
    cookies = dict(client.cookies)
    cache.clear()
    yield lambda: transaction.savepoint_rollback(start)
    transaction.savepoint_rollback(start)
    client.cookies.clear()
    client.cookies.update(cookies)


@dataclass(frozen=True)
class Trying:
    """Sends the requests of a row. Everything in them is right, except perhaps the person.

    ``look`` is called after a write and before it is undone.
    """

    world: World
    client: Client
    row: Row
    look: Callable[[], Any] = field(default=lambda: None)

    def send(self, typed: Data | None = None, *, htmx: bool = False, address: str = "") -> Answer:
        """The answer to the right form, or to ``typed``, at the row's address or another."""
        post = self.row.method == "POST"
        press: Callable[..., Any] = self.client.post if post else self.client.get
        form = access_forms.typed(self.row.name, self.world) if post and typed is None else typed
        to = address or self.address()
        statements = Statements()
        headers = {"HX-Request": "true"} if htmx else {}
        with undone(self.client) as undo:
            with connection.execute_wrapper(statements):
                response = press(to, form or {}, headers=headers)
            shown = f"{response.headers}{response.cookies}{_text(response)}"
            after, observed = (everything(), self.look()) if statements.written else ({}, None)
            undo()
            changed = bool(after) and after != everything()
        return Answer(_outcome(response) + "*" * changed, shown, observed if changed else None)

    def address(self, **instead: object) -> str:
        return access_world.address(self.row.name, self.world, **instead)


@contextmanager
def trying(
    world: World, client: Client, row: Row, look: Callable[[], Any] = lambda: None
) -> Iterator[Trying]:
    """Arrange the world as the row needs it, and undo everything afterwards."""
    with undone(client):
        access_arranged.arrange(row.name, row.method, world)
        yield Trying(world, client, row, look)


def _text(response: Any) -> str:
    """What an answer says; of a ZIP file what its files say."""
    if response.headers.get("Content-Type") != "application/zip":
        return str(response.content.decode())
    with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
        return "".join(archive.read(name).decode() for name in archive.namelist())


def _outcome(response: Any) -> str:
    place = response.headers.get("HX-Redirect") or response.headers.get("Location") or ""
    to_sign_in = place.startswith(reverse("account_login")) and response.status_code in {200, 302}
    return "in" if to_sign_in else str(response.status_code)
