"""A request of the access table and what came of it, undone again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from tests import access_forms, access_world
from tests.access_table import Row
from tests.access_world import Data, World
from tests.patients.acts import everything

#: Statements that change nothing; whatever begins otherwise may have written.
READS = ("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK")


@dataclass(frozen=True)
class Answer:
    """``told``: as the table says it; ``shown``: all that the browser got, the head too; ``found``:
    what ``look`` saw."""

    told: str
    shown: str
    found: Any = None


@dataclass
class _Statements:
    """Counts what may have written."""

    written: int = 0

    def __call__(self, execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        self.written += not sql.lstrip("( \n").startswith(READS)
        return execute(sql, *rest)


@contextmanager
def undone(client: Client) -> Iterator[Callable[[], None]]:
    """What happens in the block has not happened afterwards, in the database and in the browser; it
    can be undone within the block already."""
    start, cookies = transaction.savepoint(), dict(client.cookies)
    cache.clear()
    yield lambda: transaction.savepoint_rollback(start)
    transaction.savepoint_rollback(start)
    client.cookies.clear()
    client.cookies.update(cookies)


@dataclass(frozen=True)
class Trying:
    """Sends the requests of one row, with everything right about them but, perhaps, the person.
    ``look``: what is looked at when something was written, while it stands."""

    world: World
    client: Client
    row: Row
    look: Callable[[], Any] = field(default=lambda: None)

    def send(self, typed: Data | None = None, *, htmx: bool = False, address: str = "") -> Answer:
        """What came of the form as it should be filled in, or of ``typed``, at the row's address or
        another."""
        post = self.row.method == "POST"
        press: Callable[..., Any] = self.client.post if post else self.client.get
        form = access_forms.typed(self.row.name, self.world) if post and typed is None else typed
        to, statements = address or self.address(), _Statements()
        headers = {"HX-Request": "true"} if htmx else {}
        with undone(self.client) as undo:
            with connection.execute_wrapper(statements):
                response = press(to, form or {}, headers=headers)
            shown = f"{response.headers}{response.cookies}{response.content.decode()}"
            after, found = (everything(), self.look()) if statements.written else ({}, None)
            undo()
            changed = bool(after) and after != everything()
        return Answer(_outcome(response) + "*" * changed, shown, found if changed else None)

    def address(self, **instead: object) -> str:
        return access_world.address(self.row.name, self.world, **instead)


@contextmanager
def trying(
    world: World, client: Client, row: Row, look: Callable[[], Any] = lambda: None
) -> Iterator[Trying]:
    """The world as the row needs it."""
    with undone(client):
        access_world.arrange(row.name, row.method, world)
        yield Trying(world, client, row, look)


def _outcome(response: Any) -> str:
    place = response.headers.get("HX-Redirect") or response.headers.get("Location") or ""
    to_sign_in = place.startswith(reverse("account_login")) and response.status_code in {200, 302}
    return "in" if to_sign_in else str(response.status_code)
